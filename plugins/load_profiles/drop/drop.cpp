// A drop set without putting the handle down: when a pull gets stuck, a part of the load comes off and the person goes on, up to
// three times. Nothing of it comes back within the set.
//
// Stuck depends on the place: near the start one may breathe, in the middle a standstill of half a second is a failing pull, near
// the end one holds the peak on purpose. (A training machine's stripping mode uses the same zones.) Nothing counts before the first
// pull, nor on the way back. The spotter's second of stall comes after this one: what drops in time needs no spotter. Both sides of
// a two-cable pull drop together.

#include "plugins/load_profiles/added_load.hpp"

namespace {

using sheave::load_profiles::AddedLoad;
using sheave::load_profiles::kTautShare;
using sheave::load_profiles::Moment;
using sheave::sdk::LoadBound;
using sheave::sdk::Param;

constexpr double kRackedShare = -0.1;  // below it the handle is on its way home
constexpr double kLowShare = 0.2, kHighShare = 0.85;
constexpr double kPulledShare = 0.5;
constexpr double kStillLow_mps = 0.02, kStillMiddle_mps = 0.05;

class Drop final : public AddedLoad {
 public:
  static constexpr sheave::sdk::About kAbout{.id = "drop",
                                             .name = "Drop set",
                                             .vendor = "Sheave",
                                             .version = "1.0.0",
                                             .description = "A part of the load comes off each time a pull gets stuck, and stays off.",
                                             .max_tick_us = 20,
                                             .min_rate_hz = 50};

 private:
  enum class Zone : std::uint8_t { kNone, kLow, kMiddle };

  struct Axis {
    bool pulled = false;
    Zone zone = Zone::kNone;  ///< In which it stands still.
    double still_s = 0.0;
    double target = 1.0;
    double share = 1.0;  ///< Of the load, on its way to `target`.
  };

  void forget() override {
    axes_ = {};
    dropped_ = 0;
  }

  double wanted_n(std::size_t i, const Moment& now) override {
    Axis& axis = axes_[i];
    if (now.ranged()) watch(axis, now);
    if (!at_low_point_ || (now.ranged() && now.share < kLowShare)) axis.target = least();
    axis.share = std::max(std::min(axis.share, axis.target), axis.share - drop_share_ / ramp_s_ * now.dt_s);
    return (axis.share - 1.0) * now.previous_n;
  }

  LoadBound most() const override { return {}; }

  double least() const { return std::max(kTautShare, 1.0 - dropped_ * drop_share_); }

  void watch(Axis& axis, const Moment& now) {
    if (now.share > kPulledShare) axis.pulled = true;
    const Zone zone = axis.pulled ? stands_in(now) : Zone::kNone;
    const bool dropping = axis.share > least();
    axis.still_s = zone == axis.zone && !dropping ? axis.still_s + now.dt_s : 0.0;
    axis.zone = zone;
    if (zone == Zone::kNone || axis.still_s < (zone == Zone::kLow ? low_still_s_ : middle_still_s_)) return;
    if (dropped_ < drops_) ++dropped_;
    for (Axis& each : axes_) each.still_s = 0.0;
  }

  static Zone stands_in(const Moment& now) {
    if (now.phase == SHEAVE_PHASE_ECCENTRIC || now.share < kRackedShare || now.share > kHighShare) return Zone::kNone;
    const bool low = now.share < kLowShare;
    if (std::abs(now.speed_mps) > (low ? kStillLow_mps : kStillMiddle_mps)) return Zone::kNone;
    return low ? Zone::kLow : Zone::kMiddle;
  }

  Param<int> drops_{*this, {.id = 1, .name = "drops", .unit = "1", .help = "Most drops in a set.", .min = 1, .max = 4, .initial = 3}};
  Param<double> drop_share_{*this,
                            {.id = 2,
                             .name = "drop_share",
                             .unit = "1",
                             .help = "What each drop takes off, as a share of the set's load; a fifth of the load always stays.",
                             .min = 0.05,
                             .max = 0.4,
                             .initial = 0.2}};
  Param<double> middle_still_s_{*this,
                                {.id = 3,
                                 .name = "middle_still_s",
                                 .unit = "s",
                                 .help = "Standstill in the middle of a pull after which the load drops.",
                                 .min = 0.3,
                                 .max = 3.0,
                                 .initial = 0.5}};
  Param<double> low_still_s_{*this,
                             {.id = 4,
                              .name = "low_still_s",
                              .unit = "s",
                              .help = "Standstill at the start of the range after which the load drops.",
                              .min = 0.5,
                              .max = 10.0,
                              .initial = 2.0}};
  Param<double> ramp_s_{
      *this, {.id = 5, .name = "ramp_s", .unit = "s", .help = "Time over which a drop comes off.", .min = 0.2, .max = 5.0, .initial = 0.5}};
  Param<bool> at_low_point_{*this,
                            {.id = 6,
                             .name = "at_low_point",
                             .unit = "1",
                             .help = "1: a drop waits for the start of the range; 0: it comes where the pull got stuck.",
                             .min = 0,
                             .max = 1,
                             .initial = 0}};

  std::array<Axis, SHEAVE_MAX_AXES> axes_{};
  int dropped_ = 0;
};

}  // namespace

SHEAVE_PLUGINS(Drop);
