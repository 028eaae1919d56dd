#include "controller/control/motion_estimator.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "controller/core/units.hpp"

namespace sheave::control::test {
namespace {

constexpr std::int64_t kStart_ns = 1'000'000'000;

hal::AxisState sample(double extension_m, std::uint32_t time_us) {
  hal::AxisState state;
  state.fresh = true;
  state.extension_m = extension_m;
  state.sample_time_us = time_us;
  return state;
}

/// Feeds `position_m` of time for `ticks` periods and returns the last estimate.
AxisMotion follow(MotionEstimator& estimator, const std::function<double(double)>& position_m, int ticks, std::int64_t period_ns,
                  std::uint32_t first_us = 0) {
  AxisMotion motion;
  for (int k = 0; k < ticks; ++k) {
    const std::int64_t t_ns = k * period_ns;
    motion = estimator.update(sample(position_m(seconds(t_ns)), first_us + static_cast<std::uint32_t>(t_ns / 1000)), kStart_ns + t_ns,
                              k == 0 ? 0 : period_ns);
  }
  return motion;
}

TEST(MotionEstimator, NothingIsKnownBeforeTheFirstSample) {
  MotionEstimator estimator;
  EXPECT_FALSE(estimator.update({}, kStart_ns, 0).valid);
}

TEST(MotionEstimator, NoLagUnderConstantAcceleration) {
  for (const std::int64_t period_ns : {kNsPerMs, 5 * kNsPerMs, 10 * kNsPerMs}) {
    MotionEstimator estimator;
    const int ticks = static_cast<int>(500 * kNsPerMs / period_ns) + 1;
    const AxisMotion motion = follow(
        estimator, [](double t) { return 0.1 + t * t; }, ticks, period_ns);
    ASSERT_TRUE(motion.valid);
    EXPECT_NEAR(motion.extension_m, 0.35, 1e-4) << period_ns;
    EXPECT_NEAR(motion.velocity_mps, 1.0, 1e-3) << period_ns;
    EXPECT_NEAR(motion.acceleration_mps2, 2.0, 0.02) << period_ns;
  }
}

TEST(MotionEstimator, WholeMillimetresStillGiveASpeed) {
  MotionEstimator estimator;
  const AxisMotion motion = follow(
      estimator, [](double t) { return std::floor(500.0 * t) * 1e-3; }, 1001, kNsPerMs);
  EXPECT_NEAR(motion.velocity_mps, 0.5, 0.05);
}

TEST(MotionEstimator, TheDrivesClockMayWrap) {
  MotionEstimator estimator;
  const AxisMotion motion = follow(
      estimator, [](double t) { return 0.5 * t; }, 201, kNsPerMs, 0xffffffffu - 100'000u);
  EXPECT_NEAR(motion.velocity_mps, 0.5, 1e-3);
}

TEST(MotionEstimator, ASampleAfterALongerIntervalWeighsAsMuchMore) {
  constexpr double kJump_m = 0.01;
  for (const int longer : {1, 4, 2}) {
    MotionEstimator estimator;
    follow(
        estimator, [](double) { return 0.3; }, 100, kNsPerMs);
    const std::int64_t interval_ns = longer * kNsPerMs;
    const AxisMotion motion = estimator.update(sample(0.3 + kJump_m, 99'000u + static_cast<std::uint32_t>(longer) * 1000u),
                                               kStart_ns + 99 * kNsPerMs + interval_ns, interval_ns);
    const double keep = MotionEstimator::kMemory_s / (MotionEstimator::kMemory_s + seconds(interval_ns));
    EXPECT_NEAR(motion.extension_m, 0.3 + (1.0 - keep * keep * keep) * kJump_m, 1e-9) << longer << " ms";
  }
}

TEST(MotionEstimator, SampleTimesThatCannotBeAreNotBelieved) {
  MotionEstimator estimator;
  follow(
      estimator, [](double) { return 0.3; }, 100, kNsPerMs);
  // The drive claims that an hour has passed, then none.
  AxisMotion motion = estimator.update(sample(0.3, 3'600'000'000u), kStart_ns + 100 * kNsPerMs, kNsPerMs);
  EXPECT_NEAR(motion.extension_m, 0.3, 1e-9);
  motion = estimator.update(sample(0.3005, 3'600'000'000u), kStart_ns + 101 * kNsPerMs, kNsPerMs);
  EXPECT_TRUE(std::isfinite(motion.velocity_mps));
  EXPECT_LT(motion.velocity_mps, 1.0);
}

TEST(MotionEstimator, PredictsThroughAShortGapAndNoFurther) {
  MotionEstimator estimator;
  follow(
      estimator, [](double t) { return 0.5 * t; }, 201, kNsPerMs);
  const std::int64_t last_ns = kStart_ns + 200 * kNsPerMs;
  hal::AxisState stale;
  AxisMotion motion = estimator.update(stale, last_ns + 20 * kNsPerMs, kNsPerMs);
  EXPECT_TRUE(motion.valid);
  EXPECT_NEAR(motion.extension_m, 0.11, 1e-3);
  motion = estimator.update(stale, last_ns + MotionEstimator::kPredictLimit_ns + 1, kNsPerMs);
  EXPECT_FALSE(motion.valid);
  // Back again: starts anew where the handle is, without a jump in speed.
  motion = estimator.update(sample(0.4, 900'000), last_ns + 500 * kNsPerMs, kNsPerMs);
  EXPECT_TRUE(motion.valid);
  EXPECT_DOUBLE_EQ(motion.extension_m, 0.4);
  EXPECT_DOUBLE_EQ(motion.velocity_mps, 0.0);
}

}  // namespace
}  // namespace sheave::control::test
