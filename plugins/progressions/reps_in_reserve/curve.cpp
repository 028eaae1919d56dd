#include "curve.hpp"

#include <algorithm>
#include <cmath>

#include "steps.hpp"

namespace sheave::progressions {
namespace {

constexpr double kLeastReps = 0.5;  // Lombardi's has no end at none
constexpr double kAgreeAt_reps = 10.0;

/// Such that both shapes say the same of ten reps.
double lombardi_power() { return std::log((kEpleyReps + kAgreeAt_reps) / (kEpleyReps + 1.0)) / std::log(kAgreeAt_reps); }

}  // namespace

double Curve::log_share(double reps) const {
  const double n = std::max(reps, kLeastReps);
  return epley_ * std::log((kEpleyReps + n) / (kEpleyReps + 1.0)) + (1.0 - epley_) * lombardi_power() * std::log(n);
}

double Curve::slope(double reps) const {
  const double n = std::max(reps, kLeastReps);
  return epley_ / (kEpleyReps + n) + (1.0 - epley_) * lombardi_power() / n;
}

double Curve::reps(double log_share) const {
  double low = kLeastReps, high = kMostReps;
  while (high - low > 1e-9) {
    const double middle = 0.5 * (low + high);
    (this->log_share(middle) < log_share ? low : high) = middle;
  }
  return low;
}

}  // namespace sheave::progressions
