#include "controller/safety/supervisor.hpp"

#include <algorithm>

namespace sheave::safety {

namespace {

constexpr std::int64_t kStopRamp_ns = 150 * kNsPerMs;
constexpr std::int64_t kFaultOff_ns = 200 * kNsPerMs;
constexpr std::int64_t kStopWithin_ns = 400 * kNsPerMs;
constexpr std::int64_t kVerifyWithin_ns = 2 * kNsPerS;  // the slowest line asks for one setting in every other 20 ms

bool drives_enabled(const SafetyInput& in) noexcept {
  for (std::size_t i = 0; i < in.axis_count; ++i) {
    if (in.axes[i].drive != hal::DriveState::kOperationEnabled) return false;
  }
  return true;
}

}  // namespace

Supervisor::Supervisor(const EnvelopeConfig& config, double max_speed_mps) noexcept
    : config_(config), axis_monitors_{AxisMonitor(config, max_speed_mps), AxisMonitor(config, max_speed_mps)} {}

void Supervisor::step(const SafetyInput& in, SafetyOutput& out) noexcept {
  out = SafetyOutput{};
  const MachineState before = state_;
  const std::uint64_t press = jog_.call().press;
  state_age_ns_ += in.dt_ns;

  ConditionSet found = find(in);
  watch_stop(in, found, out);
  update_rows(in, found, out);
  handle_reset(in, found, out);
  handle_request(in, found, out);
  handle_jog(in, found, out);

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
  out.jog_press = jog_.runs() ? jog_.call().press : press;
}

ConditionSet Supervisor::find(const SafetyInput& in) noexcept {
  ConditionSet found;
  link_.step(in, found);
  for (std::size_t i = 0; i < in.axis_count; ++i) axis_monitors_[i].step(in.axes[i], state_, in.dt_ns, found);
  person_.step(in, state_, state_age_ns_, found);
  found.set(Condition::kUnverified, !in.verified && !still_reconnecting(in, found));
  found.set(Condition::kStop, in.stop || in.lower);
  found.set(Condition::kJogLapsed, jog_.lapsed(in.now_ns));
  found.set(Condition::kShutdown, in.shutdown);
  found.set(Condition::kPluginFailed, in.plugins == PluginVerdict::kFailed);
  found.set(Condition::kPluginSlow, in.plugins == PluginVerdict::kSlow);
  // A slack cable tells of itself, until what it took has come back.
  slack_capped_ = active_.test(Condition::kSlack) || (slack_capped_ && in.envelope_capped);
  found.set(Condition::kLoadCapped, in.envelope_capped && !slack_capped_);
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
  if (state_ == MachineState::kService) jog_.end();
  state_ = state;
  state_age_ns_ = 0;
  if (state == MachineState::kIdle) home_first_ = false;
  for (std::size_t i = 0; i < in.axis_count; ++i) entry_n_[i] = in.axes[i].commanded_n;
  if (state == MachineState::kEngage) {
    engage_slew_nps_ = 0.0;
    cap_n_ = entry_n_;
  }
}

}  // namespace sheave::safety
