// Reps in reserve: every set is to end one or two reps short of failure. How far the last ones were is what the person said, else what
// their own speeds say, else unknown: then reps alone decide. The load is such that the range fits; where a set then ends is told
// while it runs, by the speed at which one or two are left.

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base.hpp"
#include "by_reps.hpp"
#include "capacity.hpp"
#include "held_speed.hpp"
#include "probing.hpp"

namespace {

using namespace sheave::progressions;
using sheave::sdk::Decision;

// A set ends with the first rep that is read as this or less, so on average with half a rep fewer than it; from half a rep too many to one
// too few read, one or two are left.
constexpr double kCue_reps = 1.9;
// What reps by the load are off by besides strength and curve; and how much more than the speed the count may weigh: days differ, and who is
// at their end is slow whatever was expected. Twice what their errors say: of all the reps whose speed is read it is the first slow one that
// ends a set, so that it is slow by chance more often than not.
constexpr double kCountError_reps = 0.5, kMostOfCount = 8.0, kCountOverSpeed = 2.0;
// How far the reps to expect may be from the range before the load moves: loads that follow every reading go up and down.
constexpr double kBelow_reps = 0.25, kAbove_reps = 0.75, kFirstBelow_reps = 0.5;
// The most that a set may run past its range: on a good day two reps. Where the speed tells its end, eight: what makes it a set worth doing
// is that few are left, and the next one's weight is another.
constexpr double kAboveTop_reps = 8.0, kAboveTopUnwatched_reps = 2.0;
// Where many are left nobody knows how many: more than this at once would be a surprise. Were no more than ten left, that is about the
// bottom of a range of six. What looked light by its speed is raised no further: half again failed whoever is fast to the end. After two
// visits most people's end is nearer than that, and by a curve as flat as anybody's a sixth is ten reps.
constexpr double kMostRaise = 0.12, kMostGrope = 0.3, kMostGropeLater = 0.18, kCareful = 0.25;
constexpr double kFarBelow_reps = 2.0;  // no set should end further below its range
constexpr double kMostForecast_reps = 100.0;
constexpr std::size_t kEndTells_reps = 4;
// A rep that leaves none is at 0.35 m/s, within 0.12 (session/reserve_line.cpp): what is slower than this is the end for most people.
constexpr double kSlowForMost_mps = 0.23;
constexpr double kSureByAnswer = 0.8, kSureByModel = 0.6;
// The limit is looked for twice on the second day, since the speed of a last rep is another one in each set, and on the third where it was
// not found. A set that failed before its third rep told a weight, and nothing of speeds.
constexpr std::uint32_t kLimitVisits = 2;
constexpr std::uint32_t kLimitSets = 2;
constexpr std::uint32_t kTelling_reps = 3;
// As many as anybody should do of one set: the goal where none is meant.
constexpr std::uint32_t kMostReps = 30;

constexpr double kGoalMargin_reps = 8.0;  // what the goal is over the reps to expect, where the person's speeds end the set

// Of a kept pace, where one or two may be left. People differ: who says "many" after a set that ended as slowly will have to be slower.
constexpr double kPaceEnd = 0.75, kSlowerThanMany = 0.9;
constexpr std::ptrdiff_t kEnd_reps = 2;

/// [m/s] 0: no kept pace, or nothing of its end.
double pace_end_mps(const Question& q) {
  double end_mps = kPaceEnd * kept_pace_mps(q);
  for (const SetFacts& set : q.history) {
    const auto reps = static_cast<std::ptrdiff_t>(set.speeds_mps.size());
    if (set.answer < static_cast<int>(kManyLeft_reps) || set.helped || reps < kEnd_reps) continue;
    const double last_mps = std::accumulate(set.speeds_mps.end() - kEnd_reps, set.speeds_mps.end(), 0.0) / kEnd_reps;
    if (last_mps > 0.0) end_mps = std::min(end_mps, kSlowerThanMany * last_mps);
  }
  return end_mps;
}

/// It is known at which speed one or two are left, from sets that said so.
bool has_line(const Question& q) {
  return q.in.strength != nullptr && q.in.strength->per_rep_mps > 0 && std::isfinite(q.in.strength->failure_mps);
}

/// A rep this slow leaves one or two, by the person's own sets. 0: not known.
double end_speed_mps(const Question& q) {
  return has_line(q) ? q.in.strength->failure_mps + kCue_reps * q.in.strength->per_rep_mps : pace_end_mps(q);
}

bool worked(const SetFacts& set) { return set.kind == SHEAVE_SET_WORKING && set.judged; }

/// With working sets.
std::uint32_t visits_before(const Question& q) {
  std::uint32_t visits = 0;
  for (const SetFacts& set : q.history) visits = worked(set) ? std::max(visits, set.session_index) : visits;
  return visits;
}

/// People misjudge what is left by about a rep, the same way every time (Halperin 2022), and who always stops short never finds out. So the
/// last sets of the second visit go on until no rep is left: they tell what all answers and speeds of this person are worth, and of whom
/// only "many" is known, or nothing, how many. Not on the first day: the muscles are new to it.
bool limit_unknown(const Question& q) {
  if (q.in.sets_done == 0 || q.in.sets_done >= q.in.sets_planned || q.last().paused || pain_last_visit(q)) return false;
  const auto limits =
      std::ranges::count_if(q.history, [](const SetFacts& set) { return worked(set) && set.helped && set.reps >= kTelling_reps; });
  const std::uint32_t before = visits_before(q), to_do = q.in.sets_planned - q.in.sets_done;
  if (before == 1) return limits < kLimitSets && to_do <= kLimitSets;
  return before == kLimitVisits && limits == 0 && to_do <= 1;
}

class Fit {
 public:
  /// @param to_limit this set is to go on until no rep is left.
  Fit(const Question& q, const Capacity& capacity, double low_reps, double aim_reps, bool to_limit = false)
      : q_(q),
        capacity_(capacity),
        low_reps_(low_reps),
        aim_reps_(aim_reps),
        to_limit_(to_limit),
        now_kg_(capacity.from->load_kg),
        steps_(q.settings.rule, now_kg_, q.in) {}

