#include "controller/session/strength_model.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "controller/session/progression_question.hpp"
#include "controller/session/reserve_line.hpp"
#include "controller/session/wall_clock.hpp"
#include "controller/session/weighted_line.hpp"

namespace sheave::session {

namespace {

// A number of reps that may be two more or two fewer is none; together with what the load leads to expect it still helps to end a set.
constexpr double kMostStatedError_reps = 1.6;
constexpr double kNineInTen = 1.645;  // standard errors to either side
constexpr double kEpleyReps = 30.0;   // 1RM = load (1 + reps / 30) (Epley 1985)

// The load-velocity line. A fifth apart: the published two-load method has 40 and 85 %; nearer, the noise of two speeds (2.5 to 8 %)
// is the slope. R2: the gate of the field (0.8).
constexpr double kLoadsApart = 0.2;
constexpr double kLeastR2 = 0.8;
constexpr double kRepSpeedError = 0.05;  // of one rep's speed, relative: published at 2.5 to 8 %

// What either way is off by however many sets there are: the speed of the last rep of a set is not that of a 1RM, and speed bends a little
// over load, which tells with the square of how far past the heaviest load the line is drawn on; and reps to a 1RM carry the person's own
// endurance. So wide that of most laws of simulated people nine in ten lie within, of none less than two in three (tests/bench coach).
constexpr double kLineMethodError = 0.07, kLineBend = 0.5;
constexpr double kRepsMethodError = 0.13;
// How far the speed at the end of a set tells that of a 1RM: where it is far from most people's, half of that is the set's, not theirs. Of
// seven laws of simulated people (tests/bench coach) the 1RM was off by 6.5 % with all of it, by 6.0 with nothing, by 5.4 with half.
constexpr double kOwnFailureShare = 0.5;
// And both lean on the same sets, so that together they are no surer than this.
constexpr double kTogetherError = 0.07;
constexpr std::size_t kDriftVisits = 4;
constexpr double kDriftDays = 14.0;

Estimate unknown(std::string_view reason) {
  Estimate estimate;
  estimate.unknown_reason = reason;
  return estimate;
}

Estimate known(double value, double error, std::string_view method) {
  return {value, value - kNineInTen * error, value + kNineInTen * error, method, {}};
}

double error_of(const Estimate& estimate) { return (estimate.high - estimate.low) / (2.0 * kNineInTen); }

/// Of a fresh first rep: read off the whole set, so that one careful rep does not decide.
double first_speed_mps(const PastSet& set) {
  WeightedLine line;
  // Of a set that was made lighter, what was done before: load_kg is of that.
  const std::size_t n = set.before_last_load > 0 ? set.before_last_load : set.speeds_mps.size();
  for (std::size_t i = n > 3 ? 1 : 0; i < n; ++i) line.add(static_cast<double>(i), set.speeds_mps[i]);
  return n >= 4 ? line.at(0.0) : line.mean_y();
}

/// Warm-ups, probes and the first working set of each visit: what comes later is slower by what came before.
std::vector<const PastSet*> fresh_sets(const std::vector<PastSet>& sets) {
  std::vector<const PastSet*> fresh;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    if (sets[i].speeds_mps.size() < 2) continue;
    const auto worked_before = [&](const PastSet& older) { return older.visit == sets[i].visit && older.kind == SetKind::kWorking; };
    if (std::any_of(sets.begin() + static_cast<std::ptrdiff_t>(i) + 1, sets.end(), worked_before)) continue;
    fresh.push_back(&sets[i]);
  }
  return fresh;
}

/// A line that hardly falls, of somebody who holds a tempo, is drawn on for hundreds of kilograms: what may be half as much or half as much
/// again is not known.
constexpr double kMostError = 0.5;

std::optional<LoadVelocityLine> load_velocity_line(const std::vector<const PastSet*>& sets, std::string_view& why_not) {
  why_not = kNoSets;
  if (sets.empty()) return std::nullopt;
  WeightedLine fit;
  LoadVelocityLine line;
  line.load_low_kg = line.load_high_kg = sets.front()->load_kg;
  for (const PastSet* set : sets) {
    fit.add(set->load_kg, first_speed_mps(*set), recency(*set));
    line.load_low_kg = std::min(line.load_low_kg, set->load_kg);
    line.load_high_kg = std::max(line.load_high_kg, set->load_kg);
  }
  why_not = kOneLoad;
  if (line.load_low_kg > (1.0 - kLoadsApart) * line.load_high_kg) return std::nullopt;
  why_not = kSpeedDoesNotFall;
  if (!(fit.slope() < 0.0)) return std::nullopt;
  why_not = kPoorFit;
  line.r2 = fit.r2();
  if (!(line.r2 >= kLeastR2)) return std::nullopt;
  line.per_kg_mps = fit.slope();
  line.at_zero_mps = fit.at(0.0);
  line.error_mps = std::max(fit.error(2), kLeastSpeedError * fit.mean_y());
  line.mean_kg = fit.mean_x();
  line.spread_kg2 = fit.spread_x() / fit.weight();
  line.sets = sets.size();
  why_not = {};
  return line;
}

Estimate one_rm_by_speed(const LoadVelocityLine& line, const Estimate& failure_mps) {
  const double own = failure_mps.known() ? failure_mps.value : kFailurePrior_mps;
  const double failure = kFailurePrior_mps + kOwnFailureShare * (own - kFailurePrior_mps);
  const double failure_error = failure_mps.known() ? error_of(failure_mps) : kFailurePriorError_mps;
  const double kg = line.load_at(failure);
  const double far2 = (kg - line.mean_kg) * (kg - line.mean_kg) / line.spread_kg2;
  const double line_error = line.error_mps * std::sqrt((1.0 + far2) / static_cast<double>(line.sets));
  const double past = std::max(0.0, 1.0 - line.load_high_kg / kg);
  const double method_error = std::hypot(kLineMethodError, kLineBend * past * past) * kg;
  const double error_kg = std::hypot(std::hypot(line_error, failure_error) / -line.per_kg_mps, method_error);
  if (!(kNineInTen * error_kg < kMostError * kg)) return unknown(kSpeedDoesNotFall);
  return known(kg, error_kg, "load-velocity");
}

/// Of a set that was made lighter no less than this: all its reps could have been done with the least.
double epley_kg(const PastSet& set) {
  const double load_kg = std::isfinite(set.last_load_kg) ? set.last_load_kg : set.load_kg;
  return load_kg * (1.0 + (static_cast<double>(set.speeds_mps.size()) + left_after(set)) / kEpleyReps);
}

/// Fresh working sets that say what was left.
std::vector<const PastSet*> told_sets(const std::vector<const PastSet*>& fresh) {
  std::vector<const PastSet*> told;
  std::ranges::copy_if(fresh, std::back_inserter(told),
                       [](const PastSet* set) { return set->kind == SetKind::kWorking && left_after(*set) >= 0.0; });
  return told;
}

Estimate one_rm_by_reps(const std::vector<const PastSet*>& told) {
  if (told.empty()) return unknown(kNotAnswered);
  double weights = 0.0, sum = 0.0;
  for (const PastSet* set : told) {
    // What was done three visits ago was done by another person, a little: recent visits count most.
    const double weight = recency(*set) / (1.0 + set->visit);
    weights += weight, sum += weight * epley_kg(*set);
  }
  const double kg = sum / weights;
  return known(kg, kg * std::hypot(kRepsMethodError, kAnswerError_reps / kEpleyReps / std::sqrt(static_cast<double>(told.size()))), "reps");
}

Estimate together(const Estimate& by_speed, const Estimate& by_reps) {
  if (!by_speed.known()) return by_reps.known() ? by_reps : by_speed;
  if (!by_reps.known()) return by_speed;
  const double speed_weight = 1.0 / (error_of(by_speed) * error_of(by_speed)), reps_weight = 1.0 / (error_of(by_reps) * error_of(by_reps));
  const double kg = (speed_weight * by_speed.value + reps_weight * by_reps.value) / (speed_weight + reps_weight);
  return known(kg, std::hypot(kTogetherError * kg, 1.0 / std::sqrt(speed_weight + reps_weight)), "load-velocity-and-reps");
}

/// Mean speed of a warm-up's reps; it tires nobody, so that all of them tell. The first is left out where there are others.
WeightedLine warm_up_speed(const PastSet& set) {
  WeightedLine speed;
  for (std::size_t i = set.speeds_mps.size() > 2 ? 1 : 0; i < set.speeds_mps.size(); ++i) speed.add(0.0, set.speeds_mps[i]);
  return speed;
}

/// What today's warm-ups would weigh on a usual day, over what they weigh: by the line through the warm-ups of earlier visits.
Estimate form_today(const std::vector<PastSet>& sets) {
  WeightedLine usual;
  double low_kg = kUnknown, high_kg = kUnknown;
  for (const PastSet& set : sets) {
    if (set.visit == 0 || set.kind != SetKind::kWarmUp || set.speeds_mps.empty()) continue;
    usual.add(set.load_kg, warm_up_speed(set).mean_y(), recency(set));
    low_kg = std::fmin(low_kg, set.load_kg), high_kg = std::fmax(high_kg, set.load_kg);
  }
  if (usual.count() == 0) return unknown(kNoWarmUp);
  if (!(low_kg <= (1.0 - kLoadsApart) * high_kg)) return unknown(kOneLoad);
  if (!(usual.slope() < 0.0)) return unknown(kSpeedDoesNotFall);
  if (!(usual.r2() >= kLeastR2)) return unknown(kPoorFit);
  double weights = 0.0, sum = 0.0;
  for (const PastSet& set : sets) {
    if (set.visit > 0 || set.kind != SetKind::kWarmUp || set.speeds_mps.empty()) continue;
    const WeightedLine speed = warm_up_speed(set);
    const double usual_kg = usual.mean_x() + (speed.mean_y() - usual.mean_y()) / usual.slope();
    if (!(usual_kg > 0.0)) continue;
    const double error_mps = kRepSpeedError * speed.mean_y() / std::sqrt(static_cast<double>(speed.count()));
    const double error = error_mps / -usual.slope() / set.load_kg;  // weighs more on a light warm-up
    weights += 1.0 / (error * error), sum += set.load_kg / usual_kg / (error * error);
  }
  if (weights == 0.0) return unknown(kNoWarmUp);
  // The line itself is known by as many warm-ups as made it.
  return known(sum / weights, std::sqrt((1.0 + 2.0 / usual.count()) / weights), "warm-up-speed");
}

Estimate drift(const std::vector<const PastSet*>& told) {
  WeightedLine line;
  std::set<std::uint32_t> visits;
  double oldest_days = 0.0;
  for (const PastSet* set : told) {
    if (!std::isfinite(set->days_ago) || !visits.insert(set->visit).second) continue;
    line.add(-set->days_ago / 7.0, epley_kg(*set));
    oldest_days = std::max(oldest_days, set->days_ago);
  }
  if (visits.size() < kDriftVisits || oldest_days < kDriftDays) return unknown(kTooFewVisits);
  return known(line.slope(), line.error(2) / std::sqrt(line.spread_x()), "visits");
}

}  // namespace

