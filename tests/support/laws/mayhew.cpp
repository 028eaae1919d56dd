#include "tests/support/laws/mayhew.hpp"

#include <algorithm>
#include <cmath>

#include "tests/support/trainee.hpp"

namespace sheave::test {

namespace {

constexpr double kWork = 0.02;  // share of strength gone after which a set was work

}  // namespace

void MayhewLaw::draw(Draw& draw, TraineeSpec& spec) {
  Numbers numbers;
  numbers.span = draw.around(0.42, 0.03);
  numbers.decay = draw.around(0.055, 0.006);
  numbers.set_cost = std::max(0.0, draw.around(0.015, 0.007));
  numbers.slowest_mps = std::max(0.12, draw.around(0.26, 0.06));
  numbers.top_speed_mps = draw.around(1.6, 0.2);
  spec.day_spread = std::max(0.015, draw.around(0.04, 0.01));
  spec.days_alike = 0.3;
  spec.answering.bias_reps = draw.around(-0.6, 1.0);
  spec.answering.slips = 0.06;
  spec.answering.missing = draw.chance(0.125) ? 1.0 : 0.1 + 0.6 * draw.uniform();
  if (draw.chance(0.1)) spec.pace_mps = draw.around(0.5, 0.05);
  spec.numbers = numbers;
}

void MayhewLaw::come(double one_rm_kg, double form) {
  usual_kg_ = one_rm_kg * form;
  fast_ = slow_ = 0.0;
}

void MayhewLaw::rest(double duration_s) {
  if (fast_ > kWork) slow_ += numbers_.set_cost;
  fast_ *= std::exp(-duration_s / 35.0);
}

double MayhewLaw::share_of(double reps) const {
  const double rest = 1.0 - numbers_.span;
  return (rest + numbers_.span * std::exp(-numbers_.decay * reps)) / (rest + numbers_.span * std::exp(-numbers_.decay));
}

std::optional<double> MayhewLaw::pull(double load_kg) {
  const double strength_kg = usual_kg_ * (1.0 - fast_ - slow_);
  const double share = load_kg / strength_kg;
  if (share > 1.0) return std::nullopt;
  double low = 1.0, high = kMostReps;
  for (int i = 0; i < 40; ++i) {
    const double middle = 0.5 * (low + high);
    (share_of(middle) > share ? low : high) = middle;
  }
  // Under the flat end of the curve a rep costs what it costs there.
  const double at_share = std::max(share, share_of(kMostReps));
  fast_ += strength_kg / usual_kg_ * (1.0 - at_share / share_of(std::max(0.5, low - 1.0)));
  return numbers_.slowest_mps + (numbers_.top_speed_mps - numbers_.slowest_mps) * std::pow(1.0 - share, 0.75);
}

}  // namespace sheave::test
