#pragma once
// What weeks of training came to, over many people.

#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/training_course.hpp"

namespace sheave::test {

/// The first two look for the weight.
inline constexpr std::uint32_t kFromVisit = 3;

/// From kFromVisit on.
struct CourseFigures {
  std::size_t people = 0, sets = 0;
  double in_reserve_share = 0.0;  ///< Sets that ended with one or two reps left, by the truth.
  double too_easy_share = 0.0;    ///< With three or more.
  double failed_share = 0.0;
  double far_below_share = 0.0;  ///< More than two reps below the range.
  double cue_share = 0.0;        ///< Ended by the machine's word.
  double lightened_share = 0.0;  ///< Went on lighter.
  double reversals_per_visit =
      0.0;  ///< The weight went up and then down or the other way, from set to set of one visit, and from first set to first set.
  double one_rm_error = 0.0, one_rm_known_share = 0.0,
         one_rm_held_share = 0.0;  ///< Median relative error; how often a number is stated; and holds its truth.
  double one_rm_warm_error =
      0.0;  ///< The same against what could be pulled once as the first working set began: warm-ups take their share.
  double reserve_error_reps = 0.0, reserve_known_share = 0.0;  ///< Median error of reps left read off speeds.
  std::size_t broken = 0;                                      ///< Courses that did not run to their end.
};

/// Why a set ended more than two reps below its range, by the truth.
enum class FarBelow : std::uint8_t {
  kNot,
  kEarlyCue,  ///< The machine's word came with three or more left.
  kBadDay,    ///< The day was worse than nine in ten are, and nothing of this visit had told yet or enough.
  kLoad,      ///< The weight was wrong for what was known.
};
FarBelow far_below(const CourseSet& set, int rep_bottom);

CourseFigures figures_of(const std::vector<Course>& courses, int rep_bottom);

/// As they are, or as nobody is: every question answered, without bias or slips, and near failure with the truth.
enum class Answers : std::uint8_t { kOwn, kTrue };

/// `people` drawn from `law`, each through twelve visits of `program`; person i is the same in every call.
CourseFigures train(const session::Program& program, Law law, bool light, std::size_t people, Answers answers = Answers::kOwn);

/// Person i of `law`.
TraineeSpec draw_trainee(Law law, bool light, std::uint64_t person, Answers answers);

/// What happens to person i, apart from who they are.
inline std::uint64_t course_seed(std::uint64_t person) { return 1'000 + person; }

/// `program` under another progression, all else as it is.
session::Program under(session::Program program, const std::string& progression, session::ParamValues params = {});

}  // namespace sheave::test
