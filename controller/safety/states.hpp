#pragma once
// The machine's states and the reactions that the supervisor chooses from. Born in kBoot, which leads only to kSafeOff.

#include <cstdint>
#include <string_view>

namespace sheave::safety {

/// Per state: whether the drive is on, and the most that may be on the cable. The limits stand in policy.cpp.
enum class MachineState : std::uint8_t {
  kBoot,       ///< Drive off, self-test.
  kSafeOff,    ///< Drive off, latched; left by a reset edge once nothing is wrong.
  kIdle,       ///< Take-up tension only.
  kReady,      ///< A set is armed: light tension, waiting for the handle to be out and still.
  kCalibrate,  ///< Light tension, movement allowed: measures the range of motion.
  kEngage,     ///< Ramps to the set's load.
  kActive,     ///< The whole envelope.
  kSpot,       ///< Load only falls: the person is stuck.
  kUnload,     ///< Ramps to take-up.
  kRetract,    ///< Take-up tension, slow retract until the handle is home.
  kFaultStop,  ///< Feedback or link not trusted: 0 N, then off; latched.
  kEstop,      ///< Hardware took the torque away: mirrors it; latched.
  kService,    ///< A technician moves a cable, lightly, for as long as they press: jog.hpp.
};

/// In order of severity; the worst active one wins. While any from kSpot up is active the commanded tension only falls.
enum class Reaction : std::uint8_t { kNone, kWarn, kNoRaise, kSpot, kUnload, kFaultStop, kSafeOff };

std::string_view name(MachineState state) noexcept;
std::string_view name(Reaction reaction) noexcept;

}  // namespace sheave::safety
