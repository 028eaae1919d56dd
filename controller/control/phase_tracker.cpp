#include "controller/control/phase_tracker.hpp"

#include <algorithm>
#include <cmath>

namespace sheave::control {
namespace {

constexpr double kHysteresisMin_m = 0.010;  // twice the largest position noise met
constexpr double kHysteresisShare = 0.03;   // of the range: a long pull sways more
constexpr double kSlow_mps = 0.05;          // a hold creeps and trembles
constexpr double kSlowFor_s = 0.1;          // a turnaround at full tempo passes through kSlow_mps faster
constexpr double kTopShare = 0.8;
constexpr double kLowShare = 0.35;

}  // namespace

Phase PhaseTracker::update(double x, double v, double dt_s, const PhaseScale& scale) noexcept {
  const double length_m = scale.known() ? scale.top_m - scale.low_m : 0.0;
  const double hysteresis_m = std::max(kHysteresisMin_m, kHysteresisShare * length_m);
  if (std::isnan(turn_m_)) turn_m_ = x;
  slow_s_ = std::abs(v) < kSlow_mps ? slow_s_ + dt_s : 0.0;

  // At rest the reference follows the handle down and at the peak up, so that only a real move leaves the phase.
  const bool outward = phase_ == Phase::kConcentric || phase_ == Phase::kPeak;
  turn_m_ = outward ? std::max(turn_m_, x) : std::min(turn_m_, x);
  if (outward && x < turn_m_ - hysteresis_m && v < 0.0) {
    phase_ = Phase::kEccentric;
    turn_m_ = x;
  } else if (!outward && x > turn_m_ + hysteresis_m && v > 0.0) {
    phase_ = Phase::kConcentric;
    turn_m_ = x;
  } else if (slow_s_ >= kSlowFor_s) {
    const double share = scale.known() ? (x - scale.low_m) / length_m : kUnknown;
    if (phase_ == Phase::kConcentric && share >= kTopShare) phase_ = Phase::kPeak;
    if (phase_ == Phase::kEccentric && !(share > kLowShare)) phase_ = Phase::kRest;
  } else if (phase_ == Phase::kPeak && v > kSlow_mps) {
    phase_ = Phase::kConcentric;
  } else if (phase_ == Phase::kRest && v < -kSlow_mps) {
    phase_ = Phase::kEccentric;
  }
  return phase_;
}

}  // namespace sheave::control
