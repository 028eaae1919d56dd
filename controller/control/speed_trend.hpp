#pragma once
// How the speed of a set's reps goes, for the watch of the running set and for whoever reads it afterwards: by the same eye, so that what
// it smooths or lags behind is in what is learned from past sets too.

#include <cstdint>

namespace sheave::control {

/// The speed of a set's reps, smoothed so that one slip decides nothing: as it is after the last one, not as it was on the way. [any]
class SpeedTrend {
 public:
  /// A rep's mean concentric speed, in order. @pre mps > 0
  void take(double mps) noexcept;
  /// [m/s] 0: none yet.
  double mps() const noexcept { return speed_mps_; }
  /// The load is another: what was before says nothing of it.
  void restart() noexcept { speed_mps_ = 0.0; }

 private:
  double speed_mps_ = 0.0, fall_mps_ = 0.0;  // from each to the next
};

/// Many begin a set with a careful rep: the trend begins with the second.
inline constexpr std::uint32_t kTrendFrom = 2;

}  // namespace sheave::control
