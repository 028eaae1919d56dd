#include "sim/scenario/fault_stack.hpp"

#include <algorithm>
#include <limits>

namespace sheave::sim {

namespace {
constexpr double kJump_m = 0.4;
}

void FaultStack::reboot_drive(std::size_t axis) noexcept {
  inner_.rig(axis).drive().reboot();
  settings_lost_ = true;
}

void FaultStack::exchange(std::span<const hal::AxisCommand> commands, std::span<hal::AxisState> states, std::int64_t deadline_ns) noexcept {
  std::copy(commands.begin(), commands.end(), sent_.begin());
  if (faults.request_lost) {
    ++silent_periods_;
    lost_ += states.size();
    inner_.pass();
  } else {
    silent_periods_ = 0;
    deliver(commands, states, deadline_ns);
  }
  const bool answered = !faults.request_lost && !faults.answer_lost;
  for (std::size_t i = 0; i < states.size(); ++i) {
    missed_ += answered ? 0 : 1;  // of those that came through
    states[i].fresh = answered && states[i].fresh;
    missed_run_[i] = states[i].fresh ? 0 : missed_run_[i] + 1;
    states[i].missed = missed_run_[i];
    longest_run_ = std::max(longest_run_, missed_run_[i]);
    if (states[i].fresh) falsify(states[i], i);
  }
}

/// A stack whose drive lost its settings lets the set-point only fall and switches nothing on.
void FaultStack::deliver(std::span<const hal::AxisCommand> commands, std::span<hal::AxisState> states, std::int64_t deadline_ns) noexcept {
  if (!settings_lost_) return inner_.exchange(commands, states, deadline_ns);
  std::array<hal::AxisCommand, hal::kMaxAxes> bounded{};
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const Drive& drive = inner_.rig(i).drive();
    bounded[i] = commands[i];
    bounded[i].tension_n = std::min(commands[i].tension_n, drive.commanded_force_n());
    if (drive.state() != hal::DriveState::kOperationEnabled) bounded[i].target = hal::DriveTarget::kOff;
  }
  inner_.exchange(std::span(bounded).first(commands.size()), states, deadline_ns);
}

void FaultStack::falsify(hal::AxisState& state, std::size_t axis) noexcept {
  double& honest_m = honest_m_[axis];
  switch (faults.sensor) {
    case SensorFault::kNone:
      honest_m = state.extension_m;
      return;
    case SensorFault::kNotANumber:
      state.extension_m = state.velocity_mps = std::numeric_limits<double>::quiet_NaN();
      return;
    case SensorFault::kFrozen:
      state.extension_m = honest_m;
      return;
    case SensorFault::kJump:
      state.extension_m += kJump_m;
      return;
    case SensorFault::kFlipped:
      state.velocity_mps = -state.velocity_mps;
      return;
  }
}

hal::LinkCounters FaultStack::counters() const noexcept {
  hal::LinkCounters counters = inner_.counters();
  counters.exchanges += lost_;
  counters.missed += missed_;
  return counters;
}

}  // namespace sheave::sim
