#pragma once
// The session: what happens between ticks. One person's run through a program on this machine, from walking up to the summary.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "controller/control/port.hpp"
#include "controller/core/status.hpp"
#include "controller/session/journal.hpp"
#include "controller/session/program.hpp"
#include "controller/session/records.hpp"

namespace sheave::session {

/// Where the present session stands, for screens. Finer than SessionState.
enum class Stage : std::uint8_t {
  kNone = 0,
  kSetUp = 1,          ///< Prepared: pulley, attachment.
  kCalibrating = 2,    ///< Three light pulls.
  kAwaitingStart = 3,  ///< First set: a tap away.
  kArmed = 4,          ///< Take the handle, hold still.
  kEngaging = 5,
  kWorking = 6,
  kUnloading = 7,
  kResting = 8,  ///< Countdown; the proposal is shown.
  kFinished = 9,
};

/// One of several people who take turns, each with a session of their own.
struct Lane {
  SessionRecord session;
  std::int64_t rest_left_ms = -1;  ///< As Snapshot's.
  std::uint32_t set_index = 0, sets_planned = 0;
  double load_total_kg = 0;
};

/// What is true now; the answer to GetStatus and the snapshot of every Watch.
struct Snapshot {
  safety::MachineState machine_state = safety::MachineState::kBoot;
  safety::Reaction reaction = safety::Reaction::kNone;
  std::vector<FaultCode> active_faults;
  Stage stage = Stage::kNone;
  std::optional<SessionRecord> session;
  std::string program_id;
  std::uint32_t set_index = 0;           ///< Of the running set or the one to come, from 1.
  std::uint32_t sets_planned = 0;        ///< 0: open, as many as the person likes.
  std::uint32_t working_set = 0;         ///< The same among the planned ones, from 1: warm-ups and the search for a weight do not count.
  SetKind set_kind = SetKind::kWorking;  ///< Of the running set or the one to come.
  Side side = Side::kBoth;               ///< Likewise.
  RepGoal rep_goal;                      ///< Likewise.
  std::uint32_t counted_reps = 0;        ///< Of the running set.
  std::uint32_t calibration_reps = 0;    ///< 0..3
  double load_total_kg = 0;              ///< Of the running set or the one to come.
  double load_per_cable_kg = 0;
  double working_load_kg = 0;        ///< What the warm-up that runs or comes leads to; 0: it is none.
  std::int64_t rest_left_ms = -1;    ///< Negative: no rest runs, or one without a length.
  std::int64_t rest_so_far_ms = -1;  ///< Since the last set's end, until the next begins; negative: none ended, or one runs.
  bool set_up_due = false;           ///< Pulley and attachment are to be changed and confirmed; nothing starts before.
  bool walk_out = false;             ///< One light pull is asked for, to see that the stored range fits.
  std::vector<Lane> lanes;           ///< In the turn's order, the one at the machine first; empty while one trains alone.
  std::optional<Proposal> proposal;
  std::string lease_holder;                    ///< Empty: the machine itself.
  std::vector<Rom> rom;                        ///< Per axis, in force.
  std::string note;                            ///< What it waits for or why it is held up, for a person; empty: all goes by plan.
  std::string note_reason;                     ///< UPPER_SNAKE, stable; empty where the note is not the machine's own sentence.
  std::map<std::string, double> note_numbers;  ///< What the note cites, SI, units in the names.
  std::optional<OutOfOrder> order;             ///< How it was last set; none: not known yet. Out of order while `active`.
  bool out_of_order_pending = false;           ///< A set still runs; it takes effect at its end.
  bool being_serviced = false;                 ///< A technician moves a cable, or did so moments ago.
};

/// What watchers are told, on [main], in order. Reps, sets and proposals come after their commit and carry their log entry's seq.
struct Update {
  enum class Kind : std::uint8_t { kSnapshot, kRep, kSet, kProposal, kFault, kCue, kSession } kind = Kind::kSnapshot;
  std::uint64_t seq = 0;               ///< 0: not in the log.
  const LogEntry* entry = nullptr;     ///< kRep, kSet, kProposal, kFault, kSession: valid during the call.
  const Snapshot* snapshot = nullptr;  ///< kSnapshot: valid during the call.
  std::uint32_t cue = 0;
};

/// Called on [main]; must not call back into the manager. Frames come in batches of what arrived since the last.
struct Observer {
  virtual ~Observer() = default;
  virtual void on_update(const Update& update) = 0;
  virtual void on_frames(const control::Frame* frames, std::size_t count) = 0;
};

struct CreateSession {
  std::string request_id;  ///< Same again: same session. Empty: none.
  std::string program_id;
  std::string workout_id;               ///< Instead of a program: its first part.
  std::string member_id;                ///< Empty: a guest.
  std::string member_alias;             ///< What screens call them.
  std::optional<double> load_total_kg;  ///< Instead of what the progression says for the first set.
  std::optional<double> rest_s;         ///< Instead of the program's rest.
  std::optional<std::uint32_t> sets;
};

/// One call of a press; proto/sheave/v1/jog.proto.
struct JogRequest {
  std::uint64_t press = 0;                              ///< 0: asks for a number.
  std::uint32_t cable = 0;                              ///< Of those there are, from 0.
  safety::JogMotion motion = safety::JogMotion::kNone;  ///< kNone with `release` only.
  bool release = false;
  std::int64_t arrived_ns = 0;  ///< Host monotonic, on the thread that heard it first.
};

inline constexpr std::size_t kMaxLanes = 4;  ///< With two minutes of rest each the machine is never free with more.

/// All [main]. Reasons: PROGRAM_NOT_FOUND, PLUGIN_UNKNOWN (names plugin and program), LOAD_ABOVE_LIMIT, LOAD_NOT_A_STEP,
/// WORKOUT_NOT_FOUND, LANES_FULL, NOT_YOUR_TURN, SESSION_ACTIVE, SESSION_NOT_FOUND, SET_ACTIVE, NOT_READY, NOT_RESTING, LEASE_HELD,
/// ETAG_STALE, DRIVE_UNVERIFIED, OUT_OF_ORDER, SERVICE_ACTIVE, STORE_UNAVAILABLE.
class Manager {
 public:
  template <typename T>
  using Done = std::function<void(Result<T>)>;
  using Unit = std::monostate;

