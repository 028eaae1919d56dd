#pragma once
// What the session needs of plugins. RegistryPlugins is the one that ships; tests bring one without shared objects.

#include <memory>
#include <vector>

#include "controller/core/status.hpp"
#include "controller/plugin_host/registry.hpp"
#include "controller/plugin_host/slots.hpp"
#include "controller/session/program.hpp"

namespace sheave::session {

/// The activated plugins of one set, in the order of the chain.
struct PlanParts {
  std::shared_ptr<plugin_host::ExerciseSlot> exercise;
  std::vector<std::shared_ptr<plugin_host::LoadSlot>> chain;
};

/// A progression ready to be asked. Pure.
class Decider {
 public:
  virtual ~Decider() = default;
  virtual Result<sheave_progression_out_t> decide(const sheave_progression_in_t& in) const = 0;  // [worker]
};

class PluginSource {
 public:
  virtual ~PluginSource() = default;
  /// Reasons as plugin_host::Registry::check(); the message names the program. [main]
  virtual Status check(const Program& program, std::int64_t period_ns) const = 0;
  /// The number of a live parameter of load profile `profile` in the ABI, where it may take `value`. Reasons PARAM_UNKNOWN, PARAM_RANGE,
  /// PARAM_NOT_LIVE. [main]
  virtual Result<std::uint32_t> live_param(const std::string& profile, const std::string& parameter, double value) const = 0;
  virtual Result<PlanParts> make_parts(const Program& program, const plugin_host::ActivationContext& context) = 0;  // [main]
  /// @pre the program has a progression. [main]
  virtual Result<std::shared_ptr<const Decider>> make_decider(const Program& program) = 0;
};

/// Over the registry; `registry` must outlive it and everything it made.
class RegistryPlugins final : public PluginSource {
 public:
  RegistryPlugins(plugin_host::Registry& registry, std::int64_t period_ns) : registry_(registry), period_ns_(period_ns) {}
  Status check(const Program& program, std::int64_t period_ns) const override;
  Result<std::uint32_t> live_param(const std::string& profile, const std::string& parameter, double value) const override;
  Result<PlanParts> make_parts(const Program& program, const plugin_host::ActivationContext& context) override;
  Result<std::shared_ptr<const Decider>> make_decider(const Program& program) override;

 private:
  plugin_host::Registry& registry_;
  std::int64_t period_ns_;
};

}  // namespace sheave::session
