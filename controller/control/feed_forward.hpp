#pragma once
// Takes out of the hand what the machine itself adds to the load: friction, and the inertia of what moves. Most of it, not all:
// what is taken out in excess is felt as a machine that moves by itself.

#include <cstdint>

#include "controller/core/machine.hpp"

namespace sheave::control {

/// One cable's. Nothing at a standstill: both parts grow with speed from zero, so neither noise nor somebody who leans on a handle
/// that stands moves the load. What raises the load is bounded, and least on the way in, for a handle let go is raised on too. A hand
/// that shakes, or is made to by the machine, loses the inertia's part until it is calm again. Pure arithmetic on its own state.
/// [control]
class FeedForward {
 public:
  /// Of the estimator that `acceleration_mps2` comes from: faster than the one that everything else hangs on.
  static constexpr double kMemory_s = 0.003;

  /// A set begins. @param drag where measured, friction, damping and mass are taken out, else a part of `friction_n` alone.
  /// @param friction_n of the machine's file. @param period_ns of the loop: inertia is taken out at 500 Hz and above.
  void begin(const CableDrag& drag, double friction_n, std::int64_t period_ns) noexcept;

  bool needs_acceleration() const noexcept { return mass_kg_ > 0.0; }

  /// What to add to the load: less while pulling, for friction then adds to it, more while returning.
  /// @param acceleration_mps2 where needed. @param request_n the load, >= 0; the sum is too. @param own_mass the share, 0..1, of the
  /// mass that stays in the hand because the load profile needs it. @param dt_ns since the last tick.
  double step(double velocity_mps, double acceleration_mps2, double request_n, double own_mass, std::int64_t dt_ns) noexcept;

 private:
  double friction_part_n(double velocity_mps) const noexcept;
  double inertia_part_n(double velocity_mps, double acceleration_mps2, double request_n, double own_mass, double dt_s) noexcept;
  double calmness(double acceleration_mps2, double dt_s) noexcept;

  double friction_n_ = 0.0, viscous_nspm_ = 0.0, mass_kg_ = 0.0;  // with their gains
  double course_mps_ = 0.0;                                       // where the movement goes: slow, signed velocity
  double turns_ = 0.0;                                            // changes of the acceleration's sign, forgotten again
  bool speeding_ = false;
  double calm_ = 1.0, calmest_ = 1.0;
  double left_ = 1.0;  // of the mass, that the load profile does not need
};

}  // namespace sheave::control
