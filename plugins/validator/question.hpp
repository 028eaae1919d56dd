#pragma once
// A question to a progression, made up from a seed: some history, plausible or not.

#include <vector>

#include "plugins/abi/sheave/ext/progression.h"
#include "plugins/validator/drive.hpp"

namespace sheave::validator {

class Question {
 public:
  Question(Mood mood, Random& random);
  Question(const Question&) = delete;
  Question& operator=(const Question&) = delete;
  const sheave_progression_in_t& in() const noexcept { return in_; }

 private:
  void add_strength(Mood mood, Random& random);
  void make_wild(Random& random);

  std::vector<std::vector<sheave_rep_summary_t>> reps_;
  std::vector<sheave_set_summary_t> sets_;
  sheave_strength_t strength_{};
  std::vector<double> reps_left_;
  sheave_progression_in_t in_{};
};

}  // namespace sheave::validator
