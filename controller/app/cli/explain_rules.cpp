#include "controller/app/cli/explain_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace sheave::cli {
namespace {

constexpr std::string_view kTopRule =
    "The top of the range in one set earns more weight: as much as keeps the next set in the range, and never more than 10 lb. "
    "It is proposed only if the next set is expected to stay in the range.";
constexpr std::string_view kHoldRule = "Inside the range the weight stays and reps are added until the top is reached.";
constexpr std::string_view kBelowRule = "Fewer reps than the range means too heavy: half of a step up is taken off.";
constexpr std::string_view kWordRule = "What you say about a set outranks what was counted.";
constexpr std::string_view kReserveRule =
    "Every set is to end one or two reps short of failure. All your sets together say what you can do at a weight: what was done and what "
    "you said was left, how your reps have followed the weight so far, what a set takes from the next, how fast today's warm-ups were, and "
    "by how much what you say has been off where a set went to its end. Where nothing tells what was left, reps decide. While a set runs, "
    "your speed and how many were to come tell its end, each as far as it has been right with you.";
constexpr std::string_view kLighterRule =
    "A set whose reps were as slow as your last ones, more than two short of its range, went on lighter, so that you reach it. What was "
    "done at each weight counts as a share of what you could have done at it; the next weight follows from them together.";
constexpr std::string_view kSpeedRule =
    "Power follows the speed of the best rep: beaten by 5 % in two sets in a row at one weight earns more, missed by a tenth takes some "
    "off.";
constexpr std::string_view kProbeRule =
    "Somebody new begins light, with a trial set of five easy reps, raised twice at most while they move fast or you say that many were "
    "left. Fewer than five are too heavy: down as far as the bottom of the range could be done.";
constexpr std::string_view kAwayRule =
    "After two weeks away nothing is raised on the first set; after three weeks 10 %, after six 20 % comes off; after three months "
    "your weight is found again.";

constexpr ReasonRule kRules[] = {
    {"TOP_OF_RANGE_REACHED", "A1,A2", kTopRule, "One rep less would have kept the weight."},
    {"HOLD_IN_RANGE", "A1", kHoldRule, "The top of the range would have raised it, fewer reps than the range lowered it."},
    {"BELOW_RANGE", "A1", kBelowRule, "Reps inside the range would have kept it."},
    {"ADD_REPS", "A1", "One step of this machine would be too much for the range, so reps are added first.", "Enough reps earn the step."},
    {"FORECAST_BELOW_RANGE", "A2", kTopRule, "With more reps, or more left, the next set would have been expected to fit."},
    {"HOLD_ANSWER_ZERO", "A3", kWordRule, "With one or more left the top of the range would have raised it."},
    {"ANSWER_MORE_REPS", "A3", kWordRule, "With two or fewer left the weight would stay with one rep more."},
    {"ANSWER_TWO_STEPS", "A3", "Five or more left earn two steps, once a session.", "With fewer left it would be one step or none."},
    {"HOLD_SPOTTER", "A3", "A set that the machine helped with does not earn more.", "The same reps without help would have."},
    {"PAIN_STOP", "A3", "Pain outranks everything: no further set.", ""},
    {"HOLD_PAUSED", "A4", "A rest inside the set does not earn the top of the range.", "Without the pause it would have raised it."},
    {"SET_NOT_JUDGED", "A4", "A set that was cut short (Stop, leaving, a fault, an interruption) says nothing about the weight.", ""},
    {"PROBE", "A5", kProbeRule, ""},
    {"PROBE_RAISE", "A5", kProbeRule, "A slower set, or an answer of two or fewer, would have ended the search."},
    {"PROBE_DONE", "A5", kProbeRule, "Faster reps, or an answer of five or more, would have tried more."},
    {"PROBE_TOO_HEAVY", "A5", kProbeRule, "All of its reps, done without help, would have been a weight to work with."},
    {"PROBE_AFTER_ABSENCE", "A7", kAwayRule, ""},
    {"START_AFTER_ABSENCE", "A7", kAwayRule, ""},
    {"THREE_VISITS_BELOW", "A7", "Three visits whose first set stayed below the range take 10 % off.", ""},
    {"HOLD_TIRED", "A8", "A first miss after other work for the same muscles says more about that work than about the weight.",
     "The next one lowers it."},
    {"START_FROM_HISTORY", "A2", "A visit begins at the highest weight whose first set was in the range.", ""},
    {"START_ABOVE_HISTORY", "A1,A2", "The top of the range in the first, fresh set of a visit raises the next visit.", ""},
    {"START_BELOW_HISTORY", "A1,A2", "First sets below the range begin the next visit lower.", ""},
    {"SET_ONE_RAISES", "A9", "For strength the first set, done fresh, decides the next visit.", ""},
    {"HOLD_FOR_NEXT_VISIT", "A9", "For strength the weight only falls within a visit; the first set decides the next.", ""},
    {"TWO_FOR_TWO", "2-for-2", "Two reps above the range in the last set of two visits in a row earn more weight.", ""},
    {"HOLD_SPEED_LOST", "velocity loss", "The top of the range with the speed gone does not earn more.",
     "With more speed left it would have."},
    {"HOLD_SPEED", "A10", kSpeedRule, ""},
    {"HOLD_SPEED_UNKNOWN", "A10", kSpeedRule, ""},
    {"SPEED_BELOW_GOAL", "A10", kSpeedRule, ""},
    {"SPEED_GOAL_BEATEN", "A10", kSpeedRule, ""},
    {"SPEED_HELD", "A1, reserve",
     "You did not say how many were left, but a set that ends as fast as it began was far from its end: more weight. If you never say, as "
     "much as keeps the next set in the range if three were left; if you said \"many\" at no more weight, as much as if it were many "
     "again.",
     "Slower last reps, or an answer, would have decided instead."},
    {"RESERVE_GOAL", "A3, reserve", kReserveRule, ""},
    {"RESERVE_RAISE", "A3, reserve", kReserveRule, ""},
    {"RESERVE_LOWER", "A3, reserve", kReserveRule, ""},
    {"RESERVE_UNTOLD", "A3, reserve",
     "You did not say how many were left, you slowed down, and until now all that is known of you is that many were left. If that was the "
     "end, the same weight would now end far below the range: so as much as still reaches two reps below it.",
     "An answer would have decided instead."},
    {"RESERVE_LIMIT", "A3, reserve",
     "People misjudge what is left by about a rep, the same way every time. So in the last two sets of the second visit you go on until "
     "no rep is left, and if that was not found, in the last one of the third; then the machine knows what your answers and your speed "
     "are worth.",
     "Two sets of three reps or more in which the machine had to help would have told it already."},
    {"RESERVE_LIGHTER", "A3, reserve", kLighterRule, "At the speed of a usual day the set would have kept its weight."},
};
constexpr ReasonRule kNoRule{"", "", "", ""};

enum class As { kNumber, kLoad, kSpeed, kShare };
struct Named {
  std::string_view name, words;
  As as;
};
constexpr Named kEvidence[] = {
    {"best_reps", "reps that counted", As::kNumber},
    {"rep_bottom", "bottom of the range", As::kNumber},
    {"rep_top", "top of the range", As::kNumber},
    {"answer_reps", "reps you said were left", As::kNumber},
    {"reserve_reps", "reps that were left", As::kNumber},
    {"helped", "it was more than you could do (1 is yes)", As::kNumber},
    {"forecast_reps", "reps expected of the next set", As::kNumber},
    {"step_kg", "one step", As::kLoad},
    {"from_load_kg", "reckoned from", As::kLoad},
    {"fastest_mps", "your fastest rep", As::kSpeed},
    {"last_mps", "your last rep", As::kSpeed},
    {"light_mps", "what counts as light", As::kSpeed},
    {"peak_mps", "your best rep's peak", As::kSpeed},
    {"goal_mps", "the goal", As::kSpeed},
    {"speed_loss_share", "speed lost by the last rep", As::kShare},
    {"days_away", "days since your last visit", As::kNumber},
    {"sets_before", "sets of other exercises before", As::kNumber},
    {"model_r2", "how well your own speeds tell (1 is fully)", As::kNumber},
    {"one_rm_kg", "what you could pull once, by your speeds", As::kLoad},
    {"error_reps", "how far off that may be, in reps", As::kNumber},
    {"tenth_less_reps", "reps that a tenth less weight is worth to you, by your own sets", As::kNumber},
};

}  // namespace

const ReasonRule& reason_rule(std::string_view reason) {
  const auto* found = std::ranges::find(kRules, reason, &ReasonRule::reason);
  return found != std::end(kRules) ? *found : kNoRule;
}

std::string evidence_line(const Look& look, std::string_view name, double value) {
  const auto* named = std::ranges::find(kEvidence, name, &Named::name);
  if (named == std::end(kEvidence)) return fmt::format("{}: {:g}", name, value);
  switch (named->as) {
    case As::kLoad:
      return fmt::format("{}: {}", named->words, load(look, value));
    case As::kSpeed:
      return fmt::format("{}: {:.2f} m/s", named->words, value);
    case As::kShare:
      return fmt::format("{}: {:.0f} %", named->words, 100.0 * value);
    case As::kNumber:
      break;
  }
  return fmt::format("{}: {:.3g}", named->words, value);
}

}  // namespace sheave::cli
