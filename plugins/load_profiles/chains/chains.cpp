// Chains: the further the pull, the more of the chain hangs off the floor. And inverse chains, which lighten toward the peak,
// where many pulls are weakest. Both are straight lines over the share of the range: the load follows the place, so there is
// nothing to switch at a turnaround, and a still handle feels no change. Without a known range neither does anything.

#include "plugins/load_profiles/added_load.hpp"

namespace {

using sheave::load_profiles::AddedLoad;
using sheave::load_profiles::Moment;
using sheave::sdk::About;
using sheave::sdk::LoadBound;
using sheave::sdk::Param;

constexpr double kGravity_mps2 = 9.80665;

/// 0 up to `from_share`, 1 from the end of the range on.
double hanging(const Moment& now, double from_share) {
  return now.ranged() ? std::clamp((now.share - from_share) / (1.0 - from_share), 0.0, 1.0) : 0.0;
}

class Chains final : public AddedLoad {
 public:
  static constexpr About kAbout{.id = "chains",
                                .name = "Chains",
                                .vendor = "Sheave",
                                .version = "1.0.0",
                                .description = "More load the further the pull, as with chains that lift off the floor.",
                                .max_tick_us = 20,
                                .min_rate_hz = 50};

 private:
  double wanted_n(std::size_t /*axis*/, const Moment& now) override {
    return hanging(now, from_share_) * (amount_share_ * now.previous_n + kGravity_mps2 * amount_kg_);
  }

  LoadBound most() const override { return {.factor = 1.0 + amount_share_, .added_n = kGravity_mps2 * amount_kg_}; }

  // About 35 % of the load is what studies of chains and bands used (Soria-Gila 2015).
  Param<double> amount_share_{*this,
                              {.id = 1,
                               .name = "amount_share",
                               .unit = "1",
                               .help = "Added at the end of the range, as a share of the load.",
                               .min = 0.0,
                               .max = 1.0,
                               .initial = 0.35,
                               .live = true}};
  Param<double> amount_kg_{*this,
                           {.id = 2,
                            .name = "amount_kg",
                            .unit = "kg",
                            .help = "Added at the end of the range, per cable, beside the share.",
                            .min = 0.0,
                            .max = 45.0,
                            .initial = 0.0,
                            .live = true}};
  Param<double> from_share_{*this,
                            {.id = 3,
                             .name = "from_share",
                             .unit = "1",
                             .help = "Place in the range at which the chain begins to lift.",
                             .min = 0.0,
                             .max = 0.6,
                             .initial = 0.0}};
};

class InverseChains final : public AddedLoad {
 public:
  static constexpr About kAbout{.id = "inverse-chains",
                                .name = "Inverse chains",
                                .vendor = "Sheave",
                                .version = "1.0.0",
                                .description = "The full load at the start of the pull, less the further it goes; never more than was set.",
                                .max_tick_us = 20,
                                .min_rate_hz = 50};

 private:
  double wanted_n(std::size_t /*axis*/, const Moment& now) override {
    return -hanging(now, from_share_) * (amount_share_ * now.previous_n + kGravity_mps2 * amount_kg_);
  }

  LoadBound most() const override { return {}; }

  Param<double> amount_share_{*this,
                              {.id = 1,
                               .name = "amount_share",
                               .unit = "1",
                               .help = "Taken off at the end of the range, as a share of the load; a fifth of the load always stays.",
                               .min = 0.0,
                               .max = 0.8,
                               .initial = 0.35,
                               .live = true}};
  Param<double> amount_kg_{*this,
                           {.id = 2,
                            .name = "amount_kg",
                            .unit = "kg",
                            .help = "Taken off at the end of the range, per cable, beside the share.",
                            .min = 0.0,
                            .max = 45.0,
                            .initial = 0.0,
                            .live = true}};
  Param<double> from_share_{*this,
                            {.id = 3,
                             .name = "from_share",
                             .unit = "1",
                             .help = "Place in the range from which on it lightens.",
                             .min = 0.0,
                             .max = 0.6,
                             .initial = 0.0}};
};

}  // namespace

SHEAVE_PLUGINS(Chains, InverseChains);
