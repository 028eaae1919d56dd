#include "controller/safety/policy.hpp"

#include "controller/safety/jog.hpp"

namespace sheave::safety {

namespace {

using S = MachineState;
using R = Reaction;
using C = Condition;
using F = FaultCode;

constexpr StateMask kLoaded = mask(S::kEngage) | mask(S::kActive) | mask(S::kSpot);
constexpr StateMask kArmed = kLoaded | mask(S::kReady) | mask(S::kCalibrate) | mask(S::kService);
// At the cable's end there must be no load on its anchor; what SERVICE pulls with is none, and a technician looks at all of the cable.
constexpr StateMask kInUse = kArmed & ~mask(S::kService);
constexpr StateMask kPowered = kArmed | mask(S::kIdle) | mask(S::kUnload) | mask(S::kRetract);
constexpr StateMask kAfterBoot = kPowered | mask(S::kSafeOff) | mask(S::kFaultStop) | mask(S::kEstop);
constexpr StateMask kEver = kAfterBoot | mask(S::kBoot);
constexpr StateMask kWaiting = mask(S::kReady) | mask(S::kCalibrate);
constexpr StateMask kWorking = mask(S::kActive) | mask(S::kSpot);

// What is about the person's set is asked in armed states only: a Stop at rest must not hang over the next set. What is about
// the machine is asked whenever the drive is on.
// clang-format off
constexpr std::array<PolicyRow, kConditionCount> kPolicy{{
    // condition         reaction       clear              cause                     states      start clear  cap
    {C::kLinkLossy,      R::kWarn,      Clear::kAuto,      F::kLinkLossy,            kPowered,      0, 2000},
    {C::kLinkGap,        R::kUnload,    Clear::kRearm,     F::kLinkLost,             kArmed},
    {C::kLinkLost,       R::kFaultStop, Clear::kReset,     F::kLinkLost,             kAfterBoot},
    {C::kLoopOverrun,    R::kUnload,    Clear::kRearm,     F::kLoopOverrun,          kArmed},
    {C::kNoRealtime,     R::kWarn,      Clear::kAuto,      F::kNoRealtime,           kEver,         0,    0, kNoRealtimeCap_n},
    {C::kDriveFault,     R::kFaultStop, Clear::kReset,     F::kDriveFault,           kAfterBoot},
    {C::kDriveExpired,   R::kFaultStop, Clear::kReset,     F::kDriveExpired,         kPowered},
    {C::kDriveDropped,   R::kFaultStop, Clear::kReset,     F::kDriveFault,           kPowered},
    {C::kSafeTorqueOff,  R::kSafeOff,   Clear::kReset,     F::kSafeTorqueOff,        kAfterBoot},
    {C::kUnverified,     R::kFaultStop, Clear::kReset,     F::kDriveUnverified,      kAfterBoot},
    {C::kSecondMaster,   R::kFaultStop, Clear::kReset,     F::kSecondMaster,         kAfterBoot},
    {C::kEncoderJump,    R::kFaultStop, Clear::kReset,     F::kEncoderJump,          kPowered},
    {C::kEncoderStuck,   R::kFaultStop, Clear::kReset,     F::kEncoderStuck,         kPowered},
    {C::kEncoderSign,    R::kFaultStop, Clear::kPowerCycle, F::kEncoderSign,         kPowered},
    {C::kOverspeed,      R::kFaultStop, Clear::kReset,     F::kOverspeed,            kPowered,     10},
    {C::kTensionExcess,  R::kFaultStop, Clear::kReset,     F::kTensionWithoutCommand, kPowered,   100},
    {C::kCableRunOut,    R::kUnload,    Clear::kRearm,     F::kCableRunOut,          kInUse},
    {C::kDriveLimited,   R::kNoRaise,   Clear::kAuto,      F::kDriveLimited,         kLoaded,     100, 1000},
    {C::kDriveWarm,      R::kNoRaise,   Clear::kAuto,      F::kDriveWarm,            kPowered,    100, 5000},
    {C::kDriveTooHot,    R::kUnload,    Clear::kRearm,     F::kDriveTooHot,          kArmed,      100},
    {C::kBusOvervoltage, R::kUnload,    Clear::kRearm,     F::kBusOvervoltage,       kArmed,      100},
    {C::kHandleDropped,  R::kUnload,    Clear::kEndOfSet,  F::kHandleDropped,        kLoaded},
    {C::kPulledBack,     R::kUnload,    Clear::kEndOfSet,  F::kHandleDropped,        mask(S::kEngage), 20},
    {C::kSlack,          R::kWarn,      Clear::kAuto,      F::kSlack,                kLoaded,       5,  200, kLight_n},
    {C::kStall,          R::kSpot,      Clear::kEndOfSet,  F::kSpotter,              mask(S::kActive), 1000},
    {C::kLowered,        R::kUnload,    Clear::kEndOfSet,  F::kLoweredByGesture,     kWorking,   2000},
    {C::kNotReady,       R::kUnload,    Clear::kEndOfSet,  F::kReadinessTimeout,     kWaiting},
    {C::kNoSession,      R::kUnload,    Clear::kEndOfSet,  F::kLeftMachine,          kLoaded},
    {C::kJogLapsed,      R::kUnload,    Clear::kEndOfSet,  F::kNone,                 mask(S::kService)},
    {C::kStop,           R::kUnload,    Clear::kRearm,     F::kStopPressed,          kArmed},
    {C::kStopFailed,     R::kFaultStop, Clear::kPowerCycle, F::kStopNotConfirmed,    kPowered},
    {C::kShutdown,       R::kUnload,    Clear::kPowerCycle, F::kNone,                kArmed},
    {C::kMainSlow,       R::kNoRaise,   Clear::kAuto,      F::kMainSlow,             kPowered,      0,  500},
    {C::kMainLost,       R::kUnload,    Clear::kRearm,     F::kMainLost,             kArmed},
    {C::kLeaseSilent,    R::kNoRaise,   Clear::kAuto,      F::kLeaseLapsed,          kPowered},
    {C::kLeaseLost,      R::kUnload,    Clear::kRearm,     F::kLeaseLost,            kArmed},
    {C::kPluginFailed,   R::kUnload,    Clear::kRearm,     F::kPluginError,          kArmed},
    {C::kPluginSlow,     R::kUnload,    Clear::kRearm,     F::kPluginOverrun,        kArmed},
    {C::kLoadCapped,     R::kWarn,      Clear::kAuto,      F::kLoadCapped,           mask(S::kActive), 200, 500},
    {C::kSlewLimited,    R::kWarn,      Clear::kAuto,      F::kSlewLimited,          mask(S::kActive), 200, 500},
    {C::kIntegrity,      R::kSafeOff,   Clear::kPowerCycle, F::kIntegrity,           kEver},
}};
// clang-format on

constexpr bool in_order() {
  for (std::size_t i = 0; i < kConditionCount; ++i) {
    if (static_cast<std::size_t>(kPolicy[i].condition) != i) return false;
  }
  return true;
}
static_assert(in_order(), "policy() is indexed by condition");

constexpr double kMachine = std::numeric_limits<double>::infinity();

// A force step that is over within 60 ms is felt before anybody can answer it (reference: human response times), so the
// steepest rise, 2,000 N/s, makes 120 N in that time. Falls are steeper: less load is the safe side, but a person who leans
// into 80 kg must not have the floor taken away within one reflex.
constexpr std::array<StateLimits, 13> kLimits{{
    /* BOOT       */ {0.0, 0.0, 10'000.0, 0.25},
    /* SAFE_OFF   */ {0.0, 0.0, 10'000.0, 0.25},
    /* IDLE       */ {kTakeUp_n, 100.0, 2'000.0, 0.25},
    /* READY      */ {kLight_n, 100.0, 2'000.0, 0.5},
    /* CALIBRATE  */ {kLight_n, 100.0, 2'000.0, kMachine},
    /* ENGAGE     */ {kMachine, kEngageSlew_nps, 4'000.0, kMachine},
    /* ACTIVE     */ {kMachine, 2'000.0, 4'000.0, kMachine},
    /* SPOT       */ {kMachine, 0.0, 4'000.0, kMachine},
    /* UNLOAD     */ {kMachine, 0.0, 8'000.0, 0.5},
    /* RETRACT    */ {kTakeUp_n, 100.0, 4'000.0, 0.25},
    /* FAULT_STOP */ {kMachine, 0.0, 10'000.0, 0.25},
    /* ESTOP      */ {0.0, 0.0, 10'000.0, 0.25},
    /* SERVICE    */ {kLight_n, 40.0, 2'000.0, kWindIn_mps},
}};

}  // namespace

const std::array<PolicyRow, kConditionCount>& policy() noexcept { return kPolicy; }

const StateLimits& limits(MachineState state) noexcept { return kLimits[static_cast<std::size_t>(state)]; }

bool is_powered(MachineState state) noexcept { return (mask(state) & kPowered) != 0; }
bool is_loaded(MachineState state) noexcept { return (mask(state) & kLoaded) != 0; }
bool is_armed(MachineState state) noexcept { return (mask(state) & kArmed) != 0; }
bool at_rest(MachineState state) noexcept { return state == MachineState::kIdle || state == MachineState::kRetract; }

}  // namespace sheave::safety
