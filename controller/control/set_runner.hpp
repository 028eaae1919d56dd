#pragma once
// One set from the command that arms it to the plan's release: its movements, verdicts, cues, and why it ended.

#include <array>
#include <cstdint>
#include <span>

#include "controller/control/effort_watch.hpp"
#include "controller/control/motion_estimator.hpp"
#include "controller/control/port.hpp"
#include "controller/control/rep_detector.hpp"
#include "controller/control/rep_judge.hpp"
#include "controller/control/tick_types.hpp"
#include "controller/plugin_host/slots.hpp"
#include "controller/safety/input.hpp"

namespace sheave::control {

/// The movement that reps are judged on: the one active cable, or the mean of both; forces are their sum, in the hand: with the
/// friction that the feed-forward took out.
struct JudgedMotion {
  bool valid = false;
  double extension_m = 0.0, velocity_mps = 0.0, acceleration_mps2 = 0.0;
  double commanded_n = 0.0, measured_n = 0.0;
  double sides_apart = kUnknown;  ///< As DetectorInput's.
};

/// Owns no plugin and decides no load: it asks the supervisor, and follows what that decided. [control]
class SetRunner {
 public:
  /// A plan is here: another cannot be armed.
  bool busy() const noexcept { return plan_ != nullptr; }
  const SetPlan* plan() const noexcept { return plan_; }
  bool is_active(std::size_t axis) const noexcept { return plan_ != nullptr && (plan_->axis_mask >> axis & 1U) != 0; }
  /// In force: NaN where none is calibrated.
  const Rom& judged_rom() const noexcept { return rom_; }
  double set_load_n() const noexcept { return load_n_; }
  std::uint32_t counted() const noexcept { return judge_.counted(); }
  /// How long the plan may have the handle held in mid-range; 0 where its base load is one that somebody could be stuck under.
  std::int64_t hold_ns() const noexcept;
  Phase phase() const noexcept { return phase_; }

  /// The supervisor has accepted it. @param most_n per cable, whatever the plan says.
  void begin(SetPlan& plan, bool calibrates, double most_n) noexcept;

  /// Lower at any time; raise only where `may_raise`. False, and nothing changes, otherwise.
  bool set_load(double load_n, double most_n, bool may_raise) noexcept;

  /// This tick's movement. Candidates for the exercise, if any, are in candidates() until the next call.
  void detect(const JudgedMotion& motion, safety::MachineState state, const TickTime& time, EventList& events) noexcept;
  std::span<const sheave_rep_candidate_t> candidates() const noexcept { return {&candidate_, candidate_count_}; }

  /// What the exercise said in this tick.
  void judge(const plugin_host::ExerciseOutcome& outcome, const TickTime& time, EventList& events) noexcept;

  /// The session's kEndSet.
  void end_by_session() noexcept { wish_to_end(SetEndReason::kFinished); }
  /// It has measured what it wanted, or nobody let go of the handle.
  void end_self_test(bool gave_up) noexcept { wish_to_end(gave_up ? SetEndReason::kLeft : SetEndReason::kExercise); }
  bool wants_end() const noexcept { return wanted_end_ != SetEndReason::kUnknown; }

  /// What the supervisor decided. @return true once the plan may be given back: stop its plugins, then release().
  bool follow(const safety::SafetyOutput& decided, const TickTime& time, EventList& events) noexcept;
  void release(const TickTime& time, EventList& events) noexcept;

  /// The plugins are to be run in this tick.
  bool runs_plugins(safety::MachineState state) const noexcept;

 private:
  enum class Stage : std::uint8_t { kWaiting, kRunning, kClosing, kClosed };

  void wish_to_end(SetEndReason reason) noexcept;
  void watch_rack(const JudgedMotion& motion, safety::MachineState state, std::int64_t dt_ns) noexcept;
  void take(const RepDetector::Output& seen, const TickTime& time, EventList& events) noexcept;
  void emit_rep(const Rep& rep, const TickTime& time, EventList& events) noexcept;
  void start_detector() noexcept;
  bool lighten(double share, const TickTime& time, EventList& events) noexcept;
  void ease(const JudgedMotion& motion, const TickTime& time) noexcept;
  SetEndReason reason_for(FaultCode cause) const noexcept;
  RepAxis rep_axis() const noexcept;

  SetPlan* plan_ = nullptr;
  Stage stage_ = Stage::kWaiting;
  bool calibrates_ = false;
  Rom rom_;
  double load_n_ = 0.0;
  double ease_to_n_ = 0.0, ease_nps_ = 0.0;  // where the load is falling to within the set, and how fast; a rate of 0: nowhere
  bool easing_ = false;                      // it has begun to
  RepDetector detector_;
  RepJudge judge_;
  EffortWatch effort_;
  Phase phase_ = Phase::kRest;
  sheave_rep_candidate_t candidate_{};
  std::size_t candidate_count_ = 0;
  std::int64_t since_update_ns_ = 0;
  bool been_out_ = false;
  std::int64_t racked_ns_ = 0;
  double last_extension_m_ = 0.0;
  bool spotted_ = false;
  SetEndReason wanted_end_ = SetEndReason::kUnknown;
  SetEndReason end_ = SetEndReason::kUnknown;
};

}  // namespace sheave::control
