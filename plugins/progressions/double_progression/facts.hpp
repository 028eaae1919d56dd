#pragma once
// What a set says for a decision: which of its reps count, and whether it may be judged at all (rule A4).

#include <cstdint>
#include <optional>
#include <vector>

#include "sheave/ext/progression.h"

namespace sheave::double_progression {

/// One working or probe set, read.
struct SetFacts {
  double load_kg = 0;
  std::uint32_t kind = 0;
  std::uint32_t session_index = 0;
  std::uint32_t reps = 0;  ///< Counted, unassisted, of enough range.
  bool judged = false;     ///< False where it was cut short, or nothing in it says anything about the load.
  bool paused = false;     ///< A standstill inside the set that was a rest: it does not earn the top.
  bool helped = false;     ///< The spotter took load off.
  bool pain = false;
  int answer = -1;          ///< "How many more"; negative: not asked or not answered.
  double fastest_mps = -1;  ///< Fastest counted rep's mean concentric speed; negative: none known.
};

/// A4: a pause longer than `pause_limit_s` inside the set does not earn the top; a set that ended by leaving, link loss, fault,
/// Stop or interruption is not judged.
SetFacts read_set(const sheave_set_summary_t& set, double min_rom_share, double pause_limit_s);

/// Working and probe sets, newest first; warm-ups say nothing about the load.
std::vector<SetFacts> read_history(const sheave_progression_in_t& in, double pause_limit_s);

}  // namespace sheave::double_progression
