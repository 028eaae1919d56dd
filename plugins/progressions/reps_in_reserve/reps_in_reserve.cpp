// Reps in reserve: every set is to end one or two reps short of failure. How far the last one was is what the person said, else what
// their own speeds say, else unknown: then reps alone decide.

#include <algorithm>
#include <cmath>
#include <optional>

#include "base.hpp"
#include "by_reps.hpp"
#include "reserve_model.hpp"

namespace {

using namespace sheave::progressions;
using sheave::sdk::Decision;

constexpr double kLeastReserve_reps = 1.0, kMostReserve_reps = 2.0;  // the source: one or two short of failure
constexpr double kManyLeft_reps = 5.0;                               // A3: that much earns two steps
constexpr int kMostStepsDown = 4;
constexpr double kSureByAnswer = 0.8, kSureByModel = 0.6;

/// What was left after a set, and how that is known.
struct Reserve {
  double reps = 0;
  bool answered = false;
};

std::optional<Reserve> reserve_of(const SetFacts& set, const std::optional<ReserveModel>& model) {
  if (set.helped) return Reserve{0.0, false};
  if (set.answer >= 0) return Reserve{static_cast<double>(set.answer), true};
  if (!model || set.last_mps < 0) return std::nullopt;
  return Reserve{std::clamp(model->reserve(set.last_mps), 0.0, kManyLeft_reps), false};
}

/// The next set at or near the load of `from`.
class Fit {
 public:
  Fit(const Question& q, const SetFacts& from, const Reserve& reserve, double fatigue_reps)
      : q_(q), from_(from), reserve_(reserve), fatigue_reps_(fatigue_reps), steps_(q.settings.rule, from.load_kg, q.in) {}

  void decide(bool may_raise, Decision& out) const {
    const double goal = goal_at(from_.load_kg);
    if (goal > q_.in.rep_top && may_raise && raise(out)) return;
    if (goal < q_.in.rep_bottom) return lower(out);
    tell(out.load(steps_.after(0.0), "RESERVE_GOAL"), from_.load_kg);
  }

 private:
  /// Whole reps to stop at so that one or two are left.
  double goal_at(double load_kg) const {
    return std::floor(reps_at(load_kg, from_.load_kg, from_.reps + reserve_.reps) - fatigue_reps_ - kLeastReserve_reps + 1e-9);
  }

  Decision& tell(Decision& out, double load_kg) const {
    // Above the top reps are added only where the next load would be too heavy (A1).
    const double goal = std::max(goal_at(load_kg), static_cast<double>(q_.in.rep_bottom));
    out.rep_goal(static_cast<std::uint32_t>(std::min(goal, static_cast<double>(q_.in.rep_top) + kMostReserve_reps)));
    out.evidence("best_reps", from_.reps).evidence("reserve_reps", reserve_.reps).evidence("from_load_kg", from_.load_kg);
    out.evidence("forecast_reps", goal_at(load_kg));
    if (reserve_.answered) out.evidence("answer_reps", from_.answer);
    return out.confidence(reserve_.answered ? kSureByAnswer : kSureByModel);
  }

  bool raise(Decision& out) const {
    const double step_kg = std::max(steps_.up_kg(), q_.in.increment_kg);
    for (int steps = reserve_.reps >= kManyLeft_reps ? 2 : 1; steps > 0; --steps) {
      const double load_kg = steps_.after(steps * step_kg);
      if (load_kg <= from_.load_kg || goal_at(load_kg) < q_.in.rep_bottom) continue;
      tell(out.load(load_kg, "RESERVE_RAISE"), load_kg).evidence("step_kg", step_kg);
      return true;
    }
    return false;
  }

  void lower(Decision& out) const {
    double load_kg = from_.load_kg;
    for (int steps = 1; steps <= kMostStepsDown && goal_at(load_kg) < q_.in.rep_bottom; ++steps) {
      load_kg = steps_.after(-steps * steps_.down_kg());
    }
    tell(out.load(load_kg, "RESERVE_LOWER"), load_kg).evidence("step_kg", from_.load_kg - load_kg);
  }

  const Question& q_;
  const SetFacts& from_;
  Reserve reserve_;
  double fatigue_reps_;
  Steps steps_;
};

class RepsInReserve final : public Base {
 public:
  static constexpr sheave::sdk::About kAbout{
      .id = "reps-in-reserve",
      .name = "Reps in reserve",
      .vendor = "Sheave",
      .version = "1.0.0",
      .description = "Ends every set one or two reps short of failure, by the person's answer, else by their own speeds."};

 private:
  void decide_first_set(const Question& q, Decision& out) const override {
    const auto model = reserve_model(q.history);
    cue(model, out);
    constexpr Rule kBefore[] = {probe_first, start_lower_after_absence, start_lower_after_three_misses};
    if (decide_by_rank(kBefore, q, out)) return;
    const std::vector<SetFacts> firsts = first_sets(q);
    const auto reserve = firsts.empty() ? std::nullopt : reserve_of(firsts.front(), model);
    if (!reserve) return start_by_reps(q, out);
    Fit(q, firsts.front(), *reserve, 0.0).decide(!pain_last_visit(q) && !away_too_long_to_raise(q), out);
  }

  void decide_next_set(const Question& q, Decision& out) const override {
    const auto model = reserve_model(q.history);
    cue(model, out);
    constexpr Rule kBefore[] = {stop_for_pain, hold_unjudged, follow_probe};
    if (decide_by_rank(kBefore, q, out)) return;
    const auto reserve = reserve_of(q.last(), model);
    if (!reserve) return decide_by_reps(q, out);
    Fit(q, q.last(), *reserve, fatigue_reps(q)).decide(!q.last().paused, out);
    if (!reserve->answered && model) out.evidence("model_r2", model->r2).evidence("error_reps", model->error_reps);
  }

  static void cue(const std::optional<ReserveModel>& model, Decision& out) {
    if (model) out.last_reps_speed(model->speed_mps(kMostReserve_reps));
  }
};

}  // namespace

SHEAVE_PLUGINS(RepsInReserve);
