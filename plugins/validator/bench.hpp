#pragma once
// A plugin on the bench: the host with one file in it, and ways to get instances of the plugin under test.

#include <memory>
#include <string>
#include <utility>

#include "plugins/validator/drive.hpp"
#include "plugins/validator/rule.hpp"

namespace sheave::validator {

class Bench {
 public:
  explicit Bench(const Subject& subject) : subject_(subject) { registry_.load(subject.file); }

  /// @pre the host accepts the file and it holds the plugin: life and work rules run only then.
  const plugin_host::PluginInfo& info() const { return *registry_.find(subject_.plugin); }

  /// Created and activated; null where the plugin refuses, with the reason in `fault`.
  std::unique_ptr<plugin_host::Instance> make(const plugin_host::ParamValues& values, std::string& fault) {
    auto made = registry_.create(subject_.plugin, info().kind.c_str(), values, Driver::context());
    if (!made.ok()) return fault = made.status().message, nullptr;
    return *std::move(made);
  }

  /// As make(), ready to be driven.
  std::unique_ptr<Driver> drive(const plugin_host::ParamValues& values, std::string& fault) {
    auto instance = make(values, fault);
    return instance ? std::make_unique<Driver>(std::move(instance), info(), values) : nullptr;
  }

 private:
  const Subject& subject_;
  plugin_host::Registry registry_;
};

inline std::string describe(const plugin_host::ParamValues& values) {
  std::string text;
  for (const auto& [name, value] : values) text += (text.empty() ? "" : ", ") + name + " = " + std::to_string(value);
  return text.empty() ? "the defaults" : text;
}

}  // namespace sheave::validator
