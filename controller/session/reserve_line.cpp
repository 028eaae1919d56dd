#include "controller/session/reserve_line.hpp"

#include <algorithm>
#include <cmath>

#include "controller/control/speed_trend.hpp"
#include "controller/session/weighted_line.hpp"

namespace sheave::session {

namespace {

constexpr double kHalfLife_days = 42.0;

// A set's last reps tell; further from its end speed hardly falls, and by reps that were done long before failure sets would end ever
// later. For the same reason a set counts for less the more were left after it, and where nobody said how many, one or two are assumed.
constexpr std::size_t kLastReps = 4;
constexpr std::size_t kLeastReps = 3;
constexpr double kNear_reps = 2.0, kNearnessUntold = 0.05, kAssumedLeft_reps = 1.5;
// Speed falls faster the nearer the end: with this many left by half as much a rep as with none.
constexpr double kBend_reps = 8.0;
// Between which places the fall per rep is stated: none left and two.
constexpr double kStatedOver_reps = 2.0;

// What is usual, in pulls at full intent. Wide: people differ by half of it and more.
constexpr double kPerRepPrior_mps = 0.04, kPerRepPriorError_mps = 0.02;
// Someone who pulls at a set tempo does not slow down until the end: a hundredth of a metre a second per rep is the least that carries an
// estimate. And what is off by more than this says nothing.
constexpr double kLeastPerRep_mps = 0.01, kMostError_reps = 4.0, kLeastR2 = 0.1;
// Who says "many" after sets that by the line left next to none is right, and the line is not theirs: once may be a slip of the finger.
constexpr std::uint32_t kLateVisits = 3;
constexpr double kNextToNone_reps = 2.5;
constexpr std::ptrdiff_t kRefuted = 2;

// An answer is off by about a rep; help by the spotter means none, within less than one. What an answer weighs is the same whatever it
// says: were low ones to count for more, of answers that are off to either side those that are too low would, and sets end early.
constexpr double kSaidError_reps = 1.0, kHelpError_reps = 0.4;
constexpr int kMostBelieved = 4;
// Whoever says one too many says so every time: what all answers of one person share is not averaged away by more of them, and about this
// large. So a set that failed, which is no opinion, soon outweighs any number of answers.
constexpr double kAnswerBias_reps = 0.6;

// The speed that leaves so many is not quite the same in each set; of the speed of the last rep a seventh is published (Garcia-Ramos 2020),
// which is two reps, and others are exact within half of one. A person's own sets tell, beyond what answers are off by; few of them lean on
// the exact ones, or nobody's speed would be believed for weeks.
constexpr double kBetweenUsual_reps = 0.3, kBetweenUsualSets = 8.0;
constexpr double kAnswerErrorPerRep = 0.2;

/// Over this speed is a straight line.
double bent(double reps_left) { return kBend_reps * std::log1p(reps_left / kBend_reps); }

/// Of a set that was made lighter, what was done since: how many were left counts from its end.
bool tells(const PastSet& set) { return set.kind == SetKind::kWorking && set.speeds_mps.size() - set.before_last_load >= kLeastReps; }

double nearness(const PastSet& set) {
  const double left = left_after(set);
  if (left < 0.0) return set.answer < 0 ? kNearnessUntold : 0.0;
  return 1.0 / (1.0 + left * left / (kNear_reps * kNear_reps));
}

/// Speed of the last reps over how many were left after each, bent, were `left` after the last. The first rep of a set is left out: many
/// begin with a careful one.
WeightedLine end_of(const PastSet& set, double left, double weight) {
  WeightedLine line;
  const std::size_t n = set.speeds_mps.size();
  for (std::size_t i = std::max<std::size_t>(n > kLeastReps ? 1 : 0, set.before_last_load); i < n; ++i) {
    const std::size_t after = n - 1 - i;
    if (after < kLastReps) line.add(bent(left + static_cast<double>(after)), set.speeds_mps[i], weight);
  }
  return line;
}

/// As the watch of the running set saw it at its end.
double end_mps(const PastSet& set) {
  control::SpeedTrend trend;
  for (std::size_t i = std::max<std::size_t>(control::kTrendFrom - 1, set.before_last_load); i < set.speeds_mps.size(); ++i) {
    trend.take(set.speeds_mps[i]);
  }
  return trend.mps() > 0.0 ? trend.mps() : set.speeds_mps.back();
}

/// The fall of speed within sets, whatever each one's level.
struct Fall {
  WeightedLine within, speeds;
  int sets = 0;
  std::size_t told = 0;
  bool helped = false;

  explicit Fall(const std::vector<PastSet>& past) {
    for (const PastSet& set : past) {
      if (!tells(set)) continue;
      const double left = left_after(set);
      const WeightedLine end = end_of(set, left < 0.0 ? kAssumedLeft_reps : left, recency(set) * nearness(set));
      told += left >= 0.0;
      helped = helped || set.helped;
      if (!(end.weight() > 0.0)) continue;
      within.add_within(end);
      speeds.add(0.0, end.mean_y());
      ++sets;
    }
  }
  double noise_mps() const { return std::max(within.error(1 + sets), kLeastSpeedError * speeds.mean_y()); }
  /// Per bent rep, with what is usual.
  double per_bent_mps() const {
    const double usual = kPerRepPrior_mps * kStatedOver_reps / bent(kStatedOver_reps);
    const double usual_weight = 1.0 / (kPerRepPriorError_mps * kPerRepPriorError_mps);
    const double own_weight = within.spread_x() / (noise_mps() * noise_mps());
    return own_weight > 0.0 ? (own_weight * within.slope() + usual_weight * usual) / (own_weight + usual_weight) : usual;
  }
};

/// Speed at none left, by what people said, by sets that failed, and by what is usual; weights in 1 / reps^2.
struct End {
  double mps = 0.0, weight = 0.0;

