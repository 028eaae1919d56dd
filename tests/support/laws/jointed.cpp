#include "tests/support/laws/jointed.hpp"

#include <algorithm>
#include <cmath>

#include "tests/support/trainee.hpp"

namespace sheave::test {

namespace {

// The means of what tires and fades were fitted together: to reps to failure between the general table and that of the bench press (Nuzzo
// 2024), to what is left of a set to failure after 1, 2, 3 and 5 minutes (Senna 2009; after Willardson and Burkett 2005 and Miranda 2007,
// about), to warm-ups that take little (Ribeiro 2014) and to what a tired set's speed hides (Miras-Moreno 2022).
constexpr double kFades = 1.4;   // power of time
constexpr double kDearer = 1.5;  // reps, by the share of strength that earlier sets still take
constexpr double kLeast = 0.05;  // share of strength that nothing takes
constexpr double kRowRom_m = 0.5;

}  // namespace

void JointedLaw::draw(Draw& draw, TraineeSpec& spec) {
  Numbers numbers;
  // Over its shorter way the face pull takes the same time: no figure was found.
  const double scale = spec.rom_m / kRowRom_m;
  numbers.limit_speed_mps = scale * draw.around(0.365, 0.07);
  numbers.top_speed_mps = scale * draw.around(1.55, 0.14);
  numbers.bend = draw.around(0.3, 0.3);  // lines of one person have a median r of 0.986 (Garcia-Ramos 2019)
  // Between people 2.5 reps at 80 % (Nuzzo 2024), test and day included. How much of it is the arms': plain plausibility.
  numbers.arms = draw.around(1.10, 0.10);
  const double endurance = draw.around(1.0, 0.18);
  numbers.back_tires /= endurance * draw.around(1.0, 0.08);
  numbers.arms_tire /= endurance * draw.around(1.0, 0.08);
  numbers.by_effort = draw.around(1.8, 0.2);
  numbers.fades_s *= draw.around(1.0, 0.25);  // slow parts of recovery vary by about a quarter (Chorley 2022)
  spec.stretches = 0.2 + 0.4 * draw.uniform();
  spec.answering.levels_off_reps = draw.around(14.0, 3.0);
  spec.answering.bias_reps = draw.around(0.1, 0.5);
  spec.answering.by_visit_reps = 0.3;
  // As many answers as of the simulated people: half of the missing ones go by visits.
  if (spec.answering.missing < 1.0) {
    spec.answering.missing = 0.05 + 0.25 * draw.uniform();
    spec.answering.silent_visits = 0.05 + 0.25 * draw.uniform();
  }
  // As many as of the simulated people will not hurry. The quicker end of one to two seconds a pull (ACSM 2009).
  if (draw.chance(0.1)) spec.pace_mps = std::max(1.2 * numbers.limit_speed_mps, spec.rom_m / draw.around(0.95, 0.1));
  spec.numbers = numbers;
}

JointedLaw::JointedLaw(const Numbers& numbers)
    : numbers_(numbers),
      fresh_{std::max(1.0, 1.0 / numbers.arms), std::max(1.0, numbers.arms)},
      tires_{numbers.back_tires, numbers.arms_tire} {}

void JointedLaw::come(double one_rm_kg, double form) {
  usual_kg_ = one_rm_kg * form;
  before_.clear();
  now_ = {};
}

void JointedLaw::rest(double duration_s) {
  if (now_.took[0] > 0.0) before_.push_back(now_);
  now_ = {};
  for (Set& set : before_) set.ago_s += duration_s;
}

double JointedLaw::lasting(std::size_t joint) const {
  double sum = 0.0;
  for (const Set& set : before_) sum += set.took[joint] * std::pow(1.0 + set.ago_s / numbers_.fades_s, -kFades);
  return sum;
}

std::optional<double> JointedLaw::pull(double load_kg) {
  double seconds_per_m = 0.0, hardest = 0.0;
  for (std::size_t joint = 0; joint < kJoints; ++joint) {
    const double lasting_share = lasting(joint);
    const double strength_kg = usual_kg_ * fresh_[joint] * std::max(kLeast, 1.0 - lasting_share - now_.took[joint]);
    const double effort = load_kg / strength_kg, tried = std::min(1.0, effort);  // a failed rep tires as well
    now_.took[joint] += tires_[joint] * std::pow(tried, numbers_.by_effort) * (1.0 + kDearer * lasting_share);
    const double way = std::expm1(numbers_.bend * (1.0 - tried)) / std::expm1(numbers_.bend);
    seconds_per_m += 1.0 / kJoints / (numbers_.limit_speed_mps + (numbers_.top_speed_mps - numbers_.limit_speed_mps) * way);
    hardest = std::max(hardest, effort);
  }
  if (hardest > 1.0) return std::nullopt;
  return 1.0 / seconds_per_m;
}

}  // namespace sheave::test
