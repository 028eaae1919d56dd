#include "tests/support/trainee.hpp"

#include <algorithm>
#include <cmath>

#include "controller/core/units.hpp"

namespace sheave::test {

namespace {

constexpr double kStuck_mps = 0.02;  // as the simulator's athlete: slower is stuck
constexpr double kTurn_s = 1.1;      // of a rep the handle hardly moves, which tires too: both turns of it and the slow ends of the return
constexpr double kSample_s = 0.002;
constexpr double kOtherReps = 28.0;
// Of what a rep costs, the share that stays for the visit: half as much with every three more that are left, so that warm-ups take next to
// nothing (Abad 2011, Ribeiro 2014). Over a set of ten to failure 0.28.
constexpr double kOtherLasts = 0.64, kOtherLastsHalf_reps = 3.0;
constexpr double kBlindFlying_reps = 1000.0;  // what is pulled at top speed
constexpr int kMostReps = 60;
constexpr double kUnseenWork = 0.02;  // share of strength gone after which a set was work
constexpr int kMostAsked_reps = 5;    // the screen's last choice is "5+"

}  // namespace

TraineeSpec draw_trainee(Law law, bool light, std::uint64_t seed) {
  sim::Random random(seed * 2654435761U + (light ? 1U : 0U) + 2U * static_cast<unsigned>(law));
  const auto around = [&](double mean, double spread) { return mean + spread * std::clamp(random.normal(), -2.5, 2.5); };
  TraineeSpec spec;
  spec.law = law;
  spec.one_rm_kg = light ? around(26.0, 7.0) : around(68.0, 20.0);
  spec.one_rm_kg = std::max(spec.one_rm_kg, light ? 12.0 : 28.0);
  spec.gain_per_visit = std::max(0.0, around(0.004, 0.003));
  spec.day_spread = std::max(0.015, around(0.035, 0.01));
  spec.speed_noise = std::max(0.02, around(0.045, 0.012));
  spec.rom_m = light ? 0.42 : 0.5;
  spec.per_rep = around(1.0, 0.12) / 30.0;
  spec.top_speed_mps = around(2.0, 0.2);
  spec.answer_noise_reps = std::max(0.2, around(0.5, 0.15));
  spec.missing = random.chance(0.05) ? 1.0 : 0.1 + 0.4 * random.uniform();
  // People are off by about a rep near failure, to either side.
  spec.answer_bias_reps = around(0.0, 0.6);
  if (random.chance(0.1)) spec.intent_s = around(0.75, 0.05);  // some will not hurry
  if (law == Law::kBlind) {
    spec.power = around(0.105, 0.012);
    spec.slowest_mps = std::max(0.12, around(0.30, 0.07));
    spec.top_speed_mps = around(1.35, 0.15);
    spec.days_alike = 0.5;
    spec.answer_bias_reps = around(-0.1, 0.6);
    spec.answer_share = 0.8;
    spec.slips = 0.04;
    if (random.chance(1.0 / 6.0)) spec.pace_mps = around(0.55, 0.05);
  }
  if (law == Law::kUnseen) {
    spec.span = around(0.42, 0.03);
    spec.decay = around(0.055, 0.006);
    spec.set_cost = std::max(0.0, around(0.015, 0.007));
    spec.slowest_mps = std::max(0.12, around(0.26, 0.06));
    spec.top_speed_mps = around(1.6, 0.2);
    spec.day_spread = std::max(0.015, around(0.04, 0.01));
    spec.days_alike = 0.3;
    spec.answer_bias_reps = around(-0.6, 1.0);
    spec.slips = 0.06;
    spec.missing = random.chance(0.125) ? 1.0 : 0.1 + 0.6 * random.uniform();
    if (random.chance(0.1)) spec.pace_mps = around(0.5, 0.05);
  }
  if (law != Law::kOther) return spec;
  spec.curve = around(1.0, 0.08);
  spec.slowest_mps = std::max(0.15, around(0.33, 0.06));
  spec.top_speed_mps = around(1.45, 0.15);
  spec.answer_bias_reps = around(-0.4, 0.7);  // more often too few than too many
  if (random.chance(0.2)) spec.pace_mps = around(0.6, 0.05);
  return spec;
}

Trainee::Trainee(const TraineeSpec& spec, std::uint64_t seed)
    : spec_(spec), random_(seed), one_rm_kg_(spec.one_rm_kg / (1.0 + spec.gain_per_visit)) {}

void Trainee::come() {
  one_rm_kg_ *= 1.0 + spec_.gain_per_visit;
  // However alike the days are, they differ by as much from the usual.
  day_ = spec_.days_alike * day_ + std::sqrt(1.0 - spec_.days_alike * spec_.days_alike) * random_.normal();
  form_ = 1.0 + spec_.day_spread * day_;
  fast_ = slow_ = 0.0;
  strength_ = sim::Strength(
      {.one_rm_n = newton_from_kg(one_rm_kg_), .day_form = form_, .top_speed_mps = spec_.top_speed_mps, .per_rep = spec_.per_rep});
}

void Trainee::rest(double duration_s) {
  constexpr double kPart_s = 0.5;
  if (spec_.law == Law::kOther) {
    fast_ *= std::exp(-duration_s / 80.0);
    slow_ *= std::exp(-duration_s / 1000.0);
    return;
  }
  if (spec_.law == Law::kBlind) {
    fast_ *= std::exp(-duration_s / 55.0);
    slow_ *= std::exp(-duration_s / 700.0);
    return;
  }
  if (spec_.law == Law::kUnseen) {
    if (fast_ > kUnseenWork) slow_ += spec_.set_cost;
    fast_ *= std::exp(-duration_s / 35.0);
    return;
  }
  for (double left_s = duration_s; left_s > 0.0; left_s -= kPart_s) strength_.rest(std::min(left_s, kPart_s));
}

std::optional<double> Trainee::pull(double load_kg) {
  const auto speed_mps = pull_once(load_kg);
  if (!speed_mps) return std::nullopt;
  return *speed_mps * std::max(0.5, 1.0 + spec_.speed_noise * random_.normal());
}

int Trainee::reps_left(double load_kg) const {
  Trainee after = *this;
  int reps = 0;
  while (reps < kMostReps && after.pull_once(load_kg)) ++reps;
  return reps;
}

double Trainee::once_kg() const {
  double low_kg = 0.0, high_kg = 2.0 * one_rm_kg_;
  for (int i = 0; i < 20; ++i) {
    const double middle_kg = 0.5 * (low_kg + high_kg);
    (Trainee(*this).pull_once(middle_kg) ? low_kg : high_kg) = middle_kg;
  }
  return low_kg;
}

std::optional<int> Trainee::answer(int left) {
  if (random_.chance(spec_.missing)) return std::nullopt;
  // The further from failure, the wilder the guess.
  if (spec_.slips > 0.0 && random_.chance(spec_.slips)) return static_cast<int>(random_.uniform() * (kMostAsked_reps + 1));
  const double guess = spec_.answer_share * left + spec_.answer_bias_reps + (spec_.answer_noise_reps + 0.15 * left) * random_.normal();
  return std::clamp(static_cast<int>(std::lround(guess)), 0, kMostAsked_reps);
}

std::optional<double> Trainee::pull_once(double load_kg) {
  switch (spec_.law) {
    case Law::kOther:
      return pull_other(load_kg);
    case Law::kBlind:
      return pull_blind(load_kg);
    case Law::kUnseen:
      return pull_unseen(load_kg);
    case Law::kSimulated:
      break;
  }
  return pull_simulated(load_kg);
}

// The athlete's own way: a minimum-jerk pull whose progress waits where strength allows no more.
std::optional<double> Trainee::pull_simulated(double load_kg) {
  const double force_n = newton_from_kg(load_kg);
  double progress = 0.02, moved_m = 0.0, moving_s = 0.0, fastest_mps = 0.0;
  while (progress < 0.98) {
    const double s = progress, r = 1.0 - s;
    const double share = s * s * s * (10.0 - s * (15.0 - 6.0 * s));
    const double wanted_mps = spec_.rom_m * 30.0 * s * s * r * r / spec_.intent_s;
    const double able_mps = (strength_.isometric_n(share) - force_n) / strength_.fade_nspm(strength_.isometric_n(share));
    if (able_mps < kStuck_mps) return std::nullopt;
    const double rate = std::min(1.0, able_mps / wanted_mps);
    progress += rate * kSample_s / spec_.intent_s;
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

double Trainee::other_capacity(double load_kg) const {
  const double ratio = one_rm_kg_ * form_ * (1.0 - fast_ - slow_) / load_kg;
  return ratio < 1.0 ? 0.0 : 1.0 + std::pow(ratio - 1.0, spec_.curve) / (spec_.per_rep * 30.0) * kOtherReps;
}

std::optional<double> Trainee::pull_other(double load_kg) {
  const double capacity = other_capacity(load_kg);
  if (capacity < 1.0) return std::nullopt;
  const double strength_kg = one_rm_kg_ * form_ * (1.0 - fast_ - slow_);
  const double speed_mps = spec_.slowest_mps + (spec_.top_speed_mps - spec_.slowest_mps) * std::pow(1.0 - load_kg / strength_kg, 0.9);
  // What is left afterwards is one rep less.
  const double after_kg =
      load_kg * (1.0 + std::pow(std::max(0.0, capacity - 2.0) * (spec_.per_rep * 30.0) / kOtherReps, 1.0 / spec_.curve));
  const double spent = std::max(0.0, (strength_kg - std::min(after_kg, strength_kg)) / (one_rm_kg_ * form_));
  const double last = capacity < 2.0 ? 1.0 / kOtherReps : 0.0;
  const double lasts = kOtherLasts * std::exp2(-(std::min(capacity, static_cast<double>(kMostReps)) - 1.0) / kOtherLastsHalf_reps);
  fast_ += (1.0 - lasts) * (spent + last);
  slow_ += lasts * (spent + last);
  return std::min(speed_mps, spec_.pace_mps);
}

std::optional<double> Trainee::pull_blind(double load_kg) {
  const double usual_kg = one_rm_kg_ * form_;
  const double strength_kg = usual_kg * (1.0 - fast_ - slow_);
  if (strength_kg < load_kg) return std::nullopt;
  const double reps = std::pow(strength_kg / load_kg, 1.0 / spec_.power);
  const double after_kg = load_kg * std::pow(std::max(0.5, reps - 1.0), spec_.power);
  const double spent = (strength_kg - after_kg) / usual_kg;
  fast_ += 0.65 * spent;
  slow_ += 0.35 * spent;
  const double way = std::min(1.0, std::log(reps) / std::log(kBlindFlying_reps));
  return std::min(spec_.slowest_mps + (spec_.top_speed_mps - spec_.slowest_mps) * way, spec_.pace_mps);
}

double Trainee::unseen_share(double reps) const {
  const double rest = 1.0 - spec_.span;
  return (rest + spec_.span * std::exp(-spec_.decay * reps)) / (rest + spec_.span * std::exp(-spec_.decay));
}

std::optional<double> Trainee::pull_unseen(double load_kg) {
  const double usual_kg = one_rm_kg_ * form_;
  const double strength_kg = usual_kg * (1.0 - fast_ - slow_);
  const double share = load_kg / strength_kg;
  if (share > 1.0) return std::nullopt;
  double low = 1.0, high = kMostReps;
  for (int i = 0; i < 40; ++i) {
    const double middle = 0.5 * (low + high);
    (unseen_share(middle) > share ? low : high) = middle;
  }
  // Under the flat end of the curve a rep costs what it costs there.
  const double at_share = std::max(share, unseen_share(kMostReps));
  fast_ += strength_kg / usual_kg * (1.0 - at_share / unseen_share(std::max(0.5, low - 1.0)));
  const double speed_mps = spec_.slowest_mps + (spec_.top_speed_mps - spec_.slowest_mps) * std::pow(1.0 - share, 0.75);
  return std::min(speed_mps, spec_.pace_mps);
}

}  // namespace sheave::test
