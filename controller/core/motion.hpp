#pragma once
// Values of motion: phase, range of motion, and what is known of one rep. Trivially copyable: they cross threads.

#include <cstdint>
#include <limits>

#include "controller/core/units.hpp"

namespace sheave {

inline constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// Values equal the ABI's sheave_phase_t; a test in plugin_host keeps it so.
enum class Phase : std::uint8_t { kRest = 0, kConcentric = 1, kPeak = 2, kEccentric = 3 };

/// A calibrated range of motion of one cable: where a rep starts and where its peak lies.
struct Rom {
  double start_m = kUnknown;
  double end_m = kUnknown;
  bool known() const noexcept { return end_m > start_m; }  // false for NaN
  double length_m() const noexcept { return end_m - start_m; }
  double share(double extension_m) const noexcept { return (extension_m - start_m) / (end_m - start_m); }
};

/// Which cable a rep belongs to.
enum class RepAxis : std::uint8_t { kLeft = 0, kRight = 1, kBoth = 2 };

enum class RepVerdict : std::uint8_t { kCounted = 1, kPartial = 2, kRejected = 3 };

/// One rep: measured by the detector, judged by the exercise. Speeds of the concentric phase; forces at the handle, summed over
/// the active cables; NaN is unknown.
struct Rep {
  std::uint32_t index = 0;      ///< Among the counted reps of the set, from 1; 0 for what did not count.
  std::uint32_t candidate = 0;  ///< Among all movements of the set, from 1.
  RepAxis axis = RepAxis::kBoth;
  RepVerdict verdict = RepVerdict::kCounted;
  bool assisted = false;   ///< The spotter took load off during it.
  std::uint32_t form = 0;  ///< SHEAVE_FORM_* of the ABI.
  double start_m = kUnknown, peak_m = kUnknown, end_m = kUnknown;
  double rom_m = kUnknown;      ///< peak - start
  double rom_share = kUnknown;  ///< Of the calibrated range.
  std::int64_t start_ns = 0;    ///< Host monotonic time at which the pull began.
  std::int64_t peak_ns = 0;
  std::int64_t end_ns = 0;
  double concentric_s = kUnknown, peak_hold_s = kUnknown, eccentric_s = kUnknown, bottom_s = kUnknown;
  double mean_speed_mps = kUnknown;             ///< Over time: rom_m / concentric_s.
  double mean_propulsive_speed_mps = kUnknown;  ///< Over the part in which the handle's acceleration exceeds -g.
  double peak_speed_mps = kUnknown;
  double mean_force_n = kUnknown, peak_force_n = kUnknown;
  double mean_power_w = kUnknown, peak_power_w = kUnknown;
  double work_j = kUnknown;             ///< Concentric: integral of measured tension over extension.
  double load_commanded_kg = kUnknown;  ///< Mean of the commanded tension over the concentric phase / g.
  double load_measured_kg = kUnknown;   ///< Mean of the measured tension over the concentric phase / g.
  double speed_loss = kUnknown;         ///< Share lost against the set's fastest rep so far; 0 for the fastest.
  double longest_pause_s = kUnknown;    ///< Longest standstill inside the pull.
  /// Where the pull stuck, as a share of its distance, and how slow it was over that tenth of it. Unknown where it did not slow down and
  /// speed up again.
  double sticking_share = kUnknown, sticking_speed_mps = kUnknown;
  /// With two cables: how far the left one was ahead of the right one, each in its own range; mean over the pull, and at its end.
  double side_lead_share = kUnknown, side_peak_share = kUnknown;
};

}  // namespace sheave
