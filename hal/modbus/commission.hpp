#pragma once
// Before the first cycle: who is the drive, what can it do, and does it hold the settings that make it safe. [main]

#include <string>
#include <vector>

#include "hal/cable_stack.hpp"
#include "hal/modbus/device_profile.hpp"
#include "hal/modbus/link.hpp"

namespace sheave::hal::modbus {

/// Registers that must hold what they held when the drive was commissioned.
struct Check {
  RegisterBlock block;
  std::vector<std::uint8_t> expected;  ///< The registers' bytes as they come over the wire.
};

/// At the drum.
struct DriveFacts {
  double rated_force_n = 0.0, peak_force_n = 0.0, max_speed_mps = 0.0, travel_m = 0.0;
  std::string serial;
  bool simulated = false;
  bool panel_fitted = false;
  std::vector<Check> checks;  ///< Identity and settings; read again while running, to notice a drive that restarted.
};

/// Identifies the drive, waits until its power stage is off, writes the profile's settings, reads them back. The messages name
/// endpoint, register, what was written and what was read.
OpenError commission(Link& link, const DeviceProfile& profile, std::uint8_t unit, std::int64_t deadline_ns, DriveFacts& facts);

}  // namespace sheave::hal::modbus
