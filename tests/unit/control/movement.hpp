#pragma once
// Handle movements for tests, drawn from pieces, sampled and disturbed as a real link and a real hand would, all from a seed.

#include <cstdint>
#include <random>
#include <vector>

#include "controller/control/recording.hpp"

namespace sheave::control::test {

struct Sample {
  double t_s, position_m;
};

/// How a movement is seen.
struct Seen {
  double rate_hz = 1000.0;
  double noise_m = 0.0;  ///< Evenly distributed, at most this far off.
  double gap_s = 0.0;    ///< One sample in ten comes this much later.
  double jitter = 0.0;   ///< Share of the sample interval.
  std::uint64_t seed = 1;
};

/// A position over time at 1 kHz, from pieces. Moves are minimum-jerk: x = 10 s^3 - 15 s^4 + 6 s^5 (Flash and Hogan 1985).
class Movement {
 public:
  explicit Movement(double start_m = 0.0) : position_m_(start_m) { points_m_.push_back(start_m); }

  Movement& to(double target_m, double duration_s) {
    const double from_m = position_m_;
    const int n = static_cast<int>(duration_s * 1000.0);
    for (int i = 1; i <= n; ++i) {
      const double s = static_cast<double>(i) / n;
      points_m_.push_back(from_m + (target_m - from_m) * s * s * s * (10.0 - 15.0 * s + 6.0 * s * s));
    }
    position_m_ = target_m;
    return *this;
  }
  Movement& hold(double duration_s) { return to(position_m_, duration_s); }

  /// Out, and back to where it was.
  Movement& rep(double rom_m, double out_s, double back_s, double hold_s = 0.0) {
    const double from_m = position_m_;
    return to(from_m + rom_m, out_s).hold(hold_s).to(from_m, back_s);
  }

  /// Free fall to `floor_m` and bounces that lose `loss` of their height each, until they are smaller than 5 mm.
  Movement& drop(double floor_m, double loss) {
    constexpr double kG = 9.80665;
    double height_m = position_m_ - floor_m, speed_mps = 0.0, x = height_m;
    while (height_m > 0.005) {
      x += speed_mps * 1e-3;
      speed_mps -= kG * 1e-3;
      if (x <= 0.0) {
        x = 0.0;
        height_m *= 1.0 - loss;
        speed_mps = -speed_mps * 0.999;
        while (speed_mps * speed_mps > 2.0 * kG * height_m) speed_mps *= 0.99;
      }
      points_m_.push_back(floor_m + x);
    }
    position_m_ = floor_m;
    return *this;
  }

  /// Without its first and last part.
  Movement cut(double from_s, double to_s) const {
    Movement part(points_m_[static_cast<std::size_t>(from_s * 1000.0)]);
    part.points_m_.assign(points_m_.begin() + static_cast<std::ptrdiff_t>(from_s * 1000.0),
                          points_m_.begin() + static_cast<std::ptrdiff_t>(to_s * 1000.0));
    return part;
  }

  double duration_s() const { return static_cast<double>(points_m_.size()) * 1e-3; }
  double position_m() const { return position_m_; }
  const std::vector<double>& points_m() const { return points_m_; }

  std::vector<Sample> seen(const Seen& how) const {
    std::mt19937_64 random(how.seed);
    const auto share = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
    std::vector<Sample> samples;
    const double end_s = static_cast<double>(points_m_.size() - 1) * 1e-3;
    for (double t = 0.0; t <= end_s;) {
      samples.push_back({t, points_m_[static_cast<std::size_t>(t * 1000.0)] + how.noise_m * (2.0 * share() - 1.0)});
      t += (1.0 + how.jitter * (share() - 0.5)) / how.rate_hz + (share() < 0.1 ? how.gap_s : 0.0);
    }
    return samples;
  }

 private:
  double position_m_;
  std::vector<double> points_m_;
};

inline Recording recorded(const Movement& movement, const Seen& how = {}) {
  Recording r{"drawn", {}, {}};
  for (const Sample& s : movement.seen(how)) {
    r.time_s.push_back(s.t_s);
    r.position_m.push_back(s.position_m);
  }
  return r;
}

}  // namespace sheave::control::test
