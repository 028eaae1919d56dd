#include "controller/app/sheaved/machine_key.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace sheave::app {
namespace {

constexpr std::size_t kKey_bytes = 32;

Status unusable(const std::string& path, const std::string& why) {
  return Status::error(
      StatusCode::kFailedPrecondition, "KEY_UNUSABLE",
      fmt::format("{}: {}. Members' tags and PINs are checked with it, so until then everybody trains as a guest. Restore it from the "
                  "backup that the database is of and restart sheaved, or start sheaved once with --forget-credentials and give every "
                  "member a new tag and PIN.",
                  path, why));
}

Result<session::MachineKey> make_key(const std::string& path) {
  session::MachineKey bytes = session::random_bytes(kKey_bytes);
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return unusable(path, std::strerror(errno));
  const bool written = ::write(fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) && ::fsync(fd) == 0;
  if (::close(fd) != 0 || !written) {
    ::unlink(path.c_str());  // half a key would be taken for a damaged one
    return unusable(path, "it cannot be written");
  }
  return bytes;
}

}  // namespace

Result<session::MachineKey> load_machine_key(const std::string& path, const KeyOnRecord& record) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT && !record.in_use) return make_key(path);
  if (fd < 0) return unusable(path, std::strerror(errno));
  std::array<char, kKey_bytes + 1> bytes{};
  const ssize_t size = ::read(fd, bytes.data(), bytes.size());
  ::close(fd);
  if (size != static_cast<ssize_t>(kKey_bytes)) return unusable(path, fmt::format("it is no key of {} bytes", kKey_bytes));
  session::MachineKey key(bytes.data(), kKey_bytes);
  if (record.in_use && !record.check.empty() && session::key_check(key) != record.check) {
    return unusable(path, "it is not the key that this database was used with");
  }
  return key;
}

Result<session::MachineKey> renew_machine_key(const std::string& path) {
  std::string aside = path + ".replaced";
  // Nobody else makes one meanwhile: a database has one sheaved at a time.
  for (int nth = 2; ::access(aside.c_str(), F_OK) == 0; ++nth) aside = fmt::format("{}.replaced-{}", path, nth);
  if (::rename(path.c_str(), aside.c_str()) != 0 && errno != ENOENT) return unusable(path, std::strerror(errno));
  return make_key(path);
}

}  // namespace sheave::app
