#include "capacity.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "belief.hpp"
#include "held_speed.hpp"

namespace sheave::progressions {
namespace {

constexpr int kMostLeft_reps = 10;    // the most that can be answered
constexpr double kVisitBefore = 0.6;  // what a visit counts against the one after it
constexpr std::uint32_t kVisits = 6, kVisitsForLeast = 2;
// Strength differs from day to day by about this; a reading of today's form is believed as far as it is surer.
constexpr double kFormSpread = 0.04;
constexpr double kFormLow = 0.85, kFormHigh = 1.10;
constexpr double kCostUsualSets = 2.0;
constexpr double kCostLow = 0.85, kCostHigh = 1.02;
// How far a reading of reps left is off: an answer by about a rep near failure, more the more are left (as the host's model has it); help
// by the spotter by less than one; speeds by what the host says of them.
constexpr double kAnswerError_reps = 0.7, kAnswerErrorPerRep = 0.3, kHelpError_reps = 0.4, kSpeedErrorPerRep = 0.15;
constexpr double kHelpedMost_reps = 1.0;  // who needs help has less than a rep left, whatever was expected of the day
// Not one rep with help says only that the load was too heavy: by a little, or by much.
constexpr double kNoRepError = 0.06;
constexpr double kCostError = 0.02;     // of what a set cost, relative, for each that came before
constexpr double kVisitsError = 0.025;  // of the mean of earlier visits
// A tenth more weight slows down by about as much whoever works near their limit; the mean of a set's speeds is off by two percent.
constexpr double kLighterLeft_reps = 1.5;
constexpr double kFallenLeft_reps = 2.0;  // who slows down to half of their speed
constexpr int kLighterRounds = 4;         // each takes four fifths and more of the error away
constexpr double kRaised = 1.1, kUnnoticed = 0.95, kManyAgain_reps = 10.0;

bool known(double value) { return std::isfinite(value) && value > 0; }
bool working(const SetFacts& set) { return set.kind == SHEAVE_SET_WORKING && set.judged; }
/// Said, or by the speed.
bool many_left(const Question& q, const SetFacts& set) {
  const auto reserve = reserve_of(q, set);
  return reserve && reserve->reps >= kManyLeft_reps;
}
bool says_many(const SetFacts& set) { return set.answer >= static_cast<int>(kManyLeft_reps) && !set.helped; }

/// The weight was raised from the one set to the other, and the speed did not notice: whoever is near their limit slows down.
bool unnoticed(const SetFacts& raised, const SetFacts& before) {
  return raised.load_kg >= kRaised * before.load_kg && mean_mps(raised) >= kUnnoticed * mean_mps(before);
}

/// The set before `set` whose end somebody told; null: none.
const SetFacts* told_before(const Question& q, const SetFacts& set) {
  const SetFacts* end = q.history.data() + q.history.size();
  const SetFacts* before = std::find_if(&set + 1, end, [](const SetFacts& other) { return other.answer >= 0 || other.helped; });
  return before != end ? before : nullptr;
}

/// Where to look next after "many left". Again "many", at a weight that was raised and that the speed did not notice, says that the first
/// was far off: twice as many then, as anybody gropes for the end of something.
double grope_kg(const Question& q, const Curve& curve, const SetFacts& set) {
  const SetFacts* before = told_before(q, set);
  const bool many = says_many(set) || still_many(q, set);
  const bool again = before != nullptr && many && says_many(*before) && unnoticed(set, *before);
  return std::max(one_rm_kg(curve, set, again ? kManyAgain_reps : kManyLeft_reps), set.load_kg / light_share(set).value_or(1.0));
}

/// Of the strength that a set tells.
double error_share(const Question& q, const Curve& curve, const SetFacts& set, const Reserve& reserve) {
  const double share = error_reps(q, set, reserve) * curve.slope(set.reps + reserve.reps);
  return set.helped && set.reps == 0 ? std::hypot(share, kNoRepError) : share;
}

/// Share of strength that a set at each place of a visit leaves this person, over past visits and this one.
class Costs {
 public:
  Costs(const Question& q, const Curve& curve) {
    std::size_t place = 0;
    for (std::size_t i = q.history.size(); i-- > 1;) {  // oldest first
      const SetFacts& set = q.history[i];
      const SetFacts& next = q.history[i - 1];
      const bool same_visit = next.session_index == set.session_index;
      const auto left = reserve_of(q, set), next_left = reserve_of(q, next);
      if (same_visit && working(set) && working(next) && left && next_left && !many_left(q, set) && !many_left(q, next)) {
        Sum& sum = at(place);
        sum.shares += one_rm_kg(curve, next, next_left->reps) / one_rm_kg(curve, set, left->reps);
        sum.sets += 1.0;
      }
      place = !same_visit ? 0 : place + (working(set) ? 1 : 0);
    }
  }
  /// Many left cost nothing. @param reserve none: not known.
  double of(std::size_t place, const std::optional<Reserve>& reserve) const {
    if (reserve && reserve->reps >= kManyLeft_reps) return 1.0;
    const Sum& sum = sums_[std::min(place, sums_.size() - 1)];
    return std::clamp(sum.shares / sum.sets, kCostLow, kCostHigh);
  }

