// Inside a session: A1 to A4, and the probe of A5, in order of rank.

#include <algorithm>
#include <cmath>

#include "rules.hpp"

namespace sheave::double_progression {
namespace {

using sdk::Decision;

// How sure, as an order of three: the person's own word, reps alone, speed alone.
constexpr double kSureByAnswer = 0.8;
constexpr double kSureByReps = 0.6;
constexpr double kSureBySpeed = 0.3;

/// What one set costs the next at the same load after a full rest, unless this session shows more. An assumption, as is the
/// reserve: the source has every set end one or two reps short of failure, so a set without an answer has one left.
constexpr double kTypicalFatigue_reps = 1.0;
constexpr double kAssumedReserve_reps = 1.0;

constexpr int kAnswerMoreReps = 3;  // "more than two left"
constexpr int kAnswerTwoSteps = 5;

constexpr std::uint32_t kMaxProbeRaises = 2;

bool at_top(const Question& q) { return q.last().reps >= q.in.rep_top; }
bool below_range(const Question& q) { return q.last().reps < q.in.rep_bottom; }
double sureness(const SetFacts& set) { return set.answer >= 0 ? kSureByAnswer : kSureByReps; }

Decision& with_evidence(const Question& q, Decision& out) {
  out.evidence("best_reps", q.last().reps).evidence("rep_bottom", q.in.rep_bottom).evidence("rep_top", q.in.rep_top);
  if (q.last().answer >= 0) out.evidence("answer_reps", q.last().answer);
  return out.confidence(sureness(q.last()));
}

bool hold(const Question& q, Decision& out, const char* reason) {
  with_evidence(q, out.load(q.last().load_kg, reason));
  return true;
}

bool add_reps(const Question& q, Decision& out, std::uint32_t goal, const char* reason) {
  with_evidence(q, out.load(q.last().load_kg, reason)).rep_goal(std::max(goal, q.in.rep_bottom));
  return true;
}

/// Fewer reps from the set before to the last one at the same load, where that is more than is typical.
double fatigue_reps(const Question& q) {
  double fatigue = kTypicalFatigue_reps;
  if (q.history.size() < 2) return fatigue;
  const SetFacts& before = q.history[1];
  const bool same = before.session_index == 0 && before.judged && before.kind == SHEAVE_SET_WORKING && before.load_kg == q.last().load_kg;
  if (same && before.reps > q.last().reps) fatigue = std::max(fatigue, static_cast<double>(before.reps - q.last().reps));
  return fatigue;
}

/// A2: whole reps to expect of the next set at another load.
double forecast_reps(const Question& q, double load_kg) {
  const SetFacts& last = q.last();
  double reserve = kAssumedReserve_reps;
  if (last.answer >= 0) reserve = last.answer;
  if (last.helped) reserve = 0.0;
  return std::round(reps_at(load_kg, last.load_kg, last.reps + reserve) - fatigue_reps(q));
}

/// A3, rank 1.
bool stop_for_pain(const Question& q, Decision& out) {
  if (!q.last().pain) return false;
  out.stop("PAIN_STOP");
  return true;
}

/// A3, rank 2, and A4: what was cut short says nothing.
bool hold_unjudged(const Question& q, Decision& out) {
  if (q.last().judged) return false;
  out.load(q.last().load_kg, "SET_NOT_JUDGED").evidence("best_reps", q.last().reps);
  if (q.last().kind == SHEAVE_SET_PROBE) out.probe().rep_goal(kProbeReps);
  return true;
}

/// A5: one more probe, heavier, where the person says or the speed shows that it was light; twice at most. Half as much again,
/// and never more than the article's step: silence may accept that much.
bool raise_probe(const Question& q, Decision& out) {
  const SetFacts& last = q.last();
  const auto probes =
      std::ranges::count_if(q.history, [](const SetFacts& s) { return s.session_index == 0 && s.kind == SHEAVE_SET_PROBE && s.judged; });
  const bool asked_for_less = last.answer >= 0 && last.answer < kAnswerMoreReps;
  const bool light = last.answer >= kAnswerTwoSteps || last.fastest_mps >= q.settings.probe_speed_mps;
  const double raised_kg = q.steps().after(std::min(last.load_kg / 2.0, kArticleUp_kg));
  if (probes > static_cast<std::ptrdiff_t>(kMaxProbeRaises) || asked_for_less || !light || raised_kg <= last.load_kg) return false;
  out.load(raised_kg, "PROBE_RAISE").probe().rep_goal(kProbeReps).confidence(kSureBySpeed);
  out.evidence("fastest_mps", last.fastest_mps).evidence("light_mps", q.settings.probe_speed_mps);
  out.evidence("step_kg", raised_kg - last.load_kg);
  return true;
}

/// A5: what a probe leads to.
bool follow_probe(const Question& q, Decision& out) {
  const SetFacts& last = q.last();
  if (last.kind != SHEAVE_SET_PROBE) return false;
  if (last.helped || last.reps < std::min(kProbeReps, q.in.rep_bottom)) {
    const double down_kg = q.steps().down_kg();
    with_evidence(q, out.load(q.steps().after(-down_kg), "BELOW_RANGE")).evidence("step_kg", down_kg);
    return true;
  }
  if (raise_probe(q, out)) return true;
  out.load(last.load_kg, "PROBE_DONE").confidence(kSureBySpeed).evidence("best_reps", last.reps);
  if (last.fastest_mps >= 0) out.evidence("fastest_mps", last.fastest_mps);
  return true;
}

/// A3: at the top with help, or with nothing left.
bool hold_at_the_limit(const Question& q, Decision& out) {
  if (!at_top(q)) return false;
  if (q.last().helped) return hold(q, out, "HOLD_SPOTTER");
  if (q.last().answer == 0) return hold(q, out, "HOLD_ANSWER_ZERO");
  return false;
}

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

/// A1 and A2: the top of the range in one set, earned without a rest inside it.
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

/// A1.
bool lower_below_range(const Question& q, Decision& out) {
  if (!below_range(q)) return false;
  const double down_kg = q.steps().down_kg();
  with_evidence(q, out.load(q.steps().after(-down_kg), "BELOW_RANGE")).evidence("step_kg", down_kg);
  return true;
}

bool hold_in_range(const Question& q, Decision& out) {
  out.rep_goal(std::min(q.last().reps + 1, q.in.rep_top));
  return hold(q, out, "HOLD_IN_RANGE");
}

}  // namespace

void decide_next_set(const Question& question, Decision& out) {
  constexpr bool (*kByRank[])(const Question&, Decision&) = {
      stop_for_pain,       hold_unjudged, follow_probe,      hold_at_the_limit, two_steps_by_answer,
      more_reps_by_answer, raise_at_top,  lower_below_range, hold_in_range,
  };
  for (const auto rule : kByRank) {
    if (rule(question, out)) return;
  }
}

}  // namespace sheave::double_progression
