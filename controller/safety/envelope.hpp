#pragma once
// The last arithmetic before the command: finite > clamp > slew > power. Pure; has no off switch.

#include <cstdint>
#include <limits>

#include "controller/core/machine.hpp"
#include "hal/cable_stack.hpp"

namespace sheave::safety {

/// What the machine as built allows, whatever the state.
struct EnvelopeConfig {
  double force_max_n = 0.0;        ///< Per cable; already derated where the drive does not cap the speed by itself.
  double retract_limit_mps = 1.0;  ///< Under load.
  double travel_m = 2.5;
};

/// Derives the limits from the machine's file and what the drives said.
///
/// Where the drive itself has no velocity limit, a handle let go is caught by this software only, so the force is derated to
/// F_max = m * (v_cap - v_taper) / (t_sample + t_link + t_actuation): what accelerates the drum from the taper's end to the
/// cap in the time that one reaction takes (reference, safety 2.8).
EnvelopeConfig make_envelope_config(const Machine& machine, const hal::StackInfo& info) noexcept;

struct EnvelopeInput {
  double request_n = 0.0;                                       ///< Anything, NaN included.
  double last_n = 0.0;                                          ///< What was commanded the tick before.
  double cap_n = 0.0;                                           ///< The supervisor's, in this state and tick.
  double set_most_n = std::numeric_limits<double>::infinity();  ///< What this set may ever put on this cable.
  double slew_up_nps = 0.0, slew_down_nps = 0.0;
  double retract_limit_mps = 0.0;  ///< The state's; infinity: the machine's own.
  bool never_rise = false;
  bool drive_enabled = false;  ///< Otherwise 0 N: torque comes back from nothing, never at its old value.
  bool motion_valid = false;
  double extension_m = 0.0, velocity_mps = 0.0;
  std::int64_t dt_ns = 0;
};

struct EnvelopeOutput {
  double tension_n = 0.0;          ///< Finite, >= 0, at most max(the caps, last - slew_down * dt).
  double retract_limit_mps = 0.0;  ///< For the drive: brakes on the way home, v = sqrt(2 a x).
  bool capped = false;             ///< By the supervisor, the set or the machine; that little is pulled near home is no news.
  bool slewed = false;
};

/// [control]
EnvelopeOutput apply_envelope(const EnvelopeConfig& config, const EnvelopeInput& in) noexcept;

/// The most tension at this place and speed, below `cap_n`: little near home and near the cable's end, and less the nearer the
/// retract speed comes to its limit, so that a handle let go is not driven into the limiter. [control]
double motion_cap_n(const EnvelopeConfig& config, double cap_n, double retract_limit_mps, double extension_m, double velocity_mps) noexcept;

}  // namespace sheave::safety
