#pragma once
// The one movement that a rep is judged on: the active cable's, or the mean of both.

#include "sheave_sdk.hpp"

namespace sheave::exercises {

struct Handle {
  bool valid = false;  ///< False in a tick in which an active cable has no good sample.
  double extension_m = 0.0, speed_mps = 0.0;
  double rom_share = 0.0;  ///< NaN where no range is calibrated.
};

/// Both hands pull one rope or one handle each; either way the rep is judged on their mean. [control]
inline Handle mean_of_active(const sdk::ExerciseView& in) noexcept {
  Handle sum;
  double n = 0.0;
  for (std::size_t i = 0; i < in.axis_count(); ++i) {
    const sheave_axis_state_t& axis = in.axis(i);
    if ((axis.flags & SHEAVE_AXIS_ACTIVE) == 0) continue;
    if ((axis.flags & SHEAVE_AXIS_VALID) == 0) return {};
    sum.extension_m += axis.extension_m;
    sum.speed_mps += axis.speed_mps;
    sum.rom_share += in.rom_share(i);
    n += 1.0;
  }
  if (n == 0.0) return {};
  return {true, sum.extension_m / n, sum.speed_mps / n, sum.rom_share / n};
}

}  // namespace sheave::exercises