bool cut_short(const SetRecord& set) {
  if (set.stop_answer == StopAnswer::kInterrupted || set.stop_answer == StopAnswer::kPain) return true;
  return set.end != SetEndReason::kRacked && set.end != SetEndReason::kFailed && set.end != SetEndReason::kExercise;
}

PastSet read_set(const SetRecord& record, std::uint32_t visit, const WallTime& now) {
  PastSet set;
  set.load_kg = record.load_kg;
  set.days_ago = days_since(record.started, now);
  set.visit = visit;
  set.kind = record.kind;
  set.answer = record.answer_rir.value_or(-1);
  set.helped = record.end == SetEndReason::kFailed;
  for (const Rep& rep : record.reps) {
    set.helped = set.helped || rep.assisted;
    const bool whole = rep.verdict == RepVerdict::kCounted && !rep.assisted && !(rep.rom_share < kMinRomShare);
    if (!whole || !(rep.mean_speed_mps > 0.0)) continue;
    const double load_kg = record.load_of_rep_kg(rep.index);
    if (load_kg < std::fmin(set.load_kg, set.last_load_kg)) set.before_last_load = set.speeds_mps.size(), set.last_load_kg = load_kg;
    set.speeds_mps.push_back(rep.mean_speed_mps);
  }
  return set;
}