  void decide(bool may_raise, Decision& out) const {
    if (capacity_.at_least) return grope(may_raise, out);
    const double expected = expected_reps(now_kg_);
    if (expected < low_reps_ - kBelow_reps) return lower(out);
    if (may_raise && expected > q_.in.rep_top + kAbove_reps && raise(out)) return;
    tell(out.load(steps_.after(0.0), "RESERVE_GOAL"), now_kg_);
  }

 private:
  /// Reps after which one or two are left.
  double expected_reps(double load_kg) const { return capacity_.reps(load_kg) - kReserve_reps; }

  /// What a set of this visit was begun with and could not be done with is too heavy for today, whatever is said.
  double most_kg() const {
    const SetFacts& last = q_.last();
    const bool too_heavy = last.session_index == 0 && last.lightened();
    return too_heavy ? last.begun_kg - q_.in.increment_kg : q_.in.load_max_kg;
  }

  /// Of the set that it is reckoned from, and no set since told an end.
  bool many_left() const {
    if (!capacity_.reserve || capacity_.reserve->reps < kManyLeft_reps) return false;
    return std::none_of(q_.history.data(), capacity_.from, [this](const SetFacts& set) {
      const auto reserve = reserve_of(q_, set);
      return reserve && reserve->reps < kManyLeft_reps;
    });
  }

  double most_grope() const { return visits_before(q_) >= kLimitVisits ? kMostGropeLater : kMostGrope; }

  /// Nobody said how this visit's last set ended, and it slowed down: it may have been the end. What still leaves the next one its reps.
  double untold_kg() const {
    const SetFacts& last = *capacity_.from;
    if (last.session_index > 0 || capacity_.reserve || held_speed(last)) return q_.in.load_max_kg;
    const Capacity spent{.curve = capacity_.curve, .one_rm_kg = kCostUsual * one_rm_kg(capacity_.curve, last, 0.0)};
    return spent.load_kg(q_.in.rep_bottom - kFarBelow_reps);
  }

  /// Nothing but "many left" is known: up as far as the bottom of the range could still be done if what was said was all. Down
  /// only where the last set may have been the end.
  void grope(bool may_raise, Decision& out) const {
    const double wanted_kg = std::min(wanted_capacity().load_kg(q_.in.rep_bottom), (1.0 + most_grope()) * now_kg_);
    const double raised_kg = std::min(steps_.after(wanted_kg - now_kg_), most_kg());
    if (const double less_kg = untold_kg(); less_kg < now_kg_) {
      const double load_kg = steps_.after(less_kg - now_kg_);
      tell(out.load(load_kg, "RESERVE_UNTOLD"), load_kg).evidence("step_kg", now_kg_ - load_kg);
      return;
    }
    const double load_kg = may_raise ? std::max(steps_.after(0.0), raised_kg) : steps_.after(0.0);
    const bool held = capacity_.from->session_index == 0 && still_many(q_, *capacity_.from);
    const char* raised = held ? "SPEED_HELD" : "RESERVE_RAISE";
    tell(out.load(load_kg, load_kg > now_kg_ ? raised : "RESERVE_GOAL"), load_kg);
    if (load_kg > now_kg_) out.evidence("step_kg", std::max(steps_.up_kg(), q_.in.increment_kg));
  }

