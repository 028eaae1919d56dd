// The load that a person can move at a set speed: while a pull is faster it grows, while it is slower it falls, within two bounds and
// at a bounded rate. It is found over a few pulls and then follows how strong the person still is.
//
// It learns in the middle of the pull only, where speed says something about strength; at the ends every pull is slow. Between pulls
// and on the way back it stays as it is. Without a known range nothing is learned, and what was added comes off; what was taken off
// does not come back unasked. With two cables the weaker side sets both.

#include "plugins/load_profiles/added_load.hpp"

namespace {

using sheave::load_profiles::AddedLoad;
using sheave::load_profiles::kTautShare;
using sheave::load_profiles::Moment;
using sheave::load_profiles::smooth;
using sheave::sdk::LoadBound;
using sheave::sdk::Param;

constexpr double kEnds = 0.1, kFade = 0.1;  // nothing is learned in the outer tenths of the range, little in the next

class Adaptive final : public AddedLoad {
 public:
  static constexpr sheave::sdk::About kAbout{.id = "adaptive",
                                             .name = "Adaptive",
                                             .vendor = "Sheave",
                                             .version = "1.0.0",
                                             .description = "Follows what the person can move at a set speed.",
                                             .max_tick_us = 20,
                                             .min_rate_hz = 100};

 private:
  struct Axis {
    bool learned = false;
    double share = 1.0;  ///< Of the load.
  };

  void forget() override { axes_ = {}; }

  double wanted_n(std::size_t i, const Moment& now) override {
    Axis& axis = axes_[i];
    if (!now.ranged()) {
      axis.share = std::min(axis.share, std::max(1.0, axis.share - fall_ps_ * now.dt_s));
    } else if (now.phase == SHEAVE_PHASE_CONCENTRIC) {
      learn(axis, now);
    }
    return (common() - 1.0) * now.previous_n;
  }

  LoadBound most() const override { return {.factor = most_share_}; }

  void learn(Axis& axis, const Moment& now) {
    const double weight = smooth((now.share - kEnds) / kFade) * smooth((1.0 - kEnds - now.share) / kFade);
    if (weight == 0.0) return;
    const double faster = std::clamp(now.speed_mps / speed_mps_ - 1.0, -1.0, 1.0);
    const double rate_ps = faster > 0.0 ? rise_ps_ : fall_ps_;
    axis.share = std::clamp(axis.share + rate_ps * faster * weight * now.dt_s, least_share_.get(), most_share_.get());
    axis.learned = true;
  }

  double common() const {
    double least = kNone;
    for (const Axis& axis : axes_) {
      if (axis.learned) least = std::min(least, axis.share);
    }
    return least == kNone ? 1.0 : least;
  }

  static constexpr double kNone = 10.0;  // above any share

  Param<double> speed_mps_{*this,
                           {.id = 1,
                            .name = "speed_mps",
                            .unit = "m/s",
                            .help = "Speed of the pull at which the load stays as it is.",
                            .min = 0.1,
                            .max = 2.0,
                            .initial = 0.4,
                            .live = true}};
  Param<double> least_share_{*this,
                             {.id = 2,
                              .name = "least_share",
                              .unit = "1",
                              .help = "Least load, as a share of the set's.",
                              .min = kTautShare,
                              .max = 1.0,
                              .initial = 0.5}};
  Param<double> most_share_{
      *this,
      {.id = 3, .name = "most_share", .unit = "1", .help = "Most load, as a share of the set's.", .min = 1.0, .max = 1.5, .initial = 1.25}};
  Param<double> rise_ps_{*this,
                         {.id = 4,
                          .name = "rise_ps",
                          .unit = "/s",
                          .help = "Fastest growth, in shares of the load per second of pull.",
                          .min = 0.0,
                          .max = 0.5,
                          .initial = 0.15,
                          .live = true}};
  Param<double> fall_ps_{*this,
                         {.id = 5,
                          .name = "fall_ps",
                          .unit = "/s",
                          .help = "Fastest fall, in shares of the load per second of pull.",
                          .min = 0.05,
                          .max = 1.0,
                          .initial = 0.5,
                          .live = true}};

  std::array<Axis, SHEAVE_MAX_AXES> axes_{};
};

}  // namespace

SHEAVE_PLUGINS(Adaptive);