std::vector<PastSet> past_sets(const std::vector<SetRecord>& earlier, const std::vector<SetRecord>& present, const WallTime& now) {
  std::vector<PastSet> sets;
  for (auto set = present.rbegin(); set != present.rend(); ++set) {
    if (!cut_short(*set)) sets.push_back(read_set(*set, 0, now));
  }
  std::uint32_t visit = 0;
  const std::string* session_id = nullptr;
  for (const SetRecord& set : earlier) {
    if (session_id == nullptr || *session_id != set.session_id) ++visit;
    session_id = &set.session_id;
    if (!cut_short(set)) sets.push_back(read_set(set, visit, now));
  }
  return sets;
}

StrengthModel strength_model(const std::vector<PastSet>& sets) {
  StrengthModel model;
  std::string_view why_not;
  model.reserve = reserve_line(sets, why_not);
  model.failure_mps = model.reserve ? known(model.reserve->failure_mps, model.reserve->per_rep_mps * model.reserve->error_reps, "own-sets")
                                    : unknown(why_not);
  const std::vector<const PastSet*> fresh = fresh_sets(sets);
  model.line = load_velocity_line(fresh, why_not);
  model.by_speed_kg = model.line ? one_rm_by_speed(*model.line, model.failure_mps) : unknown(why_not);
  const std::vector<const PastSet*> told = told_sets(fresh);
  model.by_reps_kg = sets.empty() ? unknown(kNoSets) : one_rm_by_reps(told);
  model.one_rm_kg = together(model.by_speed_kg, model.by_reps_kg);
  model.form_share = form_today(sets);
  model.drift_kg_per_week = drift(told);
  return model;
}

