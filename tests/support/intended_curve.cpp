#include "tests/support/intended_curve.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace sheave::test {

namespace {

constexpr double kStep_s = 0.001;
constexpr double kRise_nps = 2'000.0;  // of an active set; a profile may use half of it, one that guards a speed or a place all
constexpr double kSoftLeast = 0.2;     // whatever a profile takes away, a fifth of the load stays

double s_curve(double x) {
  x = std::clamp(x, 0.0, 1.0);
  return x * x * (3.0 - 2.0 * x);
}

/// A load and something that a profile adds to it, at a bounded rate.
class Added : public IntendedCurve {
 public:
  Added(const CurveSetting& setting, double rise_nps = 0.5 * kRise_nps, double fall_nps = kRise_nps)
      : s_(setting), rise_n_(rise_nps * kStep_s), fall_n_(fall_nps * kStep_s) {}

  double force_n(const Moved& now) final {
    added_n_ += std::clamp(wanted_n(now) - added_n_, -fall_n_, rise_n_);
    return std::max(s_.load_n + added_n_, kSoftLeast * s_.load_n) + own_mass(now) * s_.own_mass_kg * now.acceleration_mps2;
  }

 protected:
  virtual double wanted_n(const Moved& now) = 0;
  /// The share of the machine's mass that the profile says it keeps in the hand, to have something to push against.
  virtual double own_mass(const Moved& /*now*/) const { return 0.0; }
  double param(const std::string& name, double normally) const {
    const auto at = s_.params.find(name);
    return at != s_.params.end() ? at->second : normally;
  }
  double share(const Moved& now) const { return s_.range.share(now.place_m); }
  double added_n() const { return added_n_; }
  CurveSetting s_;

 private:
  double rise_n_, fall_n_, added_n_ = 0.0;
};

/// What depends on place and speed alone.
class Formula final : public Added {
 public:
  using Function = std::function<double(double share, const Moved& now)>;
  Formula(const CurveSetting& setting, Function function) : Added(setting), function_(std::move(function)) {}

 private:
  double wanted_n(const Moved& now) override { return function_(share(now), now); }
  Function function_;
};

/// More on the way back, by the distance from the peak and from the bottom.
class Overload final : public Added {
 public:
  using Added::Added;

 private:
  double wanted_n(const Moved& now) override {
    const double at = share(now);
    if (now.speed_mps > 0.05) peak_ = at, pulled_ = true;
    peak_ = std::max(peak_, at);
    const bool back = pulled_ && now.speed_mps <= 0.05;
    const double fade = param("fade_share", 0.2);
    const double target = back ? s_curve(std::min(peak_ - at, at - param("bottom_share", 0.1)) / fade) : 0.0;
    gain_ += std::clamp(target - gain_, -4.0 * kStep_s, 4.0 * kStep_s);
    return (param("return_share", 1.2) - 1.0) * gain_ * s_.load_n;
  }
  double peak_ = 0.0, gain_ = 0.0;
  bool pulled_ = false;
};

/// Mass times the slope of the speed, low-passed with 65 ms at 1 kHz, beside the machine's own: the flywheel as it is described.
class Flywheel final : public Added {
 public:
  using Added::Added;

 private:
  double wanted_n(const Moved& now) override {
    if (!begun_) slow_mps_ = now.speed_mps, begun_ = true;
    const double slope_mps2 = (now.speed_mps - slow_mps_) / (0.065 + kStep_s);
    slow_mps_ += slope_mps2 * kStep_s;
    return std::clamp(param("mass_kg", 10.0) * slope_mps2, -300.0, 300.0);
  }
  double own_mass(const Moved& /*now*/) const override { return 1.0; }
  double slow_mps_ = 0.0;
  bool begun_ = false;
};

/// A speed that is held by 350 N s/m and an integral of a twelfth of a second, from 0 up.
class SpeedHeld final : public Added {
 public:
  explicit SpeedHeld(const CurveSetting& setting) : Added(setting, kRise_nps, kRise_nps) {}

