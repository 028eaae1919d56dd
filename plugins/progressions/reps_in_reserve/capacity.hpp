#pragma once
// What the person could do now, in reps at any load: from reps done and reps left, over sets and visits.

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

/// Strength as the load that could be pulled once, by a person's curve: only a scale on which sets at different loads compare.
struct Capacity {
  Curve curve;
  Curve flatter = curve, steeper = curve;  ///< As they may well be; joint_fit.hpp.
  double one_rm_kg = 0;
  double error_share = 0;               ///< Standard error of the load for so many reps, relative; 0: not known.
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

/// At the start of a visit. None: no set says what was left. @param about_reps to failure: where the load is wanted.
std::optional<Capacity> capacity_fresh(const Question& q, double about_reps);

/// For the next set of this session. None as above. @pre q.history's newest set is of this session
std::optional<Capacity> capacity_next(const Question& q, double about_reps);

}  // namespace sheave::progressions
