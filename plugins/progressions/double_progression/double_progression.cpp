// Double progression: reps first, then load. Two step rules; the rules stand in shared/rules.hpp and by_reps.hpp.

#include "base.hpp"
#include "by_reps.hpp"

namespace {

using namespace sheave::progressions;
using sheave::sdk::Decision;
using sheave::sdk::Param;

class DoubleProgression final : public Base {
 public:
  static constexpr sheave::sdk::About kAbout{
      .id = "double-progression",
      .name = "Double progression",
      .vendor = "Sheave",
      .version = "1.0.0",
      .description = "More reps at the same weight up to the top of the range, then more weight from its bottom."};

 private:
  StepRule step_rule() const override { return step_rule_; }
  void decide_first_set(const Question& q, Decision& out) const override { start_by_reps(q, out); }
  void decide_next_set(const Question& q, Decision& out) const override { decide_by_reps(q, out); }

  Param<StepRule> step_rule_{*this,
                             {.id = 1,
                              .name = "step_rule",
                              .unit = "1",
                              .help = "0: steps scaled to the load and the range; 1: the article's, +10 lb and -5 lb.",
                              .min = 0,
                              .max = 1,
                              .initial = 0}};
};

}  // namespace

SHEAVE_PLUGINS(DoubleProgression);
