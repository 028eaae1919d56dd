#pragma once
// The machine's present session, from walking up to the summary: calibration, sets, rests.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "controller/session/calibration.hpp"
#include "controller/session/command_queue.hpp"
#include "controller/session/ledger.hpp"
#include "controller/session/loads.hpp"
#include "controller/session/manager.hpp"
#include "controller/session/next_set.hpp"
#include "controller/session/plan_shelf.hpp"
#include "controller/session/sample_recorder.hpp"
#include "controller/session/set_book.hpp"
#include "controller/session/upcoming.hpp"
#include "controller/session/wall_clock.hpp"
#include "controller/session/worker.hpp"

namespace sheave::session {

/// What every session of this machine shares. Outlives them all.
struct SessionServices {
  const Machine& machine;
  const LoadGrid& grid;
  Ledger& ledger;
  CommandQueue& commands;
  PlanShelf& plans;
  Journal& journal;
  const Catalog& catalog;
  WallClock& wall_clock;
  Worker& worker;
  std::function<void(std::uint32_t cue)> cue;
};

struct SessionSettings {
  std::optional<double> load_kg;  ///< Of the first set, on the grid; none: the progression says.
  double rest_s = 0;
  std::uint32_t sets = 1;  ///< 0: open, until the person finishes or leaves.
};

/// What the machine is now, as the run needs it.
struct MachineView {
  safety::MachineState state = safety::MachineState::kBoot;
  bool held_by_machine = true;  ///< No client steers: the machine arms by itself.
};

/// All [main]; time is an argument.
///
/// Who starts: where a client holds the lease, arm() does. Where none does, the machine arms calibration and, at the end of each
/// rest, the set; the person starts by taking the handle out and holding it still. After Stop, a latched fault or a lost kiosk
/// nothing arms by itself until arm().
class SessionRun {
 public:
  /// `program` outlives the run. @param decider null where the program has no progression.
  SessionRun(SessionServices& services, SessionRecord record, const Program& program, SessionSettings settings,
             std::shared_ptr<const Decider> decider);

  /// Fetches range and history; `ready` once known or not to be had, also where this run is gone by then.
  void begin(std::int64_t now_ns, const MachineView& machine, std::function<void()> ready);
  void tick(std::int64_t now_ns, const MachineView& machine);
  /// Events of plans and states; others are ignored.
  void on_event(const control::Event& event);
  void on_frames(const control::Frame* frames, std::size_t count) { recorder_.add(frames, count); }

  // What a person asks for; reasons as Manager's.
  Status arm();
  Status accept(const std::string& etag, std::optional<double> load_kg);
  Status set_load(double load_kg);
  Status set_profile_parameter(const std::string& profile, const std::string& parameter, double value);
  Status pause();
  void finish(std::function<void(const Status& stored)> done);
  /// As finish(), and goes_on() afterwards.
  void finish_part(std::function<void(const Status& stored)> done);
  /// As finish(), by the machine itself; `why` becomes the end note.
  void end(const Note& why);
  Status report_effort(std::uint32_t set_index, int reps_in_reserve);
  Status report_stop_reason(std::uint32_t set_index, StopAnswer answer);
  Status calibrate();
  Status confirm_set_up();

  // Turns and workouts.
  /// Nothing starts before the set-up is confirmed. @param walk_out one light pull has to fit the stored range too.
  void ask_set_up(bool walk_out) noexcept;
  /// Another has the turn from now on; rest and questions go on. @pre !control_has_plan() && settled()
  void leave_machine() noexcept;
  /// Has the turn again. Nothing starts before arm(): whoever holds the handle now may be the one before. @param change the set-up differs.
  void take_machine(std::int64_t now_ns, bool change);
  /// A whole set was done since this run last had the machine, both sides where one-sided: the next person's turn.
  bool turn_over() const noexcept { return turn_over_ && !control_has_plan() && machine_settled(); }
  /// Ended by plan or by finish_part(), so that the workout's next part comes.
  bool goes_on() const noexcept { return over() && goes_on_ && record_.workout_position < record_.workout_size; }
  /// The load of the last set is off.
  bool settled() const noexcept { return machine_settled(); }
  /// The session is another's from now on: range and history are fetched anew. @pre !control_has_plan()
  void set_owner(const std::string& member_id, const std::string& alias, std::function<void()> ready);
  const Program& program() const noexcept { return program_; }
  const SessionSettings& settings() const noexcept { return settings_; }
  /// For lanes: rest, set and load as fill() says them.
  Lane lane() const;
  /// Nothing starts by itself from now on; arm() goes on. A running set is left to control.
  void hold(const Note& why);
  /// Ends it at once, because something else takes its place. @pre !control_has_plan()
  void close(const Note& note);

