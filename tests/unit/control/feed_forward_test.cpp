#include "controller/control/feed_forward.hpp"

#include <gtest/gtest.h>

namespace sheave::control {
namespace {

const FeedForward kFeedForward{Machine{}};  // 17 N of friction

TEST(FeedForward, TakesFromAPullAndGivesToAReturn) {
  EXPECT_LT(kFeedForward.correction_n(0.5), 0.0);
  EXPECT_GT(kFeedForward.correction_n(-0.5), 0.0);
  EXPECT_DOUBLE_EQ(kFeedForward.correction_n(0.0), 0.0);
  EXPECT_DOUBLE_EQ(kFeedForward.correction_n(0.5), -kFeedForward.correction_n(-0.5));
}

TEST(FeedForward, NeverTakesOutMoreThanThereIs) {
  for (const double v : {-10.0, -0.01, 1e-12, 0.03, 4.0}) EXPECT_LE(std::abs(kFeedForward.correction_n(v)), 0.8 * 17.0);
}

TEST(FeedForward, AWrongConfigurationMovesNothing) {
  Machine machine;
  machine.friction_n = 5'000.0;
  EXPECT_LE(std::abs(FeedForward(machine).correction_n(-1.0)), 32.0);
  machine.friction_n = -17.0;
  EXPECT_DOUBLE_EQ(FeedForward(machine).correction_n(1.0), 0.0);
}

}  // namespace
}  // namespace sheave::control