  virtual ~Manager() = default;

  virtual void create(const CreateSession& request, Done<SessionRecord> done) = 0;
  /// Presence is given: the session is this machine's present one. Goes on to calibration where no ROM is known.
  virtual void activate(const std::string& session_id, Done<SessionRecord> done) = 0;
  /// A tap on Start: arms calibration or the set. Accepts the standing proposal.
  /// As activate(), beside those who are there: up to kMaxLanes people take turns. A lane that is there already gets the turn, at rest
  /// only.
  virtual void join(const std::string& session_id, Done<SessionRecord> done) = 0;
  /// Pulley and attachment are as they should be.
  virtual Status confirm_set_up(const std::string& session_id) = 0;
  /// Gives a session to another member or, where `member_id` is empty, to nobody, until a day after its end; ranges and what comes next
  /// follow. Reasons REASSIGN_TOO_LATE, SET_ACTIVE.
  virtual void reassign(const std::string& session_id, const std::string& member_id, const std::string& alias,
                        Done<SessionRecord> done) = 0;
  /// A session of this member waits, trains or rests here.
  virtual bool trains(const std::string& member_id) const = 0;
  /// The range of motion of a set-up that a member changed is no longer true.
  virtual void forget_range(const std::string& member_id, const std::string& program_id) = 0;
  virtual Status arm(const std::string& session_id) = 0;
  /// @param load_total_kg what the person chose instead; @param etag empty: whatever stands.
  virtual Status accept_proposal(const std::string& session_id, const std::string& etag, std::optional<double> load_total_kg) = 0;
  virtual Status set_load(const std::string& session_id, double load_total_kg) = 0;
  /// A live parameter of one of the program's load profiles, for this session: in force at once in a running set, within what that set was
  /// begun with. Reasons PROFILE_UNKNOWN, and those of PluginSource::live_param().
  virtual Status set_profile_parameter(const std::string& session_id, const std::string& profile, const std::string& parameter,
                                       double value) = 0;
  virtual Status pause(const std::string& session_id) = 0;
  virtual void finish(const std::string& session_id, Done<SessionRecord> done) = 0;  ///< And the workout it is part of.
  /// As finish(), and the workout's next part comes.
  virtual void next_exercise(const std::string& session_id, Done<SessionRecord> done) = 0;
  virtual Status report_effort(const std::string& session_id, std::uint32_t set_index, int reps_in_reserve) = 0;
  virtual Status report_stop_reason(const std::string& session_id, std::uint32_t set_index, StopAnswer answer) = 0;
  virtual Status calibrate(const std::string& session_id) = 0;  ///< Measure the range again.

  /// A lease says who steers. Returns its token. LEASE_HELD where another holds it.
  virtual Result<std::string> acquire_lease(const std::string& client, bool kiosk) = 0;
  virtual Status renew_lease(const std::string& token) = 0;
  virtual Status release_lease(const std::string& token) = 0;

  virtual Status acknowledge_fault() = 0;
  /// Takes the machine out of use or gives it back. A running set goes on to its end; then its session ends, and none is created or
  /// activated until the machine is given back. It holds at once; `done` once stored, or STORE_UNAVAILABLE: stored as soon as can be.
  virtual void set_out_of_order(const OutOfOrder& order, Done<OutOfOrder> done) = 0;

  /// Measures the machine: proto/sheave/v1/machine.proto says how. `done` once it is over and stored. Reasons: SESSION_ACTIVE,
  /// NOT_READY, SERVICE_ACTIVE, SELF_TEST_RUNS, SELF_TEST_STOPPED, SELF_TEST_UNCLEAR, STORE_UNAVAILABLE.
  virtual void self_test(Done<SelfTestRecord> done) = 0;
  /// The last one that succeeded, also in an earlier run of the controller.
  virtual const std::optional<SelfTestRecord>& last_self_test() const = 0;
  /// One call of a press: proto/sheave/v1/jog.proto says how. @return the press's number. Reasons: SESSION_ACTIVE, SELF_TEST_RUNS,
  /// NOT_READY, JOG_RUNS, JOG_ENDED.
  virtual Result<std::uint64_t> jog(const JogRequest& request) = 0;

  virtual const Snapshot& snapshot() const = 0;
  virtual const Catalog& catalog() const = 0;
  virtual void add_observer(Observer* observer) = 0;
  virtual void remove_observer(Observer* observer) = 0;
};

}  // namespace sheave::session