  bool over() const noexcept { return record_.state == SessionState::kFinished; }
  bool held() const noexcept { return record_.state == SessionState::kPaused; }
  bool control_has_plan() const noexcept { return attempt_ != Attempt::kNone; }
  bool finishing() const noexcept { return finishing_; }
  bool set_running() const noexcept { return book_.running(); }
  const SessionRecord& record() const noexcept { return record_; }
  Stage stage() const noexcept;
  void fill(Snapshot& snapshot) const;

 private:
  enum class Attempt : std::uint8_t { kNone, kCalibration, kSet };

  bool range_known() const noexcept;
  /// A warm-up says nothing about the weight, and half of a one-sided set is no set yet: what stands goes on.
  static bool decides_by(const SetRecord& set) noexcept { return set.kind != SetKind::kWarmUp && set.side != Side::kLeft; }
  bool warm_ups_tell() const;
  Status set_warm_up_load(double load_kg);
  bool walk_out_fits(const Rep& rep);
  void fetch_known(std::function<void()> ready);
  std::int64_t rest_left_ms() const noexcept;
  bool half_done() const noexcept;  ///< One side is done, the other is next.
  double rest_s_after(const SetRecord& set) const noexcept;
  bool machine_settled() const noexcept;
  std::uint32_t planned_done() const noexcept;
  bool more_planned() const noexcept;
  /// No progression: the weight stays as the person set it.
  bool keeps_weight() const noexcept { return program_.progression.id.empty(); }
  SetKind next_kind() const noexcept;
  Upcoming upcoming() const;
  RepGoal goal_of(const Upcoming& set) const;
  std::vector<TunedParam> tuned_now() const;
  Program given_for_set() const;  ///< What the next set is made of: the person's curve, the live parameters that were changed.

  bool close_if_done();
  bool may_start() const noexcept;
  bool due_by_itself() const noexcept;
  void start();
  void start_calibration();
  void start_set();
  void end_attempt();
  void on_engaged(const control::Event& event);
  void on_rep(const Rep& rep);
  void on_lowered(const control::Event& event);
  void on_ended(const control::Event& event);
  void on_refused(const control::Event& event);
  void fetch_history(const std::function<void()>& ready);
  void fetch_curve(const std::function<void()>& ready);
  void know(const std::function<void()>& ready);
  void ask_first();
  void ask_next();
  void resume();
  Status refuse_when_over() const;
  Status refuse_while_set_runs(const char* instead) const;

  SessionServices& services_;
  SessionRecord record_;
  const Program& program_;
  SessionSettings settings_;
  SetBook book_;
  SampleRecorder recorder_;
  NextSet next_;

  std::int64_t now_ns_ = 0;
  MachineView machine_;
  bool known_ = false;  // range and history were fetched
  std::vector<Rom> rom_;
  std::vector<SetRecord> history_;            // earlier sessions, newest first
  std::optional<CurveUsed> curve_;            // where the program asks for the person's own
  std::map<std::size_t, ParamValues> tuned_;  // by link: live parameters that were changed in this session
  std::optional<Calibration> calibration_;

  Attempt attempt_ = Attempt::kNone;
  std::uint64_t plan_id_ = 0;
  std::uint32_t axis_mask_ = 1;
  EffortSigns effort_;  // of the set that stands or runs; the other side's are the same
  RepGoal rep_goal_;    // likewise
  std::uint32_t worked_before_ = 0;
  Upcoming set_;                      // the armed or running one
  std::optional<double> warm_up_kg_;  // what the person took for the warm-up to come
  bool arm_requested_ = false, finishing_ = false, goes_on_ = false;
  bool at_machine_ = true, turn_over_ = false;
  bool tap_due_ = false;     // after a turn: only the person's own tap starts
  bool set_up_due_ = false;  // pulley and attachment are being changed
  bool walk_out_due_ = false;
  Note note_, finish_note_;
  std::int64_t rest_began_ns_ = 0, rest_until_ns_ = 0;
  std::int64_t retry_at_ns_ = 0;
  std::int64_t waiting_since_ns_ = -1;  // since when only the person is waited for
  std::vector<std::function<void(const Status&)>> finish_waiters_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);  // answers of the journal find nobody once this is gone
};

}  // namespace sheave::session
