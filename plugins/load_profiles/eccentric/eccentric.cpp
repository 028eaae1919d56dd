// More (or less) load on the way back: 50 to 150 % of the link before it, faded in after the turnaround.
//
// The share of the extra that is on (`gain`, 0 to 1) follows the place in the range, so that a still handle feels no change:
// it rises with the distance from the peak and falls again toward the bottom, where it is 0 before the next pull begins.
// A peer's machine put all of it on as one step at the bottom of the rep; here it can never be a step: beside the place, time
// limits how fast the gain moves, and the host's slew limit stands behind it.

#include "plugins/load_profiles/added_load.hpp"

namespace {

using sheave::load_profiles::AddedLoad;
using sheave::load_profiles::Moment;
using sheave::load_profiles::smooth;
using sheave::sdk::LoadBound;
using sheave::sdk::Param;

/// All of the gain in a quarter of a second: what is still on when somebody turns around early is gone before the pull is felt.
constexpr double kGainRate_per_s = 4.0;

/// Outward motion faster than this is a pull already, before the phase says so. Above the noise of the speed estimate.
constexpr double kPulling_mps = 0.05;

class Eccentric final : public AddedLoad {
 public:
  static constexpr sheave::sdk::About kAbout{.id = "eccentric",
                                             .name = "Eccentric load",
                                             .vendor = "Sheave",
                                             .version = "1.0.0",
                                             .description = "Another load on the way back, faded in after the turnaround.",
                                             .max_tick_us = 20,
                                             .min_rate_hz = 100};

 private:
  struct Axis {
    double peak_share = 0.0;  ///< Where the pull turned around.
    double gain = 0.0;
    bool pulled = false;  ///< A pull was seen since start(): without one there is no turnaround to fade in from.
  };

  void forget() override { axes_ = {}; }

  double wanted_n(std::size_t i, const Moment& now) override {
    Axis& axis = axes_[i];
    const double most = kGainRate_per_s * now.dt_s;
    axis.gain += std::clamp(target(axis, now) - axis.gain, -most, most);
    return (return_share_ - 1.0) * axis.gain * now.previous_n;
  }

  LoadBound most() const override { return {.factor = std::max(1.0, return_share_.get())}; }

  /// The gain that belongs to this place; 0 where no range is known.
  double target(Axis& axis, const Moment& now) const {
    if (!now.ranged()) return 0.0;
    if (now.phase == SHEAVE_PHASE_CONCENTRIC || now.speed_mps > kPulling_mps) {
      axis.peak_share = now.share;
      axis.pulled = true;
      return 0.0;
    }
    if (now.phase == SHEAVE_PHASE_REST || !axis.pulled) return 0.0;
    axis.peak_share = std::max(axis.peak_share, now.share);
    const double from_peak = (axis.peak_share - now.share) / fade_share_;
    const double from_bottom = (now.share - bottom_share_) / fade_share_;
    return smooth(std::min(from_peak, from_bottom));
  }

  Param<double> return_share_{*this,
                              {.id = 1,
                               .name = "return_share",
                               .unit = "1",
                               .help = "Load on the way back as a share of the load on the way out.",
                               .min = 0.5,
                               .max = 1.5,
                               .initial = 1.2,
                               .live = true}};
  Param<double> fade_share_{*this,
                            {.id = 2,
                             .name = "fade_share",
                             .unit = "1",
                             .help = "Share of the range over which it fades in after the peak, and out before the bottom.",
                             .min = 0.05,
                             .max = 0.4,
                             .initial = 0.2}};
  Param<double> bottom_share_{*this,
                              {.id = 3,
                               .name = "bottom_share",
                               .unit = "1",
                               .help = "Place in the range below which nothing of it is left.",
                               .min = 0.0,
                               .max = 0.3,
                               .initial = 0.1}};

  std::array<Axis, SHEAVE_MAX_AXES> axes_{};
};

}  // namespace

SHEAVE_PLUGINS(Eccentric);
