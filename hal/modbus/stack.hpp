#pragma once
// A cable stack over Modbus: one drive per cable, described by a device profile, each on a link of its own or two on one serial line.

#include <memory>
#include <string>
#include <vector>

#include "hal/cable_stack.hpp"
#include "hal/modbus/wire_time.hpp"

namespace sheave::hal {

/// The link section of the configuration.
struct ModbusConfig {
  std::string kind = "tcp";            ///< Or "rtu".
  std::vector<std::string> endpoints;  ///< tcp: "HOST:PORT", one per cable. rtu: a serial port per cable, or one for both.
  std::uint32_t baud = 115200;         ///< rtu
  char parity = 'E';                   ///< rtu: N, E or O
  std::vector<int> units;              ///< One per cable; empty: the profile's, and the next one for a second on the same line.
  std::string profile_path;            ///< hal/profiles/*.toml
  std::size_t cables = 1;
  double pulley_ratio = 1.0;  ///< Handle metres per drum metre.
};

struct ModbusStackOrError {
  std::unique_ptr<CableStack> stack;  ///< Null on error.
  OpenError error;                    ///< kConfig: the profile or the link section, with the remedy.
};

/// Reads the profile and makes the stack; connects to nothing yet. Make it early: it reserves a low descriptor per link.
/// @param time the cycle's, from open() on; outlives the stack. open() itself waits in the host's. [main]
ModbusStackOrError make_modbus_stack(const ModbusConfig& config, modbus::WireTime& time = modbus::host_wire_time());

}  // namespace sheave::hal
