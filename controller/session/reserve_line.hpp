#pragma once
// How speed falls toward the end of a person's sets, from their own. Within strength_model.hpp's model; pure.

#include <optional>
#include <string_view>
#include <vector>

#include "controller/session/strength_model.hpp"

namespace sheave::session {

/// Strength moves with weeks: a set of six weeks ago says half as much as today's.
double recency(const PastSet& set);

/// Left after the last rep, as far as anybody knows; negative: not. An answer past the most that is believed says only "many" (the screen's
/// last choice is "5+"): as a number it would teach that slow means far from the end.
double left_after(const PastSet& set);

/// Of one answer, near failure.
inline constexpr double kAnswerError_reps = 0.7;
/// Of a mean speed, relative: two points have no residual, and people are no better than this.
inline constexpr double kLeastSpeedError = 0.03;
/// Speed of a rep that leaves none, where the person's own is not known. Wide, for pulls: 0.40 m/s for rows and 0.47 to 0.52 for
/// pulldown and prone pull are published, with individual spreads near 0.1; slower ones are common on cables.
inline constexpr double kFailurePrior_mps = 0.35, kFailurePriorError_mps = 0.12;

/// Partially pooled: near what is usual until the person's own sets tell. None: too little is known to count reps by it, and `why_not`.
std::optional<ReserveLine> reserve_line(const std::vector<PastSet>& sets, std::string_view& why_not);

/// Reps left after `set`, read off the speed that it had come to, as the watch of a running set follows it; 0 where that was slower
/// than any that leaves none. @pre it has a rep.
double reps_left(const ReserveLine& line, const PastSet& set);

}  // namespace sheave::session
