// The set speed and no more: below it the handle carries the load of the link before; at it, the machine resists as hard as the
// person pulls. On the way back the load stays, or, with a speed of its own, gives way when the handle is pulled in faster:
// the machine never drives the handle home against a person.
//
// Each direction has a proportional and integral controller of the speed, bounded on both sides. Stability: 350 N.s/m on a drum
// of 4.5 to 12 kg closes at 29 to 78 rad/s. At the upper end exchange, torque lag and estimate, together about 8 ms, take 35 degrees
// and the integral 9: some 45 are left without the damping of a hand. Stiffer, it would ring before it held the speed better.

#include "plugins/load_profiles/added_load.hpp"

namespace {

using sheave::load_profiles::AddedLoad;
using sheave::load_profiles::kGuard;
using sheave::load_profiles::kTautShare;
using sheave::load_profiles::Moment;
using sheave::load_profiles::smooth;
using sheave::sdk::LoadBound;
using sheave::sdk::Param;

constexpr double kStiffness_nspm = 350.0;
constexpr double kIntegral_ps = 12.0;

/// Holds a speed by a force of 0 to `most_n` against it.
class SpeedHold {
 public:
  /// @param speed_mps in the direction that is held. @param on_n what is on of the force wanted last.
  double hold_n(double speed_mps, double set_mps, double most_n, double on_n, double dt_s) {
    const double over_mps = speed_mps - set_mps;
    // Nothing resists a handle that stands: what is still on when a pull ends is gone before the handle turns around.
    const double bound_n = most_n * smooth(speed_mps / set_mps);
    // While the force is still on its way the integral waits: wound up, it would throw the handle back.
    const bool on_its_way = (wanted_n_ - on_n) * over_mps > 0.0;
    const double step_n = on_its_way ? 0.0 : kStiffness_nspm * kIntegral_ps * over_mps * dt_s;
    integral_n_ = std::clamp(integral_n_ + step_n, 0.0, bound_n);
    return wanted_n_ = std::clamp(kStiffness_nspm * over_mps + integral_n_, 0.0, bound_n);
  }

 private:
  double integral_n_ = 0.0, wanted_n_ = 0.0;
};

class Isokinetic final : public AddedLoad {
 public:
  static constexpr sheave::sdk::About kAbout{.id = "isokinetic",
                                             .name = "Isokinetic",
                                             .vendor = "Sheave",
                                             .version = "1.0.0",
                                             .description = "The set speed and no more, however hard the pull.",
                                             .max_tick_us = 20,
                                             .min_rate_hz = 500};

  Isokinetic() : AddedLoad(kGuard) {}

 private:
  struct Axis {
    SpeedHold out, back;
  };

  void forget() override { axes_ = {}; }

  double wanted_n(std::size_t i, const Moment& now) override {
    Axis& axis = axes_[i];
    const double resist_n = axis.out.hold_n(now.speed_mps, speed_mps_, most_n_, std::max(0.0, added_n(i)), now.dt_s);
    if (return_speed_mps_ == 0.0) return resist_n;
    const double return_mps = std::max(kSlowest_mps, return_speed_mps_.get());
    const double loose_n = (1.0 - kTautShare) * now.previous_n;
    return resist_n - axis.back.hold_n(-now.speed_mps, return_mps, loose_n, std::max(0.0, -added_n(i)), now.dt_s);
  }

  LoadBound most() const override { return {.added_n = most_n_}; }

  /// From shortly before the speed that is held.
  double own_mass(std::size_t /*axis*/, const Moment& now) const override {
    const double back = return_speed_mps_ > 0.0 ? -now.speed_mps / std::max(kSlowest_mps, return_speed_mps_.get()) : 0.0;
    return smooth((std::max(now.speed_mps / speed_mps_, back) - kNearly) / (1.0 - kNearly));
  }

  static constexpr double kNearly = 0.9;
  static constexpr double kSlowest_mps = 0.1;

  Param<double> speed_mps_{*this,
                           {.id = 1,
                            .name = "speed_mps",
                            .unit = "m/s",
                            .help = "Speed of the pull that is held.",
                            .min = kSlowest_mps,
                            .max = 2.0,
                            .initial = 0.5,
                            .live = true}};
  Param<double> most_n_{*this,
                        {.id = 2,
                         .name = "most_n",
                         .unit = "N",
                         .help = "Most tension added to hold the speed.",
                         .min = 20.0,
                         .max = 900.0,
                         .initial = 500.0,
                         .live = true}};
  Param<double> return_speed_mps_{*this,
                                  {.id = 3,
                                   .name = "return_speed_mps",
                                   .unit = "m/s",
                                   .help = "Speed on the way back above which the load gives way, at least 0.1; 0: constant load.",
                                   .min = 0.0,
                                   .max = 2.0,
                                   .initial = 0.0}};

  std::array<Axis, SHEAVE_MAX_AXES> axes_{};
};

}  // namespace

SHEAVE_PLUGINS(Isokinetic);
