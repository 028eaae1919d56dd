// What is done with the machine while nobody trains: its self-test, where its result goes, and a technician who moves a cable.

#include <utility>

#include "controller/session/session_manager.hpp"

namespace sheave::session {

using control::CommandKind;
using safety::MachineState;

void SessionManager::fetch_self_test() {
  deps_.journal.last_self_test([this, alive = std::weak_ptr<int>(alive_)](Result<SelfTestRecord> record) {
    if (alive.expired() || !record || record->cables.size() != deps_.machine.cable_count) return;
    use_self_test(*record);
  });
}

void SessionManager::use_self_test(const SelfTestRecord& record) {
  std::vector<CableDrag> drag;
  for (const CableTest& cable : record.cables) drag.push_back(cable.drag);
  plans_.set_drag(drag);
  last_self_test_ = record;
}

Status SessionManager::refuse_while_in_use() const {
  if (self_test_ && !self_test_->over()) {
    return Status::error(StatusCode::kFailedPrecondition, "SELF_TEST_RUNS", "the machine tests itself; wait for its end, or stop it");
  }
  if (run_ && (!run_->over() || run_->goes_on() || !parked_.empty())) {
    return Status::error(StatusCode::kFailedPrecondition, "SESSION_ACTIVE",
                         "session " + run_->record().id + " (" + run_->record().program_id + ") runs on this machine; finish it first");
  }
  return {};
}

Status SessionManager::service_active() {
  return Status::error(StatusCode::kFailedPrecondition, "SERVICE_ACTIVE",
                       "a technician moves a cable of this machine; wait until ten seconds after the last press");
}

Status SessionManager::may_self_test() const {
  if (Status status = refuse_while_in_use(); !status.ok()) return status;
  if (jog_.pressed(now_ns_)) return service_active();  // not for longer: it is the technician who tests next
  if (state_ == MachineState::kIdle) return {};
  if (state_ == MachineState::kRetract || state_ == MachineState::kUnload) {
    return Status::error(StatusCode::kFailedPrecondition, "NOT_READY", "the handle is out; bring it home, let go of it, and test again");
  }
  return Status::error(
      StatusCode::kFailedPrecondition, "NOT_READY",
      (faults_.empty() ? "the machine is off; reset it first" : worst_fault_text() + " Then reset the machine, and test again."));
}

void SessionManager::self_test(Done<SelfTestRecord> done) {
  if (Status status = may_self_test(); !status.ok()) return done(status);
  control::SetPlan* plan = plans_.make_self_test();
  self_test_ =
      std::make_unique<SelfTestRun>(*plan, deps_.machine.cable_count, [this, done = std::move(done)](Result<std::vector<CableTest>> tests) {
        commands_.push({CommandKind::kSession, 0.0, nullptr});
        if (!tests) return done(tests.status());
        keep_self_test(*std::move(tests), done);
      });
  commands_.push({CommandKind::kSession, 1.0, nullptr});  // somebody is there
  commands_.push({CommandKind::kCalibrate, 0.0, plan});
  publish();
}

void SessionManager::keep_self_test(std::vector<CableTest> tests, const Done<SelfTestRecord>& done) {
  SelfTestRecord record{deps_.wall_clock.now(), std::move(tests)};
  deps_.journal.add_self_test(record, [this, record, done, alive = std::weak_ptr<int>(alive_)](const Result<std::uint64_t>& stored) {
    if (alive.expired()) return;
    // What was measured is true, kept or not.
    use_self_test(record);
    if (stored) return done(record);
    done(Status::error(StatusCode::kUnavailable, "STORE_UNAVAILABLE",
                       "the self-test is in force, but will be forgotten at the next start: " + stored.status().message));
  });
}

/// The tick decides; this says why it would not. While the tension of a press comes down the next one waits.
Status SessionManager::may_jog() const {
  if (Status status = refuse_while_in_use(); !status.ok()) return status;
  switch (state_) {
    case MachineState::kIdle:
    case MachineState::kRetract:
    case MachineState::kUnload:
    case MachineState::kService:
      return {};
    default:
      return Status::error(StatusCode::kFailedPrecondition, "NOT_READY",
                           faults_.empty() ? "the machine is off; reset it first" : worst_fault_text() + " Then reset the machine.");
  }
}

Result<std::uint64_t> SessionManager::jog(const JogRequest& request) {
  Result<std::uint64_t> press = jog_.take(request, may_jog(), now_ns_);
  publish();
  return press;
}

}  // namespace sheave::session
