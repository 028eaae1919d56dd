#pragma once
// What a plugin says of itself: checked before anything of it is believed, then copied.

#include <cstdint>
#include <string>
#include <vector>

#include "plugins/abi/sheave/plugin.h"

namespace sheave::plugin_host {

struct ParamInfo {
  std::uint32_t id = 0;
  std::string name, unit, help;
  double min = 0, max = 0, default_value = 0;
  bool live = false, stepped = false;
};

struct PluginInfo {
  std::string id, kind, name, vendor, version, description;
  std::string file;  ///< The .so it came from.
  double min_rate_hz = 0;
  std::uint32_t max_tick_us = 0;
  std::vector<ParamInfo> params;
};

/// Empty where the descriptor keeps the rules of sheave/plugin.h, else a sentence that says which one it breaks.
std::string find_fault(const sheave_descriptor_t* desc);

/// @pre find_fault(&desc) is empty.
PluginInfo describe(const sheave_descriptor_t& desc, std::string file);

}  // namespace sheave::plugin_host
