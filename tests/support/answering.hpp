#pragma once
// What people say when the screen asks how many more they could have done.

#include <optional>

#include "sim/random.hpp"

namespace sheave::test {

inline constexpr int kMostAsked_reps = 5;  // the screen's last choice is "5+"

struct Answering {
  double missing = 0.3;                      ///< Share of questions left unanswered.
  double slips = 0.0;                        ///< Share of answers that are any button.
  double share = 1.0;                        ///< What is said of one rep that is left.
  double bias_reps = 0.0, noise_reps = 0.5;  ///< Off by, always and from set to set.

  /// Where they answer. @param left whole reps, the truth.
  std::optional<int> say(int left, sim::Random& random) const;

  /// The same, as nobody is: every question answered, without bias or slips, and near failure with the truth.
  Answering truthful() const;
};

}  // namespace sheave::test
