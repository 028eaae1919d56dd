#pragma once
// What a drive's registers mean: read from one TOML file per drive (hal/profiles). The register layout is data; code is only the
// walk through the CiA 402 states. All values at the drum, SI units.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hal/cable_stack.hpp"
#include "hal/modbus/pdu.hpp"
#include "hal/modbus/register_codec.hpp"
#include "hal/modbus/serial_timing.hpp"

namespace sheave::hal::modbus {

/// The block that is written every period.
struct WriteLayout {
  RegisterBlock block;
  RegisterField seq, controlword, mode;
  std::int64_t force_mode = 0;  ///< Of `mode`: set-point is a tension.
  CommandField tension, force_limit, retract_limit, payout_limit, slope;
  std::uint32_t read_back_every = 0;  ///< At most so many periods between two looks at what the drive holds; 0: it does not give it back.
};

/// The block that is read every period. Fields that a drive does not have are not present; these it must have:
/// seq_echo, statusword, extension, velocity, tension.
struct ReadLayout {
  RegisterBlock block;
  RegisterField seq_echo, statusword, error_code, extension, velocity, tension, sample_time, watchdog_left;
  RegisterField motor_temperature, drive_temperature, bus_voltage;
};

/// Bits of the statusword beside CiA 402's; 0 where the drive does not have one.
struct StatusMasks {
  std::uint16_t warning = 0, limited = 0, slack = 0, sto = 0, brake = 0;
};

/// A number that one register or a pair holds, at an absolute address.
struct Constant {
  std::string name;
  std::uint16_t address = 0;
  RegisterType type = RegisterType::kU16;
  std::int64_t counts = 0;  ///< Written at start and read back, or expected.
};

/// Who the drive is and what it can do.
struct Identity {
  RegisterBlock block;
  std::vector<Constant> expected;  ///< Magic number, map version.
  RegisterField serial, rated_force, peak_force, max_speed, travel;
  RegisterField simulated;  ///< 1 where the drive is a simulated one; where absent it is real.
};

inline constexpr std::uint16_t kPanelOutputs = 2;

/// What goes beside the cycle reads no more than this on a serial line, so that it fits into the period.
inline constexpr std::uint16_t kMaxBesideRegisters = 4;

/// Lamp and beeper are two registers in a row; inputs is one register of bits.
struct PanelLayout {
  bool present = false;
  std::uint16_t outputs = 0;
  std::uint16_t inputs = 0;
  std::uint16_t handle_button = 0, pedal = 0, fitted = 0;  ///< Masks.
};

/// How the drive is on a serial line; the line's speed is the machine's.
struct SerialProfile {
  bool present = false;
  FrameGap gap = FrameGap::kCharacters;
  std::int64_t turnaround_ns = 0;      ///< The longest that it takes.
  std::uint16_t short_read_count = 0;  ///< Below `short_read_below` baud only so many registers of the read block come every period.
  std::uint32_t short_read_below = 0;  ///< 0: never.
};

/// A field of the read block that is not read every period but by itself, beside the cycle.
struct ApartField {
  RegisterField field;  ///< `offset` 0: it is a block of its own.
  RegisterBlock block;
  double AxisState::*to = nullptr;
};

struct DeviceProfile {
  std::string model;
  WordOrder word_order = WordOrder::kHighFirst;

  std::uint8_t unit = 1;
  std::uint16_t max_outstanding = 1;  ///< Requests the drive takes before it has answered the first.
  std::int64_t period_ns = 0;         ///< The shortest control period.

  SerialProfile serial;

  bool read_write = false;  ///< FC23; without it FC16, then FC3.
  std::uint16_t max_read = 0, max_write = 0;

  Identity identity;
  std::vector<Constant> startup;  ///< In this order.
  std::uint32_t watchdog_ms = 0;  ///< The one among `startup` that is the watchdog.
  WriteLayout write;
  ReadLayout read;
  std::vector<ApartField> apart;  ///< Empty but after shorten_read().
  StatusMasks status;
  PanelLayout panel;
  std::uint32_t slow_every = 0;  ///< Periods between two requests beside the cycle.
  bool drive_limits_velocity = false;
};

/// Reads a profile. On failure returns nothing and `error` names the file, the field and the remedy. [main]
std::optional<DeviceProfile> load_profile(const std::string& path, std::string& error);

/// For a slow line: the first `count` registers of the read block come every period, temperatures and voltage after them become
/// fields apart. Empty, or what the control cannot do without and would lose. [main]
std::string shorten_read(DeviceProfile& profile, std::uint16_t count);

}  // namespace sheave::hal::modbus
