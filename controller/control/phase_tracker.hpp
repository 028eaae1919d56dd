#pragma once
// Tells at once in which part of a rep the handle is. The detector decides later, and surely, what was a rep.

#include "controller/core/motion.hpp"

namespace sheave::control {

/// Where the reps of this set begin and end, as far as known: the calibrated range or the set's own movements.
struct PhaseScale {
  double low_m = kUnknown;
  double top_m = kUnknown;
  bool known() const noexcept { return top_m > low_m; }  // false for NaN
};

/// [control]
class PhaseTracker {
 public:
  void reset() noexcept { *this = PhaseTracker(); }

  /// A handle that stands still after pulling is at the peak in the last fifth of the range; elsewhere, and as long as no range is
  /// known, that is a stall and stays concentric, because the spotter watches for it. One that stands still after returning is at
  /// rest in the first third of the range, or anywhere as long as none is known.
  Phase update(double extension_m, double velocity_mps, double dt_s, const PhaseScale& scale) noexcept;

 private:
  Phase phase_ = Phase::kRest;
  double turn_m_ = kUnknown;  // extreme extension since the phase began
  double slow_s_ = 0.0;
};

}  // namespace sheave::control
