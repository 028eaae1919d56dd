#pragma once
// One created plugin, and its parameters on the way in. Everything here is [main].

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "controller/core/status.hpp"
#include "plugins/abi/sheave/plugin.h"

namespace sheave::plugin_host {

/// Values by parameter name, as programs state them. What is not named takes its default.
using ParamValues = std::map<std::string, double>;

struct ActivationContext {
  std::size_t axis_count = 1;
  std::int64_t period_ns = 0;
  double tension_max_n = 0, slew_max_nps = 0, extension_max_m = 0;
};

/// Every parameter that `desc` declares, once, in its order.
std::vector<sheave_param_value_t> all_values(const sheave_descriptor_t& desc, const ParamValues& values);

/// A created and initialized plugin. Deactivates and destroys itself.
class Instance {
 public:
  /// @param library keeps the plugin's code loaded; null where it is linked in.
  Instance(const sheave_plugin_t* plugin, std::shared_ptr<void> library);
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;
  const sheave_plugin_t* raw() const noexcept { return plugin_; }
  const char* id() const noexcept { return plugin_->desc->id; }

  /// `values` were checked (Registry::check). Reason PLUGIN_FAILED where the plugin refuses.
  Status activate(const ActivationContext& context, const ParamValues& values);

 private:
  const sheave_plugin_t* plugin_;
  std::shared_ptr<void> library_;
  bool active_ = false;
};

}  // namespace sheave::plugin_host
