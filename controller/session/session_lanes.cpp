// Several people at one machine, several programs in one visit, and whose a session is.

#include <algorithm>
#include <utility>

#include "controller/session/session_manager.hpp"

namespace sheave::session {

namespace {

constexpr std::int64_t kReassignFor_ns = kNsPerS * 24 * 3600;

bool same_set_up(const SessionRun& a, const SessionRun& b) { return set_up_key(a.program()) == set_up_key(b.program()); }

}  // namespace

SessionRun* SessionManager::find_run(const std::string& session_id) {
  if (run_ && run_->record().id == session_id) return run_.get();
  const auto at = std::ranges::find_if(parked_, [&](const auto& lane) { return lane->record().id == session_id; });
  return at != parked_.end() ? at->get() : nullptr;
}

std::unique_ptr<SessionRun> SessionManager::make_run(Prepared prepared) {
  const std::string id = prepared.record.id;
  auto run = std::make_unique<SessionRun>(services_, std::move(prepared.record), *prepared.program, prepared.settings,
                                          std::move(prepared.decider));
  std::erase_if(prepared_, [&](const Prepared& p) { return p.record.id == id || p.record.id.empty(); });
  return run;
}

void SessionManager::join(const std::string& session_id, Done<SessionRecord> done) {
  if (run_ && run_->record().id == session_id) return done(run_->record());
  for (std::size_t i = 0; i < parked_.size(); ++i) {
    if (parked_[i]->record().id != session_id) continue;
    if (run_->control_has_plan() || !run_->settled()) {
      return done(Status::error(StatusCode::kFailedPrecondition, "SET_ACTIVE", "another's set is armed or runs; the turn changes at rest"));
    }
    give_turn(i);
    publish();
    return done(run_->record());
  }
  if (!run_ || run_->over()) return activate(session_id, std::move(done));
  const Prepared* prepared = find_prepared(session_id);
  if (prepared == nullptr || !prepared->stored) {
    return done(
        Status::error(StatusCode::kNotFound, "SESSION_NOT_FOUND", "there is no prepared session " + session_id + "; create it first"));
  }
  if (Status status = refuse_when_out_of_order(); !status.ok()) return done(status);
  if (parked_.size() + 1 >= kMaxLanes) {
    return done(
        Status::error(StatusCode::kResourceExhausted, "LANES_FULL", "four people share this machine already; wait until one is done"));
  }
  parked_.push_back(make_run(std::move(*find_prepared(session_id))));
  SessionRun& lane = *parked_.back();
  lane.leave_machine();
  lane.begin(now_ns_, {state_, lease_.held_by_machine()}, [this, done = std::move(done), session_id, alive = std::weak_ptr<int>(alive_)] {
    if (alive.expired()) return;
    publish();
    if (const SessionRun* begun = find_run(session_id)) return done(begun->record());
    done(Status::error(StatusCode::kAborted, "SESSION_NOT_FOUND", "session " + session_id + " was ended before it began"));
  });
  publish();
}

/// @pre nothing is armed or runs, and the load is off
void SessionManager::give_turn(std::size_t index) {
  std::unique_ptr<SessionRun> next = std::move(parked_[index]);
  parked_.erase(parked_.begin() + static_cast<std::ptrdiff_t>(index));
  const bool change = !same_set_up(*run_, *next);
  if (!run_->over()) {
    run_->leave_machine();
    parked_.push_back(std::move(run_));
  }
  run_ = std::move(next);
  run_->take_machine(now_ns_, change);
}

void SessionManager::pass_turn() {
  if (!run_) return;
  std::erase_if(parked_, [](const auto& lane) { return lane->over() && !lane->goes_on(); });
  if (run_->goes_on()) start_next_part();
  if (!parked_.empty() && (run_->turn_over() || run_->over())) give_turn(0);
}

/// The next program of a workout takes the place of the one that ended; what this machine cannot do is left out.
void SessionManager::start_next_part() {
  const SessionRecord ended = run_->record();
  for (std::uint32_t position = ended.workout_position + 1; position <= ended.workout_size; ++position) {
    CreateSession request;
    request.workout_id = ended.workout_id;
    request.member_id = ended.member_id;
    request.member_alias = ended.member_alias;
    Result<Prepared> prepared = prepare(request, position);
    if (!prepared) continue;
    prepared->record.workout_run = ended.workout_run;
    std::unique_ptr<SessionRun> part = make_run(*std::move(prepared));
    const bool turn_passes = !parked_.empty();
    run_ = std::move(part);
    run_->ask_set_up(true);
    run_->begin(now_ns_, {state_, lease_.held_by_machine()}, [] {});
    if (turn_passes) give_turn(0);
    return;
  }
}

void SessionManager::tell_lanes(Snapshot& snapshot) const {
  if (!run_ || parked_.empty()) return;
  if (!run_->over()) snapshot.lanes.push_back(run_->lane());
  for (const auto& lane : parked_) snapshot.lanes.push_back(lane->lane());
}

void SessionManager::next_exercise(const std::string& session_id, Done<SessionRecord> done) {
  if (SessionRun* run = find_run(session_id)) return end(*run, true, std::move(done));
  done(Status::error(StatusCode::kNotFound, "SESSION_NOT_FOUND", "session " + session_id + " is not at this machine; nothing follows it"));
}

bool SessionManager::trains(const std::string& member_id) const {
  const auto is_theirs = [&](const SessionRun& run) { return !run.over() && run.record().member_id == member_id; };
  return (run_ && is_theirs(*run_)) || std::ranges::any_of(parked_, [&](const auto& lane) { return is_theirs(*lane); }) ||
         std::ranges::any_of(prepared_, [&](const Prepared& p) { return p.record.member_id == member_id; });
}

void SessionManager::forget_range(const std::string& member_id, const std::string& program_id) {
  if (const Program* program = deps_.catalog.find(program_id)) ledger_.put_rom(member_id, set_up_key(*program), {});
}

void SessionManager::reassign(const std::string& session_id, const std::string& member_id, const std::string& alias,
                              Done<SessionRecord> done) {
  if (const SessionRun* run = find_run(session_id); run != nullptr && run->control_has_plan()) {
    return done(Status::error(StatusCode::kFailedPrecondition, "SET_ACTIVE", "a set is armed or runs; give the session away at rest"));
  }
  deps_.journal.find_session(session_id, [=, this, alive = std::weak_ptr<int>(alive_)](Result<SessionRecord> found) {
    if (alive.expired()) return;
    if (!found) return done(found.status());
    const bool ended = found->state == SessionState::kFinished || found->state == SessionState::kInterrupted;
    const std::int64_t end_ns = found->finished.unix_ns != 0 ? found->finished.unix_ns : found->created.unix_ns;
    if (ended && deps_.wall_clock.now().unix_ns - end_ns > kReassignFor_ns) {
      return done(Status::error(StatusCode::kFailedPrecondition, "REASSIGN_TOO_LATE",
                                "the session ended more than a day ago; it stays whose it is"));
    }
    SessionRecord record = *found;
    const std::string before = std::exchange(record.member_id, member_id);
    record.member_alias = alias;
    deps_.journal.put_owner(session_id, member_id, [=, this](const Result<std::uint64_t>& stored) {
      if (alive.expired()) return;
      if (!stored) return done(stored.status());
      owner_is_stored(record, before, done);
    });
  });
}

/// What the wrong person's range was measured as in this session is not theirs; the right one's it is.
void SessionManager::owner_is_stored(const SessionRecord& record, const std::string& before, const Done<SessionRecord>& done) {
  const Program* program = deps_.catalog.find(record.program_id);
  if (program != nullptr && !before.empty()) ledger_.put_rom(before, set_up_key(*program), {});
  for (Prepared& prepared : prepared_) {
    if (prepared.record.id == record.id) prepared.record.member_id = record.member_id;
  }
  deps_.journal.list_sets(record.id, [=, this, alive = std::weak_ptr<int>(alive_)](Result<std::vector<SetRecord>> sets) {
    if (alive.expired()) return;
    if (program != nullptr && !record.member_id.empty() && sets && !sets->empty() && !sets->back().rom.empty()) {
      ledger_.put_rom(record.member_id, set_up_key(*program), sets->back().rom);
    }
    SessionRun* run = find_run(record.id);
    if (run == nullptr) return done(record);
    run->set_owner(record.member_id, record.member_alias, [=, this] {
      if (alive.expired()) return;
      publish();
      done(record);
    });
  });
}

}  // namespace sheave::session
