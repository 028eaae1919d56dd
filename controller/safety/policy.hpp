#pragma once
// What the supervisor does about what: the table of conditions, and the limits of each state. Mechanism is in supervisor.cpp.

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "controller/core/faults.hpp"
#include "controller/core/units.hpp"
#include "controller/safety/states.hpp"

namespace sheave::safety {

// Tensions at the handle, per cable.
inline constexpr double kTakeUp_n = 20.0;        ///< Well under what hurts a face (65 N, ISO/TS 15066), above the friction.
inline constexpr double kReady_n = 30.0;         ///< Felt as "it is on", light enough for anybody to take the handle out.
inline constexpr double kLight_n = 50.0;         ///< The most without ENGAGE behind it.
inline constexpr double kUnloaded_n = 30.0;      ///< Measured at or below it, the load counts as off.
inline constexpr double kNoRealtimeCap_n = 700;  ///< Without SCHED_FIFO: 60 kg and an eccentric at 115 % still fit.

/// Everything the supervisor can notice. Raw: whether it holds right now, before delays and latches.
enum class Condition : std::uint8_t {
  kLinkLossy,    ///< Exchanges are being missed, within what is tolerated.
  kLinkGap,      ///< The leaky bucket of missed exchanges is full.
  kLinkLost,     ///< No answer for longer than any tolerated gap.
  kLoopOverrun,  ///< The bucket of late periods is full.
  kNoRealtime,
  kDriveFault,
  kDriveExpired,  ///< Its watchdog ran out: nobody had spoken to it. With the drive off that is what a restart leaves behind.
  kDriveDropped,  ///< On, and not enabled without having been told so.
  kSafeTorqueOff,
  kUnverified,
  kSecondMaster,  ///< A drive held a command that is not ours.
  kEncoderJump,
  kEncoderStuck,  ///< Position and velocity contradict each other: one does not move.
  kEncoderSign,   ///< They move in opposite directions.
  kOverspeed,
  kTensionExcess,  ///< Measured well above commanded.
  kCableRunOut,
  kDriveLimited,
  kDriveWarm,
  kDriveTooHot,
  kBusOvervoltage,
  kHandleDropped,
  kPulledBack,  ///< The handle goes home while the load comes.
  kSlack,
  kStall,     ///< Still in the middle of a pull.
  kLowered,   ///< The gesture: below the start of the range, and still.
  kNotReady,  ///< Nobody took the handle in time.
  kNoSession,
  kJogLapsed,   ///< Nobody has said for a while that the button is still pressed.
  kStop,        ///< Stop, Lower, handle button or pedal, in this tick.
  kStopFailed,  ///< The load did not go off in time after a Stop.
  kShutdown,    ///< The controller is being ended.
  kMainSlow,
  kMainLost,
  kLeaseSilent,
  kLeaseLost,     ///< The steering client is lost, and this is a moment at which the load may go.
  kPluginFailed,  ///< It returned an error, or no number.
  kPluginSlow,
  kLoadCapped,
  kSlewLimited,
  kIntegrity,  ///< A command of ours broke an invariant.
  kCount,
};
inline constexpr std::size_t kConditionCount = static_cast<std::size_t>(Condition::kCount);
static_assert(kConditionCount <= 64, "a ConditionSet is one word");

class ConditionSet {
 public:
  /// Adds; what one cable or monitor found, another does not take away.
  void set(Condition condition, bool holds) noexcept { bits_ |= std::uint64_t{holds} << static_cast<unsigned>(condition); }
  void drop(Condition condition) noexcept { bits_ &= ~(std::uint64_t{1} << static_cast<unsigned>(condition)); }
  bool test(Condition condition) const noexcept { return ((bits_ >> static_cast<unsigned>(condition)) & 1U) != 0; }
  ConditionSet operator|(ConditionSet other) const noexcept {
    other.bits_ |= bits_;
    return other;
  }

  /// Calls f(Condition) for each, in the table's order. Most ticks have none: the cost is of what is there, not of the table.
  template <typename F>
  void for_each(F f) const noexcept {
    for (std::uint64_t left = bits_; left != 0; left &= left - 1) f(static_cast<Condition>(std::countr_zero(left)));
  }

 private:
  std::uint64_t bits_ = 0;
};

/// When an active condition lets go, once it no longer holds.
enum class Clear : std::uint8_t {
  kAuto,        ///< After the row's clear delay.
  kEndOfSet,    ///< In IDLE.
  kRearm,       ///< When a person arms the next set.
  kReset,       ///< At a reset edge.
  kPowerCycle,  ///< Never in this process.
};

/// Bit per MachineState.
using StateMask = std::uint16_t;
constexpr StateMask mask(MachineState state) noexcept { return static_cast<StateMask>(1U << static_cast<unsigned>(state)); }

struct PolicyRow {
  Condition condition;
  Reaction reaction;
  Clear clear;
  FaultCode cause;
  StateMask states;                                        ///< Becomes active only in these.
  std::int32_t start_ms = 0;                               ///< Must hold for so long.
  std::int32_t clear_ms = 0;                               ///< kAuto: must not hold for so long.
  double cap_n = std::numeric_limits<double>::infinity();  ///< On tension while active.
};

/// In the order of Condition.
const std::array<PolicyRow, kConditionCount>& policy() noexcept;
inline const PolicyRow& policy(Condition condition) noexcept { return policy()[static_cast<std::size_t>(condition)]; }

struct StateLimits {
  double force_cap_n;  ///< Infinity: the machine's own.
  double slew_up_nps;  ///< 0: never rises.
  double slew_down_nps;
  double retract_limit_mps;  ///< Infinity: the machine's own.
};

const StateLimits& limits(MachineState state) noexcept;

// What a set's command may be above what its chain may ask for.
inline constexpr double kSetMargin_n = 1.0;  ///< Rounding, and nothing that a hand feels.
inline constexpr double kCompensationMost_n =
    38.0;  ///< While the handle returns the feed-forward adds the machine's friction: 36.8 N at most.

inline constexpr std::int64_t kUnloadRamp_ns = 300 * kNsPerMs;  ///< From any load to take-up; a Stop is quicker.
inline constexpr double kEngageSlew_nps = 500.0;                ///< Also the rate at which a lifted cap comes back.
inline constexpr std::int64_t kEngageAtLeast_ns = kNsPerS;      ///< A light load takes as long.

bool is_powered(MachineState state) noexcept;  ///< The drive is on.
bool is_loaded(MachineState state) noexcept;   ///< The set's load may be on: ENGAGE, ACTIVE, SPOT.
bool is_armed(MachineState state) noexcept;    ///< A person is at it: there is something to unload.
bool at_rest(MachineState state) noexcept;     ///< Take-up tension, and on: a set can be armed.

}  // namespace sheave::safety
