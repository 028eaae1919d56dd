#include "controller/safety/envelope.hpp"

#include <algorithm>
#include <cmath>

#include "controller/safety/policy.hpp"

namespace sheave::safety {

namespace {

constexpr double kEccentricMost = 1.5;         // load profiles go up to 150 % of the base load
constexpr double kTaperFrom = 0.8;             // of the retract limit
constexpr double kOverspeedMargin_mps = 0.25;  // what the cap may be passed by before it is a fault
constexpr double kActuation_s = 0.002;         // torque loop and one exchange
constexpr double kHomeZone_m = 0.05;           // full load needs no less than this under the lowest range start in use
constexpr double kEndZone_m = 0.10, kEndStop_m = 0.02;
constexpr double kHomeBrake_mps2 = 5.0;                // acts over the last 10 cm at 1 m/s
constexpr double kCreep_mps = 0.05;                    // so that the handle does arrive
constexpr double kPowerIn_w = 900.0;                   // into the person: 90 kg returning at the retract limit
constexpr double kPowerOut_w = 3'000.0;                // out of the person; the brake resistor's pulse rating
constexpr std::int64_t kRiseWindow_ns = 5 * kNsPerMs;  // after a stall of the loop the rise goes on from where it was, not in one step

double lerp_clamped(double low, double high, double share) noexcept { return low + (high - low) * std::clamp(share, 0.0, 1.0); }

}  // namespace

EnvelopeConfig make_envelope_config(const Machine& machine, const hal::StackInfo& info) noexcept {
  EnvelopeConfig config;
  config.retract_limit_mps = machine.retract_limit_mps;
  config.travel_m = std::min(machine.travel_m, info.travel_m > 0 ? info.travel_m : machine.travel_m);
  config.force_max_n = std::min(info.peak_force_n, kEccentricMost * newton_from_kg(machine.load_max_total_kg));
  if (!info.drive_velocity_limit) {
    const double reaction_s = 2.0 * seconds(machine.period_ns) + kActuation_s;
    const double room_mps = machine.retract_limit_mps * (1.0 - kTaperFrom) + kOverspeedMargin_mps;
    config.force_max_n = std::min(config.force_max_n, machine.reflected_mass_kg * room_mps / reaction_s);
  }
  return config;
}

double motion_cap_n(const EnvelopeConfig& config, double cap_n, double retract_limit_mps, double extension_m,
                    double velocity_mps) noexcept {
  const double light_n = std::min(cap_n, kLight_n);
  const double home_n = lerp_clamped(light_n, cap_n, extension_m / kHomeZone_m);
  const double end_n = lerp_clamped(light_n, cap_n, (config.travel_m - kEndStop_m - extension_m) / (kEndZone_m - kEndStop_m));
  const double take_up_n = std::min(cap_n, kTakeUp_n);
  const double speed_n = lerp_clamped(take_up_n, cap_n, (retract_limit_mps + velocity_mps) / (retract_limit_mps * (1.0 - kTaperFrom)));
  return std::min({home_n, end_n, speed_n});
}

EnvelopeOutput apply_envelope(const EnvelopeConfig& config, const EnvelopeInput& in) noexcept {
  EnvelopeOutput out;
  const double retract_mps = std::min(in.retract_limit_mps, config.retract_limit_mps);
  out.retract_limit_mps =
      in.motion_valid ? std::max(kCreep_mps, std::min(retract_mps, std::sqrt(2.0 * kHomeBrake_mps2 * std::max(0.0, in.extension_m))))
                      : std::min(retract_mps, limits(MachineState::kRetract).retract_limit_mps);
  if (!in.drive_enabled) return out;

  const double request_n = std::isfinite(in.request_n) ? in.request_n : 0.0;

  double cap_n = std::min(in.cap_n, config.force_max_n);
  out.capped = request_n > std::min(cap_n, in.set_most_n);
  if (in.motion_valid) cap_n = motion_cap_n(config, cap_n, retract_mps, in.extension_m, in.velocity_mps);
  // A light set fades near home and in a fast return where a heavy one does, not in proportion to it.
  const double clamped_n = std::clamp(request_n, 0.0, std::min(cap_n, in.set_most_n));

  const double rise_n = in.slew_up_nps * seconds(std::clamp<std::int64_t>(in.dt_ns, 0, kRiseWindow_ns));
  const double fall_n = in.slew_down_nps * seconds(std::max<std::int64_t>(in.dt_ns, 0));
  const double highest_n = in.never_rise ? in.last_n : in.last_n + rise_n;
  const double slewed_n = std::max(std::min(clamped_n, highest_n), in.last_n - fall_n);
  out.slewed = slewed_n != clamped_n;

  out.tension_n = slewed_n;
  if (in.motion_valid) {
    const double power_w = in.velocity_mps < 0 ? kPowerIn_w : kPowerOut_w;
    const double speed_mps = std::abs(in.velocity_mps);
    if (out.tension_n * speed_mps > power_w) out.tension_n = power_w / speed_mps;
  }
  return out;
}

}  // namespace sheave::safety
