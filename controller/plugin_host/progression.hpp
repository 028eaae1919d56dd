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
  explicit Progression(std::unique_ptr<Instance> instance, const PluginInfo& info, ParamValues values);
  ~Progression();

  /// The decision, its load rounded down to a whole multiple of the increment inside the limits. Reason PROGRESSION_FAILED where
  /// the plugin gave no decision or one that is none: no number, no reason, an unknown kind. `in.struct_size` and `in.params`
  /// are filled in here. [worker, one call at a time]
  Result<sheave_progression_out_t> decide(sheave_progression_in_t in) const;

 private:
  std::unique_ptr<Instance> instance_;
  std::string id_;
  std::vector<sheave_param_value_t> params_;
};

/// The highest whole multiple of `increment_kg` that is not above `load_kg` and inside the limits. The increment is > 0.
double load_step_kg(double load_kg, double increment_kg, double load_min_kg, double load_max_kg) noexcept;

}  // namespace sheave::plugin_host
