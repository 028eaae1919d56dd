#include "sim/plant/rig.hpp"

namespace sheave::sim {

void Rig::step(const Panel& panel) noexcept {
  const CableState& s = cable_.state();
  const double command_n =
      drive_.step({.position_m = s.drum_m, .velocity_mps = s.drum_mps, .motor_force_n = s.motor_force_n, .slack = s.tension_n < 1.0});
  const Grip grip = hand_.grip({.extension_m = s.handle_m, .velocity_mps = s.handle_mps, .force_n = s.hand_force_n, .panel = panel});
  cable_.step(command_n, drive_.brake_engaged(), grip);
}

}  // namespace sheave::sim
