#include "tests/support/laws/other.hpp"

#include <algorithm>
#include <cmath>

#include "tests/support/trainee.hpp"

namespace sheave::test {

namespace {

constexpr double kReps = 28.0;
// Of what a rep costs, the share that stays for the visit: half as much with every three more that are left, so that warm-ups take next to
// nothing (Abad 2011, Ribeiro 2014). Over a set of ten to failure 0.28.
constexpr double kLasts = 0.64, kLastsHalf_reps = 3.0;

}  // namespace

void OtherLaw::draw(Draw& draw, TraineeSpec& spec) {
  Numbers numbers;
  numbers.per_rep = std::get<SimulatedLaw::Numbers>(spec.numbers).per_rep;
  numbers.curve = draw.around(1.0, 0.08);
  numbers.slowest_mps = std::max(0.15, draw.around(0.33, 0.06));
  numbers.top_speed_mps = draw.around(1.45, 0.15);
  spec.answering.bias_reps = draw.around(-0.4, 0.7);  // more often too few than too many
  if (draw.chance(0.2)) spec.pace_mps = draw.around(0.6, 0.05);
  spec.numbers = numbers;
}

void OtherLaw::come(double one_rm_kg, double form) {
  usual_kg_ = one_rm_kg * form;
  fast_ = slow_ = 0.0;
}

void OtherLaw::rest(double duration_s) {
  fast_ *= std::exp(-duration_s / 80.0);
  slow_ *= std::exp(-duration_s / 1000.0);
}

double OtherLaw::capacity_reps(double load_kg) const {
  const double ratio = usual_kg_ * (1.0 - fast_ - slow_) / load_kg;
  return ratio < 1.0 ? 0.0 : 1.0 + std::pow(ratio - 1.0, numbers_.curve) / (numbers_.per_rep * 30.0) * kReps;
}

std::optional<double> OtherLaw::pull(double load_kg) {
  const double capacity = capacity_reps(load_kg);
  if (capacity < 1.0) return std::nullopt;
  const double strength_kg = usual_kg_ * (1.0 - fast_ - slow_);
  const double speed_mps =
      numbers_.slowest_mps + (numbers_.top_speed_mps - numbers_.slowest_mps) * std::pow(1.0 - load_kg / strength_kg, 0.9);
  // What is left afterwards is one rep less.
  const double after_kg =
      load_kg * (1.0 + std::pow(std::max(0.0, capacity - 2.0) * (numbers_.per_rep * 30.0) / kReps, 1.0 / numbers_.curve));
  const double spent = std::max(0.0, (strength_kg - std::min(after_kg, strength_kg)) / usual_kg_);
  const double last = capacity < 2.0 ? 1.0 / kReps : 0.0;
  const double lasts = kLasts * std::exp2(-(std::min(capacity, static_cast<double>(kMostReps)) - 1.0) / kLastsHalf_reps);
  fast_ += (1.0 - lasts) * (spent + last);
  slow_ += lasts * (spent + last);
  return speed_mps;
}

}  // namespace sheave::test
