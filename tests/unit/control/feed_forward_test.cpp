#include "controller/control/feed_forward.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "controller/core/units.hpp"

namespace sheave::control {
namespace {

constexpr double kLoad_n = 200.0;
const CableDrag kMeasured{17.0, 10.0, 7.5};

FeedForward made(const CableDrag& drag, double friction_n = 17.0, std::int64_t period_ns = kNsPerMs) {
  FeedForward made;
  made.begin(drag, friction_n, period_ns);
  return made;
}

/// At this speed and acceleration for a while.
double settled_n(FeedForward feed_forward, double velocity_mps, double acceleration_mps2, double load_n = kLoad_n) {
  double added_n = 0.0;
  for (int i = 0; i < 200; ++i) added_n = feed_forward.step(velocity_mps, acceleration_mps2, load_n, 0.0, kNsPerMs);
  return added_n;
}

TEST(FeedForward, TakesFromAPullAndGivesToAReturn) {
  const FeedForward unmeasured = made({});
  EXPECT_LT(settled_n(unmeasured, 0.5, 0.0), 0.0);
  EXPECT_GT(settled_n(unmeasured, -0.5, 0.0), 0.0);
  EXPECT_DOUBLE_EQ(settled_n(unmeasured, 0.5, 0.0), -settled_n(unmeasured, -0.5, 0.0));
}

TEST(FeedForward, NeverTakesOutMoreFrictionThanThereIs) {
  for (const double v : {-10.0, -0.01, 1e-12, 0.03, 4.0}) {
    EXPECT_LE(std::abs(settled_n(made({}), v, 0.0)), 0.8 * 17.0);
    EXPECT_LE(std::abs(settled_n(made(kMeasured), v, 0.0)), 0.92 * (17.0 + 10.0 * std::abs(v)) + 1e-9);
  }
}

TEST(FeedForward, UnmeasuredMassAndDampingStayWhereTheyAre) {
  EXPECT_FALSE(made({}).needs_acceleration());
  EXPECT_DOUBLE_EQ(settled_n(made({}), 0.5, 4.0), settled_n(made({}), 0.5, 0.0));
}

TEST(FeedForward, TakesFourFifthsOfTheMassOutOfAMovement) {
  const double still_n = settled_n(made(kMeasured), 0.8, 0.0);
  EXPECT_NEAR(settled_n(made(kMeasured), 0.8, 3.0) - still_n, -0.8 * 7.5 * 3.0, 0.2);
  EXPECT_NEAR(settled_n(made(kMeasured), 0.8, -3.0) - still_n, 0.8 * 7.5 * 3.0, 0.2);
}

TEST(FeedForward, DoesNothingAtAStandstillWhateverTheNoiseSays) {
  FeedForward feed_forward = made(kMeasured);
  double most_n = 0.0;
  for (int i = 0; i < 5'000; ++i) {
    const double sign = i % 2 == 0 ? 1.0 : -1.0;
    most_n = std::max(most_n, std::abs(feed_forward.step(sign * 0.002, sign * 8.0, kLoad_n, 0.0, kNsPerMs)));
  }
  EXPECT_LT(most_n, 0.1);
  EXPECT_EQ(settled_n(made(kMeasured), 0.0, 8.0), 0.0);
}

TEST(FeedForward, AddsLittleOnTheWayInAndNothingToAHandleLetGo) {
  const double friction_n = settled_n(made(kMeasured), -0.8, 0.0);
  EXPECT_LE(settled_n(made(kMeasured), -0.8, -9.0) - friction_n, 15.0 + 1e-9);
  EXPECT_LE(settled_n(made(kMeasured), -0.8, -9.0, 40.0) - settled_n(made(kMeasured), -0.8, 0.0, 40.0), 8.0 + 1e-9);
  EXPECT_LE(settled_n(made(kMeasured), -0.8, -40.0) - friction_n, 1e-9);
  EXPECT_LE(settled_n(made(kMeasured), 0.8, -9.9) - settled_n(made(kMeasured), 0.8, 0.0), 40.0 + 1e-9);
}

TEST(FeedForward, AShakingHandIsLeftTheMachinesMass) {
  FeedForward feed_forward = made(kMeasured);
  const double friction_n = settled_n(made(kMeasured), 0.8, 0.0);
  const auto shake = [&](int from_ms, int to_ms) {
    double most_n = 0.0;
    for (int i = from_ms; i < to_ms; ++i) {  // 5 Hz, on top of a pull
      const double a = 6.0 * std::sin(2.0 * 3.14159265 * 5.0 * i * 1e-3);
      most_n = std::max(most_n, std::abs(feed_forward.step(0.8, a, kLoad_n, 0.0, kNsPerMs) - friction_n));
    }
    return most_n;
  };
  EXPECT_GT(shake(0, 200), 20.0);
  shake(200, 8'000);
  EXPECT_LT(shake(8'000, 9'000), 3.0);
  double later_n = 0.0;
  for (int i = 0; i < 5'000; ++i) later_n = feed_forward.step(0.8, 2.0, kLoad_n, 0.0, kNsPerMs) - friction_n;
  EXPECT_GT(later_n, -0.1 * 7.5 * 2.0) << "for the rest of the set";
  feed_forward.begin(kMeasured, 17.0, kNsPerMs);
  for (int i = 0; i < 500; ++i) later_n = feed_forward.step(0.8, 2.0, kLoad_n, 0.0, kNsPerMs) - friction_n;
  EXPECT_NEAR(later_n, -0.8 * 7.5 * 2.0, 0.2);
}

TEST(FeedForward, ABriskRepIsNoShaking) {
  FeedForward feed_forward = made(kMeasured);
  const double friction_n = settled_n(made(kMeasured), 0.8, 0.0);
  double left_n = 0.0;
  for (int i = 0; i < 4'000; ++i) {  // out and back within a second
    const double a = 6.0 * std::cos(2.0 * 3.14159265 * i * 1e-3);
    const double added_n = feed_forward.step(0.8, a, kLoad_n, 0.0, kNsPerMs);
    if (i > 1'000 && a > 1.0) left_n = std::max(left_n, std::abs(added_n - friction_n + 0.8 * 7.5 * a));
  }
  EXPECT_LT(left_n, 0.5);
}

TEST(FeedForward, LeavesTheMassToAProfileThatNeedsIt) {
  FeedForward feed_forward = made(kMeasured);
  const double friction_n = settled_n(made(kMeasured), 0.8, 0.0);
  for (int i = 0; i < 500; ++i) feed_forward.step(0.8, 3.0, kLoad_n, 0.0, kNsPerMs);
  EXPECT_NEAR(feed_forward.step(0.8, 3.0, kLoad_n, 1.0, kNsPerMs), friction_n, 1e-9) << "at once";
  const double first_n = feed_forward.step(0.8, 3.0, kLoad_n, 0.0, kNsPerMs);
  EXPECT_LT(std::abs(first_n - friction_n), 0.2) << "and back without a step";
  for (int i = 0; i < 500; ++i) feed_forward.step(0.8, 3.0, kLoad_n, 0.0, kNsPerMs);
  EXPECT_NEAR(feed_forward.step(0.8, 3.0, kLoad_n, 0.0, kNsPerMs) - friction_n, -0.8 * 7.5 * 3.0, 0.2);
}

TEST(FeedForward, NoLoadBecomesNegative) {
  EXPECT_DOUBLE_EQ(settled_n(made(kMeasured), 1.0, 9.0, 12.0), -12.0);
  EXPECT_DOUBLE_EQ(settled_n(made(kMeasured), 1.0, 9.0, 0.0), 0.0);
}

TEST(FeedForward, AWrongConfigurationMovesNothing) {
  EXPECT_LE(std::abs(settled_n(made({}, 5'000.0), -1.0, 0.0)), 32.0);
  EXPECT_DOUBLE_EQ(settled_n(made({}, -17.0), 1.0, 0.0), 0.0);
  const CableDrag absurd{4'000.0, 900.0, 500.0};
  EXPECT_LE(std::abs(settled_n(made(absurd), -1.0, 0.0)), 0.92 * 80.0);
  EXPECT_LE(std::abs(settled_n(made(absurd), -1.0, 5.0) - settled_n(made(absurd), -1.0, 0.0)), 60.0 + 1e-9);
}

TEST(FeedForward, ASlowLinkLeavesTheMassIn) { EXPECT_FALSE(made(kMeasured, 17.0, 10 * kNsPerMs).needs_acceleration()); }

}  // namespace
}  // namespace sheave::control
