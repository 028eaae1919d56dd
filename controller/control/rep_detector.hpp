#pragma once
// Finds the movements of a set: out from a low point to a peak and back. Measures them; does not judge them (the exercise does).

#include <cstdint>
#include <optional>

#include "controller/control/phase_tracker.hpp"
#include "controller/control/pull_meter.hpp"
#include "controller/core/motion.hpp"

namespace sheave::control {

struct DetectorConfig {
  double min_rom_m = 0.10;  ///< Movements below it are none.
  Rom rom = {};             ///< Calibrated range; where unknown, the set's own movements give the scale.
};

/// One tick. With two active cables: extension, velocity and acceleration are the mean, forces the sum.
struct DetectorInput {
  double extension_m = 0.0, velocity_mps = 0.0;
  double commanded_n = 0.0, measured_n = 0.0;  ///< NaN where unknown: so is then what is made of them.
  std::int64_t now_ns = 0, dt_ns = 0;
  bool assisted = false;  ///< The spotter takes load off in this tick.
  double acceleration_mps2 = 0.0;
  double sides_apart = kUnknown;  ///< Left ahead of right, in shares of each one's range; NaN with one cable or no range.
};

/// What is known of one movement beyond core's Rep: what an exercise needs to judge it.
struct CandidateDetail {
  double start_speed_mps = kUnknown;  ///< Mean over the first 20 % of the pull's distance.
  double end_speed_mps = kUnknown;    ///< Mean over its last 20 %.
  double peak_share = kUnknown;       ///< Where in the calibrated range the peak lies; unknown without one.
  bool no_return = false;             ///< The set ended before the handle came back; end_m and eccentric_s are unknown.
};

/// A movement that may be a rep. Verdict, form and index are the exercise's and stay default; speed_loss is the counter's.
struct Candidate {
  Rep rep;
  CandidateDetail detail;
};

/// How movements are told apart, in words; the numbers stand at the top of the .cpp:
/// - the pull begins where the handle's speed passes kMoving_mps upward for the last time before it leaves the low point;
/// - it ends where the speed falls below kMoving_mps, or 5 % of the pull's fastest, for the last time before the peak: a hold that
///   creeps is no pull; concentric_s lies between the two, and mean_speed_mps is the distance covered in it over concentric_s;
/// - the range is from the low point before the pull to the peak, a little more than that distance;
/// - a peak is one once the handle has come back from it by 40 % of the range (reversals inside a pull are smaller);
/// - the return ends at the lowest point before the handle rests near the start, or goes out again;
/// - what is shorter than min_rom_m, than a quarter of the range, or a bounce of a dropped handle, is no candidate.
/// Where a person steps back with the handle, rests, and pulls from there, the rep starts at that rest, not at the stop.
///
/// Pure arithmetic: O(1) per tick, no allocation, no transcendentals. [control]
class RepDetector {
 public:
  struct Output {
    Phase phase = Phase::kRest;
    std::optional<Candidate> candidate;  ///< At most one per tick, and none in most: it is large.
  };

  /// Forgets the set. To be called when a set engages.
  void reset(const DetectorConfig& config) noexcept;

  /// Never call with a tick whose motion is not valid: skip it; the next one's dt_ns covers the gap.
  Output update(const DetectorInput& input) noexcept;

  /// The set is over: emits the movement that has reached its top but not come back, if there is one. What the set's own movements
  /// or the calibrated range show to have been cut short of its top is a candidate only where an exercise can judge it: with a range.
  Output finish(std::int64_t now_ns) noexcept;

 private:
  enum class Stage : std::uint8_t { kLow, kOut, kBack };

  /// One possible pull: the whole way from the low point, or from a rest on the way.
  struct Pull {
    PullMeter meter;
    PullSums concentric;  // up to the end of the concentric phase
    double low_m = 0.0;   // lowest point before it: where the range starts
    bool valid = false;
    void open(const DetectorInput& in) noexcept;
  };

  void seek_start(const DetectorInput& in) noexcept;
  void leave_low(const DetectorInput& in) noexcept;
  void follow_out(const DetectorInput& in) noexcept;
  bool follow_back(const DetectorInput& in) noexcept;
  void watch_hold(const DetectorInput& in) noexcept;
  void watch_rest(const DetectorInput& in) noexcept;
  double range_m() const noexcept;
  double turn_m(double height_m) const noexcept;
  double height_m(const Pull& pull) const noexcept;
  PhaseScale scale() const noexcept;
  const Pull& chosen_pull() const noexcept;
  bool is_candidate(const Pull& pull) const noexcept;
  bool reached_top(double height_m) const noexcept;
  Candidate measure(const Pull& pull, bool returned) noexcept;
  static void find_sticking(const Pull& pull, Rep& rep) noexcept;
  void learn(double rom_m) noexcept;

  DetectorConfig config_;
  PhaseTracker phase_;
  Stage stage_ = Stage::kLow;
  bool started_ = false;
  DetectorInput last_;

  Pull next_;            // begins at the latest low point; becomes whole_ once it has left it
  Pull whole_;           // the movement in progress, from its low point
  Pull from_rest_;       // the same from a rest on the way out
  double low_m_ = 0.0;   // lowest extension since the last peak
  double peak_m_ = 0.0;  // highest since the low point
  std::int64_t peak_ns_ = 0;
  std::int64_t return_start_ns_ = 0;
  std::int64_t return_end_ns_ = 0;
  std::int64_t previous_end_ns_ = 0;  // end of the last movement's return; 0: none
  double hold_s_ = 0.0;               // time near the peak
  bool assisted_ = false;

  double still_at_m_ = 0.0;
  double still_low_m_ = 0.0;
  double still_s_ = 0.0;

  double learned_range_m_ = 0.0;  // of the set's own movements; 0: none yet
  double learned_low_m_ = 0.0;
  std::uint32_t candidates_ = 0;
};

}  // namespace sheave::control
