#include "tests/support/trainee.hpp"

#include <algorithm>
#include <cmath>

namespace sheave::test {

namespace {

/// What everybody has, whatever the law; the simulated people are these.
TraineeSpec draw_anybody(Draw& draw, bool light) {
  TraineeSpec spec;
  SimulatedLaw::Numbers numbers;
  spec.one_rm_kg = light ? draw.around(26.0, 7.0) : draw.around(68.0, 20.0);
  spec.one_rm_kg = std::max(spec.one_rm_kg, light ? 12.0 : 28.0);
  spec.gain_per_visit = std::max(0.0, draw.around(0.004, 0.003));
  spec.day_spread = std::max(0.015, draw.around(0.035, 0.01));
  spec.speed_noise = std::max(0.02, draw.around(0.045, 0.012));
  spec.rom_m = light ? 0.42 : 0.5;
  numbers.per_rep = draw.around(1.0, 0.12) / 30.0;
  numbers.top_speed_mps = draw.around(2.0, 0.2);
  spec.answering.noise_reps = std::max(0.2, draw.around(0.5, 0.15));
  spec.answering.missing = draw.chance(0.05) ? 1.0 : 0.1 + 0.4 * draw.uniform();
  // People are off by about a rep near failure, to either side.
  spec.answering.bias_reps = draw.around(0.0, 0.6);
  if (draw.chance(0.1)) numbers.intent_s = draw.around(0.75, 0.05);  // some will not hurry
  spec.numbers = numbers;
  return spec;
}

}  // namespace

TraineeSpec draw_trainee(Law law, bool light, std::uint64_t seed) {
  Draw draw(seed * 2654435761U + (light ? 1U : 0U) + 2U * static_cast<std::uint64_t>(law));
  if (law == Law::kMeasured) return MeasuredLaw::draw(draw, light);
  if (law == Law::kStranger) return StrangerLaw::draw(draw, light);
  if (law == Law::kImpulse) return ImpulseLaw::draw(draw, light);
  TraineeSpec spec = draw_anybody(draw, light);
  if (law == Law::kOther) OtherLaw::draw(draw, spec);
  if (law == Law::kLombardi) LombardiLaw::draw(draw, spec);
  if (law == Law::kMayhew) MayhewLaw::draw(draw, spec);
  if (law == Law::kRecruited) RecruitedLaw::draw(draw, spec);
  if (law == Law::kJointed) JointedLaw::draw(draw, spec);
  return spec;
}

Trainee::Body Trainee::body_of(const TraineeSpec& spec, std::uint64_t seed) {
  struct Maker {
    double rom_m;
    std::uint64_t seed;
    Body operator()(const SimulatedLaw::Numbers& numbers) const { return SimulatedLaw(numbers, rom_m); }
    Body operator()(const OtherLaw::Numbers& numbers) const { return OtherLaw(numbers); }
    Body operator()(const LombardiLaw::Numbers& numbers) const { return LombardiLaw(numbers); }
    Body operator()(const MayhewLaw::Numbers& numbers) const { return MayhewLaw(numbers); }
    Body operator()(const MeasuredLaw::Numbers& numbers) const { return MeasuredLaw(numbers, ~seed); }
    Body operator()(const StrangerLaw::Numbers& numbers) const { return StrangerLaw(numbers, ~seed); }
    Body operator()(const ImpulseLaw::Numbers& numbers) const { return ImpulseLaw(numbers, rom_m, ~seed); }
    Body operator()(const RecruitedLaw::Numbers& numbers) const { return RecruitedLaw(numbers); }
    Body operator()(const JointedLaw::Numbers& numbers) const { return JointedLaw(numbers); }
  };
  return std::visit(Maker{spec.rom_m, seed}, spec.numbers);
}

Trainee::Trainee(const TraineeSpec& spec, std::uint64_t seed)
    : spec_(spec), body_(body_of(spec, seed)), random_(seed), one_rm_kg_(spec.one_rm_kg / (1.0 + spec.gain_per_visit)) {}

void Trainee::come() {
  one_rm_kg_ *= 1.0 + spec_.gain_per_visit / (1.0 + visits_++ / spec_.gain_lasts_visits);
  reps_ = 0;
  // However alike the days are, they differ by as much from the usual.
  day_ = spec_.days_alike * day_ + std::sqrt(1.0 - spec_.days_alike * spec_.days_alike) * random_.normal();
  double day = day_;
  if (spec_.stretches > 0.0) {
    if (stretch_ == 0.0 || random_.chance(spec_.stretch_ends)) stretch_ = random_.chance(0.5) ? 1.0 : -1.0;
    day = std::sqrt(spec_.stretches) * stretch_ + std::sqrt(1.0 - spec_.stretches) * day_;
  }
  form_ = 1.0 + spec_.day_spread * day;
  if (spec_.bad_days > 0.0 && random_.chance(spec_.bad_days)) form_ -= spec_.bad_day_cost;
  weaker_ *= std::exp2(-1.0 / spec_.break_half_visits);
  if (spec_.breaks > 0.0 && random_.chance(spec_.breaks)) weaker_ += spec_.break_cost;
  form_ -= weaker_;
  if (spec_.answering.silent_visits > 0.0) silent_ = random_.chance(spec_.answering.silent_visits);
  if (spec_.answering.by_visit_reps > 0.0) off_reps_ = spec_.answering.by_visit_reps * random_.normal();
  std::visit([this](auto& body) { body.come(one_rm_kg_, form_); }, body_);
}

void Trainee::rest(double duration_s) {
  reps_ = 0;
  std::visit([duration_s](auto& body) { body.rest(duration_s); }, body_);
}

std::optional<double> Trainee::pull(double load_kg) {
  const auto speed_mps = pull_once(load_kg);
  failed_ = !speed_mps;
  if (failed_) return std::nullopt;
  ++reps_;
  const double noise = spec_.speed_noise + spec_.speed_noise_mps / *speed_mps;
  return *speed_mps * std::max(0.5, 1.0 + noise * random_.normal());
}

int Trainee::reps_left(double load_kg) const {
  Trainee after = *this;
  int reps = 0;
  while (reps < kMostReps && after.pull_once(load_kg)) ++reps;
  return reps;
}

std::optional<int> Trainee::answer(int left) {
  if (silent_) return std::nullopt;
  const auto said = spec_.answering.say(
      {.left = left, .reps = reps_, .failed = failed_, .visits = visits_, .before = said_, .off_reps = off_reps_}, random_);
  if (said) said_ = said;
  return said;
}

double Trainee::once_kg() const {
  double low_kg = 0.0, high_kg = 2.0 * one_rm_kg_;
  for (int i = 0; i < 20; ++i) {
    const double middle_kg = 0.5 * (low_kg + high_kg);
    (Trainee(*this).pull_once(middle_kg) ? low_kg : high_kg) = middle_kg;
  }
  return low_kg;
}

std::optional<double> Trainee::pull_once(double load_kg) {
  const auto speed_mps = std::visit([load_kg](auto& body) { return body.pull(load_kg); }, body_);
  if (!speed_mps) return std::nullopt;
  return std::min(*speed_mps, spec_.pace_mps);
}

}  // namespace sheave::test
