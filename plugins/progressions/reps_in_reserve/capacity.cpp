#include "capacity.hpp"

#include <algorithm>
#include <cmath>

namespace sheave::progressions {
namespace {

constexpr int kMostLeft_reps = 6;     // beyond it nobody knows
constexpr double kVisitBefore = 0.6;  // what a visit counts against the one after it
constexpr std::uint32_t kVisits = 6;
// Strength differs from day to day by about this; a reading of today's form is believed as far as it is surer.
constexpr double kFormSpread = 0.04;
constexpr double kFormLow = 0.85, kFormHigh = 1.10;
// What a set costs the next after two minutes of rest: two reps of ten, about 6 % (an assumption until the person's own sets tell).
constexpr double kCostUsual = 0.94, kCostUsualSets = 2.0;
constexpr double kCostLow = 0.85, kCostHigh = 1.02;

double one_rm_kg(const SetFacts& set, const Reserve& reserve) { return set.load_kg * (1.0 + (set.reps + reserve.reps) / kEpleyReps); }

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

std::optional<Reserve> reserve_of(const SetFacts& set) {
  if (set.helped) return Reserve{0.0, false};
  if (set.answer >= 0) return Reserve{static_cast<double>(std::min(set.answer, kMostLeft_reps)), true};
  if (set.left_by_speed < 0) return std::nullopt;
  return Reserve{std::min(set.left_by_speed, static_cast<double>(kMostLeft_reps)), false};
}

double Capacity::reps(double load_kg) const { return kEpleyReps * (one_rm_kg / load_kg - 1.0); }
double Capacity::load_kg(double reps) const { return one_rm_kg / (1.0 + reps / kEpleyReps); }

std::optional<Capacity> capacity_fresh(const Question& q) {
  Capacity capacity;
  double weights = 0.0;
  for (std::uint32_t visit = 1; visit <= kVisits; ++visit) {
    const auto first = std::find_if(q.history.rbegin(), q.history.rend(),
                                    [&](const SetFacts& set) { return set.session_index == visit && set.kind == SHEAVE_SET_WORKING; });
    if (first == q.history.rend() || !first->judged) continue;
    const auto reserve = reserve_of(*first);
    if (!reserve) continue;
    if (capacity.from == nullptr) capacity.from = &*first, capacity.reserve = *reserve;
    const double weight = std::pow(kVisitBefore, visit - 1.0);
    weights += weight, capacity.one_rm_kg += weight * one_rm_kg(*first, *reserve);
  }
  if (weights == 0.0) return std::nullopt;
  capacity.one_rm_kg *= form_today(q) / weights;
  return finite(capacity);
}

std::optional<Capacity> capacity_next(const Question& q) {
  const auto reserve = reserve_of(q.last());
  if (!reserve) return std::nullopt;
  return finite({one_rm_kg(q.last(), *reserve) * cost_at(q, place(q, q.last())), &q.last(), *reserve});
}

}  // namespace sheave::progressions
