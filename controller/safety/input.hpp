#pragma once
// What the supervisor is told each tick, and what it says. Values only.

#include <array>
#include <cstdint>
#include <limits>

#include "controller/core/motion.hpp"
#include "controller/safety/jog.hpp"
#include "controller/safety/policy.hpp"
#include "hal/cable_stack.hpp"

namespace sheave::safety {

/// One cable. Where `usable` is false, position and speed are the last good ones.
struct AxisInput {
  bool active = false;                                                 ///< Takes part in the set.
  bool fresh = false;                                                  ///< The drive answered this period.
  bool usable = false;                                                 ///< And what it said passed the signal check.
  bool jumping = false;                                                ///< Samples were rejected again and again.
  double extension_m = 0.0;                                            ///< As the drive says.
  double velocity_mps = 0.0;                                           ///< As the drive says.
  double motion_mps = 0.0;                                             ///< The estimator's.
  double tension_n = 0.0;                                              ///< Measured.
  double commanded_n = 0.0;                                            ///< In the frame that this sample answers.
  double retract_limit_mps = std::numeric_limits<double>::infinity();  ///< Likewise.
  double request_n = 0.0;                                              ///< What the load chain wants in this tick.
  hal::DriveState drive = hal::DriveState::kUnknown;
  std::uint16_t error_code = 0;  ///< CiA 402 603Fh.
  bool sto_active = false, slack = false, limited = false;
  bool foreign_command = false;  ///< Another master writes to this drive.
  double motor_temperature_c = kUnknown, drive_temperature_c = kUnknown, bus_voltage_v = kUnknown;
};

/// The movement that reps are judged on: the one active cable, or the mean of both.
struct PersonInput {
  bool motion_valid = false;
  Phase phase = Phase::kRest;
  double rom_share = kUnknown;
  double extension_m = 0.0;
  double velocity_mps = 0.0;
  Rom rom;
  std::int64_t hold_ns = 0;  ///< Of a test that has the handle held in mid-range; 0: a standstill there is a stall.
  std::int64_t arm_timeout_ns = 60 * kNsPerS;
};

enum class Steering : std::uint8_t { kAlive, kSilent, kLost };
enum class PluginVerdict : std::uint8_t { kGood, kFailed, kSlow };
enum class Request : std::uint8_t { kNone, kArm, kCalibrate, kEnd };

struct SafetyInput {
  std::int64_t now_ns = 0;  ///< Host monotonic.
  std::int64_t dt_ns = 0;   ///< Since the last step; 0 on the first.
  std::int64_t period_ns = kNsPerMs;
  std::int64_t standstill_ns = 0;  ///< Granted to a simulated stack only: less than its drives' watchdog. 0: none.
  std::size_t axis_count = 1;
  std::array<AxisInput, kMaxAxes> axes{};
  PersonInput person;
  bool verified = false;  ///< The drives' limits are as written.
  bool realtime = false;
  bool session_open = false;
  Steering steering = Steering::kAlive;
  std::int64_t main_age_ns = 0;  ///< Since the main thread's last heartbeat.
  PluginVerdict plugins = PluginVerdict::kGood;
  bool envelope_capped = false, envelope_slewed = false;  ///< By the last tick's envelope.
  bool command_broken = false;                            ///< The last tick's command broke an invariant.
  bool stop = false, lower = false;                       ///< Asked for in this tick.
  bool shutdown = false;                                  ///< Level: the controller is ending.
  bool reset = false;                                     ///< An edge in this tick.
  Request request = Request::kNone;
  JogCall jog;  ///< Of this tick; press 0: none came.
};

/// There is good news of every cable.
inline bool all_usable(const SafetyInput& in) noexcept {
  for (std::size_t i = 0; i < in.axis_count; ++i) {
    if (!in.axes[i].usable) return false;
  }
  return in.axis_count > 0;
}

enum class Load : std::uint8_t {
  kNone,  ///< 0 N.
  kTakeUp,
  kReady,  ///< Light, at most the set's own load.
  kChain,  ///< What the load chain asks.
  kHold,   ///< Where it was; the falling cap takes it down.
  kJog,    ///< What its cap allows: the press's on one cable, take-up on the other.
};

struct FaultChange {
  FaultCode fault = FaultCode::kNone;
  Reaction reaction = Reaction::kNone;
  bool on = false;
};

struct SafetyOutput {
  MachineState state = MachineState::kBoot;
  bool state_changed = false;
  Reaction reaction = Reaction::kNone;  ///< The worst active.
  FaultCode cause = FaultCode::kNone;   ///< Why the load was last taken off or refused; kNone where it was asked for.

  hal::DriveTarget target = hal::DriveTarget::kOff;
  bool fault_reset = false;
  Load load = Load::kNone;
  std::array<double, kMaxAxes> cap_n{};  ///< On tension, per cable.
  double slew_up_nps = 0.0, slew_down_nps = 0.0, retract_limit_mps = 0.0;
  bool never_rise = true;  ///< From SPOT up.
  bool no_raise = true;    ///< Caps the base load.

  bool request_accepted = false;  ///< Of this tick's Request.
  bool request_refused = false;
  std::uint64_t jog_press = 0;  ///< That runs, or has ended in this tick; 0: none.
  bool jog_refused = false;     ///< At rest, and this tick's call of a press began nothing.
  bool reset_refused = false;   ///< A reset edge came to nothing.
  bool stop_confirmed = false;  ///< Measured, in this tick.
  double stop_measured_n = 0.0;

  std::array<FaultChange, 2 * kConditionCount> changes{};
  std::size_t change_count = 0;
};

}  // namespace sheave::safety
