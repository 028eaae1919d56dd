// The limits of this tick, from the state and the rows in force.

#include "controller/safety/supervisor.hpp"

#include <algorithm>

namespace sheave::safety {

namespace {
constexpr std::int64_t kFaultRamp_ns = 100 * kNsPerMs;
constexpr double kSpotPerSecond = 0.25;  // of the load at the stall: empty after 4 s
}  // namespace

/// Whatever is asked for comes within a second or at 500 N/s, whichever takes longer. The load profiles are heard from the first tick of
/// ENGAGE on and may ask for more than the base load that stood until then (or for less): paced by the base load, 39 N of it under a
/// profile that asks for 300 N came at 9 N/s, half a minute of a handle held out. Only ever steeper: what was asked for and taken
/// back leaves the cap's rate, not its goal.
void Supervisor::pace_engage(const SafetyInput& in) noexcept {
  double most_n = 0.0;
  for (std::size_t i = 0; i < in.axis_count; ++i) {
    if (in.axes[i].active) most_n = std::max(most_n, in.axes[i].request_n - entry_n_[i]);
  }
  engage_slew_nps_ = std::max(engage_slew_nps_, std::clamp(most_n / seconds(kEngageAtLeast_ns), 1.0, kEngageSlew_nps));
}

void Supervisor::step_caps(const SafetyInput& in, Reaction worst) noexcept {
  if (state_ == MachineState::kEngage && state_age_ns_ > 0) pace_engage(in);
  ceiling_n_ = std::min(config_.force_max_n, limits(state_).force_cap_n);
  active_.for_each([&](Condition condition) { ceiling_n_ = std::min(ceiling_n_, policy(condition).cap_n); });
  const double dt_s = seconds(in.dt_ns);
  const double age_s = seconds(state_age_ns_);
  for (std::size_t i = 0; i < kMaxAxes; ++i) {
    double cap_n = ceiling_n_;
    switch (state_) {
      case MachineState::kEngage:
        cap_n = cap_n_[i] + (worst < Reaction::kNoRaise ? engage_slew_nps_ * dt_s : 0.0);
        break;
      case MachineState::kActive:  // what was capped comes back as gently as the load came
        cap_n = cap_n_[i] + kEngageSlew_nps * dt_s;
        break;
      case MachineState::kSpot:
        cap_n = std::min(cap_n_[i], entry_n_[i] * (1.0 - kSpotPerSecond * age_s));
        break;
      case MachineState::kUnload: {
        const double low_n = std::min(entry_n_[i], kTakeUp_n);
        const double left = 1.0 - age_s / seconds(unload_ramp_ns_);
        cap_n = std::min(cap_n_[i], low_n + (entry_n_[i] - low_n) * std::max(0.0, left));
        break;
      }
      case MachineState::kService: {
        const bool pressed = jog_.runs() && i == jog_.call().cable;
        const double asked_n = pressed ? jog_tension_n(jog_.call().motion) : kTakeUp_n;
        const double held_n = worst < Reaction::kNoRaise ? asked_n : std::max(kTakeUp_n, in.axes[i].commanded_n);
        cap_n = std::min({cap_n, asked_n, held_n});
        break;
      }
      case MachineState::kFaultStop:
        cap_n = std::min(cap_n_[i], entry_n_[i] * std::max(0.0, 1.0 - age_s / seconds(kFaultRamp_ns)));
        break;
      default:
        break;
    }
    cap_n_[i] = std::clamp(cap_n, 0.0, ceiling_n_);
  }
}

void Supervisor::fill(Reaction worst, SafetyOutput& out) const noexcept {
  const bool takes_down = state_ == MachineState::kSpot || state_ == MachineState::kUnload || state_ == MachineState::kFaultStop;
  out.state = state_;
  out.reaction = worst;
  out.cause = cause_;
  out.cap_n = cap_n_;
  out.slew_up_nps = limits(state_).slew_up_nps;
  out.slew_down_nps = limits(state_).slew_down_nps;
  out.retract_limit_mps = limits(state_).retract_limit_mps;
  out.never_rise = takes_down || !is_powered(state_);
  out.no_raise = worst >= Reaction::kNoRaise;
  out.target = is_powered(state_) || state_ == MachineState::kFaultStop ? hal::DriveTarget::kForce : hal::DriveTarget::kOff;
  out.fault_reset = fault_reset_;
  switch (state_) {
    case MachineState::kBoot:
    case MachineState::kSafeOff:
    case MachineState::kEstop:
      out.load = Load::kNone;
      break;
    case MachineState::kIdle:
    case MachineState::kRetract:
      out.load = Load::kTakeUp;
      break;
    case MachineState::kService:
      out.load = Load::kJog;
      out.retract_limit_mps = std::min(out.retract_limit_mps, jog_retract_mps(jog_.call().motion));
      break;
    case MachineState::kReady:
      out.load = Load::kReady;
      break;
    case MachineState::kCalibrate:
    case MachineState::kEngage:
    case MachineState::kActive:
    case MachineState::kSpot:
      out.load = Load::kChain;
      break;
    case MachineState::kUnload:
    case MachineState::kFaultStop:
      out.load = Load::kHold;
      break;
  }
}

}  // namespace sheave::safety