Estimate reps_left(const StrengthModel& model, const PastSet& set) {
  if (!model.reserve) return unknown(model.failure_mps.unknown_reason);
  if (set.speeds_mps.empty()) return unknown(kNoSets);
  if (model.reserve->error_reps > kMostStatedError_reps) return unknown(kPoorFit);
  Estimate estimate = known(reps_left(*model.reserve, set), model.reserve->error_reps, "own-sets");
  estimate.low = std::max(0.0, estimate.low);
  return estimate;
}

sheave_strength_t to_abi(const StrengthModel& model) noexcept {
  sheave_strength_t out{};
  out.struct_size = sizeof out;
  out.failure_mps = model.reserve ? model.reserve->failure_mps : kUnknown;
  out.per_rep_mps = model.reserve ? model.reserve->per_rep_mps : kUnknown;
  out.reserve_error_reps = model.reserve ? model.reserve->error_reps : kUnknown;
  out.reserve_r2 = model.reserve ? model.reserve->r2 : kUnknown;
  out.one_rm_kg = model.one_rm_kg.value;
  out.one_rm_low_kg = model.one_rm_kg.low;
  out.one_rm_high_kg = model.one_rm_kg.high;
  out.form_share = model.form_share.value;
  out.form_error_share = model.form_share.known() ? error_of(model.form_share) : kUnknown;
  return out;
}

}  // namespace sheave::session
