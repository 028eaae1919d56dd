#pragma once
// The plugin that chooses the next load, as the session calls it: a pure function whose answer is checked.

#include <memory>
#include <string>
#include <vector>

#include "controller/core/status.hpp"
#include "controller/plugin_host/instance.hpp"
#include "plugins/abi/sheave/ext/progression.h"

namespace sheave::plugin_host {

struct PluginInfo;

class Progression {
 public:
  /// @param instance activated. `values` were checked.
  explicit Progression(std::unique_ptr<Instance> instance, const PluginInfo& info, const ParamValues& values);
  ~Progression();

  /// The decision, as the plugin gave it: its load is finite and >= 0, not yet on the machine's grid. Reason PROGRESSION_FAILED:
  /// kUnavailable where the plugin gave no decision, kInternal where it gave one that is none (no number, no reason, an unknown
  /// kind). `in.struct_size` and `in.params` are filled in here. [worker, one call at a time]
  Result<sheave_progression_out_t> decide(sheave_progression_in_t in) const;

 private:
  std::unique_ptr<Instance> instance_;
  std::string id_;
  std::vector<sheave_param_value_t> params_;
};

}  // namespace sheave::plugin_host
