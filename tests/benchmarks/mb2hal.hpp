#pragma once
// LinuxCNC's Modbus driver as a reference: a program of its own that reads and writes the same registers as fast as it can. It runs only
// during its own blocks.

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>

#include "tests/benchmarks/responder.hpp"

namespace sheave::bench {

class Mb2hal {
 public:
  /// @return null where there is no mb2hal on the path.
  static std::unique_ptr<Mb2hal> start(std::uint16_t port);
  ~Mb2hal();
  Mb2hal(const Mb2hal&) = delete;
  Mb2hal& operator=(const Mb2hal&) = delete;

  /// The mean of its cycles over some milliseconds [us]; counted by the responder.
  double block_us(const Responder& responder);

 private:
  Mb2hal(pid_t child, std::string config) : child_(child), config_(std::move(config)) {}
  pid_t child_;
  std::string config_;
};

}  // namespace sheave::bench
