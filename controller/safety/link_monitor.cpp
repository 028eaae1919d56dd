#include "controller/safety/link_monitor.hpp"

#include <algorithm>

namespace sheave::safety {

namespace {

struct LinkLimits {
  std::int64_t warn_ns, gap_ns, lost_ns, late_ns;
};

// Meanwhile the drive holds its last force and its own speed limit, and nothing rises in a tick that was not answered; its watchdog
// (100 ms) is the bound that does not depend on us. With SCHED_FIFO 5 ms of loss are worth a warning (hm2_eth's limit), and 20 ms
// in a row are what Franka and UR call a lost link. Without it the scheduler of a busy machine makes gaps of tens of milliseconds by
// itself, and a stop for each would only teach people to switch the check off: the load is capped instead.
constexpr LinkLimits kWithFifo{5 * kNsPerMs, 20 * kNsPerMs, 20 * kNsPerMs, 30 * kNsPerMs};
constexpr LinkLimits kWithoutFifo{20 * kNsPerMs, 40 * kNsPerMs, 60 * kNsPerMs, 60 * kNsPerMs};
// On a slow link one answer is more than those times; it must cost no more than its period. Two in a row are worth a warning, and three
// are a lost link: at the longest period, 20 ms, well before the drive's watchdog.
// A simulated stack may be granted longer: nobody hangs on it, and a shared host that stands still for 50 ms would only show how a load
// comes off, again and again. Such a host does it several times within a second: the buckets hold three in a row. Silence is granted once:
// that is less than the drives' watchdog, so that a dead controller's load comes off as ever.
constexpr std::int64_t kSlowLinkWarns = 2, kSlowLinkPeriods = 3, kStandstillsInARow = 3;

LinkLimits limits_for(const SafetyInput& in) noexcept {
  LinkLimits limits = in.realtime ? kWithFifo : kWithoutFifo;
  limits.warn_ns = std::max(limits.warn_ns, kSlowLinkWarns * in.period_ns);
  const std::int64_t slow_ns = kSlowLinkPeriods * in.period_ns, in_a_row_ns = kStandstillsInARow * in.standstill_ns;
  limits.gap_ns = std::max({limits.gap_ns, slow_ns, in_a_row_ns});
  limits.lost_ns = std::max({limits.lost_ns, slow_ns, in.standstill_ns});
  limits.late_ns = std::max({limits.late_ns, slow_ns, in_a_row_ns});
  return limits;
}

}  // namespace

void LeakyBucket::add(std::int64_t lost_ns, std::int64_t passed_ns) noexcept {
  level_ns_ = lost_ns > 0 ? level_ns_ + lost_ns : std::max<std::int64_t>(0, level_ns_ - passed_ns / 2);
}

void LinkMonitor::step(const SafetyInput& in, ConditionSet& found) noexcept {
  const LinkLimits limits = limits_for(in);
  bool all_fresh = true;
  for (std::size_t i = 0; i < in.axis_count; ++i) all_fresh = all_fresh && in.axes[i].fresh;

  // One missed answer is one period of loss; time in which the loop itself did not run is the late bucket's.
  missed_.add(all_fresh ? 0 : in.period_ns, in.period_ns);
  silent_ns_ = all_fresh ? 0 : silent_ns_ + in.period_ns;
  const std::int64_t over_ns = in.dt_ns - in.period_ns - in.period_ns / 2;
  late_.add(std::max<std::int64_t>(0, over_ns), in.dt_ns);

  found.set(Condition::kLinkLossy, missed_.level_ns() >= limits.warn_ns);
  found.set(Condition::kLinkGap, missed_.level_ns() >= limits.gap_ns);
  found.set(Condition::kLinkLost, silent_ns_ >= limits.lost_ns);
  found.set(Condition::kLoopOverrun, late_.level_ns() >= limits.late_ns);
  found.set(Condition::kNoRealtime, !in.realtime);
}

}  // namespace sheave::safety
