#pragma once
// Which curve of reps over load is a person's, from their own sets: whose sets at other loads, or with other reps, came as that curve
// foretold. Partially pooled: without evidence it is near Epley's with a wide doubt, and every set that says what was left counts.

#include "curve.hpp"
#include "rules.hpp"

namespace sheave::progressions {

struct OwnCurve {
  Curve likely;   ///< The mean.
  Curve flatter;  ///< As flat as it may well be: a step up by it is too big for nobody. By one standard deviation.
  Curve steeper;  ///< As steep, for steps down.
};

OwnCurve own_curve(const Question& q);

}  // namespace sheave::progressions
