#pragma once
// The holding registers of the reference stack "KDR-1", one map per drive. Big-endian words, high word first, SI at the cable.
//
//   0x0000  9  write block: seq, controlword, mode, target i32 mN, retract mm/s, pay-out mm/s, slope 10 N/s, force limit N
//   0x0100 18  read block: one sample, see DriveStatus
//   0x0200 10  configuration, writable while the power stage is off: see DriveConfig; the last register homes
//   0x0300 11  identity
//   0x0400  2  panel: lamp, beep (high byte its sequence)       0x0410  1  panel inputs
//
// Signs: position and velocity positive out of the machine, force positive toward it.

#include <cstdint>
#include <span>

#include "sim/plant/rig.hpp"

namespace sheave::sim {

/// Modbus exception codes that this device gives. 0 is no exception.
enum class Exception : std::uint8_t { kNone = 0, kFunction = 1, kAddress = 2, kValue = 3, kBusy = 6 };

class RegisterMap {
 public:
  /// Both outlive the map. The panel is one for the whole machine.
  RegisterMap(Rig& rig, Panel& panel) noexcept : rig_(rig), panel_(panel) {}

  /// A range must lie within one block. All values are of one sample.
  Exception read(std::uint16_t address, std::span<std::uint16_t> values) const noexcept;

  /// Takes effect whole or not at all; what a block's other registers hold stays.
  Exception write(std::uint16_t address, std::span<const std::uint16_t> values) noexcept;

 private:
  Exception write_command(std::uint16_t offset, std::span<const std::uint16_t> values) noexcept;
  Exception write_config(std::uint16_t offset, std::span<const std::uint16_t> values) noexcept;
  Exception write_panel(std::uint16_t offset, std::span<const std::uint16_t> values) noexcept;

  Rig& rig_;
  Panel& panel_;
};

}  // namespace sheave::sim
