// The load burns down as the person does: when pulls get slower than the set's best, load comes off, and none of it comes back.
//
// A pull's speed is the time it takes through the middle of its range, which leaves out how it begins and how it ends. A pull that
// is still on its way is at least as slow as its time so far says: who gets stuck is relieved there, not at the next rep. The best
// stands once load has come off: a pull that is fast because it is light must not make the next ones look slow. With two cables
// the slower side speaks for both.

#include "plugins/load_profiles/added_load.hpp"

namespace {

using sheave::load_profiles::AddedLoad;
using sheave::load_profiles::kTautShare;
using sheave::load_profiles::Moment;
using sheave::sdk::LoadBound;
using sheave::sdk::Param;

constexpr double kFromShare = 0.15, kToShare = 0.85;

// Slower than this inward, a pull is over, whether it got to its end or not. Above the noise of the speed estimate.
constexpr double kReturning_mps = 0.05;

class Burnout final : public AddedLoad {
 public:
  static constexpr sheave::sdk::About kAbout{.id = "burnout",
                                             .name = "Burnout",
                                             .vendor = "Sheave",
                                             .version = "1.0.0",
                                             .description = "Load comes off as the pulls get slower than the set's best, and stays off.",
                                             .max_tick_us = 20,
                                             .min_rate_hz = 50};

 private:
  struct Axis {
    bool below = false;    ///< Where a pull begins.
    bool pulling = false;  ///< On the way through the middle.
    double time_s = 0.0;
    double best_s = 0.0;  ///< 0: no whole pull yet.
    double share = 1.0;   ///< Of the load, on its way to target_.
  };

  void forget() override {
    axes_ = {};
    target_ = 1.0;
  }

  double wanted_n(std::size_t i, const Moment& now) override {
    Axis& axis = axes_[i];
    if (now.ranged()) time_pull(axis, now);
    axis.share = std::max(std::min(axis.share, target_), axis.share - fall_ps_ * now.dt_s);
    return (axis.share - 1.0) * now.previous_n;
  }

  LoadBound most() const override { return {}; }

  void time_pull(Axis& axis, const Moment& now) {
    if (now.share < kFromShare) {
      axis.below = true;
      axis.pulling = false;
      return;
    }
    if (axis.below) {
      axis.below = false;
      axis.pulling = true;
      axis.time_s = 0.0;
    }
    if (!axis.pulling) return;
    axis.time_s += now.dt_s;
    judge(axis);
    if (now.share > kToShare) {
      const bool fresh = target_ == 1.0;
      if (axis.best_s == 0.0 || (fresh && axis.time_s < axis.best_s)) axis.best_s = axis.time_s;
      axis.pulling = false;
    } else if (now.speed_mps < -kReturning_mps) {
      axis.pulling = false;
    }
  }

  void judge(const Axis& axis) {
    if (axis.best_s == 0.0 || axis.time_s <= axis.best_s) return;
    const double loss = 1.0 - axis.best_s / axis.time_s;
    const double over = std::clamp((loss - start_loss_) / kSpan, 0.0, 1.0);
    target_ = std::min(target_, 1.0 - over * (1.0 - least_share_));
  }

  /// Further loss of speed over which all comes off that may: who moves at half the best speed is about spent.
  static constexpr double kSpan = 0.3;

  Param<double> start_loss_{*this,
                            {.id = 1,
                             .name = "start_loss",
                             .unit = "1",
                             .help = "Loss of speed against the set's best pull from which on load comes off.",
                             .min = 0.05,
                             .max = 0.6,
                             .initial = 0.2}};
  Param<double> least_share_{*this,
                             {.id = 2,
                              .name = "least_share",
                              .unit = "1",
                              .help = "Share of the load that stays, however slow the pulls become.",
                              .min = kTautShare,
                              .max = 0.95,
                              .initial = 0.5}};
  Param<double> fall_ps_{*this,
                         {.id = 3,
                          .name = "fall_ps",
                          .unit = "/s",
                          .help = "How fast load comes off, in shares of it per second.",
                          .min = 0.05,
                          .max = 1.0,
                          .initial = 0.25,
                          .live = true}};

  std::array<Axis, SHEAVE_MAX_AXES> axes_{};
  double target_ = 1.0;
};

}  // namespace

SHEAVE_PLUGINS(Burnout);
