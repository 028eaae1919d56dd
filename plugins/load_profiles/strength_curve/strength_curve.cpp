// The load follows what a person can pull at each place of the range: five multipliers, at 0, 25, 50, 75 and 100 % of it, with a
// smooth line through them. The values come from the person's own force curve (an isokinetic or isometric test).
//
// The line is a cubic through the points whose slopes are kept so flat that it never leaves the span of its two neighbours
// (Fritsch and Butland, SIAM J. Sci. Stat. Comput. 5:300, 1984: the harmonic mean of the two chords). Without a range it is 1.

#include "plugins/load_profiles/added_load.hpp"

namespace {

using sheave::load_profiles::AddedLoad;
using sheave::load_profiles::Moment;
using sheave::sdk::LoadBound;
using sheave::sdk::Param;
using sheave::sdk::ParamSpec;

constexpr ParamSpec multiplier(std::uint32_t id, const char* name, const char* help, double initial) {
  return {.id = id, .name = name, .unit = "1", .help = help, .min = 0.3, .max = 1.5, .initial = initial, .live = true};
}

/// Slope of the line at a point between two chords.
double slope(double before, double after) {
  const double product = before * after;
  return product > 0.0 ? 2.0 * product / (before + after) : 0.0;
}

class StrengthCurve final : public AddedLoad {
 public:
  static constexpr sheave::sdk::About kAbout{.id = "strength-curve",
                                             .name = "Strength curve",
                                             .vendor = "Sheave",
                                             .version = "1.0.0",
                                             .description = "The load follows a person's strength over the range.",
                                             .max_tick_us = 20,
                                             .min_rate_hz = 50};

 private:
  static constexpr std::size_t kPoints = 5;

  double wanted_n(std::size_t /*axis*/, const Moment& now) override {
    return now.ranged() ? (curve(now.share) - 1.0) * now.previous_n : 0.0;
  }

  LoadBound most() const override {
    return {.factor = std::max({1.0, at_0_.get(), at_25_.get(), at_50_.get(), at_75_.get(), at_100_.get()})};
  }

  /// Beyond its ends the line stays level.
  double curve(double share) const {
    const std::array<double, kPoints> y{at_0_, at_25_, at_50_, at_75_, at_100_};
    const double place = std::clamp(share, 0.0, 1.0) * (kPoints - 1);
    const std::size_t i = std::min(static_cast<std::size_t>(place), kPoints - 2);
    const double t = place - static_cast<double>(i);
    const double chord = y[i + 1] - y[i];
    const double left = i > 0 ? slope(y[i] - y[i - 1], chord) : 0.0;
    const double right = i + 2 < kPoints ? slope(chord, y[i + 2] - y[i + 1]) : 0.0;
    return y[i] + t * (left + t * ((3.0 * chord - 2.0 * left - right) + t * (left + right - 2.0 * chord)));
  }

  // A pull is weakest where the arms are bent most: ours, to be replaced by the person's own.
  Param<double> at_0_{*this, multiplier(1, "at_0", "Multiplier of the load at the start of the range.", 1.0)};
  Param<double> at_25_{*this, multiplier(2, "at_25", "Multiplier of the load at 25 % of the range.", 1.0)};
  Param<double> at_50_{*this, multiplier(3, "at_50", "Multiplier of the load at 50 % of the range.", 1.0)};
  Param<double> at_75_{*this, multiplier(4, "at_75", "Multiplier of the load at 75 % of the range.", 0.9)};
  Param<double> at_100_{*this, multiplier(5, "at_100", "Multiplier of the load at the end of the range.", 0.8)};
};

}  // namespace

SHEAVE_PLUGINS(StrengthCurve);
