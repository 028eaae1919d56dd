#include "controller/control/effort_watch.hpp"

namespace sheave::control {

void EffortWatch::reset(double last_reps_speed_mps, const SpeedLossEnd& end) noexcept {
  *this = EffortWatch();
  last_reps_speed_mps_ = last_reps_speed_mps;
  end_ = end;
}

EffortWatch::Seen EffortWatch::take(const Rep& rep) noexcept {
  if (rep.verdict != RepVerdict::kCounted) return {};
  Seen seen;
  // Not by the first rep: many begin a set with a careful one. Comparisons are false for an unknown speed.
  if (!said_ && rep.index > 1 && rep.mean_speed_mps <= last_reps_speed_mps_) seen.few_left = said_ = true;
  seen.speed_lost = speed_lost(rep);
  return seen;
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
