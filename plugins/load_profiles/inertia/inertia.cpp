// A flywheel: a mass that has to be sped up with the handle and, once it flies, wants to go on. Tension grows by mass times
// acceleration, and falls by as much while the handle slows; on the way back it must be braked, as with the real disk.
//
// Acceleration is the rate of the low-passed speed. A force fed back from acceleration is only stable where the filter is slow
// against everything else in the loop: two periods of exchange, torque lag, the speed estimate. With 65 ms at 1 kHz and 85 ms at
// 500 Hz 30 kg on a 4.5 kg drum settle without a hand's damping (tried at 60 ms and 500 Hz: it swings). What changes faster is
// felt as the drum's own inertia alone.

#include "plugins/load_profiles/added_load.hpp"

namespace {

using sheave::load_profiles::AddedLoad;
using sheave::load_profiles::Moment;
using sheave::sdk::LoadBound;
using sheave::sdk::Param;

constexpr double kFilter_s = 0.045, kFilterPeriods = 20.0;

class Inertia final : public AddedLoad {
 public:
  static constexpr sheave::sdk::About kAbout{.id = "inertia",
                                             .name = "Flywheel",
                                             .vendor = "Sheave",
                                             .version = "1.0.0",
                                             .description = "A mass that has to be accelerated and braked, on top of the load.",
                                             .max_tick_us = 20,
                                             .min_rate_hz = 500};

  bool on_activate(const sheave_activation_t& activation) override {
    filter_s_ = kFilter_s + kFilterPeriods * 1e-9 * static_cast<double>(activation.period_ns);
    return AddedLoad::on_activate(activation);
  }

 private:
  struct Axis {
    double speed_mps = 0.0;
    bool seen = false;
  };

  void forget() override { axes_ = {}; }

  double wanted_n(std::size_t i, const Moment& now) override {
    Axis& axis = axes_[i];
    if (!axis.seen) axis = {now.speed_mps, true};
    const double acceleration_mps2 = (now.speed_mps - axis.speed_mps) / (filter_s_ + now.dt_s);
    axis.speed_mps += acceleration_mps2 * now.dt_s;
    return std::clamp(mass_kg_ * acceleration_mps2, -most_n_, most_n_.get());
  }

  LoadBound most() const override { return {.added_n = most_n_}; }

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

  /// Beside the machine's own: which it counts on.
  double own_mass(std::size_t /*axis*/, const Moment& /*now*/) const override { return 1.0; }

  double filter_s_ = kFilter_s;
  std::array<Axis, SHEAVE_MAX_AXES> axes_{};
};

}  // namespace

SHEAVE_PLUGINS(Inertia);
