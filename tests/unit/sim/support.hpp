#pragma once
// Drives of the simulator in virtual time, for its own tests.

#include "sim/plant/drive.hpp"
#include "sim/plant/rig.hpp"

namespace sheave::sim {

/// A master that asks for a force.
inline DriveCommand force_command(double tension_n, std::uint16_t controlword = 0x0F) {
  DriveCommand command;
  command.controlword = controlword;
  command.mode = 10;
  command.target = static_cast<std::int32_t>(tension_n * 1e3);
  command.retract_mmps = 1000;
  command.slope_10nps = 500;
  command.force_limit_n = 1000;
  return command;
}

/// Writes cycles until the drive is enabled, then goes on with `tension_n`, stepping `step` after each.
template <typename Step>
void run_at(Drive& drive, std::uint16_t& seq, double tension_n, int periods, Step step) {
  for (int i = 0; i < periods; ++i) {
    std::uint16_t word = 0x06;
    if (drive.state() == hal::DriveState::kReadyToSwitchOn) word = 0x07;
    if (drive.state() == hal::DriveState::kSwitchedOn || drive.state() == hal::DriveState::kOperationEnabled) word = 0x0F;
    DriveCommand command = force_command(tension_n, word);
    command.seq = ++seq;
    drive.write(command);
    step();
  }
}

/// A hand that holds what it is told to hold.
class StillHand final : public Hand {
 public:
  Grip grip(const Felt& felt) noexcept override {
    last = felt;
    return next;
  }
  Truth truth() const noexcept override { return {}; }

  Grip next{};
  Felt last{};
};

/// Firm, at a place.
inline Grip held_at(double position_m) {
  return {.stiffness_npm = 30000.0, .damping_nspm = 900.0, .position_m = position_m, .max_n = 3000.0, .eccentric_max_n = 3000.0};
}

}  // namespace sheave::sim
