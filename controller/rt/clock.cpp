#include "controller/rt/clock.hpp"

#include <cerrno>
#include <ctime>

namespace sheave::rt {

namespace {
constexpr std::int64_t kNanoPerSecond = 1'000'000'000;
}

std::int64_t MonotonicClock::now_ns() noexcept {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::int64_t>(now.tv_sec) * kNanoPerSecond + now.tv_nsec;
}

void MonotonicClock::sleep_until_ns(std::int64_t deadline_ns) noexcept {
  const timespec until{static_cast<time_t>(deadline_ns / kNanoPerSecond), static_cast<long>(deadline_ns % kNanoPerSecond)};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) == EINTR) {
  }
}

}  // namespace sheave::rt
