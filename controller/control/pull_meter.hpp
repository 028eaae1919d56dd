#pragma once
// Measures one pull while it happens: sums over time, and when which distance was reached.

#include <array>
#include <cstddef>
#include <cstdint>

#include "controller/core/motion.hpp"

namespace sheave::control {

struct DetectorInput;

/// Slower than this, a handle stands still. Every edge of a phase is where the speed passes it: at 2 m/s2 a handle needs 15 ms and
/// 0.2 mm to get there, so the edge hardly depends on it; the estimator's noise on a drive's encoder is a tenth of it.
inline constexpr double kMoving_mps = 0.03;

/// Sums from the start of a pull to some later moment.
struct PullSums {
  double start_m = 0.0, end_m = 0.0;
  std::int64_t start_ns = 0, end_ns = 0;
  double duration_s = 0.0;
  double commanded_ns = 0.0, measured_ns = 0.0;  ///< Impulse: tension integrated over time [N s].
  double work_j = 0.0;
  double propulsive_m = 0.0, propulsive_s = 0.0;
  double peak_speed_mps = 0.0, peak_force_n = 0.0, peak_power_w = 0.0;  ///< Speed and power over a smoothed speed.
  double longest_pause_s = 0.0;
  double apart_s = 0.0, apart_share = 0.0;  ///< Of two cables' places: integrated over time, and the last; NaN where not known.
  bool assisted = false;
};

/// O(1) per tick, amortized. [control]
class PullMeter {
 public:
  /// The pull may begin at this tick.
  void restart(const DetectorInput& in) noexcept;
  void add(const DetectorInput& in) noexcept;

  const PullSums& sums() const noexcept { return sums_; }

  /// Host time at which the handle was first `distance_m` from the start; `end` bounds it.
  std::int64_t reached_ns(double distance_m, const PullSums& end) const noexcept;

 private:
  void mark(double distance_m, std::int64_t now_ns) noexcept;

  // Times at which whole multiples of step_m_ were first reached. 64 marks double their spacing when they run out, so the
  // coarsest spacing is 1/32 of the pull: a fifth of it is known to within 1 %, being interpolated.
  static constexpr std::size_t kMarks = 64;
  static constexpr double kFirstStep_m = 0.005;

  PullSums sums_;
  double last_m_ = 0.0;
  double pause_s_ = 0.0;
  double smooth_mps_ = 0.0;  // for the peaks
  double step_m_ = kFirstStep_m;
  std::size_t mark_count_ = 0;
  std::array<std::int64_t, kMarks> marks_ns_{};
};

}  // namespace sheave::control
