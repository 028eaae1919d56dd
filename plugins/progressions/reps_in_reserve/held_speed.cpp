#include "held_speed.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sheave::progressions {
namespace {

// The last two reps against those of the first half, without the first: many begin with a careful one.
constexpr std::ptrdiff_t kLastReps = 2, kLeastReps = 5;
// Who keeps a pace below what they could do slows down no sooner than with about three left.
constexpr double kHeldLeft_reps = 3.0;
constexpr double kMostRaise = 0.1;
// Who has left as many sets unanswered, and none answered, will not answer the next. One unanswered set is for the next to tell.
constexpr std::size_t kSilentSets = 3;

// By half within a set, to where few people have many left.
constexpr double kFallen = 0.5, kSlowForMany_mps = 0.3;
// A pace: kept, to the end of sets, against loads so far apart that whoever pulls with all they have slows down by an eighth.
constexpr double kPaceLoadsApart = 1.2;
constexpr std::size_t kPaceSets = 8;
constexpr double kLeftPace = 0.8;

double mean(const double* first, const double* last) { return std::accumulate(first, last, 0.0) / static_cast<double>(last - first); }

/// A working set long enough to have an end, at one load.
bool has_end(const SetFacts& set) {
  const auto reps = static_cast<std::ptrdiff_t>(set.speeds_mps.size());
  return set.kind == SHEAVE_SET_WORKING && set.judged && !set.lightened() && reps >= kLeastReps;
}

double begin_mps(const SetFacts& set) {
  const double* first = set.speeds_mps.data();
  return mean(first + 1, first + 1 + set.speeds_mps.size() / 2);
}

double end_mps(const SetFacts& set) {
  const double* end = set.speeds_mps.data() + set.speeds_mps.size();
  return mean(end - kLastReps, end);
}

bool never_answers(const Question& q) {
  return q.history.size() >= kSilentSets && std::ranges::all_of(q.history, [](const SetFacts& set) { return set.answer < 0; });
}

}  // namespace

bool held_speed(const SetFacts& set) { return has_end(set) && !set.helped && !set.paused && end_mps(set) >= kHeld * begin_mps(set); }

bool fallen_speed(const SetFacts& set) {
  return has_end(set) && !set.helped && end_mps(set) <= kSlowForMany_mps && end_mps(set) <= kFallen * begin_mps(set);
}

double mean_mps(const SetFacts& set) { return mean(set.speeds_mps.data(), set.speeds_mps.data() + set.speeds_mps.size()); }

double kept_pace_mps(const Question& q) {
  const SetFacts* light = nullptr;
  const SetFacts* heavy = nullptr;
  std::size_t seen = 0;
  for (const SetFacts& set : q.history) {  // newest first
    if (!held_speed(set)) continue;
    if (light == nullptr || set.load_kg < light->load_kg) light = &set;
    if (heavy == nullptr || set.load_kg > heavy->load_kg) heavy = &set;
    if (++seen == kPaceSets) break;
  }
  if (heavy == nullptr || heavy->load_kg < kPaceLoadsApart * light->load_kg) return 0.0;
  return mean_mps(*heavy) >= kHeld * mean_mps(*light) ? mean_mps(*heavy) : 0.0;
}

bool left_pace(const Question& q, const SetFacts& set) {
  if (!has_end(set)) return false;
  const double pace_mps = kept_pace_mps(q);
  return pace_mps > 0.0 && end_mps(set) <= kLeftPace * pace_mps;
}

bool raise_held_speed(const Question& q, sdk::Decision& out) {
  const SetFacts& last = q.last();
  if (!never_answers(q) || last.reps < q.in.rep_top || !held_speed(last)) return false;
  const double fits = (kEpleyReps + last.reps + kHeldLeft_reps) / (kEpleyReps + q.in.rep_bottom + fatigue_reps(q));
  const double load_kg = q.steps().after(std::min(fits - 1.0, kMostRaise) * last.load_kg);
  if (load_kg <= last.load_kg) return false;
  with_evidence(q, out.load(load_kg, "SPEED_HELD")).evidence("step_kg", std::max(q.steps().up_kg(), q.in.increment_kg));
  out.evidence("last_mps", last.last_mps).evidence("fastest_mps", last.fastest_mps);
  return true;
}

bool start_at_held_speed(const Question& q, sdk::Decision& out) {
  if (!never_answers(q) || pain_last_visit(q) || away_too_long_to_raise(q) || q.in.worked_before_now > 0) return false;
  const SetFacts* from = nullptr;
  const SetFacts* first = nullptr;
  for (const SetFacts& set : q.history) {  // newest first
    if (set.session_index != 1 || set.kind != SHEAVE_SET_WORKING) continue;
    if (from == nullptr && set.reps >= q.in.rep_top && held_speed(set)) from = &set;
    first = &set;
  }
  if (from == nullptr || from == first || from->load_kg <= first->load_kg) return false;
  start(out, *from, Steps(q.settings.rule, from->load_kg, q.in).after(0.0), 0.0, "START_FROM_HISTORY");
  return true;
}

}  // namespace sheave::progressions
