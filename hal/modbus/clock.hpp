#pragma once
// The host's monotonic clock, in which all deadlines of the HAL are given. The only place of the HAL that reads it.

#include <time.h>

#include <cstdint>

namespace sheave::hal::modbus {

inline constexpr std::int64_t kNsPerMs = 1'000'000;
inline constexpr std::int64_t kNsPerS = 1'000'000'000;

/// [any]
inline std::int64_t monotonic_now_ns() noexcept {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::int64_t>(now.tv_sec) * kNsPerS + now.tv_nsec;
}

/// What is left until `deadline_ns`, never negative, as ppoll() takes it.
inline timespec time_left(std::int64_t deadline_ns, std::int64_t now_ns) noexcept {
  const std::int64_t left = deadline_ns > now_ns ? deadline_ns - now_ns : 0;
  return {static_cast<time_t>(left / kNsPerS), static_cast<long>(left % kNsPerS)};
}

}  // namespace sheave::hal::modbus
