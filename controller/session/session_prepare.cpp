// From a request to a session that waits for its person, and on to the machine's present one.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "controller/session/session_manager.hpp"

namespace sheave::session {

using safety::MachineState;

namespace {

constexpr std::size_t kMaxPrepared = 16;  // more than a gym class queues at one machine; the oldest goes first
constexpr double kMaxRest_s = 1800.0;
constexpr std::uint32_t kMaxSets = 20;

Status check_overrides(const CreateSession& request) {
  if (request.rest_s && !(*request.rest_s >= 0.0 && *request.rest_s <= kMaxRest_s)) {
    return Status::error(StatusCode::kInvalidArgument, "REST_RANGE", fmt::format("the rest must be 0 to {:g} seconds", kMaxRest_s));
  }
  if (request.sets && (*request.sets < 1 || *request.sets > kMaxSets)) {
    return Status::error(StatusCode::kInvalidArgument, "SETS_RANGE", fmt::format("the number of sets must be 1 to {}", kMaxSets));
  }
  return {};
}

}  // namespace

Result<SessionManager::Prepared> SessionManager::prepare(const CreateSession& request, std::uint32_t workout_position) {
  Prepared prepared;
  const Workout* workout = request.workout_id.empty() ? nullptr : deps_.catalog.find_workout(request.workout_id);
  if (workout == nullptr && !request.workout_id.empty()) {
    return Status::error(StatusCode::kNotFound, "WORKOUT_NOT_FOUND",
                         fmt::format("there is no workout \"{}\"; `sheave programs` lists those there are", request.workout_id));
  }
  const WorkoutPart part = workout != nullptr ? workout->parts[workout_position - 1] : WorkoutPart{request.program_id, {}, {}};
  prepared.program = deps_.catalog.find(part.program_id);
  if (prepared.program == nullptr) {
    return Status::error(StatusCode::kNotFound, "PROGRAM_NOT_FOUND",
                         fmt::format("there is no program \"{}\"; `sheave programs` lists those there are", part.program_id));
  }
  const Program& program = *prepared.program;
  if (Status status = check_overrides(request); !status.ok()) return status;
  if (Status status = deps_.plugins.check(program, deps_.machine.period_ns); !status.ok()) return status;
  if (request.load_total_kg) {
    const Result<double> load = grid_.check(*request.load_total_kg);
    if (!load) return load.status();
    prepared.settings.load_kg = *load;
  }
  prepared.settings.rest_s = request.rest_s.value_or(part.rest_s.value_or(program.prescription.rest_s));
  prepared.settings.sets = request.sets.value_or(part.sets.value_or(program.prescription.sets));
  if (!program.progression.id.empty()) {
    Result<std::shared_ptr<const Decider>> decider = deps_.plugins.make_decider(program);
    if (!decider) return decider.status();
    prepared.decider = *std::move(decider);
  }

  SessionRecord& record = prepared.record;
  record.id = deps_.make_id();
  record.request_id = request.request_id;
  record.program_id = program.id;
  record.program_toml_hash = program.etag;
  record.member_id = request.member_id;
  record.member_alias = request.member_alias;
  if (workout != nullptr) {
    record.workout_id = workout->id;
    record.workout_run = record.id;
    record.workout_position = workout_position;
    record.workout_size = static_cast<std::uint32_t>(workout->parts.size());
  }
  record.created = deps_.wall_clock.now();
  return prepared;
}

void SessionManager::create(const CreateSession& request, Done<SessionRecord> done) {
  if (!request.request_id.empty()) {
    if (run_ && run_->record().request_id == request.request_id) return done(run_->record());
    for (const auto& lane : parked_) {
      if (lane->record().request_id == request.request_id) return done(lane->record());
    }
    for (Prepared& prepared : prepared_) {
      if (prepared.record.request_id != request.request_id) continue;
      if (prepared.stored) return done(prepared.record);
      prepared.waiters.push_back(std::move(done));
      return;
    }
  }
  if (Status status = refuse_when_out_of_order(); !status.ok()) return done(status);
  Result<Prepared> prepared = prepare(request);
  if (!prepared) return done(prepared.status());
  store(*std::move(prepared), std::move(done));
}

/// In the list before the journal answers, so that the same request again finds it there.
void SessionManager::store(Prepared prepared, Done<SessionRecord> done) {
  if (prepared_.size() >= kMaxPrepared) {
    prepared_.front().record.state = SessionState::kFinished;
    prepared_.front().record.end_note = "It was never started.";
    ledger_.put_session(prepared_.front().record);
    prepared_.erase(prepared_.begin());
  }
  prepared.waiters.push_back(std::move(done));
  const SessionRecord record = prepared.record;
  prepared_.push_back(std::move(prepared));
  const auto put = [this, record, alive = std::weak_ptr<int>(alive_)] {
    deps_.journal.put_session(record, [this, id = record.id, alive](const Result<std::uint64_t>& seq) {
      if (!alive.expired()) on_stored(id, seq);
    });
  };
  if (record.request_id.empty()) return put();
  deps_.journal.find_request(record.request_id,
                             [this, put, id = record.id, alive = std::weak_ptr<int>(alive_)](const Result<SessionRecord>& known) {
                               if (alive.expired()) return;
                               Prepared* waiting = find_prepared(id);
                               if (waiting == nullptr || !known) return put();
                               const auto waiters = std::move(waiting->waiters);
                               std::erase_if(prepared_, [&](const Prepared& p) { return p.record.id == id; });
                               for (const auto& waiter : waiters) waiter(known);
                             });
}

void SessionManager::on_stored(const std::string& session_id, const Result<std::uint64_t>& seq) {
  Prepared* prepared = find_prepared(session_id);
  if (prepared == nullptr) return;
  const auto waiters = std::exchange(prepared->waiters, {});
  Result<SessionRecord> answer = prepared->record;
  if (seq) {
    prepared->stored = true;
    prepared->record.seq = *seq;
    answer = prepared->record;
    LogEntry entry;
    entry.kind = LogEntry::Kind::kSession;
    entry.seq = *seq;
    entry.session_id = session_id;
    entry.session = prepared->record;
    announce(entry);
  } else {
    answer = Status::error(StatusCode::kUnavailable, "STORE_UNAVAILABLE", "the session cannot be stored: " + seq.status().message);
    std::erase_if(prepared_, [&](const Prepared& p) { return p.record.id == session_id; });
  }
  for (const auto& waiter : waiters) waiter(answer);
}

SessionManager::Prepared* SessionManager::find_prepared(const std::string& session_id) {
  const auto at = std::find_if(prepared_.begin(), prepared_.end(), [&](const Prepared& p) { return p.record.id == session_id; });
  return at != prepared_.end() ? &*at : nullptr;
}

Status SessionManager::may_activate(const std::string& session_id) {
  const Prepared* prepared = find_prepared(session_id);
  if (prepared == nullptr || !prepared->stored) {
    return Status::error(StatusCode::kNotFound, "SESSION_NOT_FOUND", "there is no prepared session " + session_id + "; create it first");
  }
  if (Status status = refuse_when_out_of_order(); !status.ok()) return status;
  if (self_test_ && !self_test_->over()) {
    return Status::error(StatusCode::kFailedPrecondition, "SELF_TEST_RUNS", "the machine tests itself; wait for its end, or stop it");
  }
  if (jog_.serviced(now_ns_)) return service_active();
  // One that is held and that nobody steers waits for nobody in particular: the next person goes on.
  const bool gives_way = run_ && (run_->over() || (run_->held() && !run_->control_has_plan() && lease_.held_by_machine()));
  if (run_ && (!gives_way || !parked_.empty())) {
    return Status::error(StatusCode::kFailedPrecondition, "SESSION_ACTIVE",
                         "session " + run_->record().id + " (" + run_->record().program_id + ") runs on this machine; finish it first");
  }
  const bool off = state_ == MachineState::kSafeOff || state_ == MachineState::kFaultStop || state_ == MachineState::kEstop;
  if (off && !faults_.empty() && is_machine_fault(faults_.back())) {
    const bool unverified = std::binary_search(faults_.begin(), faults_.end(), FaultCode::kDriveUnverified);
    return Status::error(StatusCode::kFailedPrecondition, unverified ? "DRIVE_UNVERIFIED" : "NOT_READY", worst_fault_text());
  }
  return {};
}

void SessionManager::activate(const std::string& session_id, Done<SessionRecord> done) {
  if (run_ && run_->record().id == session_id) return done(run_->record());
  if (find_run(session_id) != nullptr) return join(session_id, std::move(done));
  if (Status status = may_activate(session_id); !status.ok()) return done(status);
  if (run_ && !run_->over()) run_->close({"REPLACED", "Another session took its place.", {}});
  run_ = make_run(std::move(*find_prepared(session_id)));
  run_->begin(now_ns_, {state_, lease_.held_by_machine()}, [this, done = std::move(done), session_id, alive = std::weak_ptr<int>(alive_)] {
    if (alive.expired()) return;
    publish();  // so that the answer shows what was found: the range, the load that was given
    if (run_->record().id == session_id) return done(run_->record());
    done(Status::error(StatusCode::kAborted, "SESSION_NOT_FOUND", "session " + session_id + " was ended before it began"));
  });
  publish();
}

void SessionManager::end(SessionRun& run, bool next_part, Done<SessionRecord> done) {
  // By value: another session may be the present one when the store answers.
  const auto told = [this, done = std::move(done), session_id = run.record().id](const Status& stored) {
    if (!stored.ok()) {
      done(Status::error(StatusCode::kUnavailable, "STORE_UNAVAILABLE",
                         "the session has ended and its end will be stored once the store writes again: " + stored.message));
    } else if (const SessionRun* ended = find_run(session_id)) {
      done(ended->record());
    } else {
      deps_.journal.find_session(session_id, done);
    }
  };
  next_part ? run.finish_part(told) : run.finish(told);
  publish();
}

void SessionManager::finish(const std::string& session_id, Done<SessionRecord> done) {
  if (SessionRun* run = find_run(session_id)) return end(*run, false, std::move(done));
  Prepared* prepared = find_prepared(session_id);
  if (prepared == nullptr) {
    return done(Status::error(StatusCode::kNotFound, "SESSION_NOT_FOUND", "session " + session_id + " is neither present nor prepared"));
  }
  SessionRecord record = prepared->record;
  record.state = SessionState::kFinished;
  record.finished = deps_.wall_clock.now();
  record.end_note = "It was never started.";
  std::erase_if(prepared_, [&](const Prepared& p) { return p.record.id == session_id; });
  ledger_.put_session(record, [done, record](const Status& stored) {
    if (stored.ok()) {
      done(record);
    } else {
      done(stored);
    }
  });
}

}  // namespace sheave::session
