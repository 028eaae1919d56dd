#pragma once
// How far the load goes up or down: rule A1, in both step rules, on the machine's grid.

#include <cstdint>

#include "sheave/ext/progression.h"

namespace sheave::progressions {

enum class StepRule : std::uint8_t {
  kScaled = 0,   ///< A step that costs the range's width in reps, at most the article's.
  kArticle = 1,  ///< +10 lb and -5 lb, whatever the load.
};

inline constexpr double kKgPerLb = 0.45359237;
inline constexpr double kArticleUp_kg = 10.0 * kKgPerLb;
inline constexpr double kArticleDown_kg = 5.0 * kKgPerLb;

inline constexpr double kEpleyReps = 30.0;

/// Reps to failure follow load by Epley's relation, 1RM = load x (1 + reps / 30) (Epley 1985): the same person at another load.
/// Real numbers: round where reps are meant.
double reps_at(double new_load_kg, double load_kg, double reps);

/// The steps from one load. Multiples of the increment, rounded down.
class Steps {
 public:
  /// @pre load and increment are > 0, top >= bottom >= 1.
  Steps(StepRule rule, double load_kg, const sheave_progression_in_t& in);

  /// 0 where one increment is more than the range can carry: then reps are added instead.
  double up_kg() const { return floor_kg(up_exact_kg_); }
  /// Half of up, at least one increment: too heavy must become lighter.
  double down_kg() const;

  /// With `reps` done one increment keeps the next set in the range, though up_kg() is 0.
  bool one_increment_earned(std::uint32_t reps) const { return reps >= reps_for_one_increment_; }
  std::uint32_t reps_for_one_increment() const { return reps_for_one_increment_; }

  /// The load after a step: on the grid, inside the machine's limits.
  double after(double step_kg) const;

 private:
  double floor_kg(double kg) const;

  StepRule rule_;
  double load_kg_, increment_kg_, min_kg_, max_kg_;
  double up_exact_kg_;
  std::uint32_t reps_for_one_increment_;
};

}  // namespace sheave::progressions
