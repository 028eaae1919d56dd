#pragma once
// Speeds of recorded reps by the shipped estimator, against what the device that recorded them said.

#include <vector>

namespace sheave::test {

/// One rep. The device's mean is over distance: the speed of every millimetre counts alike. Its peak is that of one encoder tick
/// (2.7 mm), while what it recorded is a moving average over 16 of them: a tenth of the peak is not in the recording.
struct DeviceRep {
  double mean_mps = 0.0, peak_mps = 0.0;                 ///< The device's.
  double ours_mean_mps = 0.0, ours_mean_time_mps = 0.0;  ///< Over distance, and over time as a Rep has it.
  double ours_peak_mps = 0.0;
  double missing_m = 0.0;  ///< Range of the device's that is not in the recording; it never sends the first 6 cm.
};

/// Every rep of the OpenBarbell recordings. @pre the recordings are there
std::vector<DeviceRep> device_reps();

}  // namespace sheave::test
