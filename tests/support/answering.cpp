#include "tests/support/answering.hpp"

#include <algorithm>
#include <cmath>

namespace sheave::test {

namespace {

constexpr int kLongSet_reps = 12;

}  // namespace

std::optional<int> Answering::say(const Asked& asked, sim::Random& random) const {
  if (random.chance(missing + (1.0 - missing) * (1.0 - std::pow(1.0 - fading, asked.visits - 1)))) return std::nullopt;
  if (slips > 0.0 && random.chance(slips)) return static_cast<int>(random.uniform() * (kMostAsked_reps + 1));
  if (knows_failure && asked.failed) return 0;
  const double felt = asked.left / (1.0 + asked.left / levels_off_reps);
  const double noise = noise_reps + noise_per_left * felt + noise_long_sets * std::max(0, asked.reps - kLongSet_reps);
  const double meant = share * felt + bias_reps + asked.off_reps;
  const double guess = meant + sticks * (asked.before.value_or(meant) - meant) + noise * random.normal();
  return std::clamp(static_cast<int>(std::lround(guess)), 0, kMostAsked_reps);
}

Answering Answering::truthful() const {
  Answering truth = *this;
  truth.missing = truth.fading = truth.slips = truth.bias_reps = truth.noise_reps = truth.noise_long_sets = truth.sticks = 0.0;
  truth.silent_visits = truth.by_visit_reps = 0.0;
  truth.levels_off_reps = std::numeric_limits<double>::infinity();
  truth.share = 1.0;
  return truth;
}

}  // namespace sheave::test
