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

/// One per axis. A fading-memory polynomial filter of second order (position, velocity, acceleration; no lag while the
/// acceleration is constant): Morrison, Introduction to Sequential Smoothing and Prediction, 1969, ch. 13. Pure arithmetic: O(1), no
/// allocation, no transcendentals. [control]
class MotionEstimator {
 public:
  /// Longest time bridged by prediction while samples are missing. Above the longest tolerated link gap (20 ms), below the
  /// time in which a person turns a movement around.
  static constexpr std::int64_t kPredictLimit_ns = 50'000'000;

  /// How long a sample is remembered [s]. With 8 ms, a position in whole millimetres still gives a velocity within 30 mm/s at 1 kHz, and a
  /// turnaround is seen within two sample times of the slowest serial link (10 ms).
  static constexpr double kMemory_s = 0.008;

  MotionEstimator() noexcept = default;
  explicit MotionEstimator(double memory_s) noexcept : memory_s_(memory_s) {}

  /// Forgets everything; the next fresh sample starts anew, with the drive's own velocity.
  void reset() noexcept;

  /// @param state of this tick; where it is not fresh, motion is predicted, for kPredictLimit_ns at most.
  /// @param now_ns host monotonic time. @param dt_ns host time since the last tick; 0 on the first tick of a run, which starts anew.
  /// The time between two samples is taken from the drive's own clock (which wraps), clamped to half and twice the host's.
  AxisMotion update(const hal::AxisState& state, std::int64_t now_ns, std::int64_t dt_ns) noexcept;

  /// As update() in a tick whose sample is missing, or not to be believed.
  AxisMotion predict(std::int64_t now_ns) const noexcept;

 private:
  /// What of an error between prediction and sample is taken up, for samples `dt_s` apart.
  struct Gains {
    double dt_s = 0.0;
    double position = 0.0, velocity_per_s = 0.0, acceleration_per_s2 = 0.0;
  };

  void start(const hal::AxisState& state, std::int64_t now_ns) noexcept;
  double sample_interval_s(std::uint32_t sample_time_us, std::int64_t now_ns) const noexcept;
  AxisMotion ahead(double s) const noexcept;
  Gains gains_for(double dt_s) const noexcept;

  double memory_s_ = kMemory_s;
  Gains gains_;  // of the last interval: a drive's clock is steady, and divisions are slow
  // As of the last fresh sample; prediction never changes them.
  double extension_m_ = 0.0;
  double velocity_mps_ = 0.0;
  double acceleration_mps2_ = 0.0;
  std::uint32_t sample_time_us_ = 0;
  std::int64_t sample_seen_ns_ = 0;
  bool started_ = false;
};

}  // namespace sheave::control
