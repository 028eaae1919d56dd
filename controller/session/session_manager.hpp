#pragma once
// The Manager that ships: the machine's sessions, the lease, faults, and who watches.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "controller/session/command_queue.hpp"
#include "controller/session/jog_desk.hpp"
#include "controller/session/lease.hpp"
#include "controller/session/ledger.hpp"
#include "controller/session/loads.hpp"
#include "controller/session/make_manager.hpp"
#include "controller/session/odometer_meter.hpp"
#include "controller/session/plan_shelf.hpp"
#include "controller/session/self_test_run.hpp"
#include "controller/session/session_run.hpp"

namespace sheave::session {

class SessionManager final : public DrivenManager {
 public:
  explicit SessionManager(Deps deps);
  ~SessionManager() override;
  SessionManager(const SessionManager&) = delete;
  SessionManager& operator=(const SessionManager&) = delete;

  void start(std::int64_t now_ns) override;
  void tick(std::int64_t now_ns) override;
  void on_events(std::int64_t now_ns) override;

  void create(const CreateSession& request, Done<SessionRecord> done) override;
  void activate(const std::string& session_id, Done<SessionRecord> done) override;
  void join(const std::string& session_id, Done<SessionRecord> done) override;
  Status confirm_set_up(const std::string& session_id) override;
  void reassign(const std::string& session_id, const std::string& member_id, const std::string& alias, Done<SessionRecord> done) override;
  bool trains(const std::string& member_id) const override;
  void forget_range(const std::string& member_id, const std::string& program_id) override;
  void next_exercise(const std::string& session_id, Done<SessionRecord> done) override;
  Status arm(const std::string& session_id) override;
  Status accept_proposal(const std::string& session_id, const std::string& etag, std::optional<double> load_total_kg) override;
  Status set_load(const std::string& session_id, double load_total_kg) override;
  Status set_profile_parameter(const std::string& session_id, const std::string& profile, const std::string& parameter,
                               double value) override;
  Status pause(const std::string& session_id) override;
  void finish(const std::string& session_id, Done<SessionRecord> done) override;
  Status report_effort(const std::string& session_id, std::uint32_t set_index, int reps_in_reserve) override;
  Status report_stop_reason(const std::string& session_id, std::uint32_t set_index, StopAnswer answer) override;
  Status calibrate(const std::string& session_id) override;
  Result<std::string> acquire_lease(const std::string& client, bool kiosk) override;
  Status renew_lease(const std::string& token) override;
  Status release_lease(const std::string& token) override;
  Status acknowledge_fault() override;
  void set_out_of_order(const OutOfOrder& order, Done<OutOfOrder> done) override;
  void self_test(Done<SelfTestRecord> done) override;
  const std::optional<SelfTestRecord>& last_self_test() const override { return last_self_test_; }
  Result<std::uint64_t> jog(const JogRequest& request) override;

  const Snapshot& snapshot() const override { return snapshot_; }
  const Catalog& catalog() const override { return deps_.catalog; }
  void add_observer(Observer* observer) override;
  void remove_observer(Observer* observer) override;

 private:
  /// Made by create(), waiting for its person.
  struct Prepared {
    SessionRecord record;
    const Program* program = nullptr;
    SessionSettings settings;
    std::shared_ptr<const Decider> decider;
    bool stored = false;
    std::vector<Done<SessionRecord>> waiters;  // until stored
  };

  // Preparing; in prepare.cpp.
  Result<Prepared> prepare(const CreateSession& request, std::uint32_t workout_position = 1);
  void store(Prepared prepared, Done<SessionRecord> done);
  void on_stored(const std::string& session_id, const Result<std::uint64_t>& seq);
  Prepared* find_prepared(const std::string& session_id);
  Status may_activate(const std::string& session_id);

  // Turns, workouts and owners; in session_lanes.cpp.
  SessionRun* find_run(const std::string& session_id);
  std::unique_ptr<SessionRun> make_run(Prepared prepared);
  void give_turn(std::size_t index);
  void pass_turn();
  void start_next_part();
  void tell_lanes(Snapshot& snapshot) const;
  void owner_is_stored(const SessionRecord& record, const std::string& before, const Done<SessionRecord>& done);
  void end(SessionRun& run, bool next_part, Done<SessionRecord> done);

  // Self-test and jog; in session_service.cpp.
  void fetch_self_test();
  Status may_self_test() const;
  Status may_jog() const;
  Status refuse_while_in_use() const;
  static Status service_active();
  void keep_self_test(std::vector<CableTest> tests, const Done<SelfTestRecord>& done);
  void use_self_test(const SelfTestRecord& record);

  // Driving.
  void drain_frames();
  void drain_events();
  void on_event(const control::Event& event);
  void on_state(const control::Event& event);
  void on_fault(FaultCode code, bool active, safety::Reaction reaction);
  void watch_stop();
  void update_lease();
  void update_storage();
  void reset_at_start();
  void store_odometer();

  // Out of order; in out_of_order.cpp.
  void fetch_order();
  void leave_when_out_of_order();
  Status refuse_when_out_of_order() const;
  std::string worst_fault_text() const;

  /// Runs `request` on the present session and tells what changed; SESSION_NOT_FOUND where it is another one.
  template <typename Request>
  Status on_present(const std::string& session_id, Request request);
  /// Likewise on any lane: answers may come while another trains.
  template <typename Request>
  Status on_lane(const std::string& session_id, Request request);
  void publish();
  void notify(const Update& update);
  void announce(const LogEntry& entry);

  Deps deps_;
  LoadGrid grid_;
  Ledger ledger_;
  CommandQueue commands_;
  JogDesk jog_{commands_};
  PlanShelf plans_;
  Lease lease_;
  SessionServices services_;
  std::vector<Prepared> prepared_;
  std::unique_ptr<SessionRun> run_;                  // at the machine
  std::vector<std::unique_ptr<SessionRun>> parked_;  // the other lanes, the next one first
  OdometerMeter odometer_;
  std::unique_ptr<SelfTestRun> self_test_;
  std::optional<SelfTestRecord> last_self_test_;
  std::vector<Observer*> observers_;
  Snapshot snapshot_;

  std::int64_t now_ns_ = 0;
  safety::MachineState state_ = safety::MachineState::kBoot;
  safety::Reaction reaction_ = safety::Reaction::kNone;
  std::vector<FaultCode> faults_;  // active, sorted
  control::LeaseHealth health_ = control::LeaseHealth::kHeldByMachine;
  std::uint32_t stops_seen_ = 0;
  std::uint64_t rejected_seen_ = 0;  // records that the store did not take
  std::int64_t rejection_until_ns_ = 0;
  bool reset_due_ = true;  // the one reset edge at start, as long as nothing was wrong
  std::int64_t reset_again_ns_ = 0;
  std::int64_t odometer_stored_ns_ = 0;
  bool in_set_ = false;
  std::optional<OutOfOrder> order_;  // as stored or just asked for; none: the journal was not able to say yet
  std::int64_t order_again_ns_ = 0;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);  // answers of the journal find nobody once this is gone
};

}  // namespace sheave::session
