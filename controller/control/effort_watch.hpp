#pragma once
// How near the end of a set is, read off the speed of its counted reps; and what that asks for.

#include <cstdint>

#include "controller/control/port.hpp"
#include "controller/control/speed_trend.hpp"
#include "controller/core/motion.hpp"

namespace sheave::control {

/// A set that is more reps than this short of its range is too heavy for today; fewer are for the next set to mend.
inline constexpr std::uint32_t kFarBelow_reps = 2;
/// A set is made lighter so often at the most: who would need it a third time has the wrong weight, not a bad day.
inline constexpr std::uint32_t kMostLightened = 2;

/// The load per axis [N] once `share` of `load_n` has come off: a whole multiple of the step, no less than the least; never more than
/// `load_n`. Pure. [any]
double lightened_n(const Lighten& lighten, double load_n, double share) noexcept;

/// One per set. [control]
class EffortWatch {
 public:
  struct Seen {
    bool few_left = false;       ///< One or two reps are left. Once a set.
    bool speed_lost = false;     ///< The set has done its work and should end.
    double lighter_share = 0.0;  ///< As slow as the end of a set, and the range is far: so much is to come off. Instead of few_left.
  };

  /// Begins a set. @param end by loss of speed.
  void reset(const LastReps& last_reps, const SpeedLossEnd& end, const Lighten& lighten = {}) noexcept;

  /// How many reps were to come at the load before says nothing of those at the next: from here on the speed alone tells.
  void load_changed() noexcept { last_reps_.rise_mps = 0.0; }

  /// A judged rep, in order. What did not count, or has no speed, says nothing.
  Seen take(const Rep& rep) noexcept;

 private:
  bool speed_lost(const Rep& rep) noexcept;
  bool slowed_to(double mps) const noexcept;
  bool too_heavy(const Rep& rep) const noexcept;
  bool sure(const Rep& rep) const noexcept;

  LastReps last_reps_;
  SpeedTrend trend_;
  double rep_before_mps_ = 0.0;    // at this load; 0: none
  double fastest_here_mps_ = 0.0;  // likewise, by the mean over time
  SpeedLossEnd end_;
  Lighten lighten_;
  std::uint32_t lightened_ = 0;
  double fastest_mps_ = 0.0;
  std::uint32_t slow_in_a_row_ = 0;
  bool said_ = false;
};

}  // namespace sheave::control
