// Rules about a plugin's life: made by id, described, activated with any of its parameters, again and again.

#include <dlfcn.h>

#include <array>
#include <cstring>

#include "plugins/validator/bench.hpp"
#include "plugins/validator/rule.hpp"

namespace sheave::validator {
namespace {

using plugin_host::ParamInfo;
using plugin_host::ParamValues;

/// The factory itself: the registry would not ask it for an id that it does not know.
const sheave_factory_t* factory_of(const Subject& subject) {
  void* handle = dlopen(subject.file.c_str(), RTLD_NOW | RTLD_LOCAL);
  const auto* entry = static_cast<const sheave_entry_t*>(dlsym(handle, SHEAVE_ENTRY_SYMBOL));
  return static_cast<const sheave_factory_t*>(entry->get_factory(SHEAVE_FACTORY_ID));
}

Outcome unknown_id_is_null(const Subject& subject) {
  const Bench bench(subject);
  const sheave_factory_t* factory = factory_of(subject);
  const sheave_host_t host{sheave_abi_version(), nullptr, "sheave-plugin-check", "1",
                           [](const sheave_host_t*, const char*) -> const void* { return nullptr; }};
  const std::string& id = subject.plugin;
  for (const std::string& other :
       {std::string(), std::string("no-such-plugin"), id + "x", id + " ", id + "\n", id + "/1", id.substr(0, id.size() - 1)}) {
    if (factory->create(factory, &host, other.c_str()) != nullptr) return failed("create() makes a plugin for \"" + other + "\"");
  }
  if (factory->descriptor(factory, factory->count(factory)) != nullptr) return failed("there is a descriptor beyond the last");
  return {};
}

Outcome unknown_extension_is_null(const Subject& subject) {
  Bench bench(subject);
  std::string fault;
  const auto instance = bench.make({}, fault);
  if (!instance) return failed(fault);
  const std::string kind = bench.info().kind;
  for (const std::string& id : {std::string(), std::string("nonsense"), kind + "x", kind.substr(0, kind.size() - 2)}) {
    if (instance->raw()->get_extension(instance->raw(), id.c_str()) != nullptr) return failed("get_extension(\"" + id + "\") is not null");
  }
  return {};
}

Outcome describes_itself(const Subject& subject) {
  Bench bench(subject);
  std::string fault;
  const auto instance = bench.make({}, fault);
  if (!instance) return failed(fault);
  const sheave_descriptor_t* desc = instance->raw()->desc;
  if (!plugin_host::find_fault(desc).empty()) return failed("the instance's descriptor " + plugin_host::find_fault(desc));
  const bool same = subject.plugin == desc->id && bench.info().kind == desc->kind && bench.info().params.size() == desc->param_count;
  return same ? Outcome{} : failed("the instance's descriptor is not the factory's");
}

/// Least, greatest and default of one parameter after the other, and all together.
Outcome takes_its_own_parameters(const Subject& subject) {
  Bench bench(subject);
  std::string fault;
  ParamValues least, most;
  for (const ParamInfo& p : bench.info().params) {
    least[p.name] = p.min;
    most[p.name] = p.max;
    for (const double value : {p.min, p.max, p.default_value}) {
      if (!bench.make({{p.name, value}}, fault)) return failed(describe({{p.name, value}}) + ": " + fault);
    }
  }
  for (const ParamValues& values : {least, most}) {
    if (!bench.make(values, fault)) return failed(describe(values) + ": " + fault);
  }
  return {};
}

Outcome life_repeats(const Subject& subject) {
  Bench bench(subject);
  std::string fault;
  const auto instance = bench.make({}, fault);
  if (!instance) return failed(fault);
  const sheave_plugin_t* raw = instance->raw();
  for (int activation = 0; activation < 3; ++activation) {
    for (int run = 0; run < 3; ++run) {
      if (!raw->start(raw)) return failed("start() fails in activation " + std::to_string(activation + 1));
      raw->stop(raw);
    }
    raw->deactivate(raw);
    if (!instance->activate(Driver::context(), {}).ok()) return failed("cannot be activated again");
  }
  return {};
}

constexpr std::array kRules{
    Rule{"unknown-id-is-null", "create() is null for every other id, also for its own with something appended.", Scope::kPlugin,
         &unknown_id_is_null},
    Rule{"unknown-extension-is-null", "get_extension() is null for every id that the plugin does not offer.", Scope::kPlugin,
         &unknown_extension_is_null},
    Rule{"describes-itself", "An instance has the descriptor that the factory lists.", Scope::kPlugin, &describes_itself},
    Rule{"takes-its-own-parameters", "Every parameter may have its least, greatest and default value.", Scope::kPlugin,
         &takes_its_own_parameters},
    Rule{"life-repeats", "activate, start, stop and deactivate can be repeated.", Scope::kPlugin, &life_repeats},
};

}  // namespace

std::span<const Rule> life_rules() { return kRules; }

}  // namespace sheave::validator
