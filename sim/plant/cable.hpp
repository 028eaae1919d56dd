#pragma once
// The mechanics of one cable: motor and drum, an elastic cable, the handle, the stops.
//
// All at the cable: extension is positive out of the machine; the motor's force and friction are positive toward it.

#include "sim/plant/hand.hpp"

namespace sheave::sim {

class Random;

/// Defaults: the 7 kg machine of the reference notes (Yaskawa SGMSH-30AA, drum 50 mm, ratio 5), 2 m of wire rope.
struct CableParams {
  double drum_mass_kg = 7.0;          ///< Motor and drum as the cable feels them.
  double handle_mass_kg = 0.5;        ///< Handle and hand.
  double stiffness_npm = 300e3;       ///< EA of about 600 kN over 2 m.
  double cable_damping_nspm = 100;    ///< Wire rope: about an eighth of critical against the handle.
  double friction_n = 17.0;           ///< Coulomb, on the drum. Measured mean of a real machine.
  double viscous_nspm = 10.0;         ///< 5 to 20 measured.
  double stop_stiffness_npm = 300e3;  ///< Rubber ball at the pulley; the far end of the cable likewise.
  double stop_damping_nspm = 300.0;
  double torque_lag_s = 0.001;  ///< First order, of the current loop.
  double travel_m = 2.5;
  double max_force_n = 1000.0;  ///< Peak of the motor. It only pulls: a drum cannot push a cable.

  /// A machine as it might be built: friction from the measured spread (16.8 +- 9.0 N), kept between 5 and 30 N.
  static CableParams drawn(Random& random);
};

struct CableState {
  double drum_m = 0.0;  ///< What the encoder sees.
  double drum_mps = 0.0;
  double handle_m = 0.0;  ///< What a witness with a tape sees.
  double handle_mps = 0.0;
  double motor_force_n = 0.0;
  double tension_n = 0.0;
  double hand_force_n = 0.0;  ///< Between hand and handle, mean over the period.
};

/// Pure: the same calls give the same bits.
class Cable {
 public:
  explicit Cable(const CableParams& params) noexcept;

  /// One period of kStep_s. `command_n` is the drive's output; `brake` holds the drum.
  void step(double command_n, bool brake, const Grip& grip) noexcept;

  const CableState& state() const noexcept { return state_; }
  const CableParams& params() const noexcept { return params_; }

  /// Kinetic and elastic energy [J]. For tests.
  double energy_j() const noexcept;

 private:
  CableParams params_;
  CableState state_;
  double lag_share_;  ///< Of the way from force to command in one sub-step.
  double inverse_drum_;
  double inverse_handle_;
};

}  // namespace sheave::sim
