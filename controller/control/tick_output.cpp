// What a tick sends to the drives, and what it tells of itself.

#include <algorithm>
#include <cmath>

#include "controller/control/tick.hpp"

namespace sheave::control {

namespace {

using safety::MachineState;

constexpr double kForceLimitMargin_n = 30.0;  // the drive's own cap follows the command closely: a second master gains little by it
constexpr double kDriveSlope_nps = 12'000.0;  // above the steepest fall of any state

}  // namespace

void Tick::command(const TickInput& in, TickOutput& out) noexcept {
  bool broken = false;
  bool all_heard = true;  // without news of every cable nothing rises, on any
  for (std::size_t i = 0; i < axis_count_; ++i) all_heard = all_heard && axes_[i].check.usable;
  capped_ = slewed_ = false;
  for (std::size_t i = 0; i < axis_count_; ++i) {
    const Axis& axis = axes_[i];
    hal::AxisCommand& command = out.commands[i];
    const double last_n = command.tension_n;
    safety::EnvelopeInput envelope;
    switch (decided_.load) {
      case safety::Load::kNone:
        break;
      case safety::Load::kTakeUp:
        envelope.request_n = safety::kTakeUp_n;
        break;
      case safety::Load::kReady:
        envelope.request_n = axis.active ? std::min(safety::kReady_n, runner_.set_load_n()) : safety::kTakeUp_n;
        break;
      case safety::Load::kChain:
        envelope.request_n = axis.active ? axis.request_n : safety::kTakeUp_n;
        if (axis.active) envelope.set_most_n = axis.set_most_n;
        break;
      case safety::Load::kHold:
        envelope.request_n = last_n;
        break;
      case safety::Load::kJog:
        envelope.request_n = decided_.cap_n[i];
        break;
    }
    envelope.last_n = last_n;
    envelope.cap_n = decided_.cap_n[i];
    envelope.slew_up_nps = decided_.slew_up_nps;
    envelope.slew_down_nps = decided_.slew_down_nps;
    envelope.retract_limit_mps = decided_.retract_limit_mps;
    envelope.never_rise = decided_.never_rise || !all_heard;
    envelope.drive_enabled = decided_.target == hal::DriveTarget::kForce && in.axes[i].drive == hal::DriveState::kOperationEnabled;
    envelope.motion_valid = axis.motion.valid;
    envelope.extension_m = axis.motion.extension_m;
    envelope.velocity_mps = axis.motion.velocity_mps;
    envelope.dt_ns = in.time.dt_ns;
    const safety::EnvelopeOutput bounded = safety::apply_envelope(envelope_, envelope);

    command.target = decided_.target;
    command.fault_reset = decided_.fault_reset;
    command.tension_n = bounded.tension_n;
    command.force_limit_n = std::min(peak_force_n_, bounded.tension_n + kForceLimitMargin_n);
    command.retract_limit_mps = bounded.retract_limit_mps;
    command.slope_nps = kDriveSlope_nps;
    capped_ = capped_ || (axis.active && bounded.capped);
    slewed_ = slewed_ || (axis.active && bounded.slewed);
    broken = broken || !in_order(i, bounded.tension_n, last_n, in.time);
  }
  command_broken_ = command_broken_ || broken;
  if (!command_broken_) return;
  for (std::size_t i = 0; i < axis_count_; ++i) out.commands[i] = hal::AxisCommand{};
}

/// Checks the envelope and the supervisor against what they promise, by their outcome alone. False is a bug of ours: off, for good.
bool Tick::in_order(std::size_t axis, double tension_n, double last_n, const TickTime& time) const noexcept {
  if (!std::isfinite(tension_n) || tension_n < 0.0 || tension_n > peak_force_n_) return false;
  if (!safety::is_powered(decided_.state) && decided_.state != MachineState::kFaultStop) return tension_n == 0.0;
  constexpr double kRounding_n = 1e-6;
  if (tension_n <= last_n + kRounding_n) return true;
  const bool may_rise = !decided_.never_rise && tension_n <= decided_.cap_n[axis] + kRounding_n;
  const bool agreed = !axes_[axis].active || tension_n <= std::max(safety::kTakeUp_n, axes_[axis].set_most_n) + kRounding_n;
  const bool light = tension_n <= safety::kLight_n + kRounding_n;
  const bool loaded = decided_.state == MachineState::kEngage || decided_.state == MachineState::kActive;
  const double most_n = last_n + decided_.slew_up_nps * seconds(time.dt_ns) + kRounding_n;
  return may_rise && agreed && (light || (loaded && session_open_)) && tension_n <= most_n;
}

/// Between the moments at which a person is asked to act, nobody is to touch the handle.
hal::Lamp Tick::self_test_lamp() const noexcept {
  for (std::size_t i = 0; i < axis_count_; ++i) {
    if (axes_[i].active && self_tests_[i].asks_for_handle()) return hal::Lamp::kSelfTest;
  }
  return hal::Lamp::kUnloading;
}

void Tick::report(const TickInput& in, TickOutput& out) noexcept {
  out.panel = panel_.step(decided_.state, session_open_, runner_.busy() ? runner_.plan()->rep_goal : 0, out.events);
  if (self_testing()) out.panel.lamp = self_test_lamp();
  Frame& frame = out.frame;
  frame.tick = in.time.index;
  frame.time_ns = in.time.now_ns;
  frame.plan_id = runner_.busy() ? runner_.plan()->id : 0;
  frame.state = decided_.state;
  frame.reaction = decided_.reaction;
  frame.axis_count = static_cast<std::uint8_t>(axis_count_);
  frame.counted_reps = static_cast<std::uint16_t>(std::min<std::uint32_t>(runner_.counted(), 0xFFFF));
  for (std::size_t i = 0; i < axis_count_; ++i) {
    const Axis& axis = axes_[i];
    frame.axes[i] = {.extension_m = static_cast<float>(axis.motion.extension_m),
                     .velocity_mps = static_cast<float>(axis.motion.velocity_mps),
                     .tension_n = static_cast<float>(axis.tension_n),
                     .commanded_n = static_cast<float>(out.commands[i].tension_n),
                     .rom_share = static_cast<float>(share(i)),
                     .phase = !axis.active     ? Phase::kRest
                              : self_testing() ? self_tests_[i].phase()
                                               : runner_.phase(),
                     .fresh = axis.fresh,
                     .correction_n = static_cast<float>(axis.correction_n)};
  }
}

}  // namespace sheave::control