 private:
  double wanted_n(const Moved& now) override {
    const double set_mps = param("speed_mps", 0.5);
    const double over_mps = now.speed_mps - set_mps;
    const double bound_n = param("most_n", 500.0) * s_curve(now.speed_mps / set_mps);
    const bool on_its_way = (last_n_ - std::max(0.0, added_n())) * over_mps > 0.0;
    if (!on_its_way) integral_n_ += 350.0 * 12.0 * over_mps * kStep_s;
    integral_n_ = std::clamp(integral_n_, 0.0, bound_n);
    return last_n_ = std::clamp(350.0 * over_mps + integral_n_, 0.0, bound_n);
  }
  double own_mass(const Moved& now) const override { return s_curve((now.speed_mps / param("speed_mps", 0.5) - 0.9) / 0.1); }
  double integral_n_ = 0.0, last_n_ = 0.0;
};

/// 5 kN/m, 300 N s/m and 15 kN/m/s past one place.
class Wall final : public Added {
 public:
  explicit Wall(const CurveSetting& setting) : Added(setting, kRise_nps, 2.0 * kRise_nps) {}

 private:
  double wanted_n(const Moved& now) override {
    const double most_n = param("most_n", 300.0), past_m = past(now);
    integral_n_ = std::clamp(integral_n_ + 15'000.0 * past_m * kStep_s, 0.0, most_n);
    return std::clamp(5'000.0 * past_m + 300.0 * now.speed_mps + integral_n_, 0.0, most_n);
  }
  double own_mass(const Moved& now) const override { return s_curve(1.0 + past(now) / 0.01); }
  double past(const Moved& now) const {
    return now.place_m - (s_.range.start_m + param("at_share", 0.5) * (s_.range.end_m - s_.range.start_m));
  }
  double integral_n_ = 0.0;
};

/// Comes off as pulls through the middle of the range take longer than the best.
class Burning final : public Added {
 public:
  using Added::Added;

 private:
  double wanted_n(const Moved& now) override {
    const double at = share(now);
    if (at < 0.15) {
      low_ = true, timed_ = false;
    } else {
      if (low_) low_ = false, timed_ = true, time_s_ = 0.0;
      if (timed_) follow(at, now.speed_mps);
    }
    left_ = std::max(std::min(left_, target_), left_ - param("fall_ps", 0.25) * kStep_s);
    return (left_ - 1.0) * s_.load_n;
  }
  void follow(double at, double speed_mps) {
    time_s_ += kStep_s;
    if (best_s_ > 0.0 && time_s_ > best_s_) {
      const double over = std::clamp((1.0 - best_s_ / time_s_ - param("start_loss", 0.2)) / 0.3, 0.0, 1.0);
      target_ = std::min(target_, 1.0 - over * (1.0 - param("least_share", 0.5)));
    }
    if (at > 0.85) {
      if (best_s_ == 0.0 || (target_ == 1.0 && time_s_ < best_s_)) best_s_ = time_s_;
      timed_ = false;
    } else if (speed_mps < -0.05) {
      timed_ = false;
    }
  }
  bool low_ = false, timed_ = false;
  double time_s_ = 0.0, best_s_ = 0.0, target_ = 1.0, left_ = 1.0;
};

/// A fifth comes off, up to three times, where a pull stands for half a second in the middle of the range.
class Dropping final : public Added {
 public:
  using Added::Added;

 private:
  double wanted_n(const Moved& now) override {
    const double at = share(now);
    if (at > 0.5) pulled_ = true;
    const bool low = at < 0.2;
    const bool back = now.speed_mps < -0.05 || (back_ && now.speed_mps < 0.0);
    back_ = back;
    const bool stands = pulled_ && !back && at > -0.1 && at < 0.85 && std::abs(now.speed_mps) <= (low ? 0.02 : 0.05);
    const double least = std::max(kSoftLeast, 1.0 - drops_ * param("drop_share", 0.2));
    still_s_ = stands && low == low_ && left_ <= least ? still_s_ + kStep_s : 0.0;
    low_ = low;
    if (still_s_ >= (low ? param("low_still_s", 2.0) : param("middle_still_s", 0.5))) {
      drops_ = std::min(drops_ + 1.0, param("drops", 3.0));
      still_s_ = 0.0;
    }
    const double to = std::max(kSoftLeast, 1.0 - drops_ * param("drop_share", 0.2));
    left_ = std::max(std::min(left_, to), left_ - param("drop_share", 0.2) / param("ramp_s", 0.5) * kStep_s);
    return (left_ - 1.0) * s_.load_n;
  }
  bool pulled_ = false, low_ = false, back_ = false;
  double drops_ = 0.0, still_s_ = 0.0, left_ = 1.0;
};

/// Follows what is moved at a set speed, in the middle of pulls.
class Following final : public Added {
 public:
  using Added::Added;

 private:
  double wanted_n(const Moved& now) override {
    const double at = share(now);
    const double weight = now.speed_mps > 0.0 ? s_curve((at - 0.1) / 0.1) * s_curve((0.9 - at) / 0.1) : 0.0;
    const double faster = std::clamp(now.speed_mps / param("speed_mps", 0.4) - 1.0, -1.0, 1.0);
    const double rate_ps = faster > 0.0 ? param("rise_ps", 0.15) : param("fall_ps", 0.5);
    share_ = std::clamp(share_ + rate_ps * faster * weight * kStep_s, param("least_share", 0.5), param("most_share", 1.25));
    return (share_ - 1.0) * s_.load_n;
  }
  double share_ = 1.0;
};

/// The line through five points at quarters of the range with the slopes of Fritsch and Butland.
double five_points(double share, const std::array<double, 5>& y) {
  const double x = 4.0 * std::clamp(share, 0.0, 1.0);
  const int i = std::min(static_cast<int>(x), 3);
  const auto chord = [&](int k) { return k < 0 || k > 3 ? 0.0 : y[static_cast<std::size_t>(k) + 1] - y[static_cast<std::size_t>(k)]; };
  const auto slope = [&](int k) {
    const double a = chord(k - 1), b = chord(k);
    return a * b > 0.0 ? 2.0 / (1.0 / a + 1.0 / b) : 0.0;
  };
  const double t = x - i, h00 = (1.0 + 2.0 * t) * (1.0 - t) * (1.0 - t), h01 = t * t * (3.0 - 2.0 * t);
  const auto at = static_cast<std::size_t>(i);
  return h00 * y[at] + h01 * y[at + 1] + t * (1.0 - t) * (1.0 - t) * slope(i) + t * t * (t - 1.0) * slope(i + 1);
}

}  // namespace

std::unique_ptr<IntendedCurve> intended_curve(const std::string& profile, const CurveSetting& setting) {
  const double load_n = setting.load_n;
  const auto formula = [&](Formula::Function f) { return std::make_unique<Formula>(setting, std::move(f)); };
  if (profile == "constant") return formula([](double, const Moved&) { return 0.0; });
  const auto given = [&](const char* name, double normally) {
    const auto at = setting.params.find(name);
    return at != setting.params.end() ? at->second : normally;
  };
  if (profile == "chains") {
    return formula(
        [chain_n = given("amount_share", 0.35) * load_n](double at, const Moved&) { return chain_n * std::clamp(at, 0.0, 1.0); });
  }
  if (profile == "inverse-chains") return formula([load_n](double at, const Moved&) { return -0.35 * load_n * std::clamp(at, 0.0, 1.0); });
  if (profile == "elastic") {
    return formula(
        [start_m = setting.range.start_m](double, const Moved& now) { return std::clamp(150.0 * (now.place_m - start_m), 0.0, 400.0); });
  }
  if (profile == "viscous") return formula([](double, const Moved& now) { return std::clamp(150.0 * now.speed_mps, 0.0, 300.0); });
  if (profile == "strength-curve") {
    return formula([load_n](double at, const Moved&) { return load_n * (five_points(at, {1.0, 1.0, 1.0, 0.9, 0.8}) - 1.0); });
  }
  if (profile == "eccentric") return std::make_unique<Overload>(setting);
  if (profile == "inertia") return std::make_unique<Flywheel>(setting);
  if (profile == "isokinetic") return std::make_unique<SpeedHeld>(setting);
  if (profile == "isometric-hold") return std::make_unique<Wall>(setting);
  if (profile == "burnout") return std::make_unique<Burning>(setting);
  if (profile == "drop") return std::make_unique<Dropping>(setting);
  if (profile == "adaptive") return std::make_unique<Following>(setting);
  return nullptr;
}

}  // namespace sheave::test
