#include "tests/support/laws/recruited.hpp"

#include <algorithm>
#include <cmath>

#include "tests/support/trainee.hpp"

namespace sheave::test {

namespace {

// The means of what tires and recovers were fitted together: to reps to failure between the general table and that of the bench press
// (Nuzzo 2024), and to what is left of a set to failure after 1, 2, 3 and 5 minutes (Senna 2009; after Willardson and Burkett 2005 and
// Miranda 2007, about).
constexpr double kRecoveryPower = 3.25;  // of a unit's rank
constexpr double kRowRom_m = 0.5;

}  // namespace

void RecruitedLaw::draw(Draw& draw, TraineeSpec& spec) {
  Numbers numbers;
  // Over its shorter way the face pull takes the same time: no figure was found.
  const double scale = spec.rom_m / kRowRom_m;
  numbers.limit_speed_mps = scale * draw.around(0.40, 0.07);
  numbers.slope_mps = scale * draw.around(1.10, 0.12);
  numbers.bend_mps = scale * draw.around(0.0, 0.15);  // lines of one person have a median r of 0.986 (Garcia-Ramos 2019)
  numbers.tires /= draw.around(1.0, 0.23);
  numbers.by_size = std::max(0.0, draw.around(0.20, 0.06));
  // Slow parts of recovery vary by about a quarter between people (Chorley 2022).
  numbers.small_s *= draw.around(1.0, 0.2);
  numbers.large_s *= draw.around(1.0, 0.25);
  // How much a day resembles the last, and which way answers are off: plain plausibility, after Halperin (2022) too few in the mean.
  spec.days_alike = 0.2 + 0.3 * draw.uniform();
  spec.answering.share = draw.around(0.85, 0.12);
  spec.answering.bias_reps = draw.around(0.15, 0.6);
  // As many as of the simulated people will not hurry. The quicker end of one to two seconds a pull (ACSM 2009).
  if (draw.chance(0.1)) spec.pace_mps = std::max(1.1 * numbers.limit_speed_mps, spec.rom_m / draw.around(0.95, 0.1));
  spec.numbers = numbers;
}

RecruitedLaw::RecruitedLaw(const Numbers& numbers) : numbers_(numbers) {
  for (std::size_t unit = 0; unit < kUnits; ++unit) {
    const double rank = (static_cast<double>(unit) + 0.5) / kUnits;
    tires_[unit] = numbers.tires * std::pow(rank, numbers.by_size);
    recovery_s_[unit] = numbers.small_s + numbers.large_s * std::pow(rank, kRecoveryPower);
  }
}

void RecruitedLaw::come(double one_rm_kg, double form) {
  usual_kg_ = one_rm_kg * form;
  fresh_.fill(1.0);
}

void RecruitedLaw::rest(double duration_s) {
  for (std::size_t unit = 0; unit < kUnits; ++unit) fresh_[unit] = 1.0 - (1.0 - fresh_[unit]) * std::exp(-duration_s / recovery_s_[unit]);
}

double RecruitedLaw::strength() const {
  double sum = 0.0;
  for (const double fresh : fresh_) sum += fresh;
  return sum / kUnits;
}

std::optional<double> RecruitedLaw::pull(double load_kg) {
  const double share = load_kg / usual_kg_, effort = share / strength();
  double to_hold = share * kUnits;  // in forces of a fresh unit; a failed rep has all of them try
  for (std::size_t unit = 0; unit < kUnits; ++unit) {
    const double active = std::clamp(to_hold / fresh_[unit], 0.0, 1.0);
    to_hold -= fresh_[unit];
    fresh_[unit] *= std::exp(-active * tires_[unit]);
  }
  if (effort > 1.0) return std::nullopt;
  const double spare = 1.0 - effort;
  return numbers_.limit_speed_mps + spare * (numbers_.slope_mps + spare * numbers_.bend_mps);
}

}  // namespace sheave::test
