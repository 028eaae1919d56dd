// The plainest load: what was set, all the way, both ways.

#include "sheave_sdk.hpp"

namespace {

class Constant final : public sheave::sdk::LoadProfile {
 public:
  static constexpr sheave::sdk::About kAbout{.id = "constant",
                                             .name = "Constant load",
                                             .vendor = "Sheave",
                                             .version = "1.0.0",
                                             .description = "The same tension throughout the range, out and back.",
                                             .max_tick_us = 20};

  sheave::sdk::Tick on_tick(const sheave::sdk::LoadView& in, std::span<double> tension_n) override {
    for (std::size_t i = 0; i < tension_n.size(); ++i) tension_n[i] = in.previous_tension_n(i);
    return sheave::sdk::Tick::kRun;
  }

  std::optional<sheave::sdk::LoadBound> bound() const override { return sheave::sdk::LoadBound{}; }
};

}  // namespace

SHEAVE_PLUGINS(Constant);
