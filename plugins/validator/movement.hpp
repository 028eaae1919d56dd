#pragma once
// The handle of a validator's set: one tick of inputs after the other.

#include <array>
#include <vector>

#include "plugins/abi/sheave/ext/exercise.h"
#include "plugins/validator/drive.hpp"

namespace sheave::validator {

/// A set of a few reps with a hold at the peak, on both cables; or noise of the worst kind in the same places.
class Movement {
 public:
  static constexpr std::uint32_t kReps = 4;
  static constexpr std::uint32_t kTicksPerRep = 2500;
  static constexpr std::uint32_t kTicks = (kReps + 1) * kTicksPerRep;  // the last one at rest: late verdicts may come

  Movement(Mood mood, std::uint64_t seed) : mood_(mood), random_(seed) {}

  /// Moves on by one period. The pointers that follow are valid until the next call.
  void advance();

  const sheave_tick_time_t& time() const noexcept { return time_; }
  const sheave_axis_state_t* axes() const noexcept { return axes_.data(); }
  const double* rom_share() const noexcept { return share_.data(); }
  const std::uint32_t* phase() const noexcept { return phase_.data(); }
  double load_n() const noexcept { return load_n_; }
  /// Movements that ended in this tick.
  const std::vector<sheave_rep_candidate_t>& candidates() const noexcept { return candidates_; }

 private:
  void advance_plausible();
  void advance_wild();
  sheave_rep_candidate_t candidate();

  Mood mood_;
  Random random_;
  std::uint32_t tick_ = 0, candidate_ = 0;
  double load_n_ = 200.0;
  sheave_tick_time_t time_{};
  std::array<sheave_axis_state_t, Driver::kAxes> axes_{};
  std::array<double, Driver::kAxes> share_{};
  std::array<std::uint32_t, Driver::kAxes> phase_{};
  std::vector<sheave_rep_candidate_t> candidates_;
};

}  // namespace sheave::validator
