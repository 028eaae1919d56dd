// The first set of a visit by reps: A2's "highest load whose first working set was in range".

#include <algorithm>
#include <span>

#include "by_reps.hpp"

namespace sheave::progressions {
namespace {

using sdk::Decision;

/// Highest load whose newest first set was in range.
const SetFacts* best_in_range(std::span<const SetFacts> firsts, std::uint32_t rep_bottom) {
  const SetFacts* best = nullptr;
  for (auto set = firsts.begin(); set != firsts.end(); ++set) {
    const bool newest = std::none_of(firsts.begin(), set, [&](const SetFacts& newer) { return newer.load_kg == set->load_kg; });
    if (newest && set->reps >= rep_bottom && (best == nullptr || set->load_kg > best->load_kg)) best = &*set;
  }
  return best;
}

/// The top was reached fresh and nothing since spoke against more: A1 at the door. Without it a forecast that vetoes the raise
/// inside every session would hold the load for ever.
bool raise_earned(const Question& q, std::span<const SetFacts> firsts, const SetFacts& best) {
  const bool held = best.helped || best.paused || best.answer == 0 || pain_last_visit(q) || away_too_long_to_raise(q);
  const bool failed_since = std::any_of(firsts.data(), &best, [&](const SetFacts& newer) { return newer.reps < q.in.rep_bottom; });
  return best.reps >= q.in.rep_top && !held && !failed_since;
}

void start_from(const Question& q, Decision& out, std::span<const SetFacts> firsts, const SetFacts& best) {
  const Steps steps(q.settings.rule, best.load_kg, q.in);
  const double step_kg = steps.up_kg() > 0 ? steps.up_kg() : (steps.one_increment_earned(best.reps) ? q.in.increment_kg : 0.0);
  if (step_kg > 0 && raise_earned(q, firsts, best) && steps.after(step_kg) > best.load_kg) {
    return start(out, best, steps.after(step_kg), step_kg, "START_ABOVE_HISTORY");
  }
  start(out, best, steps.after(0.0), 0.0, "START_FROM_HISTORY");
}

bool start_from_firsts(const Question& q, Decision& out) {
  const std::vector<SetFacts> firsts = first_sets(q);
  if (firsts.empty()) return false;
  if (const SetFacts* best = best_in_range(firsts, q.in.rep_bottom); best != nullptr) {
    start_from(q, out, firsts, *best);
  } else {
    const Steps steps(q.settings.rule, firsts.front().load_kg, q.in);
    start(out, firsts.front(), steps.after(-steps.down_kg()), steps.down_kg(), "START_BELOW_HISTORY");
  }
  return true;
}

}  // namespace

void start_by_reps(const Question& q, Decision& out) {
  constexpr Rule kByRank[] = {probe_first, start_lower_after_absence, start_lower_after_three_misses, start_from_firsts,
                              probe};  // what there was says nothing of a whole fresh set: again a probe
  decide_by_rank(kByRank, q, out);
}

}  // namespace sheave::progressions
