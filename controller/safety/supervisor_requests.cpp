// What people ask of the supervisor, and when it does it: a reset, a set, a calibration, an end, a jog.

#include "controller/safety/supervisor.hpp"

#include <algorithm>

namespace sheave::safety {

namespace {
constexpr std::int64_t kResetWithin_ns = 2 * kNsPerS;  // a drive needs some time to leave its fault state
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

/// From rest to `next`: nothing that would take the load off there holds, and nothing waits for a reset.
bool Supervisor::may_begin(const SafetyInput& in, const ConditionSet& found, MachineState next) const noexcept {
  if (!at_rest(state_) || home_first_ || !all_usable(in)) return false;
  bool clear = true;
  found.for_each([&](Condition condition) {
    const PolicyRow& row = policy(condition);
    clear = clear && (row.reaction < Reaction::kUnload || (row.states & mask(next)) == 0);
  });
  active_.for_each([&](Condition condition) {
    const PolicyRow& row = policy(condition);
    clear = clear && (row.reaction < Reaction::kUnload || row.clear < Clear::kReset);
  });
  return clear;
}

/// What waited for a person to go on lets go: here is one.
void Supervisor::begin(MachineState next, const SafetyInput& in, SafetyOutput& out) noexcept {
  active_.for_each([&](Condition condition) {
    const Clear rule = policy(condition).clear;
    if (rule == Clear::kRearm || rule == Clear::kEndOfSet) let_go(condition, out);
  });
  cause_ = FaultCode::kNone;
  enter(next, in);
}

void Supervisor::unload_gently(const SafetyInput& in) noexcept {
  unload_ramp_ns_ = kUnloadRamp_ns;
  enter(MachineState::kUnload, in);
}

void Supervisor::handle_request(const SafetyInput& in, const ConditionSet& found, SafetyOutput& out) noexcept {
  switch (in.request) {
    case Request::kNone:
      return;
    case Request::kArm:
    case Request::kCalibrate:
      if (!in.session_open || !may_begin(in, found, MachineState::kReady)) {
        out.request_refused = true;
        return;
      }
      begin(in.request == Request::kArm ? MachineState::kReady : MachineState::kCalibrate, in, out);
      break;
    case Request::kEnd:
      if (is_armed(state_)) {
        if (state_ != MachineState::kSpot) cause_ = FaultCode::kNone;
        unload_gently(in);
      }
      break;
  }
  out.request_accepted = true;
}

/// A call begins something in the tick that hears it, or nothing: while the tension of the press before still comes down it goes by, and
/// the next one of the same press begins it.
void Supervisor::handle_jog(const SafetyInput& in, const ConditionSet& found, SafetyOutput& out) noexcept {
  const JogPress::Verdict verdict = jog_.take(in.jog, in.now_ns);
  if (verdict == JogPress::Verdict::kEnds || (jog_.runs() && in.session_open)) {
    cause_ = FaultCode::kNone;
    unload_gently(in);
    return;
  }
  if (verdict != JogPress::Verdict::kMayBegin) return;
  if (!at_rest(state_) || state_age_ns_ == 0) return;  // nor in the tick of a reset: it was asked for before
  if (in.jog.cable >= in.axis_count || in.session_open || !in.verified || !may_begin(in, found, MachineState::kService)) {
    out.jog_refused = true;
    return;
  }
  begin(MachineState::kService, in, out);
  jog_.begin(in.jog, in.now_ns);
}

}  // namespace sheave::safety
