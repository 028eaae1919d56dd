#include "controller/safety/states.hpp"

namespace sheave::safety {

std::string_view name(MachineState state) noexcept {
  switch (state) {
    case MachineState::kBoot:
      return "BOOT";
    case MachineState::kSafeOff:
      return "SAFE_OFF";
    case MachineState::kIdle:
      return "IDLE";
    case MachineState::kReady:
      return "READY";
    case MachineState::kCalibrate:
      return "CALIBRATE";
    case MachineState::kEngage:
      return "ENGAGE";
    case MachineState::kActive:
      return "ACTIVE";
    case MachineState::kSpot:
      return "SPOT";
    case MachineState::kUnload:
      return "UNLOAD";
    case MachineState::kRetract:
      return "RETRACT";
    case MachineState::kFaultStop:
      return "FAULT_STOP";
    case MachineState::kEstop:
      return "ESTOP";
    case MachineState::kService:
      return "SERVICE";
  }
  return "UNKNOWN";
}

std::string_view name(Reaction reaction) noexcept {
  switch (reaction) {
    case Reaction::kNone:
      return "NONE";
    case Reaction::kWarn:
      return "WARN";
    case Reaction::kNoRaise:
      return "NO_RAISE";
    case Reaction::kSpot:
      return "SPOT";
    case Reaction::kUnload:
      return "UNLOAD";
    case Reaction::kFaultStop:
      return "FAULT_STOP";
    case Reaction::kSafeOff:
      return "SAFE_OFF";
  }
  return "UNKNOWN";
}

}  // namespace sheave::safety
