// The first set of a visit: A2's "highest load whose first working set was in range", or A5's probe for somebody unknown.

#include <algorithm>
#include <cmath>
#include <span>

#include "rules.hpp"

namespace sheave::double_progression {
namespace {

using sdk::Decision;

/// How many visits back a load still says something. Three: what a person could do longer ago is for the rules about absence.
constexpr std::uint32_t kVisitsBack = 3;
constexpr double kSureByHistory = 0.7;

/// First judged working sets of the last visits, newest first: they were done fresh, so they compare.
std::vector<SetFacts> first_sets(const Question& q) {
  std::vector<SetFacts> firsts;
  for (std::uint32_t visit = 1; visit <= kVisitsBack; ++visit) {
    const SetFacts* first = nullptr;
    for (const SetFacts& set : q.history) {  // newest first: the last hit is the visit's first set
      if (set.session_index == visit && set.kind == SHEAVE_SET_WORKING) first = &set;
    }
    if (first != nullptr && first->judged) firsts.push_back(*first);
  }
  return firsts;
}

/// Highest load whose newest first set was in range.
const SetFacts* best_in_range(std::span<const SetFacts> firsts, std::uint32_t rep_bottom) {
  const SetFacts* best = nullptr;
  for (auto set = firsts.begin(); set != firsts.end(); ++set) {
    const bool newest = std::none_of(firsts.begin(), set, [&](const SetFacts& newer) { return newer.load_kg == set->load_kg; });
    if (newest && set->reps >= rep_bottom && (best == nullptr || set->load_kg > best->load_kg)) best = &*set;
  }
  return best;
}

bool pain_last_visit(const Question& q) {
  return std::ranges::any_of(q.history, [](const SetFacts& set) { return set.session_index <= 1 && set.pain; });
}

/// The top was reached fresh and nothing since spoke against more: A1 at the door. Without it a forecast that vetoes the raise
/// inside every session would hold the load for ever.
bool raise_earned(const Question& q, std::span<const SetFacts> firsts, const SetFacts& best) {
  const bool held = best.helped || best.paused || best.answer == 0 || pain_last_visit(q);
  const bool failed_since = std::any_of(firsts.data(), &best, [&](const SetFacts& newer) { return newer.reps < q.in.rep_bottom; });
  return best.reps >= q.in.rep_top && !held && !failed_since;
}

void start(Decision& out, const SetFacts& from, double load_kg, double step_kg, const char* reason) {
  out.load(load_kg, reason).confidence(kSureByHistory);
  out.evidence("best_reps", from.reps).evidence("from_load_kg", from.load_kg);
  if (step_kg > 0) out.evidence("step_kg", step_kg);
}

void start_from(const Question& q, Decision& out, std::span<const SetFacts> firsts, const SetFacts& best) {
  const Steps steps(q.settings.rule, best.load_kg, q.in);
  const double step_kg = steps.up_kg() > 0 ? steps.up_kg() : (steps.one_increment_earned(best.reps) ? q.in.increment_kg : 0.0);
  if (step_kg > 0 && raise_earned(q, firsts, best) && steps.after(step_kg) > best.load_kg) {
    return start(out, best, steps.after(step_kg), step_kg, "START_ABOVE_HISTORY");
  }
  start(out, best, steps.after(0.0), 0.0, "START_FROM_HISTORY");
}

}  // namespace

void decide_first_set(const Question& q, Decision& out) {
  const std::vector<SetFacts> firsts = first_sets(q);
  if (const SetFacts* best = best_in_range(firsts, q.in.rep_bottom); best != nullptr) return start_from(q, out, firsts, *best);
  if (!firsts.empty()) {
    const Steps steps(q.settings.rule, firsts.front().load_kg, q.in);
    return start(out, firsts.front(), steps.after(-steps.down_kg()), steps.down_kg(), "START_BELOW_HISTORY");
  }
  out.load(Steps(q.settings.rule, q.in.start_load_kg, q.in).after(0.0), "PROBE").probe().rep_goal(kProbeReps);
}

}  // namespace sheave::double_progression
