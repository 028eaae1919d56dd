#pragma once
// What the progressions share: the question as they read it, and the rules that stand before any judgement of a load. A rule
// answers true where it applied and decided; they are asked in their order of rank (A3).

#include <span>
#include <vector>

#include "facts.hpp"
#include "sheave_sdk.hpp"
#include "steps.hpp"

namespace sheave::progressions {

inline constexpr std::uint32_t kProbeReps = 5;

struct Settings {
  StepRule rule = StepRule::kScaled;
  double pause_limit_s = 5.0;
  double probe_speed_mps = 0.75;
};

/// What was asked, and the history as facts.
struct Question {
  const sheave_progression_in_t& in;
  Settings settings;
  std::vector<SetFacts> history;  ///< Newest first.

  const SetFacts& last() const { return history.front(); }
  Steps steps() const { return {settings.rule, last().load_kg, in}; }
};

using Rule = bool (*)(const Question&, sdk::Decision&);
/// The first of `rules` that applies decides. @return false: none did.
bool decide_by_rank(std::span<const Rule> rules, const Question& q, sdk::Decision& out);

// The newest set against the range.
inline bool at_top(const Question& q) { return q.last().reps >= q.in.rep_top; }
inline bool below_range(const Question& q) { return q.last().reps < q.in.rep_bottom; }

// Decisions, with what they rest on.
sdk::Decision& with_evidence(const Question& q, sdk::Decision& out);
bool hold(const Question& q, sdk::Decision& out, const char* reason);
bool add_reps(const Question& q, sdk::Decision& out, std::uint32_t goal, const char* reason);
bool step_down(const Question& q, sdk::Decision& out, const char* reason);

// Inside a session. @pre history's newest set is of this session.
bool stop_for_pain(const Question& q, sdk::Decision& out);      ///< A3, rank 1.
bool hold_unjudged(const Question& q, sdk::Decision& out);      ///< A3, rank 2, and A4: what was cut short says nothing; no rep twice does.
bool follow_probe(const Question& q, sdk::Decision& out);       ///< A5: what a probe leads to.
bool hold_at_the_limit(const Question& q, sdk::Decision& out);  ///< A3: at the top with help, or with nothing left.
bool lower_below_range(const Question& q, sdk::Decision& out);  ///< A1, and A8: a first miss on tired muscles holds.
bool hold_in_range(const Question& q, sdk::Decision& out);      ///< Always applies: one rep more.

/// A2: whole reps to expect of the next set at `load_kg`, from reps done, reserve and fatigue.
double forecast_reps(const Question& q, double load_kg);
/// Fewer reps from the set before to the last one at the same load, where that is more than is typical.
double fatigue_reps(const Question& q);

// Before the first set of a visit.

/// First judged working sets of the last visits, newest first. A8: those at the same position in a workout as now, fresh or after
/// other work, where there are any; else all.
std::vector<SetFacts> first_sets(const Question& q);
/// A7: after 90 days, and for somebody unknown, a probe (A5).
bool probe_first(const Question& q, sdk::Decision& out);
/// Always applies.
bool probe(const Question& q, sdk::Decision& out);
/// A7: after 21 and 42 days 10 and 20 % less than the last visit's load.
bool start_lower_after_absence(const Question& q, sdk::Decision& out);
/// A7: after 14 days no raise on the first set.
bool away_too_long_to_raise(const Question& q);
/// A7: the first sets of the last three visits all stayed below the range: 10 % less.
bool start_lower_after_three_misses(const Question& q, sdk::Decision& out);
bool pain_last_visit(const Question& q);
/// At `load_kg` from `from`, of an earlier visit.
void start(sdk::Decision& out, const SetFacts& from, double load_kg, double step_kg, const char* reason);

}  // namespace sheave::progressions
