#pragma once
// The stack that ticks are tried and measured on.

#include "hal/cable_stack.hpp"

namespace sheave::test {

inline hal::StackInfo two_cables() {
  hal::StackInfo info;
  info.axis_count = 2;
  info.peak_force_n = 1'000.0;
  info.max_speed_mps = 3.0;
  info.travel_m = 2.5;
  info.drive_velocity_limit = true;
  return info;
}

}  // namespace sheave::test
