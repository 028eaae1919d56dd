// An elastic band from the start of the range: tension grows with the metres pulled, the same out and back.
//
// The band is anchored in metres, not in shares of the range: a band does not know how long somebody's arms are. Where the range
// lies in metres shows within the first hundredth of the first movement; until then, and without a known range, nothing is added.

#include "plugins/load_profiles/added_load.hpp"
#include "plugins/load_profiles/range_in_metres.hpp"

namespace {

using sheave::load_profiles::AddedLoad;
using sheave::load_profiles::Moment;
using sheave::load_profiles::RangeInMetres;
using sheave::sdk::LoadBound;
using sheave::sdk::Param;

class Elastic final : public AddedLoad {
 public:
  static constexpr sheave::sdk::About kAbout{.id = "elastic",
                                             .name = "Elastic band",
                                             .vendor = "Sheave",
                                             .version = "1.0.0",
                                             .description = "A band stretched from the start of the range, on top of the load.",
                                             .max_tick_us = 20,
                                             .min_rate_hz = 100};

 private:
  void forget() override { ranges_ = {}; }

  double wanted_n(std::size_t axis, const Moment& now) override {
    RangeInMetres& range = ranges_[axis];
    range.see(now.extension_m, now.share);
    if (!now.ranged() || !range.found()) return 0.0;
    return std::clamp(rate_npm_ * (now.extension_m - range.place_m(0.0)), 0.0, most_n_.get());
  }

  LoadBound most() const override { return {.added_n = most_n_}; }

  // Real bands: 141 to 1,292 N/m (six colours of a training machine's elastic mode).
  Param<double> rate_npm_{*this,
                          {.id = 1,
                           .name = "rate_npm",
                           .unit = "N/m",
                           .help = "Tension added per metre of pull.",
                           .min = 0.0,
                           .max = 1300.0,
                           .initial = 150.0,
                           .live = true}};
  Param<double> most_n_{*this,
                        {.id = 2,
                         .name = "most_n",
                         .unit = "N",
                         .help = "Most tension that the band adds, however long the pull.",
                         .min = 0.0,
                         .max = 800.0,
                         .initial = 400.0,
                         .live = true}};

  std::array<RangeInMetres, SHEAVE_MAX_AXES> ranges_{};
};

}  // namespace

SHEAVE_PLUGINS(Elastic);
