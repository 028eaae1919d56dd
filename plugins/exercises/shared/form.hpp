#pragma once
// Faults of form that more than one exercise looks for, and which of several is said first.

#include <cstdint>

#include "sheave/ext/exercise.h"

namespace sheave::exercises {

/// A torso or legs that swing throw the handle: the pull is fast where the arms have hardly begun and slow where they should do the
/// work. A tired pull is slow at its end too, but not fast at its start. False where a speed is unknown (NaN).
inline bool swings(const sheave_rep_candidate_t& c, double from_speed_mps, double from_ratio) noexcept {
  return c.start_speed_mps >= from_speed_mps && c.start_speed_mps >= from_ratio * c.end_speed_mps;
}

/// A person mends one thing at a time. First what keeps a rep from counting, then what can hurt (past the range, momentum, a dropped
/// return), then tempo. Nothing short says "this is another exercise", so too long a range has no cue.
inline sheave_cue_t first_cue(std::uint32_t form) noexcept {
  struct Ranked {
    std::uint32_t form;
    sheave_cue_t cue;
  };
  constexpr Ranked kByRank[] = {
      {SHEAVE_FORM_TOO_LONG, SHEAVE_CUE_NONE},
      {SHEAVE_FORM_NO_FULL_RETURN, SHEAVE_CUE_RETURN_FULLY},
      {SHEAVE_FORM_SHORT_ROM, SHEAVE_CUE_PULL_FURTHER},
      {SHEAVE_FORM_ABOVE_PEAK, SHEAVE_CUE_STOP_LOWER},
      {SHEAVE_FORM_NO_HOLD, SHEAVE_CUE_HOLD},
      {SHEAVE_FORM_SWING, SHEAVE_CUE_STEADY_TORSO},
      {SHEAVE_FORM_TOO_FAST_RETURN, SHEAVE_CUE_SLOW_RETURN},
      {SHEAVE_FORM_TOO_FAST_PULL, SHEAVE_CUE_SLOWER_PULL},
      {SHEAVE_FORM_TOO_SLOW_PULL, SHEAVE_CUE_FASTER_PULL},
  };
  for (const Ranked& ranked : kByRank) {
    if ((form & ranked.form) != 0) return ranked.cue;
  }
  return SHEAVE_CUE_NONE;
}

}  // namespace sheave::exercises
