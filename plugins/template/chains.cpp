// Chains: the load grows with the range, as if links left the floor one by one.

#include <algorithm>
#include <cmath>

#include "sheave_sdk.hpp"

namespace {

using sheave::sdk::LoadBound;
using sheave::sdk::LoadView;
using sheave::sdk::Param;
using sheave::sdk::Tick;

class Chains final : public sheave::sdk::LoadProfile {
 public:
  static constexpr sheave::sdk::About kAbout{.id = "template-chains",
                                             .name = "Chains (template)",
                                             .vendor = "You",
                                             .version = "1.0.0",
                                             .description = "Lighter at the start of the range, the whole load at its end.",
                                             .max_tick_us = 20};

  Tick on_tick(const LoadView& in, std::span<double> tension_n) override {
    for (std::size_t i = 0; i < tension_n.size(); ++i) {
      const double share = in.rom_share(i);
      const double off_the_floor = std::isfinite(share) ? std::clamp(share, 0.0, 1.0) : 1.0;
      tension_n[i] = in.previous_tension_n(i) * (1.0 - chain_share_ * (1.0 - off_the_floor));
    }
    return Tick::kRun;
  }

  /// Never more than what comes in: the machine holds a set to that.
  std::optional<LoadBound> bound() const override { return LoadBound{}; }

 private:
  Param<double> chain_share_{*this,
                             {.id = 1,
                              .name = "chain_share",
                              .unit = "1",
                              .help = "Share of the load that hangs on the chains.",
                              .min = 0.0,
                              .max = 0.5,
                              .initial = 0.35,
                              .live = true}};
};

}  // namespace

SHEAVE_PLUGINS(Chains);