 private:
  struct Sum {
    double shares = kCostUsual * kCostUsualSets, sets = kCostUsualSets;
  };
  Sum& at(std::size_t place) { return sums_[std::min(place, sums_.size() - 1)]; }
  std::array<Sum, 6> sums_;
};

/// One visit's sets.
struct Visit {
  Belief fresh;                                              // strength at its beginning
  double least_kg = 0.0;                                     // could be done then, whatever else
  double most_kg = std::numeric_limits<double>::infinity();  // and no more than this
  double grope_kg = 0.0;                                     // as far up as "many left" leads; 0: it was not said
  const SetFacts* heaviest = nullptr;
  const SetFacts* mastered = nullptr;  // the heaviest that was done within its range, else the first
  double left_share = 1.0;             // of the strength at its beginning, after its last set
};

/// @param fresh what was believed before it.
Visit read_visit(const Question& q, const Curve& curve, const Costs& costs, std::uint32_t session_index, const Belief& fresh) {
  Visit visit;
  visit.fresh = fresh;
  std::size_t place = 0;
  for (std::size_t i = q.history.size(); i-- > 0;) {  // oldest first
    const SetFacts& set = q.history[i];
    if (set.session_index != session_index || !working(set)) continue;
    const auto reserve = reserve_of(q, set);
    const bool many = many_left(q, set);
    if (many) visit.grope_kg = std::max(visit.grope_kg, grope_kg(q, curve, set));
    if (set.helped) visit.grope_kg = 0.0;  // there is the end
    const bool done = !set.helped && !set.lightened() && set.reps >= q.in.rep_bottom;
    if (visit.mastered == nullptr || (done && set.load_kg > visit.mastered->load_kg)) visit.mastered = &set;
    if (visit.heaviest == nullptr || set.load_kg >= visit.heaviest->load_kg) visit.heaviest = &set;
    visit.least_kg = std::max(visit.least_kg, one_rm_kg(curve, set, 0.0) / visit.left_share);
    if (set.helped) visit.most_kg = std::min(visit.most_kg, one_rm_kg(curve, set, kHelpedMost_reps) / visit.left_share);
    // Where numbers are known "many" is one more, of little weight; and it says nothing against more.
    const double told_kg = one_rm_kg(curve, set, reserve.value_or(Reserve{}).reps) / visit.left_share;
    if (reserve && (!many || (visit.fresh.known() && told_kg > visit.fresh.one_rm_kg()))) {
      visit.fresh.add(told_kg, std::hypot(error_share(q, curve, set, *reserve), kCostError * static_cast<double>(place)));
    }
    visit.left_share *= costs.of(place++, reserve);
  }
  return visit;
}

/// How much of a reading of today's form is believed.
double form_trust(const Question& q) {
  const sheave_strength_t* strength = q.in.strength;
  if (strength == nullptr || !known(strength->form_share) || !known(strength->form_error_share)) return 0.0;
  return kFormSpread * kFormSpread / (kFormSpread * kFormSpread + strength->form_error_share * strength->form_error_share);
}

double form_today(const Question& q) {
  const double trust = form_trust(q);
  return trust > 0.0 ? std::clamp(1.0 + trust * (q.in.strength->form_share - 1.0), kFormLow, kFormHigh) : 1.0;
}

std::optional<Capacity> finite(const Capacity& capacity) {
  return std::isfinite(capacity.one_rm_kg) && capacity.one_rm_kg > 0.0 ? std::optional(capacity) : std::nullopt;
}

std::optional<Capacity> capacity_fresh(const Question& q, const Curve& curve, const Costs& costs) {
  Capacity capacity;
  capacity.curve = curve;
  const SetFacts* heaviest = nullptr;
  double weights = 0.0, sum_kg = 0.0, least_kg = 0.0, grope_kg = 0.0;
  for (std::uint32_t index = 1; index <= kVisits; ++index) {
    const Visit visit = read_visit(q, curve, costs, index, {});
    if (capacity.from == nullptr) capacity.from = visit.mastered, heaviest = visit.heaviest;
    if (index <= kVisitsForLeast) least_kg = std::max(least_kg, visit.least_kg), grope_kg = std::max(grope_kg, visit.grope_kg);
    if (!visit.fresh.known()) continue;
    const double weight = std::pow(kVisitBefore, index - 1.0);
    weights += weight, sum_kg += weight * visit.fresh.one_rm_kg();
  }
  capacity.at_least = weights == 0.0;
  if (capacity.at_least && grope_kg == 0.0) return std::nullopt;
  if (capacity.at_least) capacity.from = heaviest;
  capacity.reserve = reserve_of(q, *capacity.from);
  capacity.one_rm_kg = std::max(capacity.at_least ? grope_kg : sum_kg / weights, least_kg) * form_today(q);
  capacity.error_share = std::hypot(kFormSpread * std::sqrt(1.0 - form_trust(q)), kVisitsError);
  return finite(capacity);
}

}  // namespace

std::optional<double> light_share(const SetFacts& set) {
  struct Light {
    double mps, share;
  };
  constexpr Light kLight[] = {{1.1, 0.40}, {0.95, 0.45}, {0.85, 0.55}};
  const auto* found = std::ranges::find_if(kLight, [&](const Light& light) { return set.fastest_mps >= light.mps; });
  return found != std::end(kLight) && !set.helped ? std::optional(found->share) : std::nullopt;
}

bool still_many(const Question& q, const SetFacts& set) {
  if (set.answer >= 0 || set.left_by_speed >= 0 || !held_speed(set)) return false;
  const SetFacts* before = told_before(q, set);
  return before != nullptr && says_many(*before) && set.load_kg >= before->load_kg && mean_mps(set) >= kUnnoticed * mean_mps(*before);
}

std::optional<Reserve> reserve_of(const Question& q, const SetFacts& set) {
  if (set.helped) return Reserve{0.0, false};
  if (set.answer >= 0) return Reserve{static_cast<double>(std::min(set.answer, kMostLeft_reps)), true};
  // It went on lighter because one or two were left, and went on until a few were again.
  if (set.left_by_speed < 0 && set.lightened()) return Reserve{kLighterLeft_reps, false};
  if (set.left_by_speed < 0 && fallen_speed(set)) return Reserve{kFallenLeft_reps, false};
  if (set.left_by_speed < 0) return light_share(set) || still_many(q, set) ? std::optional(Reserve{kManyLeft_reps, false}) : std::nullopt;
  return Reserve{std::min(set.left_by_speed, static_cast<double>(kMostLeft_reps)), false};
}

double error_reps(const Question& q, const SetFacts& set, const Reserve& reserve) {
  if (set.helped) return kHelpError_reps;
  if (reserve.answered) return kAnswerError_reps + kAnswerErrorPerRep * reserve.reps;
  const bool stated = q.in.strength != nullptr && known(q.in.strength->reserve_error_reps);
  return (stated ? q.in.strength->reserve_error_reps : kSpeedError_reps) + kSpeedErrorPerRep * reserve.reps;
}

double Capacity::reps(double load_kg) const { return curve.reps(std::log(one_rm_kg / load_kg)); }
double Capacity::load_kg(double reps) const { return one_rm_kg * std::exp(-curve.log_share(reps)); }

double one_rm_kg(const Curve& curve, const SetFacts& set, double reps_left) {
  double once_kg = set.load_kg * std::exp(curve.log_share(set.reps + reps_left));
  if (!set.lightened()) return once_kg;
  const double last_kg = set.loads_kg.back();
  for (int i = 0; i < kLighterRounds; ++i) {
    const double reps_at_last = curve.reps(std::log(once_kg / last_kg));
    double reps = reps_left, worth = 1.0, at_kg = last_kg;
    for (auto load_kg = set.loads_kg.rbegin(); load_kg != set.loads_kg.rend(); ++load_kg) {
      if (*load_kg != at_kg) worth = reps_at_last / curve.reps(std::log(std::max(once_kg, *load_kg) / *load_kg));
      at_kg = *load_kg;
      reps += worth;
    }
    once_kg = last_kg * std::exp(curve.log_share(reps));
  }
  return std::max(once_kg, set.begun_kg);
}

std::optional<Capacity> capacity_fresh(const Question& q, const Curve& curve) { return capacity_fresh(q, curve, Costs(q, curve)); }

std::optional<Capacity> capacity_next(const Question& q, const Curve& curve) {
  const Costs costs(q, curve);
  const auto expected = capacity_fresh(q, curve, costs);
  Belief fresh;
  if (expected && !expected->at_least) fresh.add(expected->one_rm_kg, expected->error_share);
  const Visit visit = read_visit(q, curve, costs, 0, fresh);
  Capacity capacity{curve,
                    0.0,
                    visit.fresh.known() ? std::hypot(visit.fresh.error_share(), kCostError) : 0.0,
                    !visit.fresh.known(),
                    &q.last(),
                    reserve_of(q, q.last())};
  if (capacity.at_least && visit.grope_kg == 0.0 && !expected) return std::nullopt;
  const double told_kg =
      capacity.at_least ? std::max(visit.grope_kg, expected ? expected->one_rm_kg : 0.0) : visit.fresh.one_rm_kg() * visit.left_share;
  capacity.one_rm_kg = std::min(std::max(told_kg, visit.least_kg * visit.left_share), visit.most_kg * visit.left_share);
  return finite(capacity);
}

}  // namespace sheave::progressions
