#pragma once
// What the person could do now, in reps at any load: from reps done and reps left, over sets and visits. Every set is a reading with an
// error of its own; they are weighed by it, so that one guess about many reps moves little and a failed set much.

#include <optional>

#include "curve.hpp"
#include "facts.hpp"
#include "rules.hpp"

namespace sheave::progressions {

/// What a set leaves the next after two minutes of rest: two reps of ten less (an assumption until the person's own sets tell).
inline constexpr double kCostUsual = 0.94;
inline constexpr double kSpeedError_reps = 1.0;  ///< Of reps left by the speed, where the host does not say.
inline constexpr double kReserve_reps = 1.5;     ///< How far from its end a set should stop: one or two, says the source.
inline constexpr double kManyLeft_reps = 5.0;    ///< From here on people say "many": the screen's last choice is "5+".

/// Reps left after a set, and how that is known.
struct Reserve {
  double reps = 0;
  bool answered = false;
};

/// The person's own answer outranks their speeds (A3); help by the spotter means none. None: unknown, and no number is made up.
/// @param set of q.history.
std::optional<Reserve> reserve_of(const Question& q, const SetFacts& set);

/// Nobody said what was left, nor does the speed count it, but a set at no more weight left many, and this one was as fast, to its end.
/// @param set of q.history.
bool still_many(const Question& q, const SetFacts& set);

/// "Many left" is no number. How fast the fastest rep was says about what the load was of one's strength: 1.1 m/s and more is made against
/// two fifths, 0.85 against little more than half; what is worked with moves at 0.6. People differ, so it is where to look next and no
/// more. None: it was not light.
std::optional<double> light_share(const SetFacts& set);

/// How surely a set's reps are known, in reps: done and left.
double error_reps(const Question& q, const SetFacts& set, const Reserve& reserve);

/// Strength as the load that could be pulled once, by a person's curve: only a scale on which sets at different loads compare.
struct Capacity {
  Curve curve;
  double one_rm_kg = 0;
  double error_share = 0;               ///< Standard error of it, relative; 0: not known.
  bool at_least = false;                ///< All that is known is that it is no less: nothing but "many left" was ever said.
  const SetFacts* from = nullptr;       ///< The set it is reckoned from.
  std::optional<Reserve> reserve = {};  ///< Of that set, where it is known.

  /// To failure, at a load. Real numbers.
  double reps(double load_kg) const;
  double load_kg(double reps) const;
};

/// By this set alone, on `curve`. Where it was made lighter on the way: what was done at each load is a share of all that could have been
/// done at it, and with what is left at the last one the shares make a whole.
double one_rm_kg(const Curve& curve, const SetFacts& set, double reps_left);

/// Fresh, at the start of a visit: the last visits, the newest counting most, times today's form where warm-ups tell it. None: none of
/// their sets says what was left.
std::optional<Capacity> capacity_fresh(const Question& q, const Curve& curve);

/// For the next set of this session: what the last visits led to expect and what the sets of this one say, less what sets have cost
/// this person at these places in a visit.
std::optional<Capacity> capacity_next(const Question& q, const Curve& curve);

}  // namespace sheave::progressions
