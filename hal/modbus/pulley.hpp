#pragma once
// The one place where the handle and the drum meet: a pulley arrangement moves the handle `ratio` metres per metre of cable at
// the drum, and divides the force by as much.

#include <algorithm>

#include "hal/cable_stack.hpp"

namespace sheave::hal::modbus {

struct Pulley {
  double ratio = 1.0;  ///< Handle metres per drum metre, > 0.

  AxisCommand to_drum(AxisCommand command) const noexcept {
    command.tension_n *= ratio;
    command.force_limit_n *= ratio;
    command.slope_nps *= ratio;
    command.retract_limit_mps /= ratio;
    command.payout_limit_mps /= ratio;
    return command;
  }

  /// Also keeps the promise that extension and tension are never negative, against noise at home and around zero.
  void to_handle(AxisState& state) const noexcept {
    state.extension_m = std::max(0.0, state.extension_m * ratio);
    state.velocity_mps *= ratio;
    state.tension_n = std::max(0.0, state.tension_n / ratio);
  }
};

}  // namespace sheave::hal::modbus
