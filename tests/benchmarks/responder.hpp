#pragma once
// A child process that answers Modbus TCP as the reference stack does, as fast as anything can, and counts what it was asked.

#include <sys/types.h>

#include <algorithm>
#include <atomic>
#include <cstdint>

namespace sheave::bench {

inline constexpr std::uint16_t kWritten = 9;
inline constexpr std::uint16_t kRead = 18;

/// In memory that parent and child share.
struct Asked {
  std::atomic<std::uint64_t> writes{0};  ///< FC16
  std::atomic<std::uint64_t> reads{0};   ///< FC3
};

class Responder {
 public:
  /// Forks. Ends the program where it cannot.
  Responder();
  ~Responder();
  Responder(const Responder&) = delete;
  Responder& operator=(const Responder&) = delete;

  std::uint16_t port() const { return port_; }
  /// A write and a read each, by requests of their own.
  std::uint64_t pairs() const { return std::min(asked_->writes.load(), asked_->reads.load()); }

 private:
  std::uint16_t port_ = 0;
  pid_t child_ = -1;
  Asked* asked_;
};

/// Says why and ends the program: a measurement that could not be made.
[[noreturn]] void die(const char* what);

}  // namespace sheave::bench
