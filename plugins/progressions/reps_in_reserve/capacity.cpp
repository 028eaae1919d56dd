#include "capacity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "held_speed.hpp"
#include "joint_fit.hpp"

namespace sheave::progressions {
namespace {

constexpr int kMostLeft_reps = 10;  // the most that can be answered
constexpr std::uint32_t kVisits = 6, kVisitsForLeast = 2;
// Who needs help has less than a rep left, whatever was expected of the day. Not one rep with help says only that the load was too heavy: by
// a little, or by much.
constexpr double kHelpedMost_reps = 1.0, kNoRepShare = 0.9;
constexpr double kLighterLeft_reps = 1.5;
constexpr double kFallenLeft_reps = 2.0;  // who slows down to half of their speed, or can keep their pace no longer
constexpr int kLighterRounds = 4;         // each takes four fifths and more of the error away
constexpr double kRaised = 1.1, kUnnoticed = 0.95, kManyAgain_reps = 10.0;

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

/// One visit's sets.
struct Visit {
  bool told = false;                                         // of one of them how many were left
  double least_kg = 0.0;                                     // strength at its beginning: could be done then, whatever else
  double most_kg = std::numeric_limits<double>::infinity();  // and no more than this
  double grope_kg = 0.0;                                     // as far up as "many left" leads; 0: it was not said
  const SetFacts* heaviest = nullptr;
  const SetFacts* mastered = nullptr;  // the heaviest that was done within its range, else the first
  double left_share = 1.0;             // of the strength at its beginning, after its last set
};

Visit read_visit(const Question& q, std::uint32_t session_index) {
  const Curve curve;
  Visit visit;
  for (std::size_t i = q.history.size(); i-- > 0;) {  // oldest first
    const SetFacts& set = q.history[i];
    if (set.session_index != session_index || !working(set)) continue;
    const bool many = many_left(q, set);
    visit.told = visit.told || (reserve_of(q, set) && !many);
    if (many) visit.grope_kg = std::max(visit.grope_kg, grope_kg(q, curve, set));
    if (set.helped) visit.grope_kg = 0.0;  // there is the end
    const bool done = !set.helped && !set.lightened() && set.reps >= q.in.rep_bottom;
    if (visit.mastered == nullptr || (done && set.load_kg > visit.mastered->load_kg)) visit.mastered = &set;
    if (visit.heaviest == nullptr || set.load_kg >= visit.heaviest->load_kg) visit.heaviest = &set;
    visit.least_kg = std::max(visit.least_kg, one_rm_kg(curve, set, 0.0) / visit.left_share);
    if (set.helped) visit.most_kg = std::min(visit.most_kg, one_rm_kg(curve, set, kHelpedMost_reps) / visit.left_share);
    if (!many) visit.left_share *= kCostUsual;  // many left cost nothing
  }
  return visit;
}

/// All that anybody told, as one.
std::optional<Capacity> told_capacity(const Question& q, const SetFacts* from, std::uint32_t place, double about_reps) {
  const auto ability = joint_fit(q, place, about_reps);
  if (!ability) return std::nullopt;
  return Capacity{.curve = ability->curve,
                  .flatter = ability->flatter,
                  .steeper = ability->steeper,
                  .one_rm_kg = ability->one_rm_kg,
                  .error_share = ability->error_share,
                  .from = from,
                  .reserve = reserve_of(q, *from)};
}

/// Nothing but "many left" was ever said.
std::optional<Capacity> groped_capacity(const Question& q, const SetFacts* from, double one_rm_kg) {
  if (!std::isfinite(one_rm_kg) || !(one_rm_kg > 0.0)) return std::nullopt;
  return Capacity{.curve = Curve(), .one_rm_kg = one_rm_kg, .at_least = true, .from = from, .reserve = reserve_of(q, *from)};
}

/// Of visits before the present one.
struct Before {
  bool told = false;
  double grope_kg = 0.0, least_kg = 0.0;
  const SetFacts* mastered = nullptr;
  const SetFacts* heaviest = nullptr;

  explicit Before(const Question& q) {
    for (std::uint32_t index = 1; index <= kVisits; ++index) {
      const Visit visit = read_visit(q, index);
      if (mastered == nullptr) mastered = visit.mastered, heaviest = visit.heaviest;
      if (index <= kVisitsForLeast) least_kg = std::max(least_kg, visit.least_kg), grope_kg = std::max(grope_kg, visit.grope_kg);
      told = told || visit.told;
    }
  }
};

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
  if (set.left_by_speed < 0 && (fallen_speed(set) || left_pace(q, set))) return Reserve{kFallenLeft_reps, false};
  if (set.left_by_speed < 0) return light_share(set) || still_many(q, set) ? std::optional(Reserve{kManyLeft_reps, false}) : std::nullopt;
  return Reserve{std::min(set.left_by_speed, static_cast<double>(kMostLeft_reps)), false};
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

std::optional<Capacity> capacity_fresh(const Question& q, double about_reps) {
  const Before before(q);
  if (before.told) return told_capacity(q, before.mastered, 1, about_reps);
  if (before.grope_kg == 0.0) return std::nullopt;
  return groped_capacity(q, before.heaviest, std::max(before.grope_kg, before.least_kg));
}

std::optional<Capacity> capacity_next(const Question& q, double about_reps) {
  const Before before(q);
  const Visit visit = read_visit(q, 0);
  if (before.told || visit.told) {
    auto capacity = told_capacity(q, &q.last(), q.in.sets_done + 1, about_reps);
    if (!capacity) return std::nullopt;
    for (const SetFacts& set : q.history) {
      const bool no_rep = set.session_index == 0 && working(set) && set.helped && set.reps == 0;
      if (no_rep) capacity->one_rm_kg = std::min(capacity->one_rm_kg, kNoRepShare * set.begun_kg);
    }
    return capacity;
  }
  if (visit.grope_kg == 0.0 && before.grope_kg == 0.0) return std::nullopt;
  const double before_kg = before.grope_kg > 0.0 ? std::max(before.grope_kg, before.least_kg) : 0.0;
  const double told_kg = std::max(visit.grope_kg, before_kg);
  return groped_capacity(q, &q.last(), std::min(std::max(told_kg, visit.least_kg * visit.left_share), visit.most_kg * visit.left_share));
}

}  // namespace sheave::progressions
