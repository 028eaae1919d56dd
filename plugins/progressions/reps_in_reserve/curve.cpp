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

double Curve::slope_by_epley(double reps) {
  const double n = std::max(reps, kLeastReps);
  return std::log((kEpleyReps + n) / (kEpleyReps + 1.0)) - lombardi_power() * std::log(n);
}

// Newton's steps over ln(reps), of which Lombardi's shape is a straight line and Epley's nearly.
double Curve::reps(double log_share) const {
  constexpr int kMostSteps = 30;
  double reps = kAgreeAt_reps, step = 1.0;
  for (int i = 0; i < kMostSteps && std::abs(step) > 1e-10; ++i) {
    step = std::clamp((log_share - this->log_share(reps)) / (reps * slope(reps)), -1.0, 1.0);
    const double next = std::clamp(reps * std::exp(step), kLeastReps, kMostReps);
    step = next == reps ? 0.0 : step;
    reps = next;
  }
  return reps;
}

}  // namespace sheave::progressions
