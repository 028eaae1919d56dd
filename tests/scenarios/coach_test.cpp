// How well the weights fit people, over weeks: a slice of what tests/bench coach measures on 200.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <string>
#include <tuple>

#include "tests/scenarios/gym.hpp"
#include "tests/support/course_figures.hpp"

namespace sheave::test {
namespace {

std::size_t people() { return std::getenv("SHEAVE_FULL") != nullptr ? 200 : 24; }

const session::Program& program(const char* id) { return *shipped_catalog().find(id); }

CourseFigures by_the_article(const char* id, Law law, bool light) {
  return train(under(program(id), "double-progression", {{"step_rule", 1.0}}), law, light, people());
}

struct Exercise {
  const char* program;
  bool light;
};
void PrintTo(const Exercise& exercise, std::ostream* out) { *out << exercise.program; }
constexpr Exercise kExercises[] = {{"cable-row-reserve", false}, {"face-pull-reserve", true}};

class Coach : public ::testing::TestWithParam<Exercise> {};

// Asserted is what is reached, on these few and on the 200 of the bench, whose table says how near each exercise and kind of person is.
TEST_P(Coach, EndsSetsWithOneOrTwoLeftAndFarMoreOftenThanTheArticlesRule) {
  const auto [id, light] = GetParam();
  const CourseFigures reserve = train(program(id), Law::kSimulated, light, people());
  const CourseFigures article = by_the_article(id, Law::kSimulated, light);
  ASSERT_EQ(reserve.broken + article.broken, 0u);
  EXPECT_GE(reserve.in_reserve_share, 0.94);
  EXPECT_GE(reserve.in_reserve_share, 4.0 * article.in_reserve_share);
  EXPECT_LE(reserve.failed_share, 0.004);
  EXPECT_EQ(reserve.far_below_share, 0.0);
  EXPECT_LT(reserve.failed_share, 0.1 * article.failed_share);
}

TEST_P(Coach, KnowsStrengthAndRepsLeftOrSaysUnknown) {
  const auto [id, light] = GetParam();
  for (const Law law : {Law::kSimulated, Law::kOther}) {
    const CourseFigures f = train(program(id), law, light, people());
    EXPECT_LE(f.reserve_error_reps, 0.6);
    EXPECT_LE(f.one_rm_error, 0.052);
    EXPECT_GE(f.one_rm_held_share, 0.88);
    EXPECT_GE(f.reserve_known_share, 0.9);
    // With a minute of rest the others' warm-ups still take some of their strength as the first set begins.
    EXPECT_LE(f.one_rm_warm_error, law == Law::kOther ? 0.035 : 0.08);
  }
}

// Written from published measurements: the speed of the last rep is another one in each set, and no single number tells how many are
// left. What is reached is far from the goals; this keeps it from getting worse unnoticed.
TEST_P(Coach, PeopleAsMeasuredEndFarMoreSetsNearTheLimitThanByTheArticlesRule) {
  const auto [id, light] = GetParam();
  const CourseFigures reserve = train(program(id), Law::kMeasured, light, people());
  const CourseFigures article = by_the_article(id, Law::kMeasured, light);
  ASSERT_EQ(reserve.broken + article.broken, 0u);
  EXPECT_GE(reserve.in_reserve_share, 0.48);
  EXPECT_GE(reserve.in_reserve_share, 4.0 * article.in_reserve_share);
  EXPECT_LE(reserve.failed_share, 0.25 * article.failed_share);
  EXPECT_LE(reserve.far_below_share, 0.005);
}

TEST_P(Coach, LooksForTheLimitOfMostPeopleTwiceAndEarly) {
  const auto [id, light] = GetParam();
  std::size_t looked_for = 0;
  constexpr std::uint64_t kPeople = 12;
  for (std::uint64_t person = 0; person < kPeople; ++person) {
    const Course course = run_course(program(id), draw_trainee(Law::kOther, light, person), course_seed(person), 5);
    std::size_t found = 0, asked = 0;
    for (const CourseSet& set : course.sets) {
      const bool to_limit = set.why == "RESERVE_LIMIT";
      const bool in_time = (set.visit == 2 && set.place >= 2) || (set.visit == 3 && set.place == 3);
      EXPECT_TRUE(!to_limit || in_time) << "person " << person;
      EXPECT_FALSE(to_limit && found == 2) << "person " << person;
      asked += to_limit, found += set.failed && set.reps >= 3;
    }
    EXPECT_LE(asked, 3u) << "person " << person;
    looked_for += asked > 0;
  }
  EXPECT_GE(looked_for, 3 * kPeople / 4);
}

INSTANTIATE_TEST_SUITE_P(Exercises, Coach, ::testing::ValuesIn(kExercises),
                         [](const auto& one) { return one.param.light ? "FacePull" : "Row"; });

struct Reached {
  Law law;
  const char* who;
  double in_reserve, failed, far_below, one_rm_error;
};
void PrintTo(const Reached& reached, std::ostream* out) { *out << reached.who; }
constexpr Reached kReached[] = {
    {Law::kOther, "Other", 0.87, 0.006, 0.0, 0.05},
    {Law::kMayhew, "Mayhew", 0.81, 0.015, 0.003, 0.12},
    // Their reps follow the load far otherwise than Epley has it: one set in five failed before their own curve was learned.
    {Law::kLombardi, "Lombardi", 0.60, 0.03, 0.02, 0.075},
    // Written apart; one in eight keeps a pace that is near their limit.
    {Law::kStranger, "Stranger", 0.65, 0.025, 0.003, 0.11},
    // Written apart; their bodies keep time under load.
    {Law::kImpulse, "Impulse", 0.61, 0.02, 0.0015, 0.065},
    // Written apart, as variants of the simulated people.
    {Law::kRecruited, "Recruited", 0.76, 0.006, 0.0, 0.05},
    {Law::kJointed, "Jointed", 0.67, 0.012, 0.0, 0.065},
};

class CoachOfOthers : public ::testing::TestWithParam<std::tuple<Exercise, Reached>> {};

// What is reached, so that it gets no worse unnoticed; what is wanted, the bench says.
TEST_P(CoachOfOthers, EndMostSetsNearTheLimitAndSeldomFail) {
  const auto& [exercise, reached] = GetParam();
  const CourseFigures f = train(program(exercise.program), reached.law, exercise.light, people());
  EXPECT_EQ(f.broken, 0u);
  EXPECT_GE(f.in_reserve_share, reached.in_reserve);
  EXPECT_LE(f.failed_share, reached.failed);
  EXPECT_LE(f.far_below_share, reached.far_below);
  EXPECT_LE(f.one_rm_error, reached.one_rm_error);
}

INSTANTIATE_TEST_SUITE_P(Laws, CoachOfOthers, ::testing::Combine(::testing::ValuesIn(kExercises), ::testing::ValuesIn(kReached)),
                         [](const auto& one) {
                           return std::string(std::get<1>(one.param).who) + (std::get<0>(one.param).light ? "FacePull" : "Row");
                         });

// After twelve visits they were at 18 kg, by one step a visit, with sixty reps left.
TEST(CoachAlone, WhoNeverAnswersAndKeepsAPaceFindsTheirWeight) {
  TraineeSpec spec = draw_trainee(Law::kMayhew, false, 1);
  spec.one_rm_kg = 45.0, spec.answering.missing = 1.0, spec.answering.slips = 0.0, spec.pace_mps = 0.5;
  const Course course = run_course(program("cable-row-reserve"), spec, course_seed(1));
  ASSERT_EQ(course.broken, nullptr);
  ASSERT_EQ(course.sets.back().visit, 12u);
  EXPECT_GE(course.sets.back().load_kg, 0.6 * spec.one_rm_kg);
  EXPECT_LE(course.sets.back().left, 8);
}

}  // namespace
}  // namespace sheave::test
