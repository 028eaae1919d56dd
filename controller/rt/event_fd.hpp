#pragma once
// Wakes one thread that waits on descriptors from another that must not block.

#include <cstdint>

namespace sheave::rt {

/// A Linux eventfd, non-blocking on both ends, closed with the object.
class EventFd {
 public:
  EventFd();  ///< Throws std::system_error where the process has no descriptor left. [main]
  ~EventFd();
  EventFd(const EventFd&) = delete;
  EventFd& operator=(const EventFd&) = delete;

  int fd() const noexcept { return fd_; }  ///< Becomes readable after signal(). [any]
  void signal() noexcept;                  ///< One system call; never blocks, for the counter cannot get full in a lifetime. [any]
  std::uint64_t drain() noexcept;          ///< How many signals came since the last drain. [reader]

 private:
  int fd_;
};

}  // namespace sheave::rt
