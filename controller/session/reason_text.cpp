// The words for each reason code of the shipped progressions. The codes are the plugin's, the language is the host's.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "controller/session/proposal.hpp"

namespace sheave::session {

namespace {

constexpr double kMostAsked_reps = 5.0;  // the screen's last choice is "5+"

struct Numbers {
  double load_kg, previous_kg;
  int reps, bottom, top;
  bool trial;  // the set before it was one
  const Proposal& proposal;

  /// -1 where the progression gave no such evidence.
  double evidence(std::string_view name) const {
    const auto at = std::find_if(proposal.evidence.begin(), proposal.evidence.end(), [&](const Evidence& e) { return e.name == name; });
    return at != proposal.evidence.end() ? at->value : -1.0;
  }
};

struct Wording {
  std::string_view reason;
  std::string (*words)(const Numbers&);
};

std::string kg(double value) { return fmt::format("{:g} kg", std::round(value * 100.0) / 100.0); }

/// "42.5 kg, 2.5 kg more" as far as both are known.
std::string step_words(const Numbers& n) {
  const double step_kg = n.load_kg - n.previous_kg;
  if (!std::isfinite(step_kg)) return kg(n.load_kg);
  if (step_kg == 0.0) return fmt::format("stay at {}", kg(n.load_kg));
  return fmt::format("{}, {} {}", kg(n.load_kg), kg(std::abs(step_kg)), step_kg > 0 ? "more" : "less");
}

/// How many reps were left, and how that is known.
std::string reserve_words(const Numbers& n) {
  const double left = n.evidence("reserve_reps");
  if (n.evidence("helped") > 0) {
    return n.evidence("best_reps") > 0 ? fmt::format("{:.0f} reps before the machine had to help", n.evidence("best_reps"))
                                       : "Not one rep was possible";
  }
  if (left < 0) return fmt::format("{:.0f} reps, and what you did before", n.evidence("best_reps"));
  if (n.evidence("answer_reps") >= 0) {
    const char* most = left >= kMostAsked_reps ? " or" : "";  // "5 or more", not "5 more"
    return fmt::format("{:.0f} reps, and you said {:.0f}{} more were left", n.evidence("best_reps"), left, most);
  }
  return fmt::format("{:.0f} reps, and by your speed about {:.0f} more were left", n.evidence("best_reps"), left);
}

/// Where the person's own speeds end the set, the goal only bounds it.
std::string stop_words(const Numbers& n) {
  if (std::isfinite(n.proposal.last_reps_speed_mps)) {
    return fmt::format("stop when the machine says that one or two are left, at {} reps at the latest", n.proposal.rep_goal);
  }
  return fmt::format("stop at {} reps, with one or two left", n.proposal.rep_goal);
}

std::string reserve_sentence(const Numbers& n) { return fmt::format("{}: next {}; {}.", reserve_words(n), step_words(n), stop_words(n)); }

constexpr Wording kWordings[] = {
    {"TOP_OF_RANGE_REACHED",
     [](const Numbers& n) { return fmt::format("You did {} reps, the top of {}-{}: next {}.", n.reps, n.bottom, n.top, step_words(n)); }},
    {"HOLD_IN_RANGE", [](const Numbers& n) { return fmt::format("{} reps is inside {}-{}: {}.", n.reps, n.bottom, n.top, step_words(n)); }},
    {"BELOW_RANGE",
     [](const Numbers& n) { return fmt::format("{} reps is below {}-{}: next {}.", n.reps, n.bottom, n.top, step_words(n)); }},
    {"HOLD_ANSWER_ZERO", [](const Numbers& n) { return fmt::format("You said that not one more was left, so {}.", step_words(n)); }},
    {"HOLD_SPOTTER", [](const Numbers& n) { return fmt::format("The machine had to help, so {}.", step_words(n)); }},
    {"HOLD_PAUSED",
     [](const Numbers& n) { return fmt::format("{} reps, but with a long pause in between, so {}.", n.reps, step_words(n)); }},
    {"FORECAST_BELOW_RANGE",
     [](const Numbers& n) {
       const double forecast = n.evidence("forecast_reps");
       const std::string expected = forecast >= 0 ? fmt::format("about {:.0f} reps are", forecast) : "too few reps are";
       return fmt::format("You did {} reps; with more weight {} likely in the next set, fewer than {}, so {}.", n.reps, expected, n.bottom,
                          step_words(n));
     }},
    {"ADD_REPS",
     [](const Numbers& n) {
       const auto goal = n.proposal.rep_goal;
       return goal > 0 ? fmt::format("One step up would be too much: {}, aim for {} reps.", step_words(n), goal)
                       : fmt::format("One step up would be too much: {} and add reps.", step_words(n));
     }},
    {"PAIN_STOP", [](const Numbers&) { return std::string("You felt pain: no further set. If it stays, ask a doctor."); }},
    {"SET_NOT_JUDGED",
     [](const Numbers& n) {
       return fmt::format("The {} was cut short and says nothing about the weight: {}.", n.trial ? "trial set" : "last set", step_words(n));
     }},
    {"PROBE",
     [](const Numbers& n) {
       return fmt::format("A trial set to find your weight: {} easy reps at {}.", std::max(1U, n.proposal.rep_goal), kg(n.load_kg));
     }},
    {"PROBE_RAISE", [](const Numbers& n) { return fmt::format("The trial set was light: try {}.", step_words(n)); }},
    {"PROBE_DONE", [](const Numbers& n) { return fmt::format("That is a weight to work with: {}.", step_words(n)); }},
    {"PROBE_TOO_HEAVY",
     [](const Numbers& n) {
       return fmt::format("{:.0f} reps in the trial set: too heavy, next {}.", n.evidence("best_reps"), step_words(n));
     }},
    {"ANSWER_MORE_REPS",
     [](const Numbers& n) { return fmt::format("You had more reps left: {} and go on to {} reps.", step_words(n), n.top); }},
    {"ANSWER_TWO_STEPS", [](const Numbers& n) { return fmt::format("You had five or more reps left: next {}.", step_words(n)); }},
    {"START_FROM_HISTORY",
     [](const Numbers& n) { return fmt::format("{} is what you did in {}-{} reps on your last visit.", kg(n.load_kg), n.bottom, n.top); }},
    {"START_ABOVE_HISTORY",
     [](const Numbers& n) {
       return fmt::format("Your last visit reached the top of {}-{} reps: begin with {}.", n.bottom, n.top, step_words(n));
     }},
    {"START_BELOW_HISTORY",
     [](const Numbers& n) { return fmt::format("Your last visits stayed below {} reps: begin with {}.", n.bottom, step_words(n)); }},
    {"HOLD_TIRED",
     [](const Numbers& n) {
       return fmt::format("{} reps is below {}-{}, but these muscles had worked before today: {}, once.", n.reps, n.bottom, n.top,
                          step_words(n));
     }},
    {"PROBE_AFTER_ABSENCE",
     [](const Numbers& n) {
       return fmt::format("You were away for {:.0f} days: a trial set of {} easy reps at {} to find your weight again.",
                          n.evidence("days_away"), std::max(1U, n.proposal.rep_goal), kg(n.load_kg));
     }},
    {"START_AFTER_ABSENCE",
     [](const Numbers& n) { return fmt::format("You were away for {:.0f} days: begin with {}.", n.evidence("days_away"), step_words(n)); }},
    {"THREE_VISITS_BELOW",
     [](const Numbers& n) { return fmt::format("Three visits in a row stayed below {} reps: begin with {}.", n.bottom, step_words(n)); }},
    {"SET_ONE_RAISES",
     [](const Numbers& n) { return fmt::format("Your first set last time reached {} reps: begin with {}.", n.top, step_words(n)); }},
    {"HOLD_FOR_NEXT_VISIT",
     [](const Numbers& n) {
       return fmt::format("{} reps, the top of {}-{}: {} today; your first set decides the next visit.", n.reps, n.bottom, n.top,
                          step_words(n));
     }},
    {"TWO_FOR_TWO",
     [](const Numbers& n) { return fmt::format("Two visits in a row went two reps past {}: begin with {}.", n.top, step_words(n)); }},
    {"HOLD_SPEED_LOST",
     [](const Numbers& n) {
       return fmt::format("{} reps, but you lost {:.0f} % of your speed, so {}.", n.reps, 100.0 * n.evidence("speed_loss_share"),
                          step_words(n));
     }},
    {"HOLD_SPEED",
     [](const Numbers& n) {
       return fmt::format("Your best rep moved at {:.2f} m/s, the goal is {:.2f}: {}.", n.evidence("peak_mps"), n.evidence("goal_mps"),
                          step_words(n));
     }},
    {"HOLD_SPEED_UNKNOWN", [](const Numbers& n) { return fmt::format("The speed of that set is not known: {}.", step_words(n)); }},
    {"SPEED_BELOW_GOAL",
     [](const Numbers& n) {
       return fmt::format("Your best rep moved at {:.2f} m/s, below the goal of {:.2f}: next {}.", n.evidence("peak_mps"),
                          n.evidence("goal_mps"), step_words(n));
     }},
    {"SPEED_GOAL_BEATEN",
     [](const Numbers& n) {
       return fmt::format("Twice faster than the goal of {:.2f} m/s: next {}.", n.evidence("goal_mps"), step_words(n));
     }},
    {"SPEED_HELD",
     [](const Numbers& n) { return fmt::format("{} reps, and the last as fast as the first: next {}.", n.reps, step_words(n)); }},
    {"RESERVE_GOAL", reserve_sentence},
    {"RESERVE_RAISE", reserve_sentence},
    {"RESERVE_LOWER", reserve_sentence},
    {"RESERVE_UNTOLD",
     [](const Numbers& n) {
       return fmt::format("{:.0f} reps, slower at the end, and you did not say what was left: it may have been all, so next {}; {}.",
                          n.evidence("best_reps"), step_words(n), stop_words(n));
     }},
    {"RESERVE_LIMIT",
     [](const Numbers& n) {
       return fmt::format("To learn your limit: {}, and go on until no rep is left. The machine takes the weight off then.", step_words(n));
     }},
    {"RESERVE_LIGHTER",
     [](const Numbers& n) {
       return fmt::format("The last set went on lighter, to reach {}-{}. {}", n.bottom, n.top, reserve_sentence(n));
     }},
    {"START_LOAD", [](const Numbers& n) { return fmt::format("A first set to begin with: {}.", kg(n.load_kg)); }},
    {"PROGRESSION_LATE",
     [](const Numbers& n) { return fmt::format("The next weight could not be worked out in time: {}.", step_words(n)); }},
    {"PROGRESSION_FAILED", [](const Numbers& n) { return fmt::format("The next weight could not be worked out: {}.", step_words(n)); }},
};

}  // namespace

std::string reason_text(const Proposal& proposal, const ProposalContext& context) {
  const Prescription& prescription = context.program.prescription;
  const Numbers numbers{proposal.load_kg,
                        proposal.previous_load_kg,
                        context.last_set != nullptr ? static_cast<int>(context.last_set->counted) : 0,
                        static_cast<int>(prescription.rep_bottom),
                        static_cast<int>(prescription.rep_top),
                        context.last_set != nullptr && context.last_set->kind == SetKind::kProbe,
                        proposal};
  for (const Wording& wording : kWordings) {
    if (wording.reason == proposal.reason) return wording.words(numbers);
  }
  return proposal.stop ? fmt::format("No further set ({}).", proposal.reason)
                       : fmt::format("Next {} ({}).", step_words(numbers), proposal.reason);
}

}  // namespace sheave::session
