#pragma once
// A clock that a test moves. Sleeping jumps to the deadline, later by what the test says.

#include <cstdint>
#include <deque>

#include "controller/rt/clock.hpp"

namespace sheave::test {

class FakeClock final : public rt::Clock {
 public:
  std::int64_t now_ns() noexcept override { return time_ns; }
  void sleep_until_ns(std::int64_t deadline_ns) noexcept override {
    if (deadline_ns > time_ns) time_ns = deadline_ns;
    if (!lateness_ns.empty()) {
      time_ns += lateness_ns.front();
      lateness_ns.pop_front();
    }
  }

  std::int64_t time_ns = 1'000'000'000;
  std::deque<std::int64_t> lateness_ns;  ///< Added to one sleep each; then every sleep is on time.
};

}  // namespace sheave::test
