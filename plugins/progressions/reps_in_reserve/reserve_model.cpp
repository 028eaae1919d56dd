#include "reserve_model.hpp"

#include <cmath>

namespace sheave::progressions {
namespace {

// Two sets that were answered, eight reps: fewer always lie near some line. With more than six left people answer by guess, and
// speed has not begun to fall.
constexpr std::size_t kLeastSets = 2, kLeastPoints = 8;
constexpr double kMostReserve = 6.0;
// Someone who pulls at a set tempo does not slow down until the end: half the spread explained and a hundredth of a metre a second
// per rep is the least that carries an estimate.
constexpr double kLeastR2 = 0.5, kLeastPerRep_mps = 0.01;

struct Sums {
  std::size_t n = 0;
  double x = 0, y = 0, xx = 0, xy = 0, yy = 0;
  void add(double reserve, double mps) {
    ++n;
    x += reserve, y += mps;
    xx += reserve * reserve, xy += reserve * mps, yy += mps * mps;
  }
};

/// What the set says was left after its last rep: the person's word; help means none. Negative: nothing.
double left_after(const SetFacts& set) {
  if (set.helped) return 0.0;
  return set.answer;
}

}  // namespace

std::optional<ReserveModel> reserve_model(const std::vector<SetFacts>& history) {
  Sums sums;
  std::size_t sets = 0;
  for (const SetFacts& set : history) {
    const double left = left_after(set);
    if (set.kind != SHEAVE_SET_WORKING || !set.judged || left < 0.0 || set.speeds_mps.empty()) continue;
    ++sets;
    for (std::size_t i = 0; i < set.speeds_mps.size(); ++i) {
      const double reserve = left + static_cast<double>(set.speeds_mps.size() - 1 - i);
      if (reserve <= kMostReserve && set.speeds_mps[i] > 0.0) sums.add(reserve, set.speeds_mps[i]);  // false for NaN
    }
  }
  if (sets < kLeastSets || sums.n < kLeastPoints) return std::nullopt;
  const auto n = static_cast<double>(sums.n);
  const double var_x = sums.xx - sums.x * sums.x / n, var_y = sums.yy - sums.y * sums.y / n, cov = sums.xy - sums.x * sums.y / n;
  if (!(var_x > 0.0) || !(var_y > 0.0)) return std::nullopt;
  ReserveModel model;
  model.per_rep_mps = cov / var_x;
  model.at_failure_mps = (sums.y - model.per_rep_mps * sums.x) / n;
  model.r2 = cov * cov / (var_x * var_y);
  if (!(model.per_rep_mps >= kLeastPerRep_mps) || !(model.r2 >= kLeastR2)) return std::nullopt;
  model.error_reps = std::sqrt(std::max(0.0, var_y * (1.0 - model.r2)) / (n - 2.0)) / model.per_rep_mps;
  return model;
}

}  // namespace sheave::progressions