  bool raise(Decision& out) const {
    const double most_raised_kg = std::min(most_kg(), steps_.after((many_left() ? most_grope() : kMostRaise) * now_kg_));
    const double load_kg = std::min(most_raised_kg, steps_.after(stepped_kg(wanted_capacity(), capacity_.flatter) - now_kg_));
    if (load_kg <= now_kg_) return false;
    tell(out.load(load_kg, "RESERVE_RAISE"), load_kg).evidence("step_kg", std::max(steps_.up_kg(), q_.in.increment_kg));
    return true;
  }

  /// Where many were left, reps say only that: the line of speed over load says more, on its careful side.
  Capacity wanted_capacity() const {
    Capacity capacity = capacity_;
    if (many_left() || capacity_.at_least) capacity.one_rm_kg = std::max(capacity.one_rm_kg, careful_once_kg(q_, kCareful));
    return capacity;
  }

  /// The load for the reps to aim at, reckoned by `curve` from what can be done at the present one.
  double stepped_kg(const Capacity& capacity, const Curve& curve) const {
    return now_kg_ * std::exp(curve.log_share(capacity.reps(now_kg_)) - curve.log_share(aim_reps_ + kReserve_reps));
  }

  /// The last set went to its end, too early: the next must not.
  bool went_too_far() const {
    const SetFacts& last = q_.last();
    return last.session_index == 0 && (last.helped || (last.answer == 0 && below_range(q_)));
  }

  void lower(Decision& out) const {
    double wanted_kg = capacity_.load_kg(aim_reps_ + kReserve_reps);
    if (went_too_far()) wanted_kg = std::min(wanted_kg, stepped_kg(capacity_, capacity_.steeper));
    const double load_kg = std::min(steps_.after(wanted_kg - now_kg_), steps_.after(-q_.in.increment_kg));
    tell(out.load(load_kg, "RESERVE_LOWER"), load_kg).evidence("step_kg", now_kg_ - load_kg);
  }

  Decision& tell(Decision& out, double load_kg) const {
    const double expected = to_limit_ ? capacity_.reps(load_kg) : expected_reps(load_kg);
    out.rep_goal(goal_reps(expected, load_kg));
    weigh_count(load_kg, out);
    out.evidence("best_reps", capacity_.from->reps);
    if (capacity_.reserve) out.evidence("reserve_reps", capacity_.reserve->reps);
    out.evidence("from_load_kg", now_kg_).evidence("forecast_reps", std::clamp(expected, 0.0, kMostForecast_reps));
    const bool answered = capacity_.reserve && capacity_.reserve->answered;
    if (answered) out.evidence("answer_reps", capacity_.from->answer);
    if (capacity_.from->helped) out.evidence("helped", 1);
    out.evidence("tenth_less_reps", std::min(capacity_.reps(0.9 * now_kg_) - capacity_.reps(now_kg_), kMostForecast_reps));
    return out.confidence(answered ? kSureByAnswer : kSureByModel);
  }

  /// The speed says how many are left, and so does the load with the count: each is believed by its error, so that a slow rep ends a set
  /// early the less the more reps were to come.
  void weigh_count(double load_kg, Decision& out) const {
    if (to_limit_ || !has_line(q_) || capacity_.at_least) return;
    const double reps = capacity_.reps(load_kg);
    const double count_reps = std::hypot(capacity_.error_share / capacity_.curve.slope(reps), kCountError_reps);
    const double speed_reps = std::isfinite(q_.in.strength->reserve_error_reps) ? q_.in.strength->reserve_error_reps : kSpeedError_reps;
    const double weight = std::min(kMostOfCount, kCountOverSpeed * speed_reps * speed_reps / (count_reps * count_reps));
    out.last_reps_rise(reps - kCue_reps, weight * q_.in.strength->per_rep_mps);
  }

  std::uint32_t goal_reps(double expected, double load_kg) const {
    if (to_limit_) return kMostReps;
    // Where the speed ends the set, the goal only bounds it. A kept pace often falls too late or not at all, so that the count ends the
    // set; but as far up as one gropes nobody knows how many there are, and what the pace tells is guard enough for as many as are allowed.
    const bool watched = end_speed_mps(q_) > 0;
    const double most = watched && load_kg + q_.in.increment_kg > q_.in.load_max_kg ? kMostReps : most_reps();
    const double bounded = capacity_.at_least && watched ? most : expected + (has_line(q_) ? kGoalMargin_reps : 0.0);
    return static_cast<std::uint32_t>(std::clamp(std::round(bounded), static_cast<double>(q_.in.rep_bottom), most));
  }

  /// Where there is more weight; where there is none, reps are all that is left to add.
  double most_reps() const { return q_.in.rep_top + (end_speed_mps(q_) > 0 ? kAboveTop_reps : kAboveTopUnwatched_reps); }

