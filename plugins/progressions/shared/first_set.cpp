// Before the first set of a visit, whatever the progression: who is a stranger (A5), and what absence does (A7).

#include <algorithm>
#include <cmath>

#include "rules.hpp"

namespace sheave::progressions {

using sdk::Decision;

namespace {

/// How many visits back a load still says something. Three: what a person could do longer ago is for the rules about absence.
constexpr std::uint32_t kVisitsBack = 3;
constexpr double kSureByHistory = 0.7;

constexpr double kNoRaiseAfter_days = 14.0;
struct Absence {
  double days, less_share;
};
constexpr Absence kLessAfter[] = {{42.0, 0.20}, {21.0, 0.10}};  // the longest first
constexpr double kProbeAfter_days = 90.0;
constexpr double kLessAfterThreeMisses = 0.10;

/// Since the last set of an earlier visit; negative: not known.
double days_away(const Question& q) {
  const auto last = std::ranges::find_if(q.history, [](const SetFacts& s) { return s.session_index > 0; });
  return last != q.history.end() && std::isfinite(last->days_ago) ? last->days_ago : -1.0;
}

/// The newest earlier working set that may be judged.
const SetFacts* newest_judged(const Question& q) {
  const auto set =
      std::ranges::find_if(q.history, [](const SetFacts& s) { return s.session_index > 0 && s.kind == SHEAVE_SET_WORKING && s.judged; });
  return set != q.history.end() ? &*set : nullptr;
}

void start_less(const Question& q, Decision& out, const SetFacts& from, double less_share, const char* reason) {
  const Steps steps(q.settings.rule, from.load_kg, q.in);
  const double load_kg = std::min(steps.after(-less_share * from.load_kg), steps.after(-q.in.increment_kg));
  start(out, from, load_kg, from.load_kg - load_kg, reason);
}

}  // namespace

std::vector<SetFacts> first_sets(const Question& q) {
  std::vector<SetFacts> firsts, alike;
  for (std::uint32_t visit = 1; visit <= kVisitsBack; ++visit) {
    const SetFacts* first = nullptr;
    for (const SetFacts& set : q.history) {  // newest first: the last hit is the visit's first set
      if (set.session_index == visit && set.kind == SHEAVE_SET_WORKING) first = &set;
    }
    if (first == nullptr || !first->judged) continue;
    firsts.push_back(*first);
    if ((first->worked_before > 0) == (q.in.worked_before_now > 0)) alike.push_back(*first);
  }
  return alike.empty() ? firsts : alike;
}

bool probe_first(const Question& q, Decision& out) {
  const bool stranger = std::ranges::none_of(q.history, [](const SetFacts& s) { return s.session_index > 0 && s.judged; });
  const double away = days_away(q);
  if (!stranger && away < kProbeAfter_days) return false;
  probe(q, out);
  if (!stranger) out.reason("PROBE_AFTER_ABSENCE").evidence("days_away", away);
  return true;
}

bool probe(const Question& q, Decision& out) {
  out.load(Steps(q.settings.rule, q.in.start_load_kg, q.in).after(0.0), "PROBE").probe().rep_goal(kProbeReps);
  return true;
}

bool start_lower_after_absence(const Question& q, Decision& out) {
  const double away = days_away(q);
  const SetFacts* last = newest_judged(q);
  if (last == nullptr) return false;
  for (const Absence& absence : kLessAfter) {
    if (away < absence.days) continue;
    start_less(q, out, *last, absence.less_share, "START_AFTER_ABSENCE");
    out.evidence("days_away", away);
    return true;
  }
  return false;
}

bool away_too_long_to_raise(const Question& q) { return days_away(q) >= kNoRaiseAfter_days; }

bool start_lower_after_three_misses(const Question& q, Decision& out) {
  const std::vector<SetFacts> firsts = first_sets(q);
  const auto missed = [&](const SetFacts& s) { return s.reps < q.in.rep_bottom; };
  if (firsts.size() < kVisitsBack || !std::ranges::all_of(firsts, missed)) return false;
  start_less(q, out, firsts.front(), kLessAfterThreeMisses, "THREE_VISITS_BELOW");
  return true;
}

bool pain_last_visit(const Question& q) {
  return std::ranges::any_of(q.history, [](const SetFacts& set) { return set.session_index <= 1 && set.pain; });
}

void start(Decision& out, const SetFacts& from, double load_kg, double step_kg, const char* reason) {
  out.load(load_kg, reason).confidence(kSureByHistory);
  out.evidence("best_reps", from.reps).evidence("from_load_kg", from.load_kg);
  if (step_kg > 0) out.evidence("step_kg", step_kg);
}

}  // namespace sheave::progressions
