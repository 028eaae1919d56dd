#include "tests/support/laws/measured.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "tests/support/trainee.hpp"

namespace sheave::test {

namespace {

// Fitted together: to reps to failure at 60 to 90 % of the 1RM, between the general table and that of the bench press (Nuzzo 2024), since
// people do fewer in rows than formulas for everything expect (Perez-Castilla 2021); and to what is left of a set to failure after 1, 2, 3
// and 5 minutes (Senna 2009; after Willardson and Burkett 2005 and Miranda 2007, about).
constexpr double kRep = 0.022;         // share of strength
constexpr double kRepWhenSpent = 1.9;  // more, by the share that is gone
constexpr double kSlowed = 1.9;        // recovery, by what has built up
constexpr double kBuiltUp_s = 610.0;
// What builds up does so in the last third of a set: ammonia, and two days of recovery, come with sets to failure and hardly with half of
// one (Sanchez-Medina 2011, Moran-Navarro 2017).
constexpr double kNearFailure = 4.0;
// Where a set's own last speed shows: near the limit, and in who is tired. A fresh pull differs little, a 1RM by 6 % (Garcia-Ramos 2019).
constexpr double kAtTheLimit = 6.0, kTired = 0.1;
constexpr double kRowRom_m = 0.5;

/// As `draw_trainee`'s everybody; gains after Steele (2022), about 40 % in a first year and ever more slowly. From six weeks of training
/// to four years, twice a week.
void draw_strength(Draw& draw, bool light, TraineeSpec& spec) {
  spec.one_rm_kg = light ? std::max(12.0, draw.around(26.0, 7.0)) : std::max(28.0, draw.around(68.0, 20.0));
  spec.rom_m = light ? 0.42 : kRowRom_m;
  spec.gain_lasts_visits = 12.0 * std::pow(33.0, draw.uniform());
  spec.gain_per_visit = std::max(0.0, draw.around(0.10, 0.03)) / spec.gain_lasts_visits;
  // The 1RM differs by 4.2 % from test to test in the median study, the test's own error included (Grgic 2020).
  spec.day_spread = std::max(0.012, draw.around(0.030, 0.008));
  spec.bad_days = 0.1;
  spec.bad_day_cost = std::max(0.0, draw.around(0.045, 0.015));
}

/// Speed at the 1RM, after Sanchez-Medina (2013) and Perez-Castilla (2021): about 0.40 m/s in rows to 0.52 in the bench pull. For the face
/// pull no figure was found: the same time over its shorter way.
void draw_speed(Draw& draw, TraineeSpec& spec, MeasuredLaw::Numbers& numbers) {
  const double scale = spec.rom_m / kRowRom_m;
  numbers.limit_speed_mps = scale * std::max(0.22, draw.around(0.45, 0.08));
  numbers.top_speed_mps = numbers.limit_speed_mps + scale * draw.around(1.05, 0.12);
  numbers.slow_start = std::max(0.0, draw.around(0.02, 0.02));
  // As many m/s at every speed: of a fast pull under 3 %, of the slowest over 6 (Garcia-Ramos 2019: 2.6 to 7.6 %).
  spec.speed_noise = 0.0;
  spec.speed_noise_mps = std::max(0.012, draw.around(0.028, 0.007));
  // Beginners are told one to two seconds a pull (ACSM 2009); it is only near the limit that they cannot.
  if (draw.chance(0.1)) spec.pace_mps = numbers.limit_speed_mps * draw.around(1.3, 0.08);
}

/// Nuzzo (2024): a standard deviation of 2.5 reps between people at 80 %, 4.4 at 60 %, of which days take some. From day to day one rep in
/// fourteen (Mitter 2022).
void draw_endurance(Draw& draw, MeasuredLaw::Numbers& numbers) {
  numbers.endurance = draw.around(1.0, 0.22);
  numbers.load_power = draw.around(0.8, 0.15);
  numbers.build_up *= draw.around(1.0, 0.25);
  numbers.recovery_s *= draw.around(1.0, 0.2);
}

/// About one too few in the mean, less near failure, wilder in sets of more than twelve (Halperin 2022); the spread grows, after Zourdos
/// (2021), by about a quarter rep with each that is left. How many answer at all, and for how long, is every monitoring system's trouble
/// (Griffin 2020), which gives no share to go by.
void draw_answers(Draw& draw, Answering& answering) {
  answering.missing = draw.chance(0.07) ? 1.0 : 0.1 + 0.45 * draw.uniform();
  answering.fading = 0.02;
  answering.slips = 0.03;
  answering.share = draw.around(0.80, 0.15);
  answering.bias_reps = draw.around(-0.1, 0.45);
  answering.noise_reps = std::max(0.15, draw.around(0.40, 0.10));
  answering.noise_per_left = 0.22;
  answering.noise_long_sets = 0.08;
  answering.knows_failure = true;
}

}  // namespace

TraineeSpec MeasuredLaw::draw(Draw& draw, bool light) {
  TraineeSpec spec;
  Numbers numbers;
  draw_strength(draw, light, spec);
  draw_speed(draw, spec, numbers);
  draw_endurance(draw, numbers);
  draw_answers(draw, spec.answering);
  spec.numbers = numbers;
  return spec;
}

void MeasuredLaw::come(double one_rm_kg, double form) {
  usual_kg_ = one_rm_kg * form;
  spent_ = built_up_ = 0.0;
  endurance_ = numbers_.endurance * (1.0 + numbers_.endurance_spread * std::clamp(random_.normal(), -2.5, 2.5));
  begin_set();
}

// Strength comes back at a rate of 1 / (1 + kSlowed * built up), which itself rises as what has built up goes: the integral of both, so
// that two rests are one of their sum.
void MeasuredLaw::rest(double duration_s) {
  const double gone = std::exp(duration_s / kBuiltUp_s), slowed = kSlowed * built_up_;
  spent_ *= std::pow((1.0 + slowed) / (gone + slowed), kBuiltUp_s / numbers_.recovery_s);
  built_up_ /= gone;
  begin_set();
}

void MeasuredLaw::begin_set() {
  limit_speed_mps_ = numbers_.limit_speed_mps * (1.0 + numbers_.limit_spread * std::clamp(random_.normal(), -2.5, 2.5));
  first_ = true;
}

std::optional<double> MeasuredLaw::pull(double load_kg) {
  const double spent = spent_, share = load_kg / usual_kg_, effort = share / (1.0 - spent);
  const double cost = kRep * std::pow(share, numbers_.load_power) * (1.0 + kRepWhenSpent * spent + built_up_) / endurance_;
  spent_ = std::min(0.9, spent + cost);  // a failed rep tires as well
  built_up_ += numbers_.build_up * std::pow(std::min(1.0, effort), kNearFailure);
  if (effort > 1.0) return std::nullopt;
  const double line_mps = numbers_.limit_speed_mps + (numbers_.top_speed_mps - numbers_.limit_speed_mps) * (1.0 - effort);
  const double own_mps = (limit_speed_mps_ - numbers_.limit_speed_mps) * std::pow(effort, kAtTheLimit) * std::min(1.0, spent / kTired);
  const double speed_mps = line_mps + own_mps;
  return speed_mps * (std::exchange(first_, false) ? 1.0 - numbers_.slow_start : 1.0);
}

}  // namespace sheave::test
