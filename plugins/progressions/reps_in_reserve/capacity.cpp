#include "capacity.hpp"

#include <algorithm>
#include <cmath>

namespace sheave::progressions {
namespace {

constexpr int kMostLeft_reps = 10;    // the most that can be answered
constexpr double kVisitBefore = 0.6;  // what a visit counts against the one after it
constexpr std::uint32_t kVisits = 6, kVisitsForLeast = 2;
// Strength differs from day to day by about this; a reading of today's form is believed as far as it is surer.
constexpr double kFormSpread = 0.04;
constexpr double kFormLow = 0.85, kFormHigh = 1.10;
// What a set costs the next after two minutes of rest: two reps of ten, about 6 % (an assumption until the person's own sets tell).
constexpr double kCostUsual = 0.94, kCostUsualSets = 2.0;
constexpr double kCostLow = 0.85, kCostHigh = 1.02;

double one_rm_kg(const SetFacts& set, const Reserve& reserve) {
  const double by_reps_kg = set.load_kg * (1.0 + (set.reps + reserve.reps) / kEpleyReps);
  if (reserve.reps < kManyLeft_reps) return by_reps_kg;
  return std::max(by_reps_kg, set.load_kg / light_share(set).value_or(1.0));
}

bool working(const SetFacts& set) { return set.kind == SHEAVE_SET_WORKING && set.judged; }

/// How many working sets of its visit came before `set`. @param set in q.history
std::size_t place(const Question& q, const SetFacts& set) {
  return static_cast<std::size_t>(std::ranges::count_if(q.history, [&](const SetFacts& other) {
    return other.kind == SHEAVE_SET_WORKING && other.session_index == set.session_index && other.set_index < set.set_index;
  }));
}

/// Share of strength that a set at this place of a visit left this person, over past visits and this one.
double cost_at(const Question& q, std::size_t at) {
  double sum = kCostUsual * kCostUsualSets, weights = kCostUsualSets;
  for (std::size_t i = 0; i + 1 < q.history.size(); ++i) {
    const SetFacts& next = q.history[i];
    const SetFacts& set = q.history[i + 1];
    if (!working(next) || !working(set) || next.session_index != set.session_index || place(q, set) != at) continue;
    const auto left = reserve_of(set), next_left = reserve_of(next);
    if (!left || !next_left) continue;
    sum += one_rm_kg(next, *next_left) / one_rm_kg(set, *left);
    weights += 1.0;
  }
  return std::clamp(sum / weights, kCostLow, kCostHigh);
}

bool known(double value) { return std::isfinite(value) && value > 0; }

double form_today(const Question& q) {
  const sheave_strength_t* strength = q.in.strength;
  if (strength == nullptr || !known(strength->form_share) || !known(strength->form_error_share)) return 1.0;
  const double trust = kFormSpread * kFormSpread / (kFormSpread * kFormSpread + strength->form_error_share * strength->form_error_share);
  return std::clamp(1.0 + trust * (strength->form_share - 1.0), kFormLow, kFormHigh);
}

std::optional<Capacity> finite(const Capacity& capacity) {
  return std::isfinite(capacity.one_rm_kg) ? std::optional(capacity) : std::nullopt;
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

std::optional<Reserve> reserve_of(const SetFacts& set) {
  if (set.helped) return Reserve{0.0, false};
  if (set.answer >= 0) return Reserve{static_cast<double>(std::min(set.answer, kMostLeft_reps)), true};
  if (set.left_by_speed < 0) return light_share(set) ? std::optional(Reserve{kManyLeft_reps, false}) : std::nullopt;
  return Reserve{std::min(set.left_by_speed, static_cast<double>(kMostLeft_reps)), false};
}

double Capacity::reps(double load_kg) const { return kEpleyReps * (one_rm_kg / load_kg - 1.0); }
double Capacity::load_kg(double reps) const { return one_rm_kg / (1.0 + reps / kEpleyReps); }

std::optional<Capacity> capacity_fresh(const Question& q) {
  Capacity capacity;
  double weights = 0.0, sum = 0.0, least_kg = 0.0;
  bool many_left = false;
  for (std::uint32_t visit = 1; visit <= kVisits; ++visit) {
    double known_kg = 0.0;                   // the first set's, or a later one's where the first was far from its end
    for (const SetFacts& set : q.history) {  // newest first: the last one seen is the visit's first
      if (set.session_index != visit || !working(set)) continue;
      const auto reserve = reserve_of(set);
      const bool number = reserve && reserve->reps < kManyLeft_reps;
      if (number) known_kg = one_rm_kg(set, *reserve);
      // What was done could be done; how much more is not known.
      many_left = many_left || (reserve && !number);
      if (!number && visit <= kVisitsForLeast) least_kg = std::max(least_kg, one_rm_kg(set, reserve.value_or(Reserve{})));
      if (capacity.from == nullptr || capacity.from->session_index == visit) {
        capacity.from = &set, capacity.reserve = reserve.value_or(Reserve{});
      }
    }
    if (known_kg == 0.0) continue;
    const double weight = std::pow(kVisitBefore, visit - 1.0);
    weights += weight, sum += weight * known_kg;
  }
  if (weights == 0.0 && !many_left) return std::nullopt;
  capacity.one_rm_kg = std::max(weights > 0.0 ? sum / weights : 0.0, least_kg) * form_today(q);
  return finite(capacity);
}

std::optional<Capacity> capacity_next(const Question& q) {
  const std::size_t here = place(q, q.last());
  Capacity capacity{0.0, &q.last(), reserve_of(q.last()).value_or(Reserve{})};
  double left_share = 1.0;  // of the strength before the set that tells
  for (const SetFacts& set : q.history) {
    if (set.session_index > 0) break;
    if (!working(set)) continue;
    const auto reserve = reserve_of(set);
    if (!reserve || reserve->reps < kManyLeft_reps) left_share *= cost_at(q, place(q, set));  // what was easy costs nothing
    if (reserve) {
      capacity.one_rm_kg = one_rm_kg(set, *reserve) * left_share;
      break;
    }
  }
  if (capacity.one_rm_kg == 0.0) {  // nothing of this visit: as the last ones began
    const auto fresh = capacity_fresh(q);
    if (!fresh) return std::nullopt;
    capacity.one_rm_kg = fresh->one_rm_kg * left_share;
  }
  capacity.one_rm_kg = std::max(capacity.one_rm_kg, one_rm_kg(q.last(), Reserve{}) * cost_at(q, here));
  return finite(capacity);
}

}  // namespace sheave::progressions
