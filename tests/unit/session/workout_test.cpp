#include "controller/session/workout.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "controller/session/program.hpp"
#include "tests/support/paths.hpp"

namespace sheave::session {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string with(const std::string& signs) {
  return R"(id = "two"
name = "Two"
goal = "muscle"
summary = "Two rows."
)" + signs +
         R"(
[[part]]
program = "cable-row"
[[part]]
program = "face-pull"
sets = 2
)";
}

TEST(Workout, ASignIsWhatSomebodyNoticesWhoNeedsIt) {
  EXPECT_THAT(parse_workout(with(R"(signs = ["I tip over", "It slips"])"), "two.toml")->signs, ElementsAre("I tip over", "It slips"));
  EXPECT_THAT(parse_workout(with(""), "two.toml")->signs, IsEmpty());
}

TEST(Workout, ASignThatIsNoTextIsRefusedByItsLine) {
  for (const char* wrong : {"signs = []", "signs = [3]", "signs = [\"\"]", "signs = \"I tip over\""}) {
    const Result<Workout> refused = parse_workout(with(wrong), "two.toml");
    ASSERT_FALSE(refused.ok()) << wrong;
    EXPECT_EQ(refused.status().reason, "PROGRAM_FIELD");
    EXPECT_THAT(refused.status().message, HasSubstr("two.toml:5: signs")) << wrong;
  }
}

/// What the article names, and the workout that it leads to.
struct Sign {
  const char* text;
  const char* workout;
};

class SignsOfTheArticle : public ::testing::TestWithParam<Sign> {};

TEST_P(SignsOfTheArticle, LeadToAWorkoutWhoseProgramsAreThere) {
  Catalog catalog = load_catalog(SHEAVE_SOURCE_DIR "/plugins/catalog");
  catalog.check_workouts();
  ASSERT_THAT(catalog.refused, IsEmpty());
  const Workout* workout = catalog.find_workout(GetParam().workout);
  ASSERT_NE(workout, nullptr);
  EXPECT_THAT(workout->signs, Contains(GetParam().text));
  for (const WorkoutPart& part : workout->parts) EXPECT_NE(catalog.find(part.program_id), nullptr) << part.program_id;
}

INSTANTIATE_TEST_SUITE_P(Workout, SignsOfTheArticle,
                         ::testing::Values(Sign{"My deadlift stops just before the top", "weak-lockout"},  // "fails at lockout"
                                           Sign{"In heavy front squats my back rounds and the bar drops",
                                                "weak-front-squat"},                                          // word for word
                                           Sign{"My back rounds in the deadlift", "weak-lockout"},            // what a strong one prevents
                                           Sign{"I tip forward in the squat", "weak-front-squat"},            // likewise
                                           Sign{"I lie unsteady in the bench press", "upper-back-strength"},  // it is the base of the bench
                                           Sign{"My shoulders hang forward", "upper-back"}));                 // posture

}  // namespace
}  // namespace sheave::session
