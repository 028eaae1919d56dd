// Double progression: reps first, then load. Two step rules; the rules A1 to A5 stand in rules.hpp, one function each.

#include <algorithm>
#include <cmath>

#include "rules.hpp"

namespace {

using namespace sheave::double_progression;
using sheave::sdk::Decision;
using sheave::sdk::Param;

class DoubleProgression final : public sheave::sdk::Progression {
 public:
  static constexpr sheave::sdk::About kAbout{
      .id = "double-progression",
      .name = "Double progression",
      .vendor = "Sheave",
      .version = "1.0.0",
      .description = "More reps at the same weight up to the top of the range, then more weight from its bottom."};

  bool decide(const sheave_progression_in_t& in, Decision& out) const override {
    if (!sane(in)) return false;
    const Question question{in, {step_rule_, pause_limit_s_, probe_speed_mps_}, read_history(in, pause_limit_s_)};
    if (!std::ranges::all_of(question.history, [](const SetFacts& s) { return std::isfinite(s.load_kg) && s.load_kg > 0; })) return false;
    const bool in_session = !question.history.empty() && question.last().session_index == 0;
    if (in.point == SHEAVE_DECIDE_NEXT_SET && in_session) {
      decide_next_set(question, out);
    } else {
      decide_first_set(question, out);
    }
    return true;
  }

 private:
  static bool sane(const sheave_progression_in_t& in) {
    const auto positive = [](double v) { return std::isfinite(v) && v > 0; };
    constexpr std::uint32_t kMostReps = 1000;
    return in.rep_bottom >= 1 && in.rep_top >= in.rep_bottom && in.rep_top <= kMostReps && positive(in.increment_kg) &&
           positive(in.load_max_kg) && positive(in.start_load_kg) && in.load_min_kg >= 0 && in.load_min_kg <= in.load_max_kg;
  }

  Param<StepRule> step_rule_{*this,
                             {.id = 1,
                              .name = "step_rule",
                              .unit = "1",
                              .help = "0: steps scaled to the load and the range; 1: the article's, +10 lb and -5 lb.",
                              .min = 0,
                              .max = 1,
                              .initial = 0}};
  Param<double> pause_limit_s_{*this,
                               {.id = 2,
                                .name = "pause_limit_s",
                                .unit = "s",
                                .help = "A standstill inside the set longer than this does not earn the top of the range.",
                                .min = 1,
                                .max = 60,
                                .initial = 5}};
  Param<double> probe_speed_mps_{*this,
                                 {.id = 3,
                                  .name = "probe_speed_mps",
                                  .unit = "m/s",
                                  .help = "A probe whose fastest rep reaches this mean speed was light: try more.",
                                  .min = 0.2,
                                  .max = 2,
                                  .initial = 0.75}};
};

}  // namespace

SHEAVE_PLUGINS(DoubleProgression);
