#pragma once
// Rows for the reps-in-reserve progression.

#include <cstdint>
#include <utility>
#include <vector>

#include "tests/unit/plugins/progression_bench.hpp"

namespace sheave::test {

inline ProgressionRow reserve(const char* name, std::vector<SetRow> sets, const char* reason, double load_kg, std::uint32_t goal,
                              std::uint32_t point = SHEAVE_DECIDE_NEXT_SET) {
  return by("reps-in-reserve", row(name, std::move(sets), reason, load_kg, goal, point));
}

/// Speeds of this person: 0.38 m/s leaves two.
inline constexpr sheave_strength_t kStrength{.struct_size = sizeof(sheave_strength_t),
                                             .reserved = 0,
                                             .failure_mps = 0.30,
                                             .per_rep_mps = 0.04,
                                             .reserve_error_reps = 0.6,
                                             .reserve_r2 = 0.9,
                                             .one_rm_kg = 27,
                                             .one_rm_low_kg = 25,
                                             .one_rm_high_kg = 29,
                                             .form_share = kStop,
                                             .form_error_share = kStop};

inline ProgressionRow with_strength(ProgressionRow row) {
  row.strength = kStrength;
  return row;
}

}  // namespace sheave::test
