#include "tests/support/laws/simulated.hpp"

#include <algorithm>

#include "controller/core/units.hpp"

namespace sheave::test {

namespace {

constexpr double kStuck_mps = 0.02;  // as the simulator's athlete: slower is stuck
constexpr double kTurn_s = 1.1;      // of a rep the handle hardly moves, which tires too: both turns of it and the slow ends of the return
constexpr double kSample_s = 0.002;

}  // namespace

void SimulatedLaw::come(double one_rm_kg, double form) {
  strength_ = sim::Strength(
      {.one_rm_n = newton_from_kg(one_rm_kg), .day_form = form, .top_speed_mps = numbers_.top_speed_mps, .per_rep = numbers_.per_rep});
}

void SimulatedLaw::rest(double duration_s) {
  constexpr double kPart_s = 0.5;
  for (double left_s = duration_s; left_s > 0.0; left_s -= kPart_s) strength_.rest(std::min(left_s, kPart_s));
}

// The athlete's own way: a minimum-jerk pull whose progress waits where strength allows no more.
std::optional<double> SimulatedLaw::pull(double load_kg) {
  const double force_n = newton_from_kg(load_kg);
  double progress = 0.02, moved_m = 0.0, moving_s = 0.0, fastest_mps = 0.0;
  while (progress < 0.98) {
    const double s = progress, r = 1.0 - s;
    const double share = s * s * s * (10.0 - s * (15.0 - 6.0 * s));
    const double wanted_mps = rom_m_ * 30.0 * s * s * r * r / numbers_.intent_s;
    const double able_mps = (strength_.isometric_n(share) - force_n) / strength_.fade_nspm(strength_.isometric_n(share));
    if (able_mps < kStuck_mps) return std::nullopt;
    const double rate = std::min(1.0, able_mps / wanted_mps);
    progress += rate * kSample_s / numbers_.intent_s;
    const double speed_mps = rate * wanted_mps;
    fastest_mps = std::max(fastest_mps, speed_mps);
    if (speed_mps < std::max(0.03, 0.05 * fastest_mps)) continue;  // as the machine bounds a pull
    moved_m += speed_mps * kSample_s;
    moving_s += kSample_s;
  }
  strength_.pull(1.0, force_n, 1.0);
  for (double held_s = 0.0; held_s < kTurn_s; held_s += sim::kStep_s) strength_.pull(0.0, force_n, 0.0);
  return moved_m / moving_s;
}

}  // namespace sheave::test
