#pragma once
// One controller per database, and so per machine: two would command the same drives.

#include <memory>
#include <string>

#include "controller/core/status.hpp"

namespace sheave::app {

/// Held until destroyed or until the process ends, however it ends.
class InstanceLock {
 public:
  /// Makes the file and its folder where they are missing. Reasons ALREADY_RUNNING, STORE_UNAVAILABLE.
  static Result<std::unique_ptr<InstanceLock>> take(const std::string& path);
  ~InstanceLock();
  InstanceLock(const InstanceLock&) = delete;
  InstanceLock& operator=(const InstanceLock&) = delete;

 private:
  explicit InstanceLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace sheave::app
