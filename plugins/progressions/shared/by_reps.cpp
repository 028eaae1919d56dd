// Inside a session: the person's word on top of reps (A3), and the top of the range (A1, A2).

#include "by_reps.hpp"

#include <algorithm>
#include <cmath>

namespace sheave::progressions {
namespace {

using sdk::Decision;

constexpr int kAnswerMoreReps = 3;  // "more than two left"
constexpr int kAnswerTwoSteps = 5;

/// A3: five or more left: two steps, once a session. The article knows one step only.
bool two_steps_by_answer(const Question& q, Decision& out) {
  if (q.settings.rule == StepRule::kArticle || q.last().answer < kAnswerTwoSteps || q.last().helped) return false;
  const auto had_two = [](const SetFacts& s) { return s.session_index == 0 && s.answer >= kAnswerTwoSteps; };
  if (std::any_of(q.history.begin() + 1, q.history.end(), had_two)) return false;
  const double step_kg = std::max(q.steps().up_kg(), q.in.increment_kg);
  const double raised_kg = q.steps().after(2.0 * step_kg);
  const double forecast = forecast_reps(q, raised_kg);
  if (raised_kg <= q.last().load_kg || forecast < q.in.rep_bottom) return false;
  with_evidence(q, out.load(raised_kg, "ANSWER_TWO_STEPS")).evidence("step_kg", step_kg).evidence("forecast_reps", forecast);
  return true;
}

/// A3: more than two left below the top: the load is right or light, reps are missing.
bool more_reps_by_answer(const Question& q, Decision& out) {
  if (at_top(q) || q.last().answer < kAnswerMoreReps) return false;
  const auto spare = static_cast<std::uint32_t>(std::min(q.last().answer, 100) - (kAnswerMoreReps - 1));
  return add_reps(q, out, std::min(q.in.rep_top, q.last().reps + spare), "ANSWER_MORE_REPS");
}

}  // namespace

bool raise_at_top(const Question& q, Decision& out) {
  if (!at_top(q)) return false;
  if (q.last().paused) return hold(q, out, "HOLD_PAUSED");
  const Steps steps = q.steps();
  double step_kg = steps.up_kg();
  if (step_kg == 0.0) {
    if (!steps.one_increment_earned(q.last().reps)) {
      return add_reps(q, out, std::min(q.last().reps + 1, steps.reps_for_one_increment()), "ADD_REPS");
    }
    step_kg = q.in.increment_kg;
  }
  const double raised_kg = steps.after(step_kg);
  if (raised_kg <= q.last().load_kg) return add_reps(q, out, q.last().reps + 1, "ADD_REPS");  // the machine has no more
  const double forecast = forecast_reps(q, raised_kg);
  const bool vetoed = q.settings.rule == StepRule::kScaled && forecast < q.in.rep_bottom;
  if (vetoed) hold(q, out, "FORECAST_BELOW_RANGE");
  if (!vetoed) with_evidence(q, out.load(raised_kg, "TOP_OF_RANGE_REACHED"));
  out.evidence("step_kg", step_kg).evidence("forecast_reps", forecast);
  return true;
}

void decide_by_reps(const Question& q, Decision& out) {
  constexpr Rule kByRank[] = {stop_for_pain,       hold_unjudged, follow_probe,      hold_at_the_limit, two_steps_by_answer,
                              more_reps_by_answer, raise_at_top,  lower_below_range, hold_in_range};
  decide_by_rank(kByRank, q, out);
}

}  // namespace sheave::progressions
