#include "sim/plant/cable.hpp"

#include <algorithm>

#include "sim/random.hpp"

namespace sheave::sim {

namespace {

// Cable against handle: 300 kN/m and 0.5 kg make 775 rad/s, 1,095 with the stop; semi-implicit Euler is stable below 2/omega =
// 1.8 ms. A quarter millisecond leaves a factor of seven, and the torque lag resolved.
constexpr int kSubSteps = 4;
constexpr double kDt_s = kStep_s / kSubSteps;

// A handle on a slack cable hangs or lies somewhere; without this it would drift off the stop for ever.
constexpr double kSlackDrag_nspm = 20.0;

// Forces below this are 0: a decay that never ends would end in denormals, ten times slower.
constexpr double kNoForce_n = 1e-9;

// Below this speed Coulomb friction is a steep damper: 17 N over 4 mm/s on 7 kg moves by a seventh per sub-step. No tanh.
constexpr double kStiction_mps = 0.004;

/// What the hand does at this place and speed.
double hand_force(const Grip& grip, double reference_m, double x_m, double v_mps) {
  const double strength = std::min(grip.max_n - grip.fade_nspm * v_mps, grip.eccentric_max_n);
  const double wanted = grip.force_n + grip.stiffness_npm * (reference_m - x_m) + grip.damping_nspm * (grip.velocity_mps - v_mps);
  return std::max(-grip.push_n, std::min(wanted, strength));
}

}  // namespace

CableParams CableParams::drawn(Random& random) {
  CableParams params;
  params.friction_n = std::clamp(16.8 + 9.0 * random.normal(), 5.0, 30.0);
  params.viscous_nspm = 5.0 + 15.0 * random.uniform();
  return params;
}

Cable::Cable(const CableParams& params) noexcept
    : params_(params),
      lag_share_(kDt_s / (params.torque_lag_s + kDt_s)),
      inverse_drum_(1.0 / params.drum_mass_kg),
      inverse_handle_(1.0 / params.handle_mass_kg) {}

void Cable::step(double command_n, bool brake, const Grip& grip) noexcept {
  const double command = std::clamp(command_n, 0.0, params_.max_force_n);
  const double brake_share = brake ? 0.0 : 1.0;
  CableState s = state_;
  double reference = grip.position_m;
  double hand_sum = 0.0;
  for (int i = 0; i < kSubSteps; ++i) {
    s.motor_force_n += (command - s.motor_force_n) * lag_share_;
    const double stretch_force = params_.stiffness_npm * (s.handle_m - s.drum_m) + params_.cable_damping_nspm * (s.handle_mps - s.drum_mps);
    const bool taut = s.handle_m > s.drum_m;
    s.tension_n = taut ? std::max(0.0, stretch_force) : 0.0;
    const double drag = taut ? 0.0 : kSlackDrag_nspm * s.handle_mps;

    const double friction =
        params_.friction_n * std::clamp(s.drum_mps * (1.0 / kStiction_mps), -1.0, 1.0) + params_.viscous_nspm * s.drum_mps;
    const double past_end = s.drum_m - params_.travel_m;
    const double end_stop =
        past_end > 0.0 ? std::max(0.0, params_.stop_stiffness_npm * past_end + params_.stop_damping_nspm * s.drum_mps) : 0.0;
    const double home_stop =
        s.handle_m < 0.0 ? std::max(0.0, -params_.stop_stiffness_npm * s.handle_m - params_.stop_damping_nspm * s.handle_mps) : 0.0;
    const double hand = hand_force(grip, reference, s.handle_m, s.handle_mps);
    hand_sum += hand;

    s.drum_mps = (s.drum_mps + kDt_s * inverse_drum_ * (s.tension_n - s.motor_force_n - friction - end_stop)) * brake_share;
    s.handle_mps += kDt_s * inverse_handle_ * (hand + home_stop - s.tension_n - drag);
    s.drum_m += kDt_s * s.drum_mps;
    s.handle_m += kDt_s * s.handle_mps;
    reference += kDt_s * grip.velocity_mps;
  }
  if (s.motor_force_n < kNoForce_n) s.motor_force_n = 0.0;
  s.hand_force_n = hand_sum * (1.0 / kSubSteps);
  state_ = s;
}

double Cable::energy_j() const noexcept {
  const double stretch = std::max(0.0, state_.handle_m - state_.drum_m);
  const double squeeze = std::min(0.0, state_.handle_m);
  return 0.5 * (params_.drum_mass_kg * state_.drum_mps * state_.drum_mps + params_.handle_mass_kg * state_.handle_mps * state_.handle_mps +
                params_.stiffness_npm * stretch * stretch + params_.stop_stiffness_npm * squeeze * squeeze);
}

}  // namespace sheave::sim
