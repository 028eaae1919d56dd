#pragma once
// A plugin class of the SDK, linked into the test instead of loaded: the same C face, without a file.

#include <memory>

#include "controller/plugin_host/instance.hpp"
#include "sheave_sdk.hpp"

namespace sheave::test {

/// A created plugin, not yet activated.
template <typename T>
std::unique_ptr<plugin_host::Instance> linked() {
  static const sdk::detail::Described<T> kDescribed;
  return std::make_unique<plugin_host::Instance>(sdk::detail::Shell<T>::make(&kDescribed.desc), nullptr);
}

/// Activated for a 1 kHz loop with one cable.
template <typename T>
std::unique_ptr<plugin_host::Instance> activated(const plugin_host::ParamValues& values = {}, std::size_t axis_count = 1) {
  auto instance = linked<T>();
  const plugin_host::ActivationContext context{axis_count, 1'000'000, 1000.0, 500.0, 2.5};
  return instance->activate(context, values).ok() ? std::move(instance) : nullptr;
}

}  // namespace sheave::test
