#pragma once
// Where one handle is, how fast it moves and how that changes, estimated from the drive's samples.

#include <cstdint>

#include "hal/cable_stack.hpp"

namespace sheave::control {

/// Signs as everywhere: extension grows and velocity is positive while the person pulls.
struct AxisMotion {
  double extension_m = 0.0;
  double velocity_mps = 0.0;
  double acceleration_mps2 = 0.0;
  bool valid = false;  ///< False before the first fresh sample and after kPredictLimit_ns without one: the values are the last good ones.
};

/// One per axis. Pure arithmetic: O(1), no allocation, no transcendentals. [control]
class MotionEstimator {
 public:
  /// Longest time bridged by prediction while samples are missing. Above the longest tolerated link gap (20 ms), below the
  /// time in which a person turns a movement around.
  static constexpr std::int64_t kPredictLimit_ns = 50'000'000;

  /// Forgets everything; the next fresh sample starts anew at rest.
  void reset() noexcept;

  /// @param state of this tick; where it is not fresh, motion is predicted, for kPredictLimit_ns at most.
  /// @param now_ns host monotonic time. @param dt_ns host time since the last tick; 0 on the first.
  /// The time between two samples is taken from the drive's own clock (which wraps), clamped to half and twice the host's.
  AxisMotion update(const hal::AxisState& state, std::int64_t now_ns, std::int64_t dt_ns) noexcept;
};

}  // namespace sheave::control
