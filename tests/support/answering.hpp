#pragma once
// What people say when the screen asks how many more they could have done.

#include <limits>
#include <optional>

#include "sim/random.hpp"

namespace sheave::test {

inline constexpr int kMostAsked_reps = 5;  // the screen's last choice is "5+"

/// The truth about a set.
struct Asked {
  int left = 0;  ///< Whole reps.
  int reps = 0;  ///< Done.
  bool failed = false;
  int visits = 1;             ///< So far, with this one.
  std::optional<int> before;  ///< What they last said.
  double off_reps = 0.0;      ///< This visit.
};

struct Answering {
  double missing = 0.3;                                              ///< Share of questions left unanswered.
  double silent_visits = 0.0;                                        ///< Share of visits without any answer.
  double slips = 0.0;                                                ///< Share of answers that are any button.
  double share = 1.0;                                                ///< What is said of one rep that is left.
  double levels_off_reps = std::numeric_limits<double>::infinity();  ///< However many are left, less than this is felt.
  double bias_reps = 0.0, noise_reps = 0.5;                          ///< Off by, always and from set to set.
  double by_visit_reps = 0.0;                                        ///< And from visit to visit.
  double noise_per_left = 0.15;  ///< More, with every rep that is left: the further from failure, the wilder the guess.
  double noise_long_sets = 0.0;  ///< And with every rep after the twelfth.
  double sticks = 0.0;           ///< Of an answer, the share that is the last one again.
  double fading = 0.0;           ///< Of the questions still answered, the share that a next visit's go without.
  bool knows_failure = false;    ///< Who could not do another says none.

  /// Where they answer.
  std::optional<int> say(const Asked& asked, sim::Random& random) const;

  /// The same, as nobody is: every question answered, without bias or slips, and near failure with the truth.
  Answering truthful() const;
};

}  // namespace sheave::test
