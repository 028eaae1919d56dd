#pragma once
// A person as a training log sees them: a set is a list of rep speeds, an end and an answer, not a thousand ticks a second. Knows
// nothing of how the controller estimates anything.

#include <cstdint>
#include <optional>

#include "sim/athlete/strength.hpp"
#include "sim/random.hpp"

namespace sheave::test {

/// How a person tires and slows.
enum class Law : std::uint8_t {
  kSimulated,  ///< As the simulator's athlete: sim/athlete/strength.hpp, whose force-velocity line sets every speed.
  kOther,      ///< Kept out of tuning: another curve of reps over load for everybody, speed that ends at a person's own slowest, another
               ///< recovery, and one in five who pulls at a set pace until it hurts.
  kBlind,   ///< Once kept out of tuning, since tuned for: reps by a power of the load (Lombardi), speed by the logarithm of what is left,
            ///< days that resemble the day before, answers that grow too slowly and slip, and one in six at a set pace.
  kUnseen,  ///< Looked at once, after tuning had ended: reps by an exponential of the load (Mayhew), strength that each set takes for the
            ///< whole visit, speed by a power of what is to spare, people who say far too few or far too many, and one in eight who says
            ///< nothing at all.
};

struct TraineeSpec {
  Law law = Law::kSimulated;
  double one_rm_kg = 60.0;
  double gain_per_visit = 0.004;  ///< Share of the 1RM.
  double day_spread = 0.04;       ///< Standard deviation of the day's form.
  double speed_noise = 0.045;     ///< Of one rep's mean speed, relative.
  double top_speed_mps = 2.0;
  double rom_m = 0.5;
  double intent_s = 0.45;       ///< Of an unloaded pull: as fast as it goes; longer: at a set pace.
  double per_rep = 1.0 / 30.0;  ///< Fatigue of one rep.
  double answer_bias_reps = 0.0, answer_noise_reps = 0.5;
  double missing = 0.3;  ///< Share of questions left unanswered.
  // Law::kOther
  double curve = 1.0;         ///< Exponent of reps over load.
  double slowest_mps = 0.33;  ///< Of a rep that leaves none.
  double pace_mps = 9.0;      ///< Never faster.
  // Law::kUnseen, with slowest_mps, top_speed_mps and pace_mps
  double span = 0.42, decay = 0.055;  ///< Load over 1RM falls by `span` e^-`decay` reps.
  double set_cost = 0.015;            ///< Share of strength that a set takes for the rest of the visit.
  // Law::kBlind, with slowest_mps and pace_mps
  double power = 0.10;        ///< 1RM = load x reps^power.
  double days_alike = 0.0;    ///< Of a day's form, the share that is the last day's.
  double answer_share = 1.0;  ///< What is said of one rep that is left.
  double slips = 0.0;         ///< Share of answers that are any button.
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
  std::optional<double> pull_simulated(double load_kg);
  std::optional<double> pull_other(double load_kg);
  std::optional<double> pull_blind(double load_kg);
  std::optional<double> pull_unseen(double load_kg);
  /// Load over what could be pulled once, where `reps` can be.
  double unseen_share(double reps) const;
  /// Under its own law.
  std::optional<double> pull_once(double load_kg);
  double other_capacity(double load_kg) const;

  TraineeSpec spec_;
  sim::Random random_;
  double one_rm_kg_, form_ = 1.0, day_ = 0.0;
  sim::Strength strength_{{}};
  double fast_ = 0.0, slow_ = 0.0;  // of the laws that are not the simulator's: shares of strength that are gone
};

}  // namespace sheave::test
