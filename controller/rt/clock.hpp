#pragma once
// The one place that reads or waits for time. Everything else takes time as an argument.

#include <cstdint>

namespace sheave::rt {

/// Host monotonic time in nanoseconds. Injected, so that the simulator can run the shipped loop in virtual time.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::int64_t now_ns() noexcept = 0;                          // [any]
  virtual void sleep_until_ns(std::int64_t deadline_ns) noexcept = 0;  // [any] returns at once when the deadline is past
};

/// CLOCK_MONOTONIC. It is not touched by wall clock steps, and stands still while the machine is suspended.
class MonotonicClock final : public Clock {
 public:
  std::int64_t now_ns() noexcept override;
  void sleep_until_ns(std::int64_t deadline_ns) noexcept override;
};

}  // namespace sheave::rt
