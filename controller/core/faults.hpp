#pragma once
// Everything that can be wrong or limited with the machine, by number and name. "Limited" (1xx) is not "faulted" (2xx and up).

#include <cstdint>
#include <string_view>

namespace sheave {

enum class FaultCode : std::uint16_t {
  kNone = 0,

  // Limited: the machine works, with less.
  kLoadCapped = 100,  ///< The envelope clamps the requested tension.
  kSlewLimited = 101,
  kDriveLimited = 102,           ///< The drive's own limiter acts or it derates.
  kLinkLossy = 103,              ///< Exchanges are being missed.
  kLeaseLapsed = 104,            ///< Whoever steered is silent.
  kMainSlow = 105,               ///< The main thread is late.
  kPluginRequestRejected = 106,  ///< A plugin asked for a value that is not a tension.
  kDriveWarm = 107,
  kStorageDegraded = 108,
  kNoRealtime = 109,  ///< No SCHED_FIFO: load is capped.
  kSlack = 110,
  kAwaitingSelfTest = 111,
  kRecordRejected = 112,  ///< The store works, and did not take something.

  // Faults of the person's situation: the load goes off, the machine is sound.
  kSpotter = 200,  ///< Stalled in a pull.
  kHandleDropped = 201,
  kStopPressed = 202,
  kLoweredByGesture = 203,
  kLeaseLost = 204,
  kMainLost = 205,
  kPluginOverrun = 206,
  kPluginError = 207,
  kReadinessTimeout = 208,
  kLeftMachine = 209,

  // Faults of the machine: nothing is trusted until it was reset.
  kLinkLost = 300,
  kDriveFault = 301,
  kDriveUnverified = 302,
  kEncoderStuck = 303,
  kEncoderJump = 304,
  kEncoderSign = 305,
  kTensionWithoutCommand = 306,
  kCableRunOut = 307,
  kOverspeed = 308,
  kLoopOverrun = 309,
  kStopNotConfirmed = 310,
  kSafeTorqueOff = 311,
  kDriveTooHot = 312,
  kBusOvervoltage = 313,
  kIntegrity = 314,     ///< An invariant of ours was broken.
  kSecondMaster = 315,  ///< Somebody else commands the drive.
  kDriveExpired = 316,  ///< Its watchdog ran out under us.
};

/// Of the machine (3xx): nothing is trusted until it was reset.
constexpr bool is_machine_fault(FaultCode code) noexcept { return static_cast<std::uint16_t>(code) >= 300; }

struct FaultText {
  std::string_view name;     ///< UPPER_SNAKE, stable.
  std::string_view meaning;  ///< One sentence for a person.
  std::string_view remedy;   ///< What to do.
};

/// Never fails: an unknown code says so. [any]
FaultText fault_text(FaultCode code) noexcept;

}  // namespace sheave
