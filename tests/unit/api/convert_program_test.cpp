#include "controller/api/convert_program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sheave::api {
namespace {

using ::testing::ElementsAre;

class ConvertWorkout : public ::testing::Test {
 protected:
  ConvertWorkout() {
    for (const char* id : {"cable-row", "face-pull"}) {
      session::Program program;
      program.id = id;
      program.prescription.sets = 3;
      program.prescription.rest_s = 90;
      catalog.programs.push_back(program);
    }
    workout.id = "two";
    workout.name = "Two";
    workout.parts = {{"cable-row", 4U, std::nullopt}, {"face-pull", std::nullopt, 30.0}};
    workout.signs = {"I tip over", "It slips"};
  }

  pb::Workout told(const std::string& face_pull_trouble = "") const {
    pb::Workout to;
    to_pb(
        workout, catalog, [&](const session::Program& program) { return program.id == "face-pull" ? face_pull_trouble : ""; }, &to);
    return to;
  }

  session::Catalog catalog;
  session::Workout workout;
};

TEST_F(ConvertWorkout, PartsHaveTheirOwnSetsAndRestElseTheProgramsAndSignsAreTold) {
  const pb::Workout to = told();
  EXPECT_EQ(to.name(), "workouts/two");
  ASSERT_EQ(to.parts_size(), 2);
  EXPECT_EQ(to.parts(0).sets(), 4);
  EXPECT_EQ(to.parts(0).rest().seconds(), 90);
  EXPECT_EQ(to.parts(1).sets(), 3);
  EXPECT_EQ(to.parts(1).rest().seconds(), 30);
  EXPECT_THAT(to.signs(), ElementsAre("I tip over", "It slips"));
}

TEST_F(ConvertWorkout, OneProgramThatCannotRunHereTakesTheWorkoutWithIt) {
  EXPECT_EQ(told("No face pull here.").unavailable_reason(), "No face pull here.");
}

}  // namespace
}  // namespace sheave::api
