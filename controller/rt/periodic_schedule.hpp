#pragma once
// The grid of absolute release times that a periodic thread follows. Pure: time is an argument.

#include <cstdint>

#include "controller/rt/statistics.hpp"

namespace sheave::rt {

/// One wake-up.
struct Period {
  std::uint64_t index = 0;      ///< Of the release time on the grid; a gap is missed periods.
  std::int64_t release_ns = 0;  ///< When it should have begun.
  std::int64_t now_ns = 0;      ///< When it did.
  std::int64_t dt_ns = 0;       ///< Since the one before; 0 on the first.
  std::uint64_t missed = 0;     ///< Periods skipped right before this one.
};

/// A late period does not move the grid, and periods that went by meanwhile are counted and skipped, never chased: running
/// several control cycles back to back would send commands computed from no new state.
class PeriodicSchedule {
 public:
  /// @pre period_ns > 0
  PeriodicSchedule(std::int64_t first_release_ns, std::int64_t period_ns) noexcept
      : period_ns_(period_ns), next_release_ns_(first_release_ns) {}

  std::int64_t next_release_ns() const noexcept { return next_release_ns_; }

  /// The thread woke at `now_ns` for next_release_ns().
  Period wake(std::int64_t now_ns) noexcept {
    const std::int64_t late_ns = now_ns - next_release_ns_;
    const std::int64_t skipped = late_ns >= period_ns_ ? late_ns / period_ns_ : 0;
    Period period;
    period.missed = static_cast<std::uint64_t>(skipped);
    period.index = next_index_ + period.missed;
    period.release_ns = next_release_ns_ + skipped * period_ns_;
    period.now_ns = now_ns;
    period.dt_ns = first_ ? 0 : now_ns - last_now_ns_;
    first_ = false;
    last_now_ns_ = now_ns;
    next_index_ = period.index + 1;
    next_release_ns_ = period.release_ns + period_ns_;
    missed_ += period.missed;
    lateness_.add(static_cast<double>(late_ns));
    return period;
  }

  std::uint64_t missed() const noexcept { return missed_; }
  const Statistics& lateness_ns() const noexcept { return lateness_; }  ///< Against the release that was waited for.

 private:
  std::int64_t period_ns_;
  std::int64_t next_release_ns_;
  std::int64_t last_now_ns_ = 0;
  std::uint64_t next_index_ = 0;
  std::uint64_t missed_ = 0;
  bool first_ = true;
  Statistics lateness_;
};

}  // namespace sheave::rt