  const Question& q_;
  const Capacity& capacity_;
  double low_reps_, aim_reps_;
  bool to_limit_;
  double now_kg_;
  Steps steps_;
};

/// How slow the last two reps of a set have been, the slowest so far. Where it is not known at which speed one or two are left, reps
/// slower yet at the beginning of a set tell that it is too heavy, if they would be slow for anybody. 0: no such set.
double slowest_end_mps(const Question& q) {
  double slowest_mps = 0.0;
  for (const SetFacts& set : q.history) {
    const std::size_t n = set.speeds_mps.size();
    if (set.kind != SHEAVE_SET_WORKING || !set.judged || set.helped || n < kEndTells_reps) continue;
    const double end_mps = 0.5 * (set.speeds_mps[n - 2] + set.speeds_mps[n - 1]);
    if (end_mps > 0 && (slowest_mps == 0.0 || end_mps < slowest_mps)) slowest_mps = end_mps;
  }
  return slowest_mps;
}

class RepsInReserve final : public Base {
 public:
  static constexpr sheave::sdk::About kAbout{
      .id = "reps-in-reserve",
      .name = "Reps in reserve",
      .vendor = "Sheave",
      .version = "2.7.0",
      .description = "Ends every set one or two reps short of failure, by the person's answer, else by their own speeds."};

 private:
  void decide_first_set(const Question& q, Decision& out) const override {
    signs(q, out);
    constexpr Rule kBefore[] = {probe_first, start_lower_after_absence};
    if (decide_by_rank(kBefore, q, out)) return;
    // The later sets of a visit have less, and of its first nobody knows how the day is: it is to reach the top, or nearly.
    const double aim_reps = q.in.rep_top;
    const auto capacity = capacity_fresh(q, aim_reps + kReserve_reps);
    if (!capacity) {
      if (!start_at_held_speed(q, out)) start_by_reps(q, out);
      return;
    }
    Fit(q, *capacity, aim_reps - kFirstBelow_reps, aim_reps).decide(!pain_last_visit(q) && !away_too_long_to_raise(q), out);
  }

  void decide_next_set(const Question& q, Decision& out) const override {
    signs(q, out);
    constexpr Rule kBefore[] = {stop_for_pain, hold_unjudged, raise_light_probe, follow_probes, follow_probe};
    if (decide_by_rank(kBefore, q, out)) return;
    const double aim_reps = 0.5 * (q.in.rep_bottom + q.in.rep_top);
    const auto capacity = capacity_next(q, aim_reps + kReserve_reps);
    const bool to_limit = find_limit_ && limit_unknown(q);
    if (!capacity) {
      if (!raise_held_speed(q, out)) decide_by_reps(q, out);
      if (to_limit) out.rep_goal(kMostReps).reason("RESERVE_LIMIT").last_reps_speed(0.0);
      return;
    }
    Fit(q, *capacity, q.in.rep_bottom, aim_reps, to_limit).decide(!q.last().paused, out);
    if (q.last().lightened()) out.reason("RESERVE_LIGHTER");
    if (to_limit) out.reason("RESERVE_LIMIT").last_reps_speed(0.0);
    const sheave_strength_t* strength = q.in.strength;
    if (!capacity->reserve || capacity->reserve->answered || strength == nullptr) return;
    if (!std::isfinite(strength->reserve_r2) || !std::isfinite(strength->reserve_error_reps)) return;
    out.evidence("model_r2", strength->reserve_r2).evidence("error_reps", strength->reserve_error_reps);
  }

  /// What the next set shows of its end while it runs, and what is to come off where that is far too early.
  void signs(const Question& q, Decision& out) const {
    double speed_mps = end_speed_mps(q);
    if (speed_mps > 0) out.last_reps_speed(speed_mps);
    if (!(speed_mps > 0)) speed_mps = std::min(kSlowForMost_mps, slowest_end_mps(q));
    if (!lighter_ || !(speed_mps > 0)) return;
    // From as many as are left to half the range more. What a kilogram is worth in reps differs, and too light is soon mended.
    const double more_reps = std::max(1.0, 0.5 * q.in.rep_bottom);
    const Curve curve;
    out.lighter(speed_mps, (curve.log_share(kReserve_reps + more_reps) - curve.log_share(kReserve_reps)) / more_reps);
  }

  sheave::sdk::Param<bool> lighter_{
      *this,
      {.id = 4,
       .name = "lighter_when_heavy",
       .unit = "1",
       .help = "1: a set whose speed says that it will end far below its range goes on lighter; 0: its load stays.",
       .min = 0,
       .max = 1,
       .initial = 1}};
  sheave::sdk::Param<bool> find_limit_{
      *this,
      {.id = 5,
       .name = "find_limit",
       .unit = "1",
       .help =
           "1: the last two sets of the second visit, or else the last of the third, are to go on until no rep is left, which tells what "
           "answers are worth; 0: never.",
       .min = 0,
       .max = 1,
       .initial = 1}};
};

}  // namespace

SHEAVE_PLUGINS(RepsInReserve);
