#include "controller/safety/link_monitor.hpp"

#include <gtest/gtest.h>

namespace sheave::safety {
namespace {

constexpr std::int64_t kWatchdog_ns = 100 * kNsPerMs;  // the drive's, as the reference profile writes it

class LinkMonitorAt : public ::testing::TestWithParam<std::int64_t> {
 protected:
  ConditionSet period(bool answered) {
    in_.period_ns = in_.dt_ns = GetParam();
    in_.realtime = true;
    in_.axes[0].fresh = answered;
    ConditionSet found;
    monitor_.step(in_, found);
    return found;
  }
  /// Periods without an answer until the condition holds.
  int misses_until(Condition condition) {
    for (int misses = 1; misses <= 100; ++misses) {
      if (period(false).test(condition)) return misses;
    }
    return -1;
  }

  SafetyInput in_;
  LinkMonitor monitor_;
};

using SlowLink = LinkMonitorAt;
INSTANTIATE_TEST_SUITE_P(Periods, SlowLink, ::testing::Values(10 * kNsPerMs, 10'960'000, 20 * kNsPerMs));

TEST_P(SlowLink, OneMissIsNothingTwoWarnThreeAreALostLink) {
  ASSERT_FALSE(period(true).test(Condition::kLinkLossy));
  ConditionSet found = period(false);
  EXPECT_FALSE(found.test(Condition::kLinkLossy) || found.test(Condition::kLinkGap) || found.test(Condition::kLinkLost));
  found = period(false);
  EXPECT_TRUE(found.test(Condition::kLinkLossy));
  EXPECT_FALSE(found.test(Condition::kLinkGap) || found.test(Condition::kLinkLost));
  found = period(false);
  EXPECT_TRUE(found.test(Condition::kLinkGap) && found.test(Condition::kLinkLost));
}

TEST_P(SlowLink, EveryFourthAnswerMayBeMissedForEverAndEverySecondMayNot) {
  for (int i = 0; i < 10'000; ++i) ASSERT_FALSE(period(i % 4 != 0).test(Condition::kLinkGap)) << i;
  bool gap = false;
  for (int i = 0; i < 20; ++i) gap = period(i % 2 != 0).test(Condition::kLinkGap) || gap;
  EXPECT_TRUE(gap);
}

using AnyLink = LinkMonitorAt;
INSTANTIATE_TEST_SUITE_P(Periods, AnyLink,
                         ::testing::Values(1 * kNsPerMs, 2 * kNsPerMs, 5 * kNsPerMs, 10 * kNsPerMs, 15 * kNsPerMs, 20 * kNsPerMs));

TEST_P(AnyLink, ALostLinkIsKnownBeforeTheDrivesWatchdogActs) {
  const int misses = misses_until(Condition::kLinkLost);
  ASSERT_GT(misses, 0);
  EXPECT_LT(misses * GetParam(), kWatchdog_ns);
}

TEST_P(AnyLink, OneLateWakeUpOfTheLoopIsNoOverrun) {
  period(true);
  in_.axes[0].fresh = true;
  in_.dt_ns = 3 * GetParam();
  ConditionSet found;
  monitor_.step(in_, found);
  EXPECT_FALSE(found.test(Condition::kLoopOverrun));
}

/// A simulated stack on a shared host: longer, and still before the drive's own watchdog.
TEST_P(AnyLink, AStandstillThatIsGrantedIsNeitherALostLinkNorAnOverrun) {
  in_.standstill_ns = 90 * kNsPerMs;
  const int misses = misses_until(Condition::kLinkLost);
  EXPECT_GE(misses * GetParam(), in_.standstill_ns);
  EXPECT_LT(misses * GetParam(), kWatchdog_ns + GetParam());

  LinkMonitor late;
  in_.axes[0].fresh = true;
  ConditionSet found;
  in_.dt_ns = in_.standstill_ns;
  for (int nth = 1; nth <= 3; ++nth) {
    late.step(in_, found);
    EXPECT_FALSE(found.test(Condition::kLoopOverrun)) << nth << " in a row";
  }
  for (int nth = 4; nth <= 6; ++nth) late.step(in_, found);
  EXPECT_TRUE(found.test(Condition::kLoopOverrun)) << "a host that does nothing else keeps no time";
}

TEST_P(AnyLink, AnswersThatAreMissedAgainAndAgainAreALostLinkAfterThreeGrantedStandstills) {
  in_.standstill_ns = 90 * kNsPerMs;
  int missed = 0;
  ConditionSet found;
  for (int i = 0; !found.test(Condition::kLinkGap); ++i) {
    ASSERT_LT(i, 10'000);
    const bool answered = i % 4 == 0;  // never silent for as long as is granted
    missed += answered ? 0 : 1;
    found = period(answered);
    EXPECT_FALSE(found.test(Condition::kLinkLost));
  }
  EXPECT_GE(missed * GetParam(), 3 * in_.standstill_ns);
}

}  // namespace
}  // namespace sheave::safety
