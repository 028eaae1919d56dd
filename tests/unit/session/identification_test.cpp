#include "controller/session/identification.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "controller/control/self_test.hpp"

namespace sheave::session {
namespace {

constexpr double kStep_s = 0.001;

/// A machine that is exactly what the line says, and what spoils its measuring.
struct Course {
  CableDrag drag{17.0, 10.0, 7.5};
  double gain = 1.0, offset_n = 0.0;    ///< Measured over commanded.
  std::vector<double> hand_n{0, 0, 0};  ///< Of a hand on the handle, per run, away from the machine.
  std::vector<double> rubs_n{0, 0, 0};  ///< More friction, per run.
};

std::vector<TestSample> samples_of(const Course& course) {
  std::vector<TestSample> samples;
  double t = 0.0;
  const auto add = [&](double x, double v, double commanded_n, double measured_n, Phase phase) {
    samples.push_back({t, x, v, measured_n, commanded_n, phase});
    t += kStep_s;
  };
  for (const double load_n : control::kSelfTestLoads_n) {
    for (int i = 0; i < 1'000; ++i) {
      const double reached_n = course.gain * load_n * (1.0 - std::exp(-i / 30.0)) + course.offset_n;
      add(0.0, 0.0, load_n, reached_n, Phase::kRest);
    }
  }
  for (std::size_t run = 0; run < control::kSelfTestRuns; ++run) {
    for (int i = 0; i < 500; ++i) add(0.9, 0.0, 30.0, 30.0, Phase::kPeak);
    double x = 0.9, v = 0.0;
    for (int i = 0; x > 0.05; ++i) {
      const double target_mps = 0.08 * (1 + std::min(4, i / 600));
      const double a = (target_mps - v) / 0.15;
      v += a * kStep_s;
      x -= v * kStep_s;
      const double tension_n =
          course.drag.friction_n + course.rubs_n[run] + course.drag.viscous_nspm * v + course.drag.moving_mass_kg * a + course.hand_n[run];
      add(x, -v, tension_n, course.gain * tension_n + course.offset_n, Phase::kEccentric);
    }
    for (int i = 0; i < 600; ++i) add(0.0, 0.0, 20.0, 20.0, Phase::kRest);
  }
  return samples;
}

TEST(Identification, FindsWhatTheMachineIs) {
  const Result<CableTest> test = identify(samples_of({}));
  ASSERT_TRUE(test) << test.status().message;
  EXPECT_NEAR(test->drag.friction_n, 17.0, 0.1);
  EXPECT_NEAR(test->drag.viscous_nspm, 10.0, 0.3);
  EXPECT_NEAR(test->drag.moving_mass_kg, 7.5, 0.4);
  EXPECT_EQ(test->runs, 3U);
  EXPECT_LT(test->residual_n, 0.4);
  EXPECT_LT(test->friction_cv_percent, 1.0);
}

TEST(Identification, ReadsTenLoadsAndTheirErrorInPercentOfTheReading) {
  Course course;
  course.gain = 1.02;
  const Result<CableTest> test = identify(samples_of(course));
  ASSERT_TRUE(test) << test.status().message;
  ASSERT_EQ(test->readings.size(), 10U);
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_EQ(test->readings[i].commanded_n, control::kSelfTestLoads_n[i]);
    EXPECT_EQ(test->readings[i].rising, i < 5);
  }
  EXPECT_NEAR(test->bias_percent, 2.0, 0.05);
  EXPECT_NEAR(test->cv_percent, 0.0, 0.05);
  course = {};
  course.offset_n = 1.0;  // 10 % of the smallest load, 2 % of the largest
  const Result<CableTest> offset = identify(samples_of(course));
  ASSERT_TRUE(offset) << offset.status().message;
  EXPECT_NEAR(offset->bias_percent, 100.0 * (1.0 / 10 + 1.0 / 20 + 1.0 / 30 + 1.0 / 40 + 1.0 / 50) / 5.0, 0.05);
  EXPECT_GT(offset->cv_percent, 2.0);
}

TEST(Identification, RunsThatDisagreeAreNoMeasurement) {
  Course course;
  course.hand_n = {0.0, 12.0, 0.0};
  const Result<CableTest> test = identify(samples_of(course));
  EXPECT_EQ(test.status().reason, "SELF_TEST_UNCLEAR");
  EXPECT_THAT(test.status().message, ::testing::HasSubstr("hand"));
}

TEST(Identification, ACableThatRubsOnOneRunIsNoMeasurement) {
  Course course;
  course.rubs_n = {0.0, 0.0, 9.0};
  EXPECT_EQ(identify(samples_of(course)).status().reason, "SELF_TEST_UNCLEAR");
}

TEST(Identification, ValuesThatNoMachineHasAreNone) {
  Course course;
  course.hand_n = {80.0, 80.0, 80.0};  // carried home by hand
  EXPECT_EQ(identify(samples_of(course)).status().reason, "SELF_TEST_UNCLEAR");
  course.hand_n = {-25.0, -25.0, -25.0};
  EXPECT_EQ(identify(samples_of(course)).status().reason, "SELF_TEST_UNCLEAR");
}

TEST(Identification, WithoutItsLoadsOrItsRunsThereIsNothingToSay) {
  EXPECT_EQ(identify({}).status().reason, "SELF_TEST_UNCLEAR");
  std::vector<TestSample> samples = samples_of({});
  samples.resize(10'000);
  EXPECT_EQ(identify(samples).status().reason, "SELF_TEST_UNCLEAR");
  samples = samples_of({});
  samples.erase(samples.begin(), samples.begin() + 5'000);
  EXPECT_EQ(identify(samples).status().reason, "SELF_TEST_UNCLEAR");
}

TEST(Identification, ASlowLinkMeasuresTheSame) {
  std::vector<TestSample> thinned;
  const std::vector<TestSample> all = samples_of({});
  for (std::size_t i = 0; i < all.size(); i += 10) thinned.push_back(all[i]);
  const Result<CableTest> test = identify(thinned);
  ASSERT_TRUE(test) << test.status().message;
  EXPECT_NEAR(test->drag.friction_n, 17.0, 0.5);
  EXPECT_NEAR(test->drag.moving_mass_kg, 7.5, 0.5);
}

}  // namespace
}  // namespace sheave::session
