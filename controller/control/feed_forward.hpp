#pragma once
// Takes the machine's own friction out of what the hand feels. A part of it: what is taken out in excess is felt as a machine that
// moves by itself.

#include "controller/core/machine.hpp"

namespace sheave::control {

/// Pure. [control]
class FeedForward {
 public:
  explicit FeedForward(const Machine& machine) noexcept;

  /// What to add to the load so that the hand feels the load: less while pulling, for friction then adds to it, more while
  /// returning. Bounded by gain x friction. @param velocity_mps the estimator's.
  double correction_n(double velocity_mps) const noexcept;

 private:
  double friction_n_;
};

}  // namespace sheave::control
