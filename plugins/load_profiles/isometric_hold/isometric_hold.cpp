// Holds the handle at one place of the range: up to it the load of the link before, past it a wall that pushes back as hard as the
// person pulls, up to a limit. When the person eases off, it eases off with them.
//
// The wall is a spring and damper on the drum's mass with a slow integral, so that the handle ends up at the place and not beside
// it. Stability: 5 kN/m on 7 kg is 27 rad/s, damped at 0.8 of critical; 8 ms of loop delay take 12 degrees of that. The integral is
// an eighth of what would shake 12 kg (damping * stiffness > mass * integral). The wall is as soft as a force-controlled
// cable can make it: the first tug moves it by centimetres.

#include "plugins/load_profiles/added_load.hpp"
#include "plugins/load_profiles/range_in_metres.hpp"

namespace {

using sheave::load_profiles::AddedLoad;
using sheave::load_profiles::Moment;
using sheave::load_profiles::RangeInMetres;
using sheave::load_profiles::smooth;
using sheave::sdk::LoadBound;
using sheave::sdk::Param;

constexpr double kStiffness_npm = 5000.0;
constexpr double kDamping_nspm = 300.0;
constexpr double kIntegral_npms = 15'000.0;

class IsometricHold final : public AddedLoad {
 public:
  static constexpr sheave::sdk::About kAbout{.id = "isometric-hold",
                                             .name = "Isometric hold",
                                             .vendor = "Sheave",
                                             .version = "1.0.0",
                                             .description = "Holds the handle at one place of the range, however hard the pull.",
                                             .max_tick_us = 20,
                                             .min_rate_hz = 500};

  // It falls as fast as the machine lets anything fall: whoever lets go of a wall must not be pulled along by it.
  IsometricHold() : AddedLoad({.rise = 1.0, .fall = 2.0}) {}

 private:
  struct Axis {
    RangeInMetres range;
    double integral_n = 0.0;
  };

  void forget() override { axes_ = {}; }

  double wanted_n(std::size_t i, const Moment& now) override {
    Axis& axis = axes_[i];
    axis.range.see(now.extension_m, now.share);
    if (!now.ranged() || !axis.range.found()) {
      axis.integral_n = 0.0;
      return 0.0;
    }
    const double past_m = now.extension_m - axis.range.place_m(at_share_);
    axis.integral_n = std::clamp(axis.integral_n + kIntegral_npms * past_m * now.dt_s, 0.0, most_n_.get());
    return std::clamp(kStiffness_npm * past_m + kDamping_nspm * now.speed_mps + axis.integral_n, 0.0, most_n_.get());
  }

  LoadBound most() const override { return {.added_n = most_n_}; }

  /// At the wall, and from a finger's breadth before it.
  double own_mass(std::size_t i, const Moment& now) const override {
    const RangeInMetres& range = axes_[i].range;
    if (!now.ranged() || !range.found()) return 0.0;
    return smooth(1.0 + (now.extension_m - range.place_m(at_share_)) / kBefore_m);
  }

  static constexpr double kBefore_m = 0.01;

  Param<double> at_share_{
      *this,
      {.id = 1, .name = "at_share", .unit = "1", .help = "Place in the range that is held.", .min = 0.1, .max = 1.0, .initial = 0.5}};
  Param<double> most_n_{*this,
                        {.id = 2,
                         .name = "most_n",
                         .unit = "N",
                         .help = "Most tension added to hold the place.",
                         .min = 20.0,
                         .max = 900.0,
                         .initial = 300.0,
                         .live = true}};

  std::array<Axis, SHEAVE_MAX_AXES> axes_{};
};

}  // namespace

SHEAVE_PLUGINS(IsometricHold);
