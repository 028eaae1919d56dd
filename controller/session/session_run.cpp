#include "controller/session/session_run.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "controller/session/snapshot.hpp"
#include "controller/session/strength_model.hpp"
#include "plugins/abi/sheave/ext/exercise.h"

namespace sheave::session {

using control::CommandKind;
using control::EventKind;
using safety::MachineState;

namespace {

constexpr std::int64_t kRefusedRetry_ns = 500 * kNsPerMs;
// What took the load off by itself must not bring it back before the person has seen why; their own tap may.
constexpr std::int64_t kAfterFault_ns = 10 * kNsPerS;
constexpr std::int64_t kNobodyCame_ns = 600 * kNsPerS;
// A probe that never ends is a progression's defect: after these the next set is a working set.
constexpr std::size_t kMaxProbes = 4;
// Changing hands and getting set; and a warm-up leaves little to recover from. Both our choice.
constexpr double kRestBetweenSides_s = 15.0, kRestAfterWarmUp_s = 60.0;

std::size_t probes_of(const std::vector<SetRecord>& sets) {
  return static_cast<std::size_t>(std::count_if(sets.begin(), sets.end(), [](const SetRecord& s) { return s.kind == SetKind::kProbe; }));
}

EffortSigns effort_signs(const Proposal& proposal) {
  const double last_reps_mps = std::isfinite(proposal.last_reps_speed_mps) ? proposal.last_reps_speed_mps : 0.0;
  const double rise_mps = proposal.changed ? 0.0 : proposal.last_reps_rise_mps;  // it was reckoned for the load that was proposed
  return {{last_reps_mps, proposal.last_reps_at, rise_mps}, proposal.lighter_speed_mps, proposal.lighter_per_rep_share};
}

}  // namespace

SessionRun::SessionRun(SessionServices& services, SessionRecord record, const Program& program, SessionSettings settings,
                       std::shared_ptr<const Decider> decider)
    : services_(services),
      record_(std::move(record)),
      program_(program),
      settings_(settings),
      book_(record_.id, services.ledger),
      recorder_(services.machine.period_ns, services.machine.cable_count),
      next_(program, services.grid, std::move(decider), services.worker, [this] { book_.put_proposal(*next_.standing()); }) {}

void SessionRun::begin(std::int64_t now_ns, const MachineView& machine, std::function<void()> ready) {
  now_ns_ = now_ns;
  machine_ = machine;
  record_.state = SessionState::kActive;
  services_.ledger.put_session(record_);
  services_.commands.push({CommandKind::kSession, 1.0, nullptr});
  fetch_known(std::move(ready));
}

void SessionRun::ask_first() {
  if (settings_.load_kg) return next_.choose(*settings_.load_kg);
  if (keeps_weight()) {  // that of the last visit, where there was one
    return next_.choose(services_.grid.at_most(history_.empty() ? program_.start_load_kg : history_.front().load_kg));
  }
  double previous_kg = kUnknown, heaviest_kg = kUnknown;
  for (const SetRecord& set : history_) {
    if (set.session_id != history_.front().session_id) break;
    if (!std::isfinite(previous_kg)) previous_kg = set.load_kg;
    heaviest_kg = std::fmax(heaviest_kg, set.load_kg);
  }
  next_.ask(std::make_shared<ProgressionQuestion>(SHEAVE_DECIDE_FIRST_SET, program_, services_.grid, HistoryView{history_, book_.ended()},
                                                  settings_.sets, 0, worked_before_, services_.wall_clock.now()),
            nullptr, previous_kg, heaviest_kg, now_ns_);
}

/// The last warm-up is done and says how strong the person is today. Their own choice stands.
bool SessionRun::warm_ups_tell() const {
  if (book_.last()->kind != SetKind::kWarmUp || !upcoming().of_proposal || settings_.load_kg || keeps_weight()) return false;
  if (!next_.standing() || next_.standing()->changed) return false;
  return strength_model(past_sets(history_, book_.ended(), services_.wall_clock.now())).form_share.known();
}

void SessionRun::ask_next() {
  // As it stood when the set ended, lowered or not; after "not me" only the book knows it.
  if (keeps_weight()) return next_.choose(std::isfinite(set_.load_kg) ? set_.load_kg : book_.last()->load_kg);
  SetRecord last = *book_.last();
  if (last.side == Side::kRight) last.counted = std::min(last.counted, (book_.ended().end() - 2)->counted);  // the weaker side decides
  next_.ask(
      std::make_shared<ProgressionQuestion>(SHEAVE_DECIDE_NEXT_SET, program_, services_.grid, HistoryView{history_, book_.ended()},
                                            settings_.sets, book_.planned_done(std::nullopt), worked_before_, services_.wall_clock.now()),
      &last, last.load_kg, last.last_load_kg(), now_ns_);
}

void SessionRun::tick(std::int64_t now_ns, const MachineView& machine) {
  now_ns_ = now_ns;
  machine_ = machine;
  if (over()) return;
  next_.tick(now_ns);
  if (!at_machine_) {
    close_if_done();
    return;
  }
  if (attempt_ != Attempt::kNone || !known_ || close_if_done()) return;
  if (waiting_since_ns_ < 0 && due_by_itself()) waiting_since_ns_ = now_ns;
  if (may_start()) start();
}

bool SessionRun::close_if_done() {
  if (at_machine_ && !machine_settled()) return false;
  if (finishing_) {
    close(finish_note_);
  } else if (!more_planned()) {
    goes_on_ = true;
    close(finish_note_);
  } else if (next_.standing() && next_.standing()->stop && next_.ready(now_ns_)) {
    goes_on_ = true;
    close({"", next_.standing()->text, {}});
  } else if (at_machine_ && machine_.held_by_machine && waiting_since_ns_ >= 0 && now_ns_ - waiting_since_ns_ >= kNobodyCame_ns) {
    close({"NOBODY_CAME", "Nobody took the handle for ten minutes.", {}});
  }
  return over();
}

bool SessionRun::may_start() const noexcept {
  if (machine_.state != MachineState::kIdle && machine_.state != MachineState::kRetract) return false;
  if (now_ns_ < retry_at_ns_ || held() || set_up_due_) return false;
  if (arm_requested_) return true;
  if (tap_due_) return false;
  // Holding the handle still is what starts a set, so by itself the machine arms one only once the handle is home: somebody who
  // still holds it from the last set, or a handle left on a hook, must not be taken for a person who wants to begin.
  return due_by_itself() && (!range_known() || machine_.state == MachineState::kIdle);
}

bool SessionRun::due_by_itself() const noexcept { return machine_.held_by_machine && !held() && now_ns_ >= rest_until_ns_; }

void SessionRun::start() {
  if (!range_known() || walk_out_due_) {
    start_calibration();
  } else if (half_done() || next_.ready(now_ns_)) {
    start_set();
  }
}

void SessionRun::start_calibration() {
  control::SetPlan* plan = services_.plans.make_calibration(program_);
  calibration_.emplace(services_.machine.cable_count, program_.min_rom_m);
  if (!walk_out_due_) rom_.clear();
  attempt_ = Attempt::kCalibration;
  plan_id_ = plan->id;
  arm_requested_ = false;
  services_.commands.push({CommandKind::kCalibrate, 0.0, plan});
}

void SessionRun::start_set() {
  set_ = upcoming();
  rep_goal_ = goal_of(set_);
  if (set_.reps == 0) set_.reps = rep_goal_.to;
  if (next_.standing()) effort_ = effort_signs(*next_.standing());
  Result<control::SetPlan*> plan = services_.plans.make_set(given_for_set(), set_, rom_, effort_);
  if (!plan) return hold({plan.status().reason, plan.status().message, {}});
  attempt_ = Attempt::kSet;
  plan_id_ = (*plan)->id;
  if (settings_.sets == 0) (*plan)->arm_timeout_ns = kNobodyCame_ns;  // the machine waits armed through a rest of any length
  axis_mask_ = (*plan)->axis_mask;
  arm_requested_ = false;
  services_.commands.push({CommandKind::kArm, 0.0, *plan});
}

void SessionRun::on_event(const control::Event& event) {
  if (event.kind == EventKind::kState) {
    machine_.state = event.state;
    return;
  }
  if (event.kind == EventKind::kRefused) return on_refused(event);
  if (attempt_ == Attempt::kNone || event.plan_id != plan_id_) return;
  switch (event.kind) {
    case EventKind::kSetEngaged:
      return on_engaged(event);
    case EventKind::kRep:
      return on_rep(event.rep);
    case EventKind::kLoadLowered:
      return on_lowered(event);
    case EventKind::kSetEnded:
    case EventKind::kPlanReleased:  // without an end before it: it never began
      return on_ended(event);
    default:
      return;
  }
}

void SessionRun::on_engaged(const control::Event& event) {
  if (attempt_ != Attempt::kSet || book_.running()) return;
  if (set_.of_proposal) {
    next_.started(set_.load_kg);
    next_.clear();
  }
  waiting_since_ns_ = -1;
  warm_up_kg_.reset();
  note_ = {};
  SetRecord set;
  set.kind = set_.kind;
  set.load_kg = set_.load_kg;
  set.side = set_.side;
  set.worked_before = worked_before_;
  set.axis_mask = axis_mask_;
  set.rom = rom_;
  set.curve = curve_;
  set.tuned = tuned_now();
  set.started = services_.wall_clock.now();
  book_.begin(std::move(set), event.time_ns);
  recorder_.begin(record_.id, book_.current()->index, plan_id_);
}

void SessionRun::on_rep(const Rep& rep) {
  if (rep.verdict == RepVerdict::kRejected) return;
  if (book_.running()) return book_.add(rep);
  if (attempt_ != Attempt::kCalibration || (range_known() && !walk_out_due_)) return;
  waiting_since_ns_ = now_ns_;
  const bool walked_out = walk_out_due_;
  if (walked_out && walk_out_fits(rep)) {
    services_.commands.push({CommandKind::kEndSet, 0.0, nullptr});
    return;
  }
  const bool done = calibration_->add(rep);
  if (!walked_out) note_ = calibration_->problem();  // else why it did not fit stands there
  if (!note_.empty()) services_.cue(SHEAVE_CUE_PULL_FURTHER);
  if (!done) return;
  rom_ = calibration_->rom();
  if (!record_.member_id.empty()) services_.ledger.put_rom(record_.member_id, set_up_key(program_), rom_);
  services_.commands.push({CommandKind::kEndSet, 0.0, nullptr});
}

/// As DESIGN has it: control decides in the tick, the session says so and remembers it.
void SessionRun::on_lowered(const control::Event& event) {
  if (!book_.running()) return;
  set_.load_kg = services_.grid.at_most(kg_from_newton(event.value) * static_cast<double>(services_.machine.cable_count));
  book_.lighten(set_.load_kg, false, event.time_ns);
}

void SessionRun::on_ended(const control::Event& event) {
  if (book_.running()) {
    const bool told = event.kind == EventKind::kSetEnded && event.end != SetEndReason::kUnknown;
    book_.end(told ? event.end : SetEndReason::kInterrupted, recorder_.finish(), event.time_ns);
    rest_began_ns_ = event.time_ns;
    rest_until_ns_ = event.time_ns + from_seconds(rest_s_after(*book_.last()));
    if (decides_by(*book_.last()) && more_planned() && !finishing_) ask_next();
    if (warm_ups_tell() && !finishing_) ask_first();
    turn_over_ = !half_done();
    if (half_done() && !finishing_) services_.cue(SHEAVE_CUE_OTHER_SIDE);
  }
  if (event.kind == EventKind::kSetEnded && event.end == SetEndReason::kFault) {
    retry_at_ns_ = event.time_ns + kAfterFault_ns;
    note_ = {"LOAD_TAKEN_OFF", "Something took the load off. It can come again in ten seconds, or when you start.", {}};
  }
  end_attempt();
}

void SessionRun::on_refused(const control::Event& event) {
  const bool ours = (event.command == CommandKind::kArm && attempt_ == Attempt::kSet) ||
                    (event.command == CommandKind::kCalibrate && attempt_ == Attempt::kCalibration);
  if (!ours || book_.running()) return;
  retry_at_ns_ = event.time_ns + kRefusedRetry_ns;
  arm_requested_ = !machine_.held_by_machine;  // the tap still stands
  end_attempt();
}

void SessionRun::end_attempt() {
  attempt_ = Attempt::kNone;
  plan_id_ = 0;
  set_ = {};
}

void SessionRun::close(const Note& note) {
  record_.state = SessionState::kFinished;
  record_.finished = services_.wall_clock.now();
  record_.end_note = note.text;
  note_ = note;
  next_.clear();
  // While another trains, the end of who rests must not look to control as if nobody were there.
  if (at_machine_) services_.commands.push({CommandKind::kSession, 0.0, nullptr});
  services_.ledger.put_session(record_, [waiters = std::exchange(finish_waiters_, {})](const Status& stored) {
    for (const auto& waiter : waiters) waiter(stored);
  });
}

bool SessionRun::range_known() const noexcept {
  return !rom_.empty() && std::all_of(rom_.begin(), rom_.end(), [](const Rom& rom) { return rom.known(); });
}

/// The load of the last set is off, so that the session may end.
bool SessionRun::machine_settled() const noexcept {
  switch (machine_.state) {
    case MachineState::kReady:
    case MachineState::kCalibrate:
    case MachineState::kEngage:
    case MachineState::kActive:
    case MachineState::kSpot:
    case MachineState::kUnload:
      return false;
    default:
      return true;
  }
}

std::uint32_t SessionRun::planned_done() const noexcept {
  if (book_.running()) return book_.planned_done(book_.current()->kind);  // its proposal is gone
  return book_.planned_done(next_.standing() ? std::optional(next_kind()) : std::nullopt);
}

bool SessionRun::more_planned() const noexcept { return settings_.sets == 0 || planned_done() < settings_.sets; }

SetKind SessionRun::next_kind() const noexcept { return probes_of(book_.ended()) >= kMaxProbes ? SetKind::kWorking : next_.kind(); }

Upcoming SessionRun::upcoming() const {
  Upcoming set = upcoming_set(program_.prescription, services_.grid, book_.ended(), next_kind(), next_.load_kg());
  if (set.kind == SetKind::kWarmUp && warm_up_kg_) set.load_kg = *warm_up_kg_;
  return set;
}

bool SessionRun::half_done() const noexcept { return book_.last() != nullptr && book_.last()->side == Side::kLeft; }

double SessionRun::rest_s_after(const SetRecord& set) const noexcept {
  if (set.side == Side::kLeft) return std::min(settings_.rest_s, kRestBetweenSides_s);
  return set.kind == SetKind::kWarmUp ? std::min(settings_.rest_s, kRestAfterWarmUp_s) : settings_.rest_s;
}

RepGoal SessionRun::goal_of(const Upcoming& set) const {
  if (set.reps > 0) return {set.reps, set.reps};
  if (!set.of_proposal) return rep_goal_;  // the other side has what the first had
  const auto& proposal = next_.standing();
  return proposal && !proposal->changed ? rep_goal_of(*proposal) : RepGoal{};  // a load of the person's own choice has the range
}

Stage SessionRun::stage() const noexcept {
  if (over()) return Stage::kFinished;
  if (book_.running()) return Stage::kWorking;
  // What is asked for has begun once the machine says so: a machine that is not ready refuses again and again meanwhile.
  const bool begun = machine_.state != MachineState::kIdle && machine_.state != MachineState::kRetract;
  if (attempt_ == Attempt::kCalibration && begun) return Stage::kCalibrating;
  if (set_up_due_) return Stage::kSetUp;
  if (attempt_ == Attempt::kSet && begun) {
    return machine_.state == MachineState::kEngage ? Stage::kEngaging : Stage::kArmed;
  }
  if (at_machine_ && !machine_settled()) return Stage::kUnloading;
  if (!range_known()) return Stage::kSetUp;
  return book_.ended().empty() ? Stage::kAwaitingStart : Stage::kResting;
}

void SessionRun::fill(Snapshot& snapshot) const {
  snapshot.stage = stage();
  snapshot.session = record_;
  snapshot.program_id = program_.id;
  snapshot.set_index = book_.running() ? book_.current()->index : book_.next_index();
  snapshot.sets_planned = settings_.sets;
  snapshot.counted_reps = book_.running() ? book_.current()->counted : 0;
  snapshot.calibration_reps = range_known() ? kCalibrationReps : calibration_ ? calibration_->reps() : 0;
  const Upcoming set = attempt_ == Attempt::kSet ? set_ : upcoming();
  snapshot.working_set = planned_done() + 1;
  snapshot.set_kind = set.kind;
  snapshot.side = set.side;
  snapshot.rep_goal = attempt_ == Attempt::kSet ? rep_goal_ : goal_of(set);
  snapshot.load_total_kg = std::isfinite(set.load_kg) ? set.load_kg : 0.0;
  snapshot.working_load_kg = set.kind == SetKind::kWarmUp ? next_.load_kg() : 0.0;
  snapshot.load_per_cable_kg = services_.grid.per_cable_kg(snapshot.load_total_kg);
  snapshot.rest_left_ms = rest_left_ms();
  snapshot.set_up_due = set_up_due_;
  snapshot.walk_out = walk_out_due_ && range_known();
  if (!over() && !book_.running() && !book_.ended().empty()) snapshot.rest_so_far_ms = (now_ns_ - rest_began_ns_) / kNsPerMs;
  snapshot.proposal = next_.standing();
  snapshot.rom = rom_;
  put_note(note_, snapshot);
}

}  // namespace sheave::session
