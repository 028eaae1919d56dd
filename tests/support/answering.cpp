#include "tests/support/answering.hpp"

#include <algorithm>
#include <cmath>

namespace sheave::test {

std::optional<int> Answering::say(int left, sim::Random& random) const {
  if (random.chance(missing)) return std::nullopt;
  if (slips > 0.0 && random.chance(slips)) return static_cast<int>(random.uniform() * (kMostAsked_reps + 1));
  // The further from failure, the wilder the guess.
  const double guess = share * left + bias_reps + (noise_reps + 0.15 * left) * random.normal();
  return std::clamp(static_cast<int>(std::lround(guess)), 0, kMostAsked_reps);
}

Answering Answering::truthful() const {
  Answering truth = *this;
  truth.missing = truth.slips = truth.bias_reps = truth.noise_reps = 0.0;
  truth.share = 1.0;
  return truth;
}

}  // namespace sheave::test
