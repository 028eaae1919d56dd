#include "controller/control/effort_watch.hpp"

#include <algorithm>
#include <cmath>

namespace sheave::control {

namespace {

// One slow rep makes no set lighter: the one before it was nearly as slow, nobody stood still inside it, and the set falls: who keeps a
// slow pace does not.
constexpr double kNearlyAsSlow = 1.15, kPause_s = 0.4, kFallen = 0.9;
constexpr double kMostAtOnce = 0.2;  // more would be felt as the load going, not as lighter
constexpr double kRounding = 1e-6;

}  // namespace

double lightened_n(const Lighten& lighten, double load_n, double share) noexcept {
  if (!(lighten.step_n > 0.0) || !(share > 0.0)) return load_n;
  const double steps = std::floor(load_n * (1.0 - std::min(share, kMostAtOnce)) / lighten.step_n + kRounding);
  return std::min(load_n, std::max(steps * lighten.step_n, lighten.least_n));
}

void EffortWatch::reset(const LastReps& last_reps, const SpeedLossEnd& end, const Lighten& lighten) noexcept {
  *this = EffortWatch();
  last_reps_ = last_reps;
  end_ = end;
  lighten_ = lighten;
}

EffortWatch::Seen EffortWatch::take(const Rep& rep) noexcept {
  if (rep.verdict != RepVerdict::kCounted) return {};
  Seen seen;
  if (rep.index >= kTrendFrom && rep.mean_speed_mps > 0.0) trend_.take(rep.mean_speed_mps);
  if (too_heavy(rep)) {
    if (sure(rep)) {
      seen.lighter_share = lighten_.share_per_rep * static_cast<double>(lighten_.rep_bottom - rep.index);
      ++lightened_;
      trend_.restart();
      load_changed();
    }
  } else if (!said_ && slowed_to(last_reps_.at(rep.index))) {
    seen.few_left = said_ = true;
  }
  const bool goes_on = !(seen.lighter_share > 0.0);
  rep_before_mps_ = goes_on ? rep.mean_speed_mps : 0.0;
  fastest_here_mps_ = goes_on ? std::fmax(fastest_here_mps_, rep.mean_speed_mps) : 0.0;
  seen.speed_lost = speed_lost(rep);
  return seen;
}

/// A speed of 0 is not known, and nothing has slowed down to it.
bool EffortWatch::slowed_to(double mps) const noexcept { return mps > 0.0 && trend_.mps() > 0.0 && trend_.mps() <= mps; }

/// And something can be done about it.
bool EffortWatch::too_heavy(const Rep& rep) const noexcept {
  if (said_ || !(lighten_.share_per_rep > 0.0) || lightened_ >= kMostLightened) return false;
  return rep.index + kFarBelow_reps < lighten_.rep_bottom && slowed_to(lighten_.speed_mps);
}

bool EffortWatch::sure(const Rep& rep) const noexcept {
  const bool falls = rep.mean_speed_mps <= kFallen * fastest_here_mps_;
  return falls && !(rep.longest_pause_s >= kPause_s) && rep_before_mps_ > 0.0 && rep_before_mps_ <= kNearlyAsSlow * lighten_.speed_mps;
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
