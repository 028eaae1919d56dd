// A damper, as in water: the faster the pull, the more it resists. On the way back it may brake too, which takes load off.
//
// The speed comes filtered from the host; a second, short filter keeps what is left of the encoder's grain out of the hand.
// The steepest setting neither rings nor shakes on a 4.5 kg drum at 500 Hz with 4 ms of delay (profile_loop_test).

#include "plugins/load_profiles/added_load.hpp"

namespace {

using sheave::load_profiles::AddedLoad;
using sheave::load_profiles::Moment;
using sheave::sdk::LoadBound;
using sheave::sdk::Param;

constexpr double kFilter_s = 0.004;

class Viscous final : public AddedLoad {
 public:
  static constexpr sheave::sdk::About kAbout{.id = "viscous",
                                             .name = "Viscous load",
                                             .vendor = "Sheave",
                                             .version = "1.0.0",
                                             .description = "A damper on top of the load: resistance grows with speed.",
                                             .max_tick_us = 20,
                                             .min_rate_hz = 500};

 private:
  void forget() override { speed_mps_ = {}; }

  double wanted_n(std::size_t axis, const Moment& now) override {
    double& speed_mps = speed_mps_[axis];
    speed_mps += (now.speed_mps - speed_mps) * now.dt_s / (kFilter_s + now.dt_s);
    const double coefficient_nspm = speed_mps > 0.0 ? damping_nspm_.get() : damping_nspm_ * return_share_;
    return std::clamp(coefficient_nspm * speed_mps, -most_n_, most_n_.get());
  }

  LoadBound most() const override { return {.added_n = most_n_}; }

  Param<double> damping_nspm_{*this,
                              {.id = 1,
                               .name = "damping_nspm",
                               .unit = "N.s/m",
                               .help = "Tension added per speed of the pull.",
                               .min = 0.0,
                               .max = 400.0,
                               .initial = 150.0,
                               .live = true}};
  Param<double> return_share_{*this,
                              {.id = 2,
                               .name = "return_share",
                               .unit = "1",
                               .help = "Share of the damping that brakes the way back, by taking load off.",
                               .min = 0.0,
                               .max = 1.0,
                               .initial = 0.0,
                               .live = true}};
  Param<double> most_n_{*this,
                        {.id = 3,
                         .name = "most_n",
                         .unit = "N",
                         .help = "Most that is added or taken off.",
                         .min = 0.0,
                         .max = 600.0,
                         .initial = 300.0,
                         .live = true}};

  std::array<double, SHEAVE_MAX_AXES> speed_mps_{};
};

}  // namespace

SHEAVE_PLUGINS(Viscous);
