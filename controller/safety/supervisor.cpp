#include "controller/safety/supervisor.hpp"

#include <algorithm>

namespace sheave::safety {

namespace {

constexpr std::int64_t kUnloadRamp_ns = 300 * kNsPerMs;
constexpr std::int64_t kStopRamp_ns = 150 * kNsPerMs;
constexpr std::int64_t kFaultRamp_ns = 100 * kNsPerMs;
constexpr std::int64_t kFaultOff_ns = 200 * kNsPerMs;
constexpr std::int64_t kEngageAtLeast_ns = kNsPerS;
constexpr std::int64_t kStopWithin_ns = 400 * kNsPerMs;
constexpr std::int64_t kResetWithin_ns = 2 * kNsPerS;   // a drive needs some time to leave its fault state
constexpr std::int64_t kVerifyWithin_ns = 2 * kNsPerS;  // the slowest line asks for one setting in every other 20 ms
constexpr double kSpotPerSecond = 0.25;                 // of the load at the stall: empty after 4 s

bool drives_enabled(const SafetyInput& in) noexcept {
  for (std::size_t i = 0; i < in.axis_count; ++i) {
    if (in.axes[i].drive != hal::DriveState::kOperationEnabled) return false;
  }
  return true;
}

bool all_usable(const SafetyInput& in) noexcept {
  for (std::size_t i = 0; i < in.axis_count; ++i) {
    if (!in.axes[i].usable) return false;
  }
  return in.axis_count > 0;
}

bool is_armed(MachineState state) noexcept {
  return is_loaded(state) || state == MachineState::kReady || state == MachineState::kCalibrate || state == MachineState::kService;
}

bool at_rest(MachineState state) noexcept { return state == MachineState::kIdle || state == MachineState::kRetract; }

}  // namespace

Supervisor::Supervisor(const EnvelopeConfig& config, double max_speed_mps) noexcept
    : config_(config), axis_monitors_{AxisMonitor(config, max_speed_mps), AxisMonitor(config, max_speed_mps)} {}

void Supervisor::step(const SafetyInput& in, SafetyOutput& out) noexcept {
  out = SafetyOutput{};
  const MachineState before = state_;
  state_age_ns_ += in.dt_ns;

  ConditionSet found = find(in);
  watch_stop(in, found, out);
  update_rows(in, found, out);
  handle_reset(in, found, out);
  handle_request(in, found, out);

  Reaction worst = Reaction::kNone;
  FaultCode cause = FaultCode::kNone;
  active_.for_each([&](Condition condition) {
    const PolicyRow& row = policy(condition);
    if (row.reaction <= worst) return;
    worst = row.reaction;
    cause = row.cause;
  });
  react(in, worst, cause);
  if (state_ == MachineState::kSafeOff && found.test(Condition::kSafeTorqueOff)) enter(MachineState::kEstop, in);
  if (state_ == MachineState::kEstop && !found.test(Condition::kSafeTorqueOff)) enter(MachineState::kSafeOff, in);
  advance(in, worst);
  step_caps(in, worst);
  fill(worst, out);
  out.state_changed = state_ != before;
}

ConditionSet Supervisor::find(const SafetyInput& in) noexcept {
  ConditionSet found;
  link_.step(in, found);
  for (std::size_t i = 0; i < in.axis_count; ++i) axis_monitors_[i].step(in.axes[i], state_, in.dt_ns, found);
  person_.step(in, state_, state_age_ns_, found);
  found.set(Condition::kUnverified, !in.verified && !still_reconnecting(in, found));
  found.set(Condition::kStop, in.stop || in.lower);
  found.set(Condition::kShutdown, in.shutdown);
  found.set(Condition::kPluginFailed, in.plugins == PluginVerdict::kFailed);
  found.set(Condition::kPluginSlow, in.plugins == PluginVerdict::kSlow);
  found.set(Condition::kLoadCapped, in.envelope_capped);
  found.set(Condition::kSlewLimited, in.envelope_slewed);
  found.set(Condition::kIntegrity, in.command_broken);
  return found;
}

/// A drive that was lost is asked for its settings anew: until it had the time to give them, the lost link is all there is to tell.
bool Supervisor::still_reconnecting(const SafetyInput& in, const ConditionSet& found) noexcept {
  const bool lost = active_.test(Condition::kLinkLost) && !is_powered(state_);
  heard_again_ns_ = lost && !in.verified && !found.test(Condition::kLinkLost) ? heard_again_ns_ + in.dt_ns : 0;
  return lost && heard_again_ns_ < kVerifyWithin_ns;
}

/// A Stop is done when the drive measures it, not when it was sent (a "success" without effect is a known accident).
void Supervisor::watch_stop(const SafetyInput& in, ConditionSet& found, SafetyOutput& out) noexcept {
  if (in.stop || in.lower) {
    home_first_ = state_ != MachineState::kIdle;
    stop_age_ns_ = 0;
  } else if (stop_age_ns_ >= 0) {
    stop_age_ns_ += in.dt_ns;
  }
  if (stop_age_ns_ < 0) return;

  double measured_n = 0.0;
  bool known = true;
  for (std::size_t i = 0; i < in.axis_count; ++i) {
    known = known && in.axes[i].fresh && in.axes[i].commanded_n <= kUnloaded_n;
    measured_n = std::max(measured_n, in.axes[i].tension_n);
  }
  if (known && measured_n <= kUnloaded_n) {
    out.stop_confirmed = true;
    out.stop_measured_n = measured_n;
    stop_age_ns_ = -1;
  } else if (stop_age_ns_ > kStopWithin_ns) {
    found.set(Condition::kStopFailed, true);
    stop_age_ns_ = -1;
  }
}

void Supervisor::update_rows(const SafetyInput& in, const ConditionSet& found, SafetyOutput& out) noexcept {
  (found | active_ | waiting_).for_each([&](Condition condition) {
    const PolicyRow& row = policy(condition);
    RowState& now = rows_[static_cast<std::size_t>(condition)];
    const bool active = active_.test(condition);
    if (found.test(condition) && (row.states & mask(state_)) != 0) {
      now.gone_ns = 0;
      now.held_ns += in.dt_ns;
      waiting_.set(condition, !active);
      if (!active && now.held_ns >= row.start_ms * kNsPerMs) activate(condition, out);
      return;
    }
    now.held_ns = 0;
    waiting_.drop(condition);
    now.gone_ns += in.dt_ns;
    const bool lets_go = (row.clear == Clear::kAuto && now.gone_ns >= row.clear_ms * kNsPerMs) ||
                         (row.clear == Clear::kEndOfSet && state_ == MachineState::kIdle);
    if (active && lets_go) let_go(condition, out);
  });
}

void Supervisor::activate(Condition condition, SafetyOutput& out) noexcept {
  const PolicyRow& row = policy(condition);
  active_.set(condition, true);
  waiting_.drop(condition);
  if (row.cause != FaultCode::kNone && out.change_count < out.changes.size()) {
    out.changes[out.change_count++] = {row.cause, row.reaction, true};
  }
}

/// Several rows may have one cause; the outside is told of causes, so the last of them says that it is gone.
void Supervisor::let_go(Condition condition, SafetyOutput& out) noexcept {
  const PolicyRow& row = policy(condition);
  active_.drop(condition);
  rows_[static_cast<std::size_t>(condition)] = RowState{};
  bool others = false;
  active_.for_each([&](Condition other) { others = others || policy(other).cause == row.cause; });
  if (row.cause != FaultCode::kNone && !others && out.change_count < out.changes.size()) {
    out.changes[out.change_count++] = {row.cause, row.reaction, false};
  }
}

void Supervisor::handle_reset(const SafetyInput& in, const ConditionSet& found, SafetyOutput& out) noexcept {
  fault_reset_ = false;
  if (in.reset) reset_left_ns_ = kResetWithin_ns;
  if (reset_left_ns_ <= 0) return;

  const bool off = state_ == MachineState::kSafeOff;
  const bool drive_fault = found.test(Condition::kDriveFault) || found.test(Condition::kDriveExpired);
  bool clear = off ? all_usable(in) && in.verified : at_rest(state_);
  found.for_each([&](Condition condition) {
    const PolicyRow& row = policy(condition);
    if (condition == Condition::kDriveFault || (row.states & mask(state_)) == 0) return;
    clear = clear && row.reaction < Reaction::kFaultStop;
  });
  active_.for_each([&](Condition condition) { clear = clear && policy(condition).clear != Clear::kPowerCycle; });
  // The drive leaves its own fault only when told to, and only once nothing else speaks against it.
  fault_reset_ = off && clear && drive_fault;
  if (clear && !drive_fault) {
    active_.for_each([&](Condition condition) {
      if (policy(condition).clear != Clear::kAuto) let_go(condition, out);
    });
    reset_left_ns_ = 0;
    if (off) enter(MachineState::kIdle, in);
    return;
  }
  reset_left_ns_ -= std::max<std::int64_t>(in.dt_ns, 1);
  if (reset_left_ns_ <= 0) out.reset_refused = true;
}

bool Supervisor::may_arm(const SafetyInput& in, const ConditionSet& found) const noexcept {
  if (!at_rest(state_) || home_first_ || !all_usable(in) || !in.session_open) return false;
  bool clear = true;
  found.for_each([&](Condition condition) {
    const PolicyRow& row = policy(condition);
    clear = clear && (row.reaction < Reaction::kUnload || (row.states & mask(MachineState::kReady)) == 0);
  });
  active_.for_each([&](Condition condition) {
    const PolicyRow& row = policy(condition);
    clear = clear && (row.reaction < Reaction::kUnload || row.clear < Clear::kReset);
  });
  return clear;
}

void Supervisor::handle_request(const SafetyInput& in, const ConditionSet& found, SafetyOutput& out) noexcept {
  switch (in.request) {
    case Request::kNone:
      return;
    case Request::kArm:
    case Request::kCalibrate:
      if (!may_arm(in, found)) {
        out.request_refused = true;
        return;
      }
      active_.for_each([&](Condition condition) {
        const Clear rule = policy(condition).clear;
        if (rule == Clear::kRearm || rule == Clear::kEndOfSet) let_go(condition, out);
      });
      cause_ = FaultCode::kNone;
      enter(in.request == Request::kArm ? MachineState::kReady : MachineState::kCalibrate, in);
      break;
    case Request::kEnd:
      if (is_armed(state_)) {
        if (state_ != MachineState::kSpot) cause_ = FaultCode::kNone;
        unload_ramp_ns_ = kUnloadRamp_ns;
        enter(MachineState::kUnload, in);
      }
      break;
  }
  out.request_accepted = true;
}

void Supervisor::react(const SafetyInput& in, Reaction worst, FaultCode cause) noexcept {
  MachineState next = state_;
  switch (worst) {
    case Reaction::kNone:
    case Reaction::kWarn:
    case Reaction::kNoRaise:
      return;
    case Reaction::kSpot:
      if (state_ == MachineState::kActive) next = MachineState::kSpot;
      break;
    case Reaction::kUnload:
      if (is_armed(state_)) next = MachineState::kUnload;
      if (is_armed(state_)) unload_ramp_ns_ = in.stop ? kStopRamp_ns : kUnloadRamp_ns;
      break;
    case Reaction::kFaultStop:
      if (is_powered(state_)) next = MachineState::kFaultStop;
      break;
    case Reaction::kSafeOff:
      if (state_ != MachineState::kBoot && state_ != MachineState::kEstop) next = MachineState::kSafeOff;
      break;
  }
  if (in.stop && state_ == MachineState::kUnload) unload_ramp_ns_ = std::min(unload_ramp_ns_, kStopRamp_ns);
  if (next == state_) return;
  cause_ = cause;
  enter(next, in);
}

/// Where time and the person lead, when nothing is wrong.
void Supervisor::advance(const SafetyInput& in, Reaction worst) noexcept {
  switch (state_) {
    case MachineState::kBoot:
      if (all_usable(in) && in.verified) enter(MachineState::kSafeOff, in);
      return;
    case MachineState::kReady:
      if (person_.ready() && worst < Reaction::kNoRaise && drives_enabled(in) && in.session_open) enter(MachineState::kEngage, in);
      return;
    case MachineState::kEngage: {
      bool there = state_age_ns_ >= kEngageAtLeast_ns && worst < Reaction::kNoRaise;
      for (std::size_t i = 0; i < in.axis_count; ++i) {
        there = there && (!in.axes[i].active || cap_n_[i] >= std::min(in.axes[i].request_n, ceiling_n_));
      }
      if (there) enter(MachineState::kActive, in);
      return;
    }
    case MachineState::kSpot:
      if (std::max(cap_n_[0], cap_n_[1]) <= kLight_n) {
        unload_ramp_ns_ = kUnloadRamp_ns;
        enter(MachineState::kUnload, in);
      }
      return;
    case MachineState::kUnload:
      if (state_age_ns_ >= unload_ramp_ns_) enter(MachineState::kRetract, in);
      return;
    case MachineState::kRetract:
    case MachineState::kIdle:
      if (in.shutdown) {
        enter(MachineState::kSafeOff, in);
      } else if (state_ == MachineState::kRetract && person_.home()) {
        enter(MachineState::kIdle, in);
      }
      return;
    case MachineState::kFaultStop:
      if (state_age_ns_ >= kFaultOff_ns) enter(MachineState::kSafeOff, in);
      return;
    case MachineState::kSafeOff:
    case MachineState::kCalibrate:
    case MachineState::kActive:
    case MachineState::kEstop:
    case MachineState::kService:
      return;
  }
}

void Supervisor::enter(MachineState state, const SafetyInput& in) noexcept {
  state_ = state;
  state_age_ns_ = 0;
  if (state == MachineState::kIdle) home_first_ = false;
  double most_n = 0.0;
  for (std::size_t i = 0; i < in.axis_count; ++i) {
    entry_n_[i] = in.axes[i].commanded_n;
    if (in.axes[i].active) most_n = std::max(most_n, in.axes[i].request_n - entry_n_[i]);
  }
  if (state == MachineState::kEngage) {
    engage_slew_nps_ = std::clamp(most_n / seconds(kEngageAtLeast_ns), 1.0, kEngageSlew_nps);
    cap_n_ = entry_n_;
  }
}

void Supervisor::step_caps(const SafetyInput& in, Reaction worst) noexcept {
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
    case MachineState::kService:
      out.load = Load::kTakeUp;
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
