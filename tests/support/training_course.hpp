#pragma once
// Weeks of training in a moment: shipped session code, journal and progression plugins, with a person who is told by the machine
// when to stop. Sets happen rep by rep without a control loop; everything between them is the real thing.

#include <cstdint>
#include <string>
#include <vector>

#include "controller/session/program.hpp"
#include "tests/support/trainee.hpp"

namespace sheave::test {

/// One working set, with what only the person's body knows.
struct CourseSet {
  std::uint32_t visit = 0;  ///< From 1.
  std::uint32_t place = 0;  ///< Among the working sets of its visit, from 1.
  double load_kg = 0.0;
  int reps = 0, goal = 0;
  int left = 0;  ///< Truth, at its end.
  bool failed = false, on_cue = false;
  int lightened = 0;           ///< How often the machine took load off on the way.
  double lightened_kg = 0.0;   ///< What it came to.
  std::string why = {};        ///< Reason code of its load.
  double left_by_speed = 0.0;  ///< What the controller reads off the speeds; NaN: it says unknown.
  double one_rm_kg = 0.0;      ///< Truth, on a usual day.
  double form = 1.0;           ///< Truth: today's strength over a usual day's.
  double once_kg = 0.0;        ///< Truth, today, as the set began: after warm-ups and the sets before.
  double one_rm_estimate_kg = 0.0, one_rm_low_kg = 0.0, one_rm_high_kg = 0.0;  ///< As the controller has it after the visit; NaN: unknown.
};

struct Course {
  std::vector<CourseSet> sets;
  const char* broken = nullptr;  ///< Why the course did not run to its end; null: it did.
};

Course run_course(const session::Program& program, const TraineeSpec& spec, std::uint64_t seed, std::uint32_t visits = 12);

}  // namespace sheave::test
