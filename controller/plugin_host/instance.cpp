#include "controller/plugin_host/instance.hpp"

#include <utility>

namespace sheave::plugin_host {

std::vector<sheave_param_value_t> all_values(const sheave_descriptor_t& desc, const ParamValues& values) {
  std::vector<sheave_param_value_t> all;
  all.reserve(desc.param_count);
  for (std::uint32_t i = 0; i < desc.param_count; ++i) {
    const sheave_param_info_t& param = desc.params[i];
    const auto named = values.find(param.name);
    all.push_back({param.id, 0, named != values.end() ? named->second : param.default_value});
  }
  return all;
}

Instance::Instance(const sheave_plugin_t* plugin, std::shared_ptr<void> library) : plugin_(plugin), library_(std::move(library)) {}

Instance::~Instance() {
  if (active_) plugin_->deactivate(plugin_);
  plugin_->destroy(plugin_);
}

Status Instance::activate(const ActivationContext& context, const ParamValues& values) {
  const std::vector<sheave_param_value_t> params = all_values(*plugin_->desc, values);
  sheave_activation_t activation{};
  activation.struct_size = sizeof activation;
  activation.axis_count = static_cast<std::uint32_t>(context.axis_count);
  activation.period_ns = context.period_ns;
  activation.tension_min_n = 0.0;
  activation.tension_max_n = context.tension_max_n;
  activation.slew_max_nps = context.slew_max_nps;
  activation.extension_max_m = context.extension_max_m;
  activation.params = params.data();
  activation.param_count = static_cast<std::uint32_t>(params.size());
  active_ = plugin_->activate(plugin_, &activation);
  if (active_) return {};
  return Status::error(StatusCode::kFailedPrecondition, "PLUGIN_FAILED",
                       "the plugin \"" + std::string(id()) + "\" refuses these parameters; try its defaults or another version of it");
}

}  // namespace sheave::plugin_host
