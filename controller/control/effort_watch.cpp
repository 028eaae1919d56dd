#include "controller/control/effort_watch.hpp"

namespace sheave::control {

namespace {

// One slow rep after fast ones is a slip of the hand or a breath; a set that ends has slowed down before. So each rep moves what is known
// of the set's speed and of its fall by these shares of how far it was off: enough to see a sudden end on its second slow rep. Of 200
// simulated people as many sets end with one or two left as where a single rep decides, and fewer far too early (tests/bench coach).
constexpr double kLevelShare = 0.6, kFallShare = 0.35;
constexpr double kUsualFall = 0.04;  // from rep to rep, before a set has shown its own

}  // namespace

void EffortWatch::reset(double last_reps_speed_mps, const SpeedLossEnd& end) noexcept {
  *this = EffortWatch();
  last_reps_speed_mps_ = last_reps_speed_mps;
  end_ = end;
}

EffortWatch::Seen EffortWatch::take(const Rep& rep) noexcept {
  if (rep.verdict != RepVerdict::kCounted) return {};
  Seen seen;
  if (!said_ && one_or_two_left(rep)) seen.few_left = said_ = true;
  seen.speed_lost = speed_lost(rep);
  return seen;
}

bool EffortWatch::one_or_two_left(const Rep& rep) noexcept {
  // Not by the first rep: many begin a set with a careful one.
  if (!(last_reps_speed_mps_ > 0.0) || rep.index < 2 || !(rep.mean_speed_mps > 0.0)) return false;
  if (speed_mps_ > 0.0) {
    const double expected_mps = speed_mps_ - fall_mps_, off_mps = rep.mean_speed_mps - expected_mps;
    speed_mps_ = expected_mps + kLevelShare * off_mps;
    fall_mps_ -= kFallShare * off_mps;
  } else {
    speed_mps_ = rep.mean_speed_mps;
    fall_mps_ = kUsualFall * rep.mean_speed_mps;
  }
  return speed_mps_ <= last_reps_speed_mps_;
}

bool EffortWatch::speed_lost(const Rep& rep) noexcept {
  if (!(end_.loss_share > 0.0)) return false;
  const double speed_mps = end_.peak ? rep.peak_speed_mps : rep.mean_speed_mps;
  if (!(speed_mps > 0.0)) return false;
  if (speed_mps > fastest_mps_) fastest_mps_ = speed_mps;
  slow_in_a_row_ = speed_mps <= fastest_mps_ * (1.0 - end_.loss_share) ? slow_in_a_row_ + 1 : 0;
  return slow_in_a_row_ >= end_.reps;
}

}  // namespace sheave::control
