#pragma once
// What a set says for a decision: which of its reps count, and whether it may be judged at all (rules A4, A6).

#include <cstdint>
#include <optional>
#include <vector>

#include "sheave/ext/progression.h"

namespace sheave::progressions {

/// One working or probe set, read.
struct SetFacts {
  double load_kg = 0;  ///< The least that a rep of it was done at: with it all of them could have been.
  std::uint32_t kind = 0;
  std::uint32_t session_index = 0;
  std::uint32_t set_index = 0;
  std::uint32_t side = SHEAVE_SIDE_BOTH;
  std::uint32_t worked_before = 0;  ///< Sets of other exercises for the same muscles, earlier in that visit.
  double days_ago = -1;             ///< Negative: not known.
  std::uint32_t reps = 0;           ///< Counted, unassisted, of enough range.
  bool cut_short = false;           ///< By Stop, leaving, link loss, a fault or an interruption.
  bool judged = false;              ///< False where it was cut short, or nothing in it says anything about the load.
  bool paused = false;              ///< A standstill inside the set that was a rest: it does not earn the top.
  bool helped = false;              ///< The spotter took load off.
  bool pain = false;
  double left_by_speed = -1;       ///< Reps left, as the host reads it off the person's own speeds; negative: unknown.
  int answer = -1;                 ///< "How many more"; negative: not asked or not answered.
  double fastest_mps = -1;         ///< Fastest counted rep's mean concentric speed; negative: none known.
  double last_mps = -1;            ///< The last counted rep's; likewise.
  double peak_mps = -1;            ///< Highest peak speed of a counted rep; likewise.
  std::vector<double> speeds_mps;  ///< Mean speed of each counted rep, in order; NaN: unknown.
  double begun_kg = 0;             ///< What it was begun with.
  std::vector<double> loads_kg;    ///< Of each counted rep, in order; empty: load_kg throughout.

  bool lightened() const { return load_kg < begun_kg; }
};

/// A4: a pause longer than `pause_limit_s` inside the set does not earn the top; a set that ended by leaving, link loss, fault,
/// Stop or interruption is not judged.
/// @param index of the set in `in`.
SetFacts read_set(const sheave_progression_in_t& in, std::uint32_t index, double pause_limit_s);

/// Working and probe sets, newest first; warm-ups say nothing about the load. A6: one-sided, both sides are one set, and the weaker
/// one is what it says; of a side alone nothing is said but pain.
std::vector<SetFacts> read_history(const sheave_progression_in_t& in, double pause_limit_s);

}  // namespace sheave::progressions
