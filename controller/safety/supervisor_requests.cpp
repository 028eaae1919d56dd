// What people ask of the supervisor, and when it does it: a reset, a set, a calibration, an end.

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

}  // namespace sheave::safety
