#include "controller/control/loop.hpp"

#include <algorithm>

#include "controller/control/float_mode.hpp"

namespace sheave::control {

namespace {

using safety::MachineState;

constexpr std::int64_t kEndWithin_ns = 2 * kNsPerS;
constexpr std::uint64_t kOffPeriods = 10;  // so that "off" reaches the drive even if some frames are lost
constexpr std::uint64_t kStatsEvery = 64;  // periods
// Real time is what is measured, not what was granted: a host that wakes a SCHED_FIFO thread this late, again, is none. Seen: 2 ms on
// quiet virtual machines and 24 ms on busy ones, whose processors are taken away as a whole; 0.1 ms on hardware is poor.
constexpr std::int64_t kRealtimeLate_ns = 500'000;
constexpr std::uint32_t kRealtimeLateWakes = 3;  // the first wake-ups after start are the worst anywhere
// What of the period is the tick's and the kernel's: a fifth, as LinuxCNC's hm2_eth leaves them. They need no more on a slow link, where
// the wire needs nearly all of the period.
constexpr std::int64_t kTickShare = 5;
constexpr std::int64_t kTickMost_ns = 200'000;

bool powers_nothing(MachineState state) noexcept {
  return state == MachineState::kBoot || state == MachineState::kSafeOff || state == MachineState::kEstop;
}

}  // namespace

bool ControlLoop::start(const Machine& machine, hal::CableStack& stack, Port& port, rt::Clock& clock, rt::EventFd& events_waiting) {
  cycle_ = std::make_unique<ControlCycle>(machine, stack, port, clock, &events_waiting);
  port_ = &port;
  period_ns_ = machine.period_ns;
  ending_.store(false);
  ending_since_ns_ = 0;
  off_periods_ = 0;
  late_wakes_ = 0;
  rt::PeriodicConfig config;
  config.period_ns = period_ns_;
  config.role = rt::ThreadRole::kControl;
  return thread_.start(config, clock, *this);
}

void ControlLoop::stop() noexcept {
  ending_.store(true);
  thread_.join();
}

bool ControlLoop::run(const rt::Period& period, const rt::PeriodicSchedule& schedule) noexcept {
  FloatMode::mend();  // this thread's for good: each tick then finds it so
  const TickTime time{period.index, period.now_ns, period.dt_ns, period_ns_};
  // From the wake-up, not from the release: a late wake-up must not also cost the answer.
  const std::int64_t deadline_ns = period.now_ns + period_ns_ - std::min(period_ns_ / kTickShare, kTickMost_ns);
  const bool ending = ending_.load(std::memory_order_relaxed);
  const std::int64_t late_ns = period.now_ns - period.release_ns + static_cast<std::int64_t>(period.missed) * period_ns_;
  if (late_ns > kRealtimeLate_ns && late_wakes_ < kRealtimeLateWakes) ++late_wakes_;
  const bool realtime = thread_.realtime() && late_wakes_ < kRealtimeLateWakes;
  cycle_->run(time, deadline_ns, {.realtime = realtime, .shutdown = ending});

  const bool ends = ending && is_off(period);
  if (period.index % kStatsEvery == 0 || ends) {
    LoopStats stats = cycle_->stats();
    stats.overruns = schedule.missed();
    stats.lateness_max_ns = static_cast<std::int64_t>(schedule.lateness_ns().max());
    stats.lateness_mean_ns = schedule.lateness_ns().mean();
    stats.realtime = realtime;
    port_->stats.store(stats);
  }
  return !ends;
}

bool ControlLoop::is_off(const rt::Period& period) noexcept {
  if (ending_since_ns_ == 0) ending_since_ns_ = period.now_ns;
  off_periods_ = powers_nothing(cycle_->state()) ? off_periods_ + 1 : 0;
  return off_periods_ >= kOffPeriods || period.now_ns - ending_since_ns_ > kEndWithin_ns;
}

}  // namespace sheave::control
