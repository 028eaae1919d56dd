#pragma once
// A recorded handle movement: what `sheave replay` feeds to the shipped detection.

#include <string>
#include <vector>

#include "controller/core/status.hpp"

namespace sheave::control {

struct Recording {
  std::string name;                ///< The file, for messages.
  std::vector<double> time_s;      ///< Strictly rising, finite.
  std::vector<double> position_m;  ///< Finite, as recorded: its zero is the recording's own.
};

/// Reads a CSV file with a header line; needs the columns t_s and position_m, ignores all others. At least two samples.
/// Reasons: RECORDING_NOT_FOUND, RECORDING_COLUMN, RECORDING_NUMBER, RECORDING_TIME, RECORDING_EMPTY; each message names the file, the
/// line and the remedy. [any]
Result<Recording> read_recording(const std::string& file);

}  // namespace sheave::control
