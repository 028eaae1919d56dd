#pragma once
// A process in which descriptor numbers are past 1024, where select() aborts.

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

namespace sheave::test {

/// Takes every descriptor below FD_SETSIZE, as a gateway with many clients does.
class ManyDescriptors {
 public:
  ManyDescriptors() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::max<rlim_t>(limit.rlim_cur, FD_SETSIZE + 100);
    ::setrlimit(RLIMIT_NOFILE, &limit);
    int fd = 0;
    while (fd < FD_SETSIZE + 10) {
      fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
      if (fd < 0) break;
      held_.push_back(fd);
    }
    full_ = fd >= FD_SETSIZE;
  }
  ~ManyDescriptors() {
    for (const int fd : held_) ::close(fd);
  }
  bool full() const { return full_; }

 private:
  std::vector<int> held_;
  bool full_ = false;
};

}  // namespace sheave::test
