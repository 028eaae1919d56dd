#pragma once
// Finds the movements of a set: out from a low point to a peak and back. Measures them; does not judge them (the exercise does).

#include <cstdint>

#include "controller/core/motion.hpp"

namespace sheave::control {

struct DetectorConfig {
  double min_rom_m = 0.10;  ///< Movements below it are none.
  Rom rom;                  ///< Calibrated range; where unknown, the set's own movements give the scale.
};

/// One tick. With two active cables: extension, velocity and acceleration are the mean, forces the sum.
struct DetectorInput {
  double extension_m = 0.0, velocity_mps = 0.0;
  double commanded_n = 0.0, measured_n = 0.0;
  std::int64_t now_ns = 0, dt_ns = 0;
  bool assisted = false;  ///< The spotter takes load off in this tick.
  double acceleration_mps2 = 0.0;
};

/// What is known of one movement beyond core's Rep: what an exercise needs to judge it.
struct CandidateDetail {
  double start_speed_mps = kUnknown;  ///< Mean over the first 20 % of the pull's distance.
  double end_speed_mps = kUnknown;    ///< Mean over its last 20 %.
  double peak_share = kUnknown;       ///< Where in the calibrated range the peak lies; unknown without one.
  bool no_return = false;             ///< The set ended before the handle came back; end_m and eccentric_s are unknown.
};

/// Pure arithmetic: O(1) per tick, no allocation, no transcendentals. [control]
class RepDetector {
 public:
  struct Output {
    Phase phase = Phase::kRest;
    bool candidate_ready = false;  ///< At most one per tick. `candidate` and `detail` are set only then.
    Rep candidate;                 ///< verdict, form and index are the exercise's and stay default; speed_loss is the counter's.
    CandidateDetail detail;
  };

  /// Forgets the set. To be called when a set engages.
  void reset(const DetectorConfig& config) noexcept;

  /// Never call with a tick whose motion is not valid: skip it; the next one's dt_ns covers the gap.
  Output update(const DetectorInput& input) noexcept;

  /// The set is over: emits the movement that has reached its top but not come back, if there is one.
  Output finish(std::int64_t now_ns) noexcept;
};

}  // namespace sheave::control
