// Strength: the first set of a visit, done fresh, decides the next visit; within a session the load only falls (A9).

#include "base.hpp"

namespace {

using namespace sheave::progressions;
using sheave::sdk::Decision;

bool hold_helped(const Question& q, Decision& out) { return q.last().helped && hold(q, out, "HOLD_SPOTTER"); }
bool hold_for_next_visit(const Question& q, Decision& out) { return at_top(q) && hold(q, out, "HOLD_FOR_NEXT_VISIT"); }

bool start_by_set_one(const Question& q, Decision& out) {
  const std::vector<SetFacts> firsts = first_sets(q);
  if (firsts.empty()) return false;
  const SetFacts& one = firsts.front();
  const Steps steps(q.settings.rule, one.load_kg, q.in);
  const double up_kg = steps.up_kg() > 0 ? steps.up_kg() : q.in.increment_kg;
  const bool held = one.helped || one.paused || one.answer == 0 || pain_last_visit(q) || away_too_long_to_raise(q);
  if (one.reps < q.in.rep_bottom) {
    start(out, one, steps.after(-steps.down_kg()), steps.down_kg(), "START_BELOW_HISTORY");
  } else if (one.reps >= q.in.rep_top && !held && steps.after(up_kg) > one.load_kg) {
    start(out, one, steps.after(up_kg), up_kg, "SET_ONE_RAISES");
  } else {
    start(out, one, steps.after(0.0), 0.0, "START_FROM_HISTORY");
  }
  return true;
}

class Strength final : public Base {
 public:
  static constexpr sheave::sdk::About kAbout{
      .id = "strength",
      .name = "Strength",
      .vendor = "Sheave",
      .version = "1.0.0",
      .description = "Heavy sets: the first one decides the next visit's weight; within a session it only falls."};

 private:
  void decide_first_set(const Question& q, Decision& out) const override {
    constexpr Rule kByRank[] = {probe_first, start_lower_after_absence, start_lower_after_three_misses, start_by_set_one, probe};
    decide_by_rank(kByRank, q, out);
  }
  void decide_next_set(const Question& q, Decision& out) const override {
    constexpr Rule kByRank[] = {stop_for_pain, hold_unjudged,       follow_probe, lower_below_range,
                                hold_helped,   hold_for_next_visit, hold_in_range};
    decide_by_rank(kByRank, q, out);
  }
};

}  // namespace

SHEAVE_PLUGINS(Strength);
