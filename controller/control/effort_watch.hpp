#pragma once
// How near the end of a set is, read off the speed of its counted reps.

#include <cstdint>

#include "controller/control/port.hpp"
#include "controller/core/motion.hpp"

namespace sheave::control {

/// One per set. [control]
class EffortWatch {
 public:
  struct Seen {
    bool few_left = false;    ///< One or two reps are left. Once a set.
    bool speed_lost = false;  ///< The set has done its work and should end.
  };

  /// Begins a set. @param last_reps_speed_mps 0: this person's is not known, nothing is said. @param end by loss of speed.
  void reset(double last_reps_speed_mps, const SpeedLossEnd& end) noexcept;

  /// A judged rep, in order. What did not count, or has no speed, says nothing.
  Seen take(const Rep& rep) noexcept;

 private:
  bool speed_lost(const Rep& rep) noexcept;
  bool one_or_two_left(const Rep& rep) noexcept;

  double last_reps_speed_mps_ = 0.0;
  double speed_mps_ = 0.0, fall_mps_ = 0.0;  // of the last rep, smoothed, and from each to the next; 0: none yet
  SpeedLossEnd end_;
  double fastest_mps_ = 0.0;
  std::uint32_t slow_in_a_row_ = 0;
  bool said_ = false;
};

}  // namespace sheave::control
