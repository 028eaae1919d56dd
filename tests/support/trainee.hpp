#pragma once
// A person as a training log sees them: a set is a list of rep speeds, an end and an answer, not a thousand ticks a second. Knows
// nothing of how the controller estimates anything.

#include <cstdint>
#include <limits>
#include <optional>
#include <variant>

#include "sim/random.hpp"
#include "tests/support/answering.hpp"
#include "tests/support/laws/impulse.hpp"
#include "tests/support/laws/jointed.hpp"
#include "tests/support/laws/lombardi.hpp"
#include "tests/support/laws/mayhew.hpp"
#include "tests/support/laws/measured.hpp"
#include "tests/support/laws/other.hpp"
#include "tests/support/laws/recruited.hpp"
#include "tests/support/laws/simulated.hpp"
#include "tests/support/laws/stranger.hpp"

namespace sheave::test {

/// How a population tires and slows: each in a file of its own, which says what is special about it. A law has a fresh day (`come`), a
/// `rest`, one `pull` as fast as it goes, which fails or has a mean speed, and people drawn for it (`draw`). All have been looked at by
/// now: kSimulated for every number of the coach; kMeasured, kStranger and kImpulse less; kRecruited and kJointed, its last judges, least.
enum class Law : std::uint8_t { kSimulated, kOther, kLombardi, kMayhew, kMeasured, kStranger, kImpulse, kRecruited, kJointed };

inline constexpr int kMostReps = 60;          ///< Nobody does more in one set.
inline constexpr double kAnySpeed_mps = 9.0;  ///< A pace that holds nobody back.

struct TraineeSpec {
  double one_rm_kg = 60.0;
  double gain_per_visit = 0.004;                                       ///< Share of the 1RM, at first.
  double gain_lasts_visits = std::numeric_limits<double>::infinity();  ///< Half as fast after so many.
  double day_spread = 0.04;                                            ///< Standard deviation of the day's form.
  double days_alike = 0.0;                                             ///< Of a day's form, the share that is the last day's.
  double stretches = 0.0;                             ///< Share of the day's variance that is good or bad for some visits on end.
  double stretch_ends = 0.25;                         ///< At a visit, with another one of either kind.
  double bad_days = 0.0, bad_day_cost = 0.0;          ///< Share of days, and of strength that such a one takes besides.
  double breaks = 0.0, break_cost = 0.0;              ///< Share of visits after one, and of strength that it took.
  double break_half_visits = 3.0;                     ///< Until half of that is back.
  double speed_noise = 0.045, speed_noise_mps = 0.0;  ///< Of one rep's mean speed: relative, and besides.
  double pace_mps = kAnySpeed_mps;                    ///< Never faster.
  double rom_m = 0.5;
  Answering answering;
  /// The law's own, which says by its type which law it is.
  std::variant<SimulatedLaw::Numbers, OtherLaw::Numbers, LombardiLaw::Numbers, MayhewLaw::Numbers, MeasuredLaw::Numbers,
               StrangerLaw::Numbers, ImpulseLaw::Numbers, RecruitedLaw::Numbers, JointedLaw::Numbers>
      numbers;
};

/// Somebody from the population, the same for the same seed. @param light a face pull instead of a row.
TraineeSpec draw_trainee(Law law, bool light, std::uint64_t seed);

class Trainee {
 public:
  Trainee(const TraineeSpec& spec, std::uint64_t seed);

  /// A day on which they come: fresh, a little stronger than last time, in some form.
  void come();
  void rest(double duration_s);
  /// One rep; its mean speed over time. None: it failed.
  std::optional<double> pull(double load_kg);
  /// Whole reps that would still succeed, now. The truth.
  int reps_left(double load_kg) const;
  /// "How many more?", where they answer.
  std::optional<int> answer(int left);
  /// The most that could be pulled once, now: less than fresh by what the sets before have cost.
  double once_kg() const;
  /// On a usual day.
  double one_rm_kg() const { return one_rm_kg_; }
  /// Today's strength over a usual day's.
  double form() const { return form_; }

 private:
  using Body = std::variant<SimulatedLaw, OtherLaw, LombardiLaw, MayhewLaw, MeasuredLaw, StrangerLaw, ImpulseLaw, RecruitedLaw, JointedLaw>;
  static Body body_of(const TraineeSpec& spec, std::uint64_t seed);

  /// Without the noise of one rep.
  std::optional<double> pull_once(double load_kg);

  TraineeSpec spec_;
  Body body_;
  sim::Random random_;
  double one_rm_kg_, form_ = 1.0, day_ = 0.0;
  double stretch_ = 0.0;       // of days: 1 good, -1 bad
  double weaker_ = 0.0;        // by a break: share of strength
  int visits_ = 0, reps_ = 0;  // reps since the last rest
  bool failed_ = false;        // the last of them
  std::optional<int> said_;    // last
  double off_reps_ = 0.0;      // what this visit's answers are off by besides
  bool silent_ = false;        // this visit
};

}  // namespace sheave::test
