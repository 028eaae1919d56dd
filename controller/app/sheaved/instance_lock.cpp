#include "controller/app/sheaved/instance_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace sheave::app {

Result<std::unique_ptr<InstanceLock>> InstanceLock::take(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  std::error_code ignored;  // open() says it better
  if (!folder.empty()) std::filesystem::create_directories(folder, ignored);
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0) {
    return Status::error(
        StatusCode::kUnavailable, "STORE_UNAVAILABLE",
        fmt::format("cannot make {}: {}. Give sheaved a folder it may write to in [store] path.", path, std::strerror(errno)));
  }
  if (::flock(fd, LOCK_EX | LOCK_NB) == 0) return std::unique_ptr<InstanceLock>(new InstanceLock(fd));
  ::close(fd);
  return Status::error(StatusCode::kFailedPrecondition, "ALREADY_RUNNING",
                       fmt::format("another sheaved runs on this machine's database ({} is locked): end it first.", path));
}

InstanceLock::~InstanceLock() { ::close(fd_); }

}  // namespace sheave::app
