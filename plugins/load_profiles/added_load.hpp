#pragma once
// What the load profiles of this folder share: each adds to (or takes from) the tension of the link before it, and whatever it
// wants, it gets there at a bounded rate. So no profile makes a step: not at a turnaround, a change of phase, a live parameter,
// nor when the range becomes known or unknown; and any two in a chain together stay within the machine's own slew limits.

#include <algorithm>
#include <array>
#include <cmath>

#include "sheave_sdk.hpp"

namespace sheave::load_profiles {

/// Longest step of time that anything follows: after missed ticks it does not catch up at once.
inline constexpr double kMaxStep_s = 0.02;

/// What a profile that takes load away leaves of the link before it: a cable that went slack snatches when it comes taut.
inline constexpr double kTautShare = 0.2;

/// Beyond these no handle goes; what comes in is clamped to them, so that no product below overflows.
inline constexpr double kMost_mps = 20.0, kMost_m = 100.0, kMostShare = 10.0;

/// 0 below 0, 1 above 1, and no corner between: 3x^2 - 2x^3.
inline double smooth(double x) noexcept {
  x = std::clamp(x, 0.0, 1.0);
  return x * x * (3.0 - 2.0 * x);
}

/// One cable in one tick, from a good sample: every value is finite, but `share` where no range is known.
struct Moment {
  double dt_s;         ///< 0 on the first tick, at most kMaxStep_s.
  double extension_m;  ///< From the home stop.
  double speed_mps;    ///< Positive while pulling.
  double share;        ///< Of the calibrated range; NaN where none is.
  double previous_n;   ///< >= 0
  sheave_phase_t phase;

  bool ranged() const noexcept { return std::isfinite(share); }
};

/// How fast an addition may move, in shares of the machine's rise limit (its fall limit is twice that).
struct Haste {
  double rise, fall;
};
inline constexpr Haste kShape{0.5, 1.0};  ///< A load that belongs to a place or a speed: two of them fit into one chain.
inline constexpr Haste kGuard{1.0, 1.0};  ///< A controller that must catch a speed or a place before it runs away.

class AddedLoad : public sdk::LoadProfile {
 public:
  bool on_activate(const sheave_activation_t& activation) override {
    rise_nps_ = haste_.rise * std::max(0.0, activation.slew_max_nps);
    fall_nps_ = haste_.fall * std::max(0.0, activation.slew_max_nps);
    return true;
  }

  std::optional<sdk::LoadBound> bound() const final { return most(); }

  void on_start() override {
    added_n_ = {};
    forget();
  }

  sdk::Tick on_tick(const sdk::LoadView& in, std::span<double> tension_n) override {
    const double dt_s = std::clamp(static_cast<double>(in.time().dt_ns) * 1e-9, 0.0, kMaxStep_s);
    for (std::size_t i = 0; i < tension_n.size(); ++i) {
      const double previous_n = tension_n[i] = in.previous_tension_n(i);
      if (!std::isfinite(previous_n)) continue;  // answered with an error by the SDK; nothing here may remember it
      const double kept_n = std::max(0.0, previous_n);
      if (good(in.axis(i))) {
        const Moment now = moment(in, i, kept_n, dt_s);
        follow(i, now);
        in.need_own_mass(i, own_mass(i, now));
      }
      tension_n[i] = std::max(kept_n + added_n_[i], kTautShare * kept_n);
    }
    return sdk::Tick::kRun;
  }

 protected:
  explicit AddedLoad(const Haste& haste = kShape) : haste_(haste) {}

  /// What to add to `now.previous_n`, negative to take away. Called for ticks with a good sample only: through a gap the addition
  /// is held. Must answer with a number. [control & running]
  virtual double wanted_n(std::size_t axis, const Moment& now) = 0;

  /// The share of the machine's own mass that this profile needs in the hand, 0..1; asked after wanted_n(). Zero for what depends on
  /// the place alone. [control & running]
  virtual double own_mass(std::size_t /*axis*/, const Moment& /*now*/) const { return 0.0; }

  /// The most that wanted_n() answers with, over what comes in. [main & active & !running]
  virtual sdk::LoadBound most() const = 0;

  /// What is added now, as of the last tick: behind what was wanted where the rate held it back. [control & running]
  double added_n(std::size_t axis) const noexcept { return added_n_[axis]; }

  /// Whatever was remembered of the last run. [control & active & !running]
  virtual void forget() {}

 private:
  static bool good(const sheave_axis_state_t& axis) noexcept {
    return (axis.flags & SHEAVE_AXIS_VALID) != 0 && std::isfinite(axis.speed_mps) && std::isfinite(axis.extension_m);
  }

  static Moment moment(const sdk::LoadView& in, std::size_t i, double previous_n, double dt_s) noexcept {
    const double share = in.rom_share(i);
    return {.dt_s = dt_s,
            .extension_m = std::clamp(in.axis(i).extension_m, -kMost_m, kMost_m),
            .speed_mps = std::clamp(in.axis(i).speed_mps, -kMost_mps, kMost_mps),
            .share = std::isfinite(share) ? std::clamp(share, -kMostShare, kMostShare) : share,
            .previous_n = previous_n,
            .phase = in.phase(i)};
  }

  void follow(std::size_t i, const Moment& now) {
    const double change_n = wanted_n(i, now) - added_n_[i];
    added_n_[i] += std::clamp(change_n, -fall_nps_ * now.dt_s, rise_nps_ * now.dt_s);
  }

  Haste haste_;
  double rise_nps_ = 0.0, fall_nps_ = 0.0;
  std::array<double, SHEAVE_MAX_AXES> added_n_{};
};

}  // namespace sheave::load_profiles
