#include "controller/control/speed_trend.hpp"

#include <algorithm>

namespace sheave::control {

namespace {

// One slow rep after fast ones is a slip of the hand or a breath; a set that ends has slowed down before. So each rep moves what is known
// of the set's speed and of its fall by these shares of how far it was off: enough to see a sudden end on its second slow rep. Of 200
// simulated people as many sets end with one or two left as where a single rep decides, and fewer far too early (tests/bench coach).
constexpr double kLevelShare = 0.6, kFallShare = 0.35;
constexpr double kUsualFall = 0.04;    // from rep to rep, before a set has shown its own
constexpr double kSlowest_mps = 0.01;  // a fall may foretell less than a standstill

}  // namespace

void SpeedTrend::take(double mps) noexcept {
  if (speed_mps_ > 0.0) {
    const double expected_mps = speed_mps_ - fall_mps_, off_mps = mps - expected_mps;
    speed_mps_ = std::max(kSlowest_mps, expected_mps + kLevelShare * off_mps);
    fall_mps_ -= kFallShare * off_mps;
  } else {
    speed_mps_ = mps;
    fall_mps_ = kUsualFall * mps;
  }
}

}  // namespace sheave::control
