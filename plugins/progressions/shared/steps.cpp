#include "steps.hpp"

#include <algorithm>
#include <cmath>

namespace sheave::progressions {
namespace {

/// A millionth of a step forgives what adding 0.1s does to a sum.
constexpr double kSlack = 1e-6;

}  // namespace

double reps_at(double new_load_kg, double load_kg, double reps) { return (kEpleyReps + reps) * load_kg / new_load_kg - kEpleyReps; }

Steps::Steps(StepRule rule, double load_kg, const sheave_progression_in_t& in)
    : rule_(rule), load_kg_(load_kg), increment_kg_(in.increment_kg), min_kg_(in.load_min_kg), max_kg_(in.load_max_kg) {
  // By Epley the step that turns `top` reps into `bottom` reps: (30 + top) load = (30 + bottom) (load + step).
  const double per_rep_kg = load_kg / (kEpleyReps + in.rep_bottom);
  const double range_kg = per_rep_kg * (in.rep_top - in.rep_bottom);
  up_exact_kg_ = rule == StepRule::kArticle ? kArticleUp_kg : std::min(kArticleUp_kg, range_kg);
  const double reps = std::ceil(in.rep_bottom + increment_kg_ / per_rep_kg - kSlack);
  reps_for_one_increment_ = static_cast<std::uint32_t>(std::clamp(reps, static_cast<double>(in.rep_top), 1000.0));
}

double Steps::floor_kg(double kg) const { return std::floor(kg / increment_kg_ + kSlack) * increment_kg_; }

double Steps::down_kg() const {
  const double down_kg = rule_ == StepRule::kArticle ? kArticleDown_kg : up_exact_kg_ / 2.0;
  return std::max(increment_kg_, floor_kg(down_kg));
}

double Steps::after(double step_kg) const {
  const double least_kg = std::ceil(min_kg_ / increment_kg_ - kSlack) * increment_kg_;
  return std::max(least_kg, std::min(floor_kg(load_kg_ + step_kg), floor_kg(max_kg_)));
}

}  // namespace sheave::progressions
