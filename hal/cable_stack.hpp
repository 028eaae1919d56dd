#pragma once
// The one interface to a motorized cable stack. A leaf: includes nothing of the tree, and the value types are its own.
//
// Signs: extension grows as the person pulls cable out and is never negative; velocity is positive while pulling; tension is
// never negative. All at the handle, SI units. Unknown values say so; they are never 0.

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace sheave::hal {

/// A machine has one or two cables. Every buffer on the control path is sized by this.
inline constexpr std::size_t kMaxAxes = 2;

/// The power state of a drive, as CiA 402 names it.
enum class DriveState : std::uint8_t {
  kUnknown,
  kNotReady,
  kSwitchOnDisabled,
  kReadyToSwitchOn,
  kSwitchedOn,
  kOperationEnabled,
  kQuickStop,
  kFaultReaction,
  kFault,
};

/// What the drive is asked to be. The stack walks the drive's own state machine there, one step per exchange.
enum class DriveTarget : std::uint8_t {
  kOff,       ///< Power stage off; the brake or damping of the drive holds.
  kForce,     ///< Power stage on, tension set-point.
  kQuickStop  ///< Brought to rest by the drive, then off.
};

/// One cable's command for one period. All fields are always written: a command has no memory.
struct AxisCommand {
  DriveTarget target = DriveTarget::kOff;
  bool fault_reset = false;        ///< Level; the stack makes the edge. Works only from kFault.
  double tension_n = 0.0;          ///< Set-point, 0 to `StackInfo::peak_force_n`.
  double force_limit_n = 0.0;      ///< The drive's own cap on the motor's force.
  double retract_limit_mps = 0.0;  ///< The drive's own cap on speed toward the machine.
  double payout_limit_mps = std::numeric_limits<double>::infinity();
  double slope_nps = 0.0;  ///< The drive's own cap on the set-point's rate of change.
};

/// One cable's state. Where `fresh` is false nothing else but `missed` is of this period.
struct AxisState {
  bool fresh = false;        ///< An answer to this period's request arrived in time and passed all checks.
  std::uint32_t missed = 0;  ///< Exchanges in a row without a fresh answer.
  double extension_m = 0.0;
  double velocity_mps = 0.0;
  double tension_n = 0.0;            ///< As the drive measures or estimates it.
  std::uint32_t sample_time_us = 0;  ///< The drive's clock; wraps.
  DriveState drive = DriveState::kUnknown;
  std::uint16_t error_code = 0;  ///< CiA 402 603Fh; 0: none.
  bool sto_active = false;       ///< Safe torque off is asserted, by the E-stop chain or otherwise.
  bool brake_engaged = false;
  bool warning = false;
  bool limited = false;          ///< The drive's force or velocity limiter acts.
  bool slack = false;            ///< The drive sees the cable slack.
  bool foreign_command = false;  ///< It held a command that is not ours within the last moments: another master writes to it.
  std::uint16_t watchdog_left_ms = 0;
  double motor_temperature_c = std::numeric_limits<double>::quiet_NaN();
  double drive_temperature_c = std::numeric_limits<double>::quiet_NaN();
  double bus_voltage_v = std::numeric_limits<double>::quiet_NaN();
};

/// What the lamp at the stack says. The person can act on it without a screen.
enum class Lamp : std::uint8_t {
  kOff,
  kRest,       ///< A session runs; rest. No load.
  kReady,      ///< Take the handle out and hold it still to begin the set.
  kCalibrate,  ///< Pull the full range, lightly.
  kEngage,     ///< The load is coming: hold still.
  kActive,     ///< Pull.
  kUnloading,  ///< The load is being taken off.
  kFault,
  kSelfTest,  ///< Take the handle out a metre and let go of it.
};

enum class Beep : std::uint8_t { kNone, kTick, kRep, kLastReps, kEnd, kAlarm };

struct PanelCommand {
  Lamp lamp = Lamp::kOff;
  Beep beep = Beep::kNone;  ///< Sounds once on a change of `beep_seq`.
  std::uint8_t beep_seq = 0;
};

/// Inputs at the stack; where the machine has none, `present` is false.
struct PanelState {
  bool present = false;
  bool handle_button = false;
  bool pedal = false;
};

/// What the drives said of themselves when the stack was opened.
struct StackInfo {
  std::size_t axis_count = 0;
  double rated_force_n = 0.0;  ///< Per cable.
  double peak_force_n = 0.0;
  double max_speed_mps = 0.0;
  double travel_m = 0.0;
  std::int64_t period_ns = 0;         ///< The shortest control period this link and profile can hold.
  std::int64_t wire_ns = 0;           ///< Of which a serial line is busy, as computed from its speed; 0 on a network.
  std::uint32_t watchdog_ms = 0;      ///< Of the drive, read back.
  bool drive_velocity_limit = false;  ///< The drive itself caps the retract speed.
  bool verified = false;              ///< Limits and watchdog were written, read back, and equal. Torque is refused otherwise.
  bool simulated = false;             ///< Every drive says that it is none: nobody can hang on it.
  std::string model;
  std::vector<std::string> serials;  ///< One per drive.
};

/// Counted since open(). Read by the control thread only.
struct LinkCounters {
  std::uint64_t exchanges = 0;        ///< Per axis.
  std::uint64_t missed = 0;           ///< No valid answer before the deadline.
  std::uint64_t stale_dropped = 0;    ///< Answers to an earlier request, recognized and dropped.
  std::uint64_t protocol_errors = 0;  ///< Wrong unit, function, length, checksum, or an exception.
  std::uint64_t reconnects = 0;
};

/// Why open() failed. `message` names the thing and the remedy, for a person.
struct OpenError {
  enum class Kind : std::uint8_t { kNone, kConfig, kConnect, kProtocol, kIdentity, kUnverified } kind = Kind::kNone;
  std::string message;
  explicit operator bool() const noexcept { return kind != Kind::kNone; }
};

/// A stack of one or two drives behind one link or one link each.
///
/// Threads: open() and close() on [main] while no control thread runs; exchange() on [control] only, after open().
/// A stack whose drive was power-cycled or lost its parameters answers with `fresh` states and `verified()` false. While
/// verified() is false the stack itself lets the set-point only fall and does not switch a drive on.
class CableStack {
 public:
  virtual ~CableStack() = default;

  /// Connects, identifies, writes start-up parameters and reads them back. Blocks up to `timeout_ms`. [main]
  virtual OpenError open(std::uint32_t timeout_ms) = 0;

  /// Makes the drives safe as far as the link allows, and disconnects. [main]
  virtual void close() noexcept = 0;

  /// Valid after open(). [any]
  virtual const StackInfo& info() const noexcept = 0;

  /// One control period: writes every axis' command, reads every axis' state, all requests before any reply.
  /// Returns at the deadline at the latest, with `fresh` false for what did not come. Never throws, never allocates.
  /// @param deadline_ns absolute, host monotonic clock.
  /// @pre commands.size() == states.size() == info().axis_count. [control]
  virtual void exchange(std::span<const AxisCommand> commands, std::span<AxisState> states, std::int64_t deadline_ns) noexcept = 0;

  /// Lamp, beeper, button, pedal. Carried beside the cycle, every few periods; `panel()` is the last known. [control]
  virtual void set_panel(const PanelCommand& command) noexcept = 0;
  virtual PanelState panel() const noexcept = 0;

  /// False while a new connection has not yet shown the same drive with the same settings, and for good, until reopened, once a
  /// drive was seen to have lost them (reboot). [control]
  virtual bool verified() const noexcept = 0;

  virtual LinkCounters counters() const noexcept = 0;
};

}  // namespace sheave::hal
