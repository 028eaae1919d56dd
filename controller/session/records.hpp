#pragma once
// What is remembered: sessions, sets, reps, proposals. Immutable once committed, but for a session's state and a set's answers.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "controller/control/port.hpp"
#include "controller/core/motion.hpp"
#include "controller/session/strength_curve.hpp"

namespace sheave::session {

/// Wall time as a label with its quality; order is never taken from it.
struct WallTime {
  std::int64_t unix_ns = 0;
  bool synchronized = false;
};

enum class SetKind : std::uint8_t { kWorking = 1, kWarmUp = 2, kProbe = 3 };  // values equal SHEAVE_SET_*
enum class StopAnswer : std::uint8_t { kNone = 0, kTired = 1, kInterrupted = 2, kPain = 3 };
/// Which side a set of one-sided work trained. Values equal SHEAVE_SIDE_*.
enum class Side : std::uint8_t { kBoth = 0, kLeft = 1, kRight = 2 };
using control::SetEndReason;

/// How a set's load followed a person's strength over the range, where its program asks for that.
struct CurveUsed {
  CurveShares shares;           ///< Of the load at each of kCurvePlaces.
  std::string test_session_id;  ///< Of the strength test that it is from; empty: none was there, the program's own shares held.
  WallTime tested;
};

/// A live parameter of a load profile that was not as the program says.
struct TunedParam {
  std::uint32_t link = 0;  ///< In the program's load chain.
  std::string profile, parameter;
  double value = 0;
  double time_s = 0;  ///< Since the set's beginning; 0: from it on.
};

/// A set went on with less load.
struct Lightening {
  std::uint32_t after_reps = 0;  ///< Counted before it.
  double load_kg = 0;            ///< Total at the handle, from the next rep on.
  double time_s = 0;             ///< Since the set's beginning.
  bool by_person = false;        ///< Asked for; else the machine saw that the range was out of reach.
};

struct Evidence {
  std::string name;
  double value = 0;
};

/// What the progression wants for the next set, and why.
struct Proposal {
  bool stop = false;   ///< No further set.
  double load_kg = 0;  ///< Total at the handle; a whole multiple of the increment.
  double previous_load_kg = kUnknown;
  SetKind next_kind = SetKind::kWorking;
  std::uint32_t rep_goal = 0;  ///< 0: the range.
  std::string reason;          ///< UPPER_SNAKE: "TOP_OF_RANGE_REACHED"
  std::string text;            ///< One sentence that cites numbers the person saw.
  double confidence = -1;      ///< Negative: none stated.
  std::vector<Evidence> evidence;
  bool accepted = false, changed = false;  ///< What the person did with it.
  double last_reps_speed_mps = kUnknown;   ///< Mean speed at which one or two reps are left, by this person's own sets. Not stored.
  double last_reps_at = 0, last_reps_rise_mps = 0;          ///< As sheave_progression_out's. Not stored.
  double lighter_speed_mps = 0, lighter_per_rep_share = 0;  ///< As sheave_progression_out's; 0: the load stays. Not stored.
  std::string etag;
};

/// Reps that a set asks for; nothing: the program's range.
struct RepGoal {
  std::uint32_t from = 0, to = 0;
  bool operator==(const RepGoal&) const = default;
};

struct SetRecord {
  std::string session_id;
  std::uint32_t index = 0;  ///< In the session, from 1.
  SetKind kind = SetKind::kWorking;
  double load_kg = 0;  ///< Total at the handle, as set when the set began.
  std::uint32_t axis_mask = 1;
  Side side = Side::kBoth;
  std::uint32_t worked_before = 0;  ///< Sets of other exercises for the same muscles, earlier in this visit.
  WallTime started;
  double duration_s = 0;
  SetEndReason end = SetEndReason::kUnknown;
  std::optional<int> answer_rir;
  StopAnswer stop_answer = StopAnswer::kNone;
  std::vector<Rep> reps;  ///< All judged movements, partial ones too, in order.
  std::uint32_t counted = 0;
  std::vector<Rom> rom;  ///< Per axis, in force during the set.
  std::uint64_t samples_lost = 0;
  std::optional<CurveUsed> curve;
  std::vector<TunedParam> tuned;      ///< Those of its beginning, then each change while it ran.
  std::vector<Lightening> lightened;  ///< In order.
  std::optional<Proposal> proposal;   ///< Made after this set.

  /// Total at the handle for the rep that is counted as `rep`, from 1; past the last one: at the set's end.
  double load_of_rep_kg(std::uint32_t rep) const noexcept {
    double kg = load_kg;
    for (const Lightening& less : lightened) {
      if (less.after_reps < rep) kg = less.load_kg;
    }
    return kg;
  }
  /// Sum over the counted reps of the load that each was made with.
  double volume_kg() const noexcept {
    double sum_kg = 0;
    for (std::uint32_t rep = 1; rep <= counted; ++rep) sum_kg += load_of_rep_kg(rep);
    return sum_kg;
  }
  double last_load_kg() const noexcept { return lightened.empty() ? load_kg : lightened.back().load_kg; }
};

enum class SessionState : std::uint8_t { kPrepared = 1, kActive = 2, kPaused = 3, kFinished = 4, kInterrupted = 5 };

struct SessionRecord {
  std::string id;          ///< UUID, made on the machine.
  std::string request_id;  ///< Of the call that made it; the same again returns the same session.
  std::string program_id;
  std::string program_toml_hash;  ///< What the program was at the time.
  std::string member_id;          ///< Whose it is now; empty: a guest's, or of somebody erased. Kept apart from the rest.
  std::string member_alias;       ///< What screens call them; not stored with the session.
  std::string workout_id;         ///< Empty: a program by itself.
  std::string workout_run;        ///< The first session of this walk through the workout.
  std::uint32_t workout_position = 0, workout_size = 0;  ///< From 1.
  WallTime created, finished;
  SessionState state = SessionState::kPrepared;
  std::string end_note;   ///< Why it ended where not by plan.
  std::uint64_t seq = 0;  ///< Of its first entry in the log, filled by the journal; 0: not stored yet. Lists are paged by it.
};

struct FaultRecord {
  FaultCode code = FaultCode::kNone;
  bool active = false;  ///< On or off.
  safety::Reaction reaction = safety::Reaction::kNone;
  WallTime at;
  std::string session_id;
  std::uint64_t seq = 0;  ///< In the log, filled by the journal; 0: not stored yet. Lists are paged by it.
};

/// Taken out of use by a person, or given back. It survives a restart.
struct OutOfOrder {
  bool active = false;
  std::string reason, who;
  WallTime since;  ///< Of this change.
};

struct ForceReading {
  double commanded_n = 0, measured_n = 0;
  bool rising = false;
};

/// One cable in a self-test.
struct CableTest {
  std::vector<ForceReading> readings;  ///< Five loads up and down, at rest.
  double bias_percent = 0;             ///< Mean error of the readings, of the reading.
  double cv_percent = 0;               ///< Spread of the error.
  CableDrag drag;
  double residual_n = 0;           ///< rms of what the line of the runs leaves.
  double friction_cv_percent = 0;  ///< Between the runs.
  std::uint32_t runs = 0;
};

struct SelfTestRecord {
  WallTime at;
  std::vector<CableTest> cables;
};

/// One set's samples: `rate_hz` frames of `axis_count` cables, packed as session/samples.hpp says.
struct SampleBlob {
  std::string session_id;
  std::uint32_t set_index = 0;
  double rate_hz = 0;
  std::uint32_t axis_count = 0;
  std::uint64_t lost = 0;
  std::vector<std::uint8_t> bytes;
};

}  // namespace sheave::session
