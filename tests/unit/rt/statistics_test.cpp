#include "controller/rt/statistics.hpp"

#include <gtest/gtest.h>

namespace sheave::rt {
namespace {

TEST(Statistics, MatchesAHandComputedSample) {
  Statistics statistics;
  for (const double value : {2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0}) statistics.add(value);
  EXPECT_EQ(statistics.count(), 8U);
  EXPECT_DOUBLE_EQ(statistics.mean(), 5.0);
  EXPECT_DOUBLE_EQ(statistics.variance(), 32.0 / 7.0);
  EXPECT_DOUBLE_EQ(statistics.min(), 2.0);
  EXPECT_DOUBLE_EQ(statistics.max(), 9.0);
}

TEST(Statistics, KeepsTheVarianceOfSmallSpreadsOnALargeOffset) {
  Statistics statistics;
  for (int i = 0; i < 1'000; ++i) statistics.add(1e15 + (i % 2));
  EXPECT_NEAR(statistics.variance(), 0.25, 0.001);
}

TEST(Statistics, OfNothingIsZero) {
  const Statistics statistics;
  EXPECT_EQ(statistics.mean(), 0.0);
  EXPECT_EQ(statistics.variance(), 0.0);
}

}  // namespace
}  // namespace sheave::rt
