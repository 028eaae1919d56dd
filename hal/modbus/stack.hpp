#pragma once
// A cable stack over Modbus: one drive and one link per cable, described by a device profile.

#include <memory>
#include <string>
#include <vector>

#include "hal/cable_stack.hpp"

namespace sheave::hal {

/// The link section of the configuration.
struct ModbusConfig {
  std::string kind = "tcp";
  std::vector<std::string> endpoints;  ///< "HOST:PORT", one per cable.
  std::string profile_path;            ///< hal/profiles/*.toml
  std::size_t cables = 1;
  double pulley_ratio = 1.0;  ///< Handle metres per drum metre.
};

struct ModbusStackOrError {
  std::unique_ptr<CableStack> stack;  ///< Null on error.
  OpenError error;                    ///< kConfig: the profile or the link section, with the remedy.
};

/// Reads the profile and makes the stack; connects to nothing yet. Make it early: it reserves a low descriptor per link. [main]
ModbusStackOrError make_modbus_stack(const ModbusConfig& config);

}  // namespace sheave::hal
