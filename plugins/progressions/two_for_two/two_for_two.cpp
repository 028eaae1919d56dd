// Two for two: two reps above the range in the last set of two visits in a row, then more weight (the rule of the strength-training
// handbooks; 2.5 to 10 %, beginners more than the advanced).

#include <algorithm>
#include <cmath>

#include "base.hpp"

namespace {

using namespace sheave::progressions;
using sheave::sdk::Decision;
using sheave::sdk::Param;

/// The last working set of visit `visit`; null: none that may be judged.
const SetFacts* last_set(const Question& q, std::uint32_t visit) {
  const auto set =
      std::ranges::find_if(q.history, [&](const SetFacts& s) { return s.session_index == visit && s.kind == SHEAVE_SET_WORKING; });
  return set != q.history.end() && set->judged ? &*set : nullptr;
}

class TwoForTwo final : public Base {
 public:
  static constexpr sheave::sdk::About kAbout{
      .id = "two-for-two",
      .name = "Two for two",
      .vendor = "Sheave",
      .version = "1.0.0",
      .description = "More weight after two reps above the range in the last set of two visits in a row."};

 private:
  void decide_first_set(const Question& q, Decision& out) const override {
    constexpr Rule kByRank[] = {probe_first, start_lower_after_absence, start_lower_after_three_misses};
    if (decide_by_rank(kByRank, q, out) || start_by_last_sets(q, out)) return;
    probe(q, out);
  }

  void decide_next_set(const Question& q, Decision& out) const override {
    constexpr Rule kByRank[] = {stop_for_pain, hold_unjudged, follow_probe, hold_at_the_limit, lower_below_range};
    if (decide_by_rank(kByRank, q, out)) return;
    hold(q, out, "HOLD_IN_RANGE");
    out.rep_goal(std::min(q.last().reps + 1, q.in.rep_top + extra_reps_));
  }

  bool earned(const Question& q, const SetFacts& set) const {
    return set.reps >= q.in.rep_top + extra_reps_ && !set.helped && !set.paused && set.answer != 0;
  }

  bool start_by_last_sets(const Question& q, Decision& out) const {
    const SetFacts* one = last_set(q, 1);
    const SetFacts* two = last_set(q, 2);
    if (one == nullptr) return false;
    const Steps steps(q.settings.rule, one->load_kg, q.in);
    const bool twice = two != nullptr && two->load_kg == one->load_kg && earned(q, *one) && earned(q, *two);
    const double raised_kg = std::max(steps.after(raise_share_ * one->load_kg), steps.after(q.in.increment_kg));
    if (twice && !pain_last_visit(q) && !away_too_long_to_raise(q) && raised_kg > one->load_kg) {
      start(out, *one, raised_kg, raised_kg - one->load_kg, "TWO_FOR_TWO");
    } else {
      start(out, *one, steps.after(0.0), 0.0, "START_FROM_HISTORY");
    }
    return true;
  }

  Param<std::uint32_t> extra_reps_{*this,
                                   {.id = 10,
                                    .name = "extra_reps",
                                    .unit = "1",
                                    .help = "Reps above the range that earn more weight.",
                                    .min = 1,
                                    .max = 10,
                                    .initial = 2}};
  Param<double> raise_share_{*this,
                             {.id = 11,
                              .name = "raise_share",
                              .unit = "1",
                              .help = "How much more, of the weight: 0.05 to 0.1 for beginners, 0.02 to 0.05 for the advanced.",
                              .min = 0.01,
                              .max = 0.1,
                              .initial = 0.05}};
};

}  // namespace

SHEAVE_PLUGINS(TwoForTwo);
