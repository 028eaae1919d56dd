#pragma once
// Finds plugins in folders, checks them against the ABI, and makes instances. Everything here is [main].

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "controller/core/status.hpp"
#include "plugins/abi/sheave/ext/progression.h"
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

/// Values by parameter name, as programs state them. What is not named takes its default.
using ParamValues = std::map<std::string, double>;

struct ActivationContext {
  std::size_t axis_count = 1;
  std::int64_t period_ns = 0;
  double tension_max_n = 0, slew_max_nps = 0, extension_max_m = 0;
};

/// A created and initialized plugin. Deactivates and destroys itself.
class Instance {
 public:
  Instance(const sheave_plugin_t* plugin, std::shared_ptr<void> library);
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;
  const sheave_plugin_t* raw() const noexcept { return plugin_; }
  Status activate(const ActivationContext& context, const ParamValues& values);

 private:
  const sheave_plugin_t* plugin_;
  std::shared_ptr<void> library_;
  bool active_ = false;
};

/// What a scan refused, and why; the machine starts without it and says so.
struct Refused {
  std::string file;
  std::string message;
};

class Registry {
 public:
  /// Loads every *.so below `folders`. A broken file is refused, never fatal.
  void scan(const std::vector<std::string>& folders);

  const std::vector<PluginInfo>& plugins() const noexcept { return infos_; }
  const std::vector<Refused>& refused() const noexcept { return refused_; }
  /// Null when unknown.
  const PluginInfo* find(const std::string& id) const noexcept;

  /// Checks names, ranges and whole numbers of `values` for plugin `id` of `kind`. Reasons: PLUGIN_UNKNOWN, PLUGIN_KIND,
  /// PARAM_UNKNOWN, PARAM_RANGE, PLUGIN_RATE (loop slower than min_rate_hz).
  Status check(const std::string& id, const char* kind, const ParamValues& values, std::int64_t period_ns) const;

  /// Creates, initializes and activates. Reasons as check(), and PLUGIN_FAILED.
  Result<std::unique_ptr<Instance>> create(const std::string& id, const char* kind, const ParamValues& values,
                                           const ActivationContext& context);

 private:
  struct Library;
  std::vector<std::shared_ptr<Library>> libraries_;
  std::vector<PluginInfo> infos_;
  std::vector<Refused> refused_;
};

/// A progression as the session calls it: a pure function.
class Progression {
 public:
  explicit Progression(std::unique_ptr<Instance> instance, const PluginInfo& info, ParamValues values);
  ~Progression();
  /// [worker] Reason PROGRESSION_FAILED where the plugin gave no decision or one that is no number.
  Result<sheave_progression_out_t> decide(sheave_progression_in_t in) const;

 private:
  std::unique_ptr<Instance> instance_;
  std::vector<sheave_param_value_t> params_;
};

}  // namespace sheave::plugin_host
