#pragma once
// Whoever holds the handle, as the plant sees them.

#include <cstdint>

#include "hal/cable_stack.hpp"

namespace sheave::sim {

inline constexpr double kStep_s = 0.001;  ///< Period of drive and hand: the torque loop of a servo drive runs at 1 kHz.

/// How the hand holds for one period: a spring and damper around a moving reference, never more than its strength. The plant evaluates it
/// in every sub-step, so that a firm grip on a light handle stays stable.
struct Grip {
  double force_n = 0.0;        ///< At the reference.
  double stiffness_npm = 0.0;  ///< About the reference.
  double damping_nspm = 0.0;
  double position_m = 0.0;  ///< Reference at the start of the period; moves on with `velocity_mps`.
  double velocity_mps = 0.0;
  double max_n = 0.0;      ///< Strength at standstill; 0: the hand is off the handle.
  double fade_nspm = 0.0;  ///< Strength lost per speed of pulling (force-velocity), gained in the eccentric.
  double eccentric_max_n = 0.0;
  double push_n = 0.0;  ///< Toward the machine, along a slack cable.
};

/// What the machine shows and hears beside the cable.
struct Panel {
  hal::Lamp lamp = hal::Lamp::kOff;
  hal::Beep beep = hal::Beep::kNone;
  std::uint8_t beep_seq = 0;
  bool handle_button = false;
  bool pedal = false;
};

/// What the hand feels and the eye sees, once per period.
struct Felt {
  double extension_m = 0.0;
  double velocity_mps = 0.0;
  double force_n = 0.0;  ///< Between hand and handle over the last period.
  Panel panel{};
};

/// For the witness only; nothing on the machine's side may read it.
struct Truth {
  const char* doing = "away";  ///< Static string, kebab-case.
  std::uint32_t reps = 0;      ///< Whole pulls of the present set whose peak was reached.
  double strength_n = 0.0;     ///< What the person could still lift once, slowly, through the full range.
};

class Hand {
 public:
  virtual ~Hand() = default;
  /// One period of kStep_s passes. Neither allocates nor reads a clock.
  virtual Grip grip(const Felt& felt) noexcept = 0;
  virtual Truth truth() const noexcept = 0;
};

}  // namespace sheave::sim
