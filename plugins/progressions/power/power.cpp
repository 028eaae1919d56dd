// Power: the load follows peak speed, not reps (A10). The goal beaten by 5 % in two sets in a row at one load, then more.

#include <algorithm>

#include "base.hpp"

namespace {

using namespace sheave::progressions;
using sheave::sdk::Decision;
using sheave::sdk::Param;

constexpr double kSureBySpeed = 0.5;
constexpr std::uint32_t kTimes = 2;

class Power final : public Base {
 public:
  static constexpr sheave::sdk::About kAbout{
      .id = "power",
      .name = "Power",
      .vendor = "Sheave",
      .version = "1.0.0",
      .description = "More weight once the speed goal is beaten by 5 % twice; less where it is missed."};

 private:
  void decide_first_set(const Question& q, Decision& out) const override {
    constexpr Rule kByRank[] = {probe_first, start_lower_after_absence};
    if (decide_by_rank(kByRank, q, out) || start_by_speed(q, out)) return;
    probe(q, out);
  }

  void decide_next_set(const Question& q, Decision& out) const override {
    constexpr Rule kByRank[] = {stop_for_pain, hold_unjudged, follow_probe};
    if (!decide_by_rank(kByRank, q, out)) by_speed(q, out);
  }

  void by_speed(const Question& q, Decision& out) const {
    const SetFacts& last = q.last();
    const Steps steps = q.steps();
    const double up_kg = std::max(steps.up_kg(), q.in.increment_kg);
    if (last.peak_mps < 0) {
      out.load(last.load_kg, "HOLD_SPEED_UNKNOWN");
    } else if (last.helped) {
      out.load(last.load_kg, "HOLD_SPOTTER");
    } else if (last.peak_mps < velocity_goal_mps_ * (1.0 - missed_share_)) {
      out.load(steps.after(-steps.down_kg()), "SPEED_BELOW_GOAL").evidence("step_kg", steps.down_kg());
    } else if (times_beaten(q, q.history.begin()) >= kTimes && last.answer != 0 && steps.after(up_kg) > last.load_kg) {
      out.load(steps.after(up_kg), "SPEED_GOAL_BEATEN").evidence("step_kg", up_kg);
    } else {
      out.load(last.load_kg, "HOLD_SPEED");
    }
    tell(out, last).confidence(kSureBySpeed);
  }

  bool start_by_speed(const Question& q, Decision& out) const {
    const auto last =
        std::ranges::find_if(q.history, [](const SetFacts& s) { return s.session_index > 0 && s.kind == SHEAVE_SET_WORKING && s.judged; });
    if (last == q.history.end()) return false;
    const Steps steps(q.settings.rule, last->load_kg, q.in);
    const double up_kg = std::max(steps.up_kg(), q.in.increment_kg);
    const bool raised = times_beaten(q, last) >= kTimes && !pain_last_visit(q) && !away_too_long_to_raise(q);
    start(out, *last, steps.after(raised ? up_kg : 0.0), raised ? up_kg : 0.0, raised ? "SPEED_GOAL_BEATEN" : "START_FROM_HISTORY");
    tell(out, *last);
    return true;
  }

  Decision& tell(Decision& out, const SetFacts& set) const {
    if (set.peak_mps >= 0) out.evidence("peak_mps", set.peak_mps);
    return out.evidence("goal_mps", velocity_goal_mps_);
  }

  /// Judged working sets in a row at the load of `from` that beat the goal, `from` and back.
  std::uint32_t times_beaten(const Question& q, std::vector<SetFacts>::const_iterator from) const {
    std::uint32_t times = 0;
    for (auto set = from; set != q.history.end(); ++set) {
      if (!set->judged || set->kind != SHEAVE_SET_WORKING) continue;
      if (set->load_kg != from->load_kg || set->helped || set->peak_mps < velocity_goal_mps_ * (1.0 + beaten_share_)) break;
      ++times;
    }
    return times;
  }

  Param<double> velocity_goal_mps_{*this,
                                   {.id = 10,
                                    .name = "velocity_goal_mps",
                                    .unit = "m/s",
                                    .help = "The peak speed of the best rep to train at.",
                                    .min = 0.3,
                                    .max = 4,
                                    .initial = 1.2}};
  Param<double> beaten_share_{*this,
                              {.id = 11,
                               .name = "beaten_share",
                               .unit = "1",
                               .help = "Beaten is by this share of the goal.",
                               .min = 0.0,
                               .max = 0.5,
                               .initial = 0.05}};
  Param<double> missed_share_{*this,
                              {.id = 12,
                               .name = "missed_share",
                               .unit = "1",
                               .help = "Missed, and so too heavy, is by this share of the goal.",
                               .min = 0.0,
                               .max = 0.5,
                               .initial = 0.1}};
};

}  // namespace

SHEAVE_PLUGINS(Power);
