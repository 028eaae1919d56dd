#pragma once
// What all sets of a person say together: how strong they are, how reps fall with load, what a set leaves the next, how today is and by how
// much their answers are off. Each is read off the others: who says one too few at every set looks weaker by a rep, until a set fails. So
// they are estimated as one, the most likely values of all (Gauss and Newton's least squares, damped) and by the curvature there how sure
// they are.

#include <cstdint>
#include <optional>

#include "curve.hpp"
#include "rules.hpp"

namespace sheave::progressions {

struct Ability {
  Curve curve;               ///< The mean.
  Curve flatter;             ///< As flat as it may well be: a step up by it is too big for nobody. By one standard deviation.
  Curve steeper;             ///< As steep, for steps down.
  double one_rm_kg = 0.0;    ///< By `curve`: only a scale on which sets at different loads compare.
  double error_share = 0.0;  ///< Standard error of the load for `about_reps`, relative.
};

/// In the next set of the present visit.
/// @param place of that set among the visit's working sets, from 1.
/// @param about_reps to failure: where error_share is wanted.
/// @return none: no judged working set tells anything.
std::optional<Ability> joint_fit(const Question& q, std::uint32_t place, double about_reps);

}  // namespace sheave::progressions