  End(const std::vector<PastSet>& past, double per_bent_mps, double per_rep_mps) {
    WeightedLine said, seen;
    for (const PastSet& set : past) {
      const double left = left_after(set);
      if (!tells(set) || left < 0.0) continue;
      const double error_reps = set.helped ? kHelpError_reps : kSaidError_reps;
      (set.helped ? seen : said).add(0.0, end_mps(set) - per_bent_mps * bent(left), recency(set) / (error_reps * error_reps));
    }
    const double usual_reps = kFailurePriorError_mps / per_rep_mps;
    add(kFailurePrior_mps, 1.0 / (usual_reps * usual_reps));
    if (said.count() > 0) add(said.mean_y(), 1.0 / (1.0 / said.weight() + kAnswerBias_reps * kAnswerBias_reps));
    if (seen.count() > 0) add(seen.mean_y(), seen.weight());
  }

 private:
  void add(double other_mps, double other_weight) {
    mps = (weight * mps + other_weight * other_mps) / (weight + other_weight);
    weight += other_weight;
  }
};

/// How far apart the ends of this person's sets lie, in reps, for the same number left.
double between_reps(const std::vector<PastSet>& past, double per_bent_mps, double per_rep_mps) {
  WeightedLine ends;
  double answers = 0.0;
  for (const PastSet& set : past) {
    const double left = left_after(set);
    if (!tells(set) || left < 0.0) continue;
    const double error_reps = set.helped ? kHelpError_reps : kAnswerError_reps + kAnswerErrorPerRep * left;
    ends.add(0.0, (end_mps(set) - per_bent_mps * bent(left)) / per_rep_mps);
    answers += error_reps * error_reps;
  }
  const double own = ends.count() > 0 ? ends.spread_y() - answers : 0.0;
  const double sets = std::max(0, ends.count() - 1) + kBetweenUsualSets;
  return std::sqrt(std::max(0.0, own + kBetweenUsualSets * kBetweenUsual_reps * kBetweenUsual_reps) / sets);
}

bool refuted(const ReserveLine& line, const std::vector<PastSet>& sets) {
  return std::ranges::count_if(sets, [&](const PastSet& set) {
           return tells(set) && set.visit <= kLateVisits && !set.helped && set.answer > kMostBelieved &&
                  reps_left(line, set) < kNextToNone_reps;
         }) >= kRefuted;
}

}  // namespace

double recency(const PastSet& set) {
  return std::isfinite(set.days_ago) && set.days_ago > 0.0 ? std::exp2(-set.days_ago / kHalfLife_days) : 1.0;
}

double left_after(const PastSet& set) {
  if (set.helped) return 0.0;
  return set.answer <= kMostBelieved ? set.answer : -1.0;
}

double ReserveLine::speed_mps(double reps_left) const noexcept {
  return failure_mps + per_rep_mps * kStatedOver_reps * bent(reps_left) / bent(kStatedOver_reps);
}

std::optional<ReserveLine> reserve_line(const std::vector<PastSet>& sets, std::string_view& why_not) {
  const Fall fall(sets);
  why_not = kNotAnswered;
  if (fall.told == 0 && !fall.helped) return std::nullopt;
  why_not = kSpeedDoesNotFall;
  const double per_bent_mps = fall.per_bent_mps();
  ReserveLine line;
  line.per_rep_mps = per_bent_mps * bent(kStatedOver_reps) / kStatedOver_reps;
  // What is usual does not stand in for what was not seen at all.
  const double seen_mps = fall.within.slope() * bent(kStatedOver_reps) / kStatedOver_reps;
  if (!(std::min(line.per_rep_mps, seen_mps) >= kLeastPerRep_mps)) return std::nullopt;
  if (!(fall.within.r2() >= kLeastR2)) return std::nullopt;
  const End end(sets, per_bent_mps, line.per_rep_mps);
  line.failure_mps = end.mps;
  line.r2 = fall.within.r2();
  line.sets = fall.told;
  const double speed_reps = fall.noise_mps() / line.per_rep_mps / std::sqrt(3.0);  // the end of a set is read off several reps
  line.error_reps = std::hypot(speed_reps, 1.0 / std::sqrt(end.weight), between_reps(sets, per_bent_mps, line.per_rep_mps));
  why_not = kPoorFit;
  if (!(line.error_reps <= kMostError_reps) || refuted(line, sets)) return std::nullopt;
  why_not = {};
  return line;
}

double reps_left(const ReserveLine& line, const PastSet& set) {
  constexpr double kMostLeft_reps = 30.0;
  const double per_bent_mps = line.per_rep_mps * kStatedOver_reps / bent(kStatedOver_reps);
  const double bent_reps = (end_mps(set) - line.failure_mps) / per_bent_mps;
  return std::clamp(kBend_reps * std::expm1(bent_reps / kBend_reps), 0.0, kMostLeft_reps);
}

}  // namespace sheave::session
