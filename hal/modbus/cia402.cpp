#include "hal/modbus/cia402.hpp"

namespace sheave::hal::modbus {

DriveState drive_state(std::uint16_t statusword) noexcept {
  switch (statusword & 0x004F) {  // bit 5 does not matter in these
    case 0x0000:
      return DriveState::kNotReady;
    case 0x0040:
      return DriveState::kSwitchOnDisabled;
    case 0x000F:
      return DriveState::kFaultReaction;
    case 0x0008:
      return DriveState::kFault;
    default:
      break;
  }
  switch (statusword & 0x006F) {
    case 0x0021:
      return DriveState::kReadyToSwitchOn;
    case 0x0023:
      return DriveState::kSwitchedOn;
    case 0x0027:
      return DriveState::kOperationEnabled;
    case 0x0007:
      return DriveState::kQuickStop;
    default:
      return DriveState::kUnknown;
  }
}

namespace {

std::uint16_t toward_force(DriveState state, bool may_enable) noexcept {
  switch (state) {
    case DriveState::kSwitchOnDisabled:
      return kShutdown;
    case DriveState::kReadyToSwitchOn:
      return may_enable ? kSwitchOn : kShutdown;
    case DriveState::kSwitchedOn:
      return may_enable ? kEnableOperation : kShutdown;
    case DriveState::kOperationEnabled:
      return kEnableOperation;
    // A quick stop once begun is finished, and the walk starts again from the bottom.
    case DriveState::kQuickStop:
      return kQuickStop;
    case DriveState::kUnknown:
    case DriveState::kNotReady:
    case DriveState::kFaultReaction:
    case DriveState::kFault:
      break;
  }
  return kDisableVoltage;
}

}  // namespace

std::uint16_t controlword(DriveState state, DriveTarget target, bool may_enable, bool reset) noexcept {
  if (state == DriveState::kFault) return reset ? kFaultReset : kDisableVoltage;
  switch (target) {
    case DriveTarget::kForce:
      return toward_force(state, may_enable);
    case DriveTarget::kQuickStop:
      return state == DriveState::kOperationEnabled || state == DriveState::kQuickStop ? kQuickStop : kDisableVoltage;
    case DriveTarget::kOff:
      break;
  }
  return kDisableVoltage;
}

}  // namespace sheave::hal::modbus
