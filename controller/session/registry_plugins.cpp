#include "controller/plugin_host/slots.hpp"
#include "controller/session/plugin_source.hpp"
#include "plugins/abi/sheave/ext/exercise.h"
#include "plugins/abi/sheave/ext/load_profile.h"
#include "plugins/abi/sheave/ext/progression.h"

namespace sheave::session {

namespace {

/// The registry names the plugin; the person asked for a program.
Status for_program(Status status, const Program& program) {
  if (!status.ok()) status.message = "program \"" + program.id + "\": " + status.message;
  return status;
}

class HostedDecider final : public Decider {
 public:
  HostedDecider(std::unique_ptr<plugin_host::Instance> instance, const plugin_host::PluginInfo& info,
                const plugin_host::ParamValues& values)
      : progression_(std::move(instance), info, values) {}
  Result<sheave_progression_out_t> decide(const sheave_progression_in_t& in) const override { return progression_.decide(in); }

 private:
  plugin_host::Progression progression_;
};

}  // namespace

Status RegistryPlugins::check(const Program& program, std::int64_t period_ns) const {
  Status status = registry_.check(program.exercise.id, SHEAVE_EXT_EXERCISE, program.exercise.params, period_ns);
  for (const PluginUse& link : program.load_chain) {
    if (status.ok()) status = registry_.check(link.id, SHEAVE_EXT_LOAD_PROFILE, link.params, period_ns);
  }
  if (status.ok() && !program.progression.id.empty())
    status = registry_.check(program.progression.id, SHEAVE_EXT_PROGRESSION, program.progression.params, period_ns);
  return for_program(std::move(status), program);
}

Result<std::uint32_t> RegistryPlugins::live_param(const std::string& profile, const std::string& parameter, double value) const {
  Status status = registry_.check(profile, SHEAVE_EXT_LOAD_PROFILE, {{parameter, value}}, period_ns_);
  if (!status.ok()) return status;
  std::string live;
  for (const plugin_host::ParamInfo& param : registry_.find(profile)->params) {
    if (param.live && param.name == parameter) return param.id;
    if (param.live) live += (live.empty() ? "" : ", ") + param.name;
  }
  return Status::error(StatusCode::kFailedPrecondition, "PARAM_NOT_LIVE",
                       "\"" + parameter + "\" of \"" + profile + "\" stays as the program says; " +
                           (live.empty() ? "none of it is live" : "live are " + live));
}

Result<PlanParts> RegistryPlugins::make_parts(const Program& program, const plugin_host::ActivationContext& context) {
  PlanParts parts;
  auto exercise = registry_.create(program.exercise.id, SHEAVE_EXT_EXERCISE, program.exercise.params, context);
  if (!exercise) return for_program(exercise.status(), program);
  parts.exercise = std::make_shared<plugin_host::ExerciseSlot>(*std::move(exercise));
  for (const PluginUse& link : program.load_chain) {
    auto profile = registry_.create(link.id, SHEAVE_EXT_LOAD_PROFILE, link.params, context);
    if (!profile) return for_program(profile.status(), program);
    parts.chain.push_back(std::make_shared<plugin_host::LoadSlot>(*std::move(profile)));
  }
  return parts;
}

Result<std::shared_ptr<const Decider>> RegistryPlugins::make_decider(const Program& program) {
  plugin_host::ActivationContext context;
  context.period_ns = period_ns_;
  auto instance = registry_.create(program.progression.id, SHEAVE_EXT_PROGRESSION, program.progression.params, context);
  if (!instance) return for_program(instance.status(), program);
  const plugin_host::PluginInfo* info = registry_.find(program.progression.id);
  if (info == nullptr)
    return Status::error(StatusCode::kInternal, "PLUGIN_UNKNOWN", "the plugin \"" + program.progression.id + "\" is gone");
  return std::shared_ptr<const Decider>(std::make_shared<HostedDecider>(*std::move(instance), *info, program.progression.params));
}

}  // namespace sheave::session
