// A flywheel: a mass that has to be sped up with the handle and, once it flies, wants to go on. Tension grows by mass times
// acceleration, and falls by as much while the handle slows; on the way back it must be braked, as with the real disk.
//
// Acceleration is the rate of the low-passed speed. A force fed back from acceleration is only stable where the filter is slow
// against everything else in the loop (3 ms of exchange and torque lag, the speed estimate): with 60 ms the loop gain of 30 kg on
// a 4.5 kg drum is below one where the phase has turned around. Faster changes are felt as the drum's own inertia alone.

#include "plugins/load_profiles/added_load.hpp"

namespace {

using sheave::load_profiles::AddedLoad;
using sheave::load_profiles::Moment;
using sheave::sdk::Param;

constexpr double kFilter_s = 0.060;

class Inertia final : public AddedLoad {
 public:
  static constexpr sheave::sdk::About kAbout{.id = "inertia",
                                             .name = "Flywheel",
                                             .vendor = "Sheave",
                                             .version = "1.0.0",
                                             .description = "A mass that has to be accelerated and braked, on top of the load.",
                                             .max_tick_us = 20,
                                             .min_rate_hz = 400};

 private:
  struct Axis {
    double speed_mps = 0.0;
    bool seen = false;
  };

  void forget() override { axes_ = {}; }

  double wanted_n(std::size_t i, const Moment& now) override {
    Axis& axis = axes_[i];
    if (!axis.seen) axis = {now.speed_mps, true};
    const double acceleration_mps2 = (now.speed_mps - axis.speed_mps) / (kFilter_s + now.dt_s);
    axis.speed_mps += acceleration_mps2 * now.dt_s;
    return std::clamp(mass_kg_ * acceleration_mps2, -most_n_, most_n_.get());
  }

  Param<double> mass_kg_{*this,
                         {.id = 1,
                          .name = "mass_kg",
                          .unit = "kg",
                          .help = "Mass that moves with the handle, beside the machine's own.",
                          .min = 0.0,
                          .max = 30.0,
                          .initial = 10.0,
                          .live = true}};
  Param<double> most_n_{*this,
                        {.id = 2,
                         .name = "most_n",
                         .unit = "N",
                         .help = "Most that is added or taken off.",
                         .min = 0.0,
                         .max = 600.0,
                         .initial = 300.0,
                         .live = true}};

  std::array<Axis, SHEAVE_MAX_AXES> axes_{};
};

}  // namespace

SHEAVE_PLUGINS(Inertia);
