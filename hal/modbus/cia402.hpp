#pragma once
// The CiA 402 power state machine as pure functions: what a statusword means, and the next controlword on the way to a target.
// Source: IEC 61800-7-201 (statusword 6041h, controlword 6040h); checked against reference maps.

#include <cstdint>

#include "hal/cable_stack.hpp"

namespace sheave::hal::modbus {

inline constexpr std::uint16_t kDisableVoltage = 0x0000;
inline constexpr std::uint16_t kQuickStop = 0x0002;
inline constexpr std::uint16_t kShutdown = 0x0006;
inline constexpr std::uint16_t kSwitchOn = 0x0007;
inline constexpr std::uint16_t kEnableOperation = 0x000F;
inline constexpr std::uint16_t kFaultReset = 0x0080;

/// Bits 0-3, 5 and 6 of the statusword. kUnknown where the combination is none of CiA 402's.
DriveState drive_state(std::uint16_t statusword) noexcept;

/// The controlword that leads one step from `state` to `target`.
/// @param may_enable false holds the walk before the power stage is switched on; a drive that is enabled stays so.
/// @param reset bit 7 while in kFault. The caller makes the edge.
std::uint16_t controlword(DriveState state, DriveTarget target, bool may_enable, bool reset) noexcept;

}  // namespace sheave::hal::modbus
