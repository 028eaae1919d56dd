// Inside a session, whatever the progression: what stands before any judgement of the load (A3 to A5), and the plain outcomes (A1).

#include <algorithm>
#include <cmath>

#include "rules.hpp"

namespace sheave::progressions {

using sdk::Decision;

namespace {

// How sure, as an order of three: the person's own word, reps alone, speed alone.
constexpr double kSureByAnswer = 0.8;
constexpr double kSureByReps = 0.6;
constexpr double kSureBySpeed = 0.3;

/// What one set costs the next at the same load after a full rest, unless this session shows more. An assumption, as is the
/// reserve: the source has every set end one or two reps short of failure, so a set without an answer has one left.
constexpr double kTypicalFatigue_reps = 1.0;
constexpr double kAssumedReserve_reps = 1.0;

constexpr int kAnswerTwoSteps = 5, kAnswerMoreReps = 3;
constexpr std::uint32_t kMaxProbeRaises = 2;

double sureness(const SetFacts& set) { return set.answer >= 0 ? kSureByAnswer : kSureByReps; }

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

/// Far too heavy. A step is for who is near the range; here it is by reps as far as its bottom.
bool lower_to_bottom(const Question& q, Decision& out, const char* reason) {
  const SetFacts& last = q.last();
  const double done = last.reps + (last.helped ? 0.0 : kAssumedReserve_reps);
  const double fits_kg = last.load_kg * (kEpleyReps + done) / (kEpleyReps + q.in.rep_bottom + kAssumedReserve_reps);
  const double load_kg = std::min(q.steps().after(fits_kg - last.load_kg), q.steps().after(-q.steps().down_kg()));
  with_evidence(q, out.load(load_kg, reason)).evidence("step_kg", last.load_kg - load_kg);
  return true;
}

/// Nobody says why not one rep was done, the second time at this load: then it is the load, and it is not asked for a third time.
bool no_rep_again(const Question& q) {
  const auto none = [&](const SetFacts& set) { return set.session_index == 0 && set.reps == 0 && !set.cut_short; };
  return q.history.size() > 1 && none(q.history[0]) && none(q.history[1]) && q.history[1].begun_kg <= q.last().begun_kg;
}

}  // namespace

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

bool step_down(const Question& q, Decision& out, const char* reason) {
  const double down_kg = q.steps().down_kg();
  with_evidence(q, out.load(q.steps().after(-down_kg), reason)).evidence("step_kg", down_kg);
  return true;
}

double fatigue_reps(const Question& q) {
  double fatigue = kTypicalFatigue_reps;
  if (q.history.size() < 2) return fatigue;
  const SetFacts& before = q.history[1];
  const bool same = before.session_index == 0 && before.judged && before.kind == SHEAVE_SET_WORKING && before.load_kg == q.last().load_kg;
  if (same && before.reps > q.last().reps) fatigue = std::max(fatigue, static_cast<double>(before.reps - q.last().reps));
  return fatigue;
}

double forecast_reps(const Question& q, double load_kg) {
  const SetFacts& last = q.last();
  double reserve = kAssumedReserve_reps;
  if (last.answer >= 0) reserve = last.answer;
  if (last.helped) reserve = 0.0;
  return std::round(reps_at(load_kg, last.load_kg, last.reps + reserve) - fatigue_reps(q));
}

bool stop_for_pain(const Question& q, Decision& out) {
  if (!q.last().pain) return false;
  out.stop("PAIN_STOP");
  return true;
}

bool hold_unjudged(const Question& q, Decision& out) {
  if (q.last().judged) return false;
  if (no_rep_again(q)) {
    if (q.last().kind == SHEAVE_SET_PROBE) return lower_to_bottom(q, out, "PROBE_TOO_HEAVY");
    return q.settings.rule == StepRule::kArticle ? step_down(q, out, "BELOW_RANGE") : lower_to_bottom(q, out, "BELOW_RANGE");
  }
  out.load(q.last().load_kg, "SET_NOT_JUDGED").evidence("best_reps", q.last().reps);
  if (q.last().kind == SHEAVE_SET_PROBE) out.probe().rep_goal(kProbeReps);
  return true;
}

bool follow_probe(const Question& q, Decision& out) {
  const SetFacts& last = q.last();
  if (last.kind != SHEAVE_SET_PROBE) return false;
  if (last.helped || last.reps < std::min(kProbeReps, q.in.rep_bottom)) {
    return lower_to_bottom(q, out, "PROBE_TOO_HEAVY");  // A5: for a few easy reps
  }
  if (raise_probe(q, out)) return true;
  out.load(last.load_kg, "PROBE_DONE").confidence(kSureBySpeed).evidence("best_reps", last.reps);
  if (last.fastest_mps >= 0) out.evidence("fastest_mps", last.fastest_mps);
  return true;
}

bool hold_at_the_limit(const Question& q, Decision& out) {
  if (!at_top(q)) return false;
  if (q.last().helped) return hold(q, out, "HOLD_SPOTTER");
  if (q.last().answer == 0) return hold(q, out, "HOLD_ANSWER_ZERO");
  return false;
}

bool lower_below_range(const Question& q, Decision& out) {
  if (!below_range(q)) return false;
  // A8: muscles that other exercises have tired this visit do less. Once that is no news.
  const SetFacts& last = q.last();
  const auto missed_tired = [&](const SetFacts& s) { return s.judged && s.worked_before > 0 && s.reps < q.in.rep_bottom; };
  if (last.worked_before > 0 && !last.helped && std::none_of(q.history.begin() + 1, q.history.end(), missed_tired)) {
    hold(q, out, "HOLD_TIRED");
    out.evidence("sets_before", last.worked_before);
    return true;
  }
  return step_down(q, out, "BELOW_RANGE");
}

bool hold_in_range(const Question& q, Decision& out) {
  out.rep_goal(std::min(q.last().reps + 1, q.in.rep_top));
  return hold(q, out, "HOLD_IN_RANGE");
}

}  // namespace sheave::progressions
