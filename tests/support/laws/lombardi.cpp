#include "tests/support/laws/lombardi.hpp"

#include <algorithm>
#include <cmath>

#include "tests/support/trainee.hpp"

namespace sheave::test {

namespace {

constexpr double kFlying_reps = 1000.0;  // what is pulled at top speed

}  // namespace

void LombardiLaw::draw(Draw& draw, TraineeSpec& spec) {
  Numbers numbers;
  numbers.power = draw.around(0.105, 0.012);
  numbers.slowest_mps = std::max(0.12, draw.around(0.30, 0.07));
  numbers.top_speed_mps = draw.around(1.35, 0.15);
  spec.days_alike = 0.5;
  spec.answering.bias_reps = draw.around(-0.1, 0.6);
  spec.answering.share = 0.8;
  spec.answering.slips = 0.04;
  if (draw.chance(1.0 / 6.0)) spec.pace_mps = draw.around(0.55, 0.05);
  spec.numbers = numbers;
}

void LombardiLaw::come(double one_rm_kg, double form) {
  usual_kg_ = one_rm_kg * form;
  fast_ = slow_ = 0.0;
}

void LombardiLaw::rest(double duration_s) {
  fast_ *= std::exp(-duration_s / 55.0);
  slow_ *= std::exp(-duration_s / 700.0);
}

std::optional<double> LombardiLaw::pull(double load_kg) {
  const double strength_kg = usual_kg_ * (1.0 - fast_ - slow_);
  if (strength_kg < load_kg) return std::nullopt;
  const double reps = std::pow(strength_kg / load_kg, 1.0 / numbers_.power);
  const double after_kg = load_kg * std::pow(std::max(0.5, reps - 1.0), numbers_.power);
  const double spent = (strength_kg - after_kg) / usual_kg_;
  fast_ += 0.65 * spent;
  slow_ += 0.35 * spent;
  const double way = std::min(1.0, std::log(reps) / std::log(kFlying_reps));
  return numbers_.slowest_mps + (numbers_.top_speed_mps - numbers_.slowest_mps) * way;
}

}  // namespace sheave::test
