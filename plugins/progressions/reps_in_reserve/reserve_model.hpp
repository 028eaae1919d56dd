#pragma once
// How many more reps a speed leaves, for one person at one exercise, from their own answered sets.
//
// Within a set mean speed falls about linearly with the reps that are left, and the line is the person's own: general ones are not
// acceptable, individual ones are right within two reps (Jukic 2024, n = 46; Miras-Moreno 2022 for the pull).

#include <optional>
#include <vector>

#include "facts.hpp"

namespace sheave::progressions {

struct ReserveModel {
  double at_failure_mps = 0;  ///< Mean speed of a rep that leaves none.
  double per_rep_mps = 0;     ///< Faster by this for each rep left; > 0.
  double r2 = 0;
  double error_reps = 0;  ///< Standard error of one estimate.

  double reserve(double mean_mps) const { return (mean_mps - at_failure_mps) / per_rep_mps; }
  double speed_mps(double reserve_reps) const { return at_failure_mps + per_rep_mps * reserve_reps; }
};

/// None where the person has not answered often enough, or their speeds do not tell: never a made-up number.
std::optional<ReserveModel> reserve_model(const std::vector<SetFacts>& history);

}  // namespace sheave::progressions
