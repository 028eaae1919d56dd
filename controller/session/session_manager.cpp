#include "controller/session/session_manager.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "controller/rt/thread_roles.hpp"
#include "controller/session/recovery.hpp"
#include "controller/session/snapshot.hpp"

namespace sheave::session {

using control::CommandKind;
using control::EventKind;
using safety::MachineState;

namespace {

constexpr std::int64_t kTellRejection_ns = 60 * kNsPerS;
constexpr std::int64_t kResetRetry_ns = 500 * kNsPerMs;
// What a lost process may cost of the odometer; longer where only time has passed, for each one is a write to the disk.
constexpr std::int64_t kOdometer_ns = 60 * kNsPerS, kOdometerAtRest_ns = 600 * kNsPerS;

bool is_latched(MachineState state) {
  return state == MachineState::kSafeOff || state == MachineState::kFaultStop || state == MachineState::kEstop;
}

}  // namespace

std::unique_ptr<DrivenManager> make_manager(Deps deps) { return std::make_unique<SessionManager>(std::move(deps)); }

SessionManager::SessionManager(Deps deps)
    : deps_(std::move(deps)),
      grid_(deps_.machine, deps_.peak_force_n),
      ledger_(deps_.journal, [this](const LogEntry& entry) { announce(entry); }),
      commands_(deps_.port),
      plans_(deps_.machine, deps_.peak_force_n, deps_.plugins),
      services_{deps_.machine,
                grid_,
                ledger_,
                commands_,
                plans_,
                deps_.journal,
                deps_.catalog,
                deps_.wall_clock,
                deps_.worker,
                [this](std::uint32_t cue) {
                  Update update{Update::Kind::kCue, 0, nullptr, nullptr, cue};
                  notify(update);
                }} {}

SessionManager::~SessionManager() { ledger_.add_odometer(odometer_.take()); }

void SessionManager::start(std::int64_t now_ns) {
  now_ns_ = now_ns;
  state_ = static_cast<MachineState>(deps_.port.state.load());
  stops_seen_ = deps_.port.stop_requests.load();
  commands_.push({CommandKind::kSession, 0.0, nullptr});
  commands_.push({CommandKind::kLease, static_cast<double>(health_), nullptr});
  close_interrupted(deps_.journal, ledger_, alive_);
  close_faults(deps_.journal, ledger_, faults_, deps_.wall_clock.now(), alive_);
  odometer_stored_ns_ = now_ns;
  fetch_order();
  fetch_self_test();
}

void SessionManager::tick(std::int64_t now_ns) {
  SHEAVE_ON_THREAD(kMain);
  now_ns_ = now_ns;
  deps_.port.main_heartbeat_ns.store(now_ns);
  drain_frames();
  drain_events();
  commands_.flush();
  ledger_.tick(now_ns);
  update_storage();
  reset_at_start();
  watch_stop();
  update_lease();
  store_odometer();
  if (now_ns >= order_again_ns_ && !order_) fetch_order();
  leave_when_out_of_order();
  const MachineView machine{state_, lease_.held_by_machine()};
  if (run_) run_->tick(now_ns, machine);
  for (const auto& lane : parked_) lane->tick(now_ns, machine);
  pass_turn();
  publish();
}

void SessionManager::on_events(std::int64_t now_ns) {
  SHEAVE_ON_THREAD(kMain);
  now_ns_ = now_ns;
  drain_frames();  // before the events: the last frames of a set belong to it
  drain_events();
  publish();
}

void SessionManager::drain_frames() {
  std::array<control::Frame, 64> batch;
  for (;;) {
    std::size_t count = 0;
    while (count < batch.size() && deps_.port.frames.pop(batch[count])) ++count;
    if (count == 0) return;
    odometer_.add(batch.data(), count);
    if (run_) run_->on_frames(batch.data(), count);
    if (self_test_) self_test_->on_frames(batch.data(), count);
    for (Observer* observer : std::vector<Observer*>(observers_)) observer->on_frames(batch.data(), count);
  }
}

void SessionManager::drain_events() {
  control::Event event;
  while (deps_.port.events.pop(event)) on_event(event);
}

void SessionManager::on_event(const control::Event& event) {
  if (event.kind == EventKind::kState) on_state(event);
  if (event.kind == EventKind::kFaultOn) on_fault(event.fault, true, event.reaction);
  if (event.kind == EventKind::kFaultOff) on_fault(event.fault, false, event.reaction);
  if (event.kind == EventKind::kCue) services_.cue(event.cue);
  watch_stop();  // before the end of the set that it causes, so that nothing is armed in between
  if (run_) run_->on_event(event);
  if (self_test_) self_test_->on_event(event);
  jog_.on_event(event);
  if (event.kind == EventKind::kPlanReleased) plans_.release(event.plan_id);
}

void SessionManager::on_state(const control::Event& event) {
  const bool was_off = is_latched(state_) || state_ == MachineState::kBoot;  // out of the self-test it is off, and nothing is wrong
  state_ = event.state;
  reaction_ = event.reaction;
  if (run_ && !run_->over() && !was_off && is_latched(state_)) run_->hold({"FAULT", worst_fault_text(), {}});
}

void SessionManager::on_fault(FaultCode code, bool active, safety::Reaction reaction) {
  const auto at = std::lower_bound(faults_.begin(), faults_.end(), code);
  const bool known = at != faults_.end() && *at == code;
  if (known == active) return;
  if (active) {
    faults_.insert(at, code);
  } else {
    faults_.erase(at);
  }
  FaultRecord record;
  record.code = code;
  record.active = active;
  record.reaction = reaction;
  record.at = deps_.wall_clock.now();
  if (run_ && !run_->over()) record.session_id = run_->record().id;
  ledger_.add_fault(record);
}

std::string SessionManager::worst_fault_text() const {
  if (faults_.empty()) return "The machine is off.";
  const FaultText text = fault_text(faults_.back());
  return std::string(text.meaning) + " " + std::string(text.remedy);
}

/// Stop works without this thread; what is left to do here is that nothing starts by itself after it.
void SessionManager::watch_stop() {
  const std::uint32_t stops = deps_.port.stop_requests.load();
  if (std::exchange(stops_seen_, stops) == stops) return;
  if (run_) run_->hold({"STOPPED", "Stop was pressed. Start the set again when you are ready.", {}});
}

void SessionManager::update_lease() {
  const control::LeaseHealth health = lease_.update(now_ns_, run_ && run_->control_has_plan());
  if (lease_.take_kiosk_lost() && run_) run_->hold({"SCREEN_LOST", "The screen that steers was lost. Start again when it is back.", {}});
  if (std::exchange(health_, health) == health) return;
  commands_.push({CommandKind::kLease, static_cast<double>(health), nullptr});
}

void SessionManager::update_storage() {
  on_fault(FaultCode::kStorageDegraded, ledger_.degraded(), safety::Reaction::kWarn);
  if (std::exchange(rejected_seen_, ledger_.rejected()) != ledger_.rejected()) rejection_until_ns_ = now_ns_ + kTellRejection_ns;
  on_fault(FaultCode::kRecordRejected, now_ns_ < rejection_until_ns_, safety::Reaction::kWarn);
}

/// Born faulted: leaving needs a reset edge. At start it is given here, as long as nothing has been wrong; after that by a person.
void SessionManager::reset_at_start() {
  if (!reset_due_ || state_ == MachineState::kBoot) return;
  if (state_ != MachineState::kSafeOff || std::any_of(faults_.begin(), faults_.end(), is_machine_fault)) {
    reset_due_ = false;
  } else if (now_ns_ >= reset_again_ns_) {
    reset_again_ns_ = now_ns_ + kResetRetry_ns;
    commands_.push({CommandKind::kReset, 0.0, nullptr});
  }
}

void SessionManager::store_odometer() {
  const bool in_set = run_ && run_->control_has_plan();
  const bool set_ended = std::exchange(in_set_, in_set) && !in_set;
  if (in_set) return;
  if (!set_ended && now_ns_ - odometer_stored_ns_ < (odometer_.moved() ? kOdometer_ns : kOdometerAtRest_ns)) return;
  odometer_stored_ns_ = now_ns_;
  ledger_.add_odometer(odometer_.take());
}

template <typename Request>
Status SessionManager::on_lane(const std::string& session_id, Request request) {
  SessionRun* run = find_run(session_id);
  if (run == nullptr) {
    return Status::error(StatusCode::kNotFound, "SESSION_NOT_FOUND",
                         "session " + session_id + " is not this machine's present one; activate it first");
  }
  Status status = request(*run);
  publish();
  return status;
}

template <typename Request>
Status SessionManager::on_present(const std::string& session_id, Request request) {
  return on_lane(session_id, [&](SessionRun& run) {
    if (&run == run_.get()) return request(run);
    return Status::error(StatusCode::kFailedPrecondition, "NOT_YOUR_TURN",
                         "another has the turn; activate session " + session_id + " once they rest");
  });
}

Status SessionManager::confirm_set_up(const std::string& session_id) {
  return on_present(session_id, [](SessionRun& run) { return run.confirm_set_up(); });
}

Status SessionManager::arm(const std::string& session_id) {
  if (Status status = refuse_when_out_of_order(); !status.ok()) return status;
  return on_present(session_id, [&](SessionRun& run) { return run.arm(); });
}

Status SessionManager::accept_proposal(const std::string& session_id, const std::string& etag, std::optional<double> load_total_kg) {
  return on_lane(session_id, [&](SessionRun& run) { return run.accept(etag, load_total_kg); });
}

Status SessionManager::set_load(const std::string& session_id, double load_total_kg) {
  return on_present(session_id, [&](SessionRun& run) { return run.set_load(load_total_kg); });
}

Status SessionManager::set_profile_parameter(const std::string& session_id, const std::string& profile, const std::string& parameter,
                                             double value) {
  return on_present(session_id, [&](SessionRun& run) { return run.set_profile_parameter(profile, parameter, value); });
}

Status SessionManager::pause(const std::string& session_id) {
  return on_lane(session_id, [&](SessionRun& run) { return run.pause(); });
}

Status SessionManager::report_effort(const std::string& session_id, std::uint32_t set_index, int reps_in_reserve) {
  return on_lane(session_id, [&](SessionRun& run) { return run.report_effort(set_index, reps_in_reserve); });
}

Status SessionManager::report_stop_reason(const std::string& session_id, std::uint32_t set_index, StopAnswer answer) {
  return on_lane(session_id, [&](SessionRun& run) { return run.report_stop_reason(set_index, answer); });
}

Status SessionManager::calibrate(const std::string& session_id) {
  if (Status status = refuse_when_out_of_order(); !status.ok()) return status;
  return on_present(session_id, [&](SessionRun& run) { return run.calibrate(); });
}

Result<std::string> SessionManager::acquire_lease(const std::string& client, bool kiosk) {
  const std::string token = deps_.make_id();
  if (Status status = lease_.acquire(client, kiosk, token, now_ns_); !status.ok()) return status;
  update_lease();
  publish();
  return token;
}

Status SessionManager::renew_lease(const std::string& token) { return lease_.renew(token, now_ns_); }

Status SessionManager::release_lease(const std::string& token) {
  Status status = lease_.release(token);
  update_lease();
  publish();
  return status;
}

Status SessionManager::acknowledge_fault() {
  if (run_ && run_->set_running()) {
    return Status::error(StatusCode::kFailedPrecondition, "SET_ACTIVE", "a set runs and nothing is latched");
  }
  commands_.push({CommandKind::kReset, 0.0, nullptr});
  return {};
}

void SessionManager::publish() {
  Snapshot now;
  now.machine_state = state_;
  now.reaction = reaction_;
  now.active_faults = faults_;
  if (run_) run_->fill(now);
  tell_lanes(now);
  now.order = order_;
  now.out_of_order_pending = order_ && order_->active && run_ && run_->set_running();
  now.being_serviced = jog_.serviced(now_ns_);
  if (now.being_serviced) put_note({"SERVICE_ACTIVE", "A technician moves the cable: keep away from the handle.", {}}, now);
  if (self_test_ && !self_test_->over()) put_note(self_test_->note(), now);
  if (is_latched(state_) && !faults_.empty()) put_note({"FAULT", worst_fault_text(), {}}, now);
  now.lease_holder = lease_.holder();
  const bool same = looks_same(now, snapshot_);
  snapshot_ = std::move(now);
  if (!same) notify({Update::Kind::kSnapshot, 0, nullptr, &snapshot_, 0});
}

void SessionManager::announce(const LogEntry& entry) {
  Update update;
  switch (entry.kind) {
    case LogEntry::Kind::kSession:
      update.kind = Update::Kind::kSession;
      break;
    case LogEntry::Kind::kRep:
      update.kind = Update::Kind::kRep;
      break;
    case LogEntry::Kind::kSet:
      update.kind = Update::Kind::kSet;
      break;
    case LogEntry::Kind::kProposal:
      update.kind = Update::Kind::kProposal;
      break;
    case LogEntry::Kind::kFault:
      update.kind = Update::Kind::kFault;
      break;
  }
  update.seq = entry.seq;
  update.entry = &entry;
  notify(update);
}

void SessionManager::notify(const Update& update) {
  for (Observer* observer : std::vector<Observer*>(observers_)) observer->on_update(update);
}

void SessionManager::add_observer(Observer* observer) { observers_.push_back(observer); }

void SessionManager::remove_observer(Observer* observer) { std::erase(observers_, observer); }

}  // namespace sheave::session
