#include "controller/control/effort_watch.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace sheave::control {
namespace {

Rep rep(std::uint32_t index, double mean_mps, double peak_mps = kUnknown, RepVerdict verdict = RepVerdict::kCounted) {
  Rep made;
  made.index = index;
  made.verdict = verdict;
  made.mean_speed_mps = mean_mps;
  made.peak_speed_mps = peak_mps;
  return made;
}

/// The rep (from 1) after which the set ends; 0: it does not.
std::uint32_t ends_at(const SpeedLossEnd& end, const std::vector<double>& speeds_mps) {
  EffortWatch watch;
  watch.reset({}, end);
  for (std::uint32_t i = 0; i < speeds_mps.size(); ++i) {
    const Rep made = end.peak ? rep(i + 1, 0.5, speeds_mps[i]) : rep(i + 1, speeds_mps[i]);
    if (watch.take(made).speed_lost) return i + 1;
  }
  return 0;
}

TEST(EffortWatch, ASetEndsOnceItsSpeedIsLostAgainstItsOwnFastestRep) {
  EXPECT_EQ(ends_at({0.2, 1, false}, {0.60, 0.65, 0.60, 0.53, 0.51}), 5u);  // 0.65 x 0.8 = 0.52
  EXPECT_EQ(ends_at({0.2, 1, false}, {0.60, 0.59, 0.55, 0.50}), 0u);
  EXPECT_EQ(ends_at({0.0, 1, false}, {0.60, 0.1}), 0u) << "no loss is asked for";
}

TEST(EffortWatch, PowerEndsOnTwoSlowRepsInARowByTheirPeaks) {
  EXPECT_EQ(ends_at({0.1, 2, true}, {1.5, 1.34, 1.45, 1.34, 1.33}), 5u);
  EXPECT_EQ(ends_at({0.1, 2, true}, {1.5, 1.34, 1.45, 1.34, 1.40}), 0u);
}

TEST(EffortWatch, WhatDidNotCountOrHasNoSpeedSaysNothing) {
  EffortWatch watch;
  watch.reset({.speed_mps = 0.4}, {0.2, 1, false});
  EXPECT_FALSE(watch.take(rep(1, 0.6)).speed_lost);
  const auto partial = watch.take(rep(0, 0.1, 0.2, RepVerdict::kPartial));
  EXPECT_FALSE(partial.speed_lost || partial.few_left);
  const auto unknown = watch.take(rep(2, kUnknown));
  EXPECT_FALSE(unknown.speed_lost || unknown.few_left);
}

TEST(EffortWatch, OneOrTwoLeftIsSaidOnceAndNotAtTheFirstRep) {
  EffortWatch watch;
  watch.reset({.speed_mps = 0.4}, {});
  EXPECT_FALSE(watch.take(rep(1, 0.35)).few_left);
  EXPECT_FALSE(watch.take(rep(2, 0.45)).few_left);
  EXPECT_TRUE(watch.take(rep(3, 0.37)).few_left);
  EXPECT_FALSE(watch.take(rep(4, 0.30)).few_left);
  watch.reset({}, {});
  for (std::uint32_t i = 1; i < 9; ++i) EXPECT_FALSE(watch.take(rep(i, i < 4 ? 1.0 : 0.1)).few_left) << "unknown is never 0";
}

/// The rep (from 1) after which one or two are said to be left; 0: never.
std::uint32_t said_at(const LastReps& last_reps, const std::vector<double>& speeds_mps) {
  EffortWatch watch;
  watch.reset(last_reps, {});
  for (std::uint32_t i = 0; i < speeds_mps.size(); ++i) {
    if (watch.take(rep(i + 1, speeds_mps[i])).few_left) return i + 1;
  }
  return 0;
}

// One slow rep ended sets with four left.
TEST(EffortWatch, OneSlowRepAmongFastOnesIsNotTheEnd) {
  EXPECT_EQ(said_at({.speed_mps = 0.4}, {0.60, 0.60, 0.59, 0.38, 0.58, 0.57, 0.56}), 0u);
  EXPECT_EQ(said_at({.speed_mps = 0.4}, {0.60, 0.60, 0.59, 0.38, 0.38, 0.37}), 5u) << "two are";
}

TEST(EffortWatch, TheEndOfASetThatSlowsDownIsNotMissed) {
  EXPECT_EQ(said_at({.speed_mps = 0.4}, {0.60, 0.58, 0.55, 0.51, 0.46, 0.38, 0.33}), 6u);
  EXPECT_EQ(said_at({.speed_mps = 0.4}, {0.60, 0.59, 0.58, 0.56, 0.47, 0.36, 0.20}), 6u) << "however late and fast";
}

// Ended at four a set that was to have ten, for one of the slow beginnings that some sets have.
TEST(EffortWatch, WhatTheLoadLeadsToExpectWeighsAgainstTheSpeed) {
  const std::vector<double> slow(12, 0.37);
  EXPECT_EQ(said_at({.speed_mps = 0.4}, slow), 2u);
  EXPECT_EQ(said_at({.speed_mps = 0.4, .at_rep = 9, .rise_mps = 0.01}, slow), 6u);
  EXPECT_EQ(said_at({.speed_mps = 0.4, .at_rep = 9, .rise_mps = 0.01}, std::vector<double>(12, 0.415)), 11u) << "past it, sooner";
  EXPECT_EQ(said_at({.speed_mps = 0.4, .at_rep = 9, .rise_mps = 0.01}, {0.6, 0.5, 0.4, 0.3}), 4u) << "who is at their end is slow";
}

TEST(EffortWatch, OfAnotherLoadTheSpeedAloneTells) {
  EffortWatch watch;
  watch.reset({.speed_mps = 0.4, .at_rep = 9, .rise_mps = 0.02}, {});
  EXPECT_FALSE(watch.take(rep(1, 0.37)).few_left);
  EXPECT_FALSE(watch.take(rep(2, 0.37)).few_left);
  watch.load_changed();
  EXPECT_TRUE(watch.take(rep(3, 0.37)).few_left);
}

const Lighten kFromTen{.rep_bottom = 10, .speed_mps = 0.4, .share_per_rep = 0.02, .step_n = 10.0, .least_n = 20.0};

/// What came off after each rep, by `speeds_mps` from the first.
std::vector<double> lighter_shares(const std::vector<double>& speeds_mps, const Lighten& lighten = kFromTen) {
  EffortWatch watch;
  watch.reset({.speed_mps = 0.4}, {}, lighten);
  std::vector<double> shares;
  for (std::uint32_t i = 0; i < speeds_mps.size(); ++i) shares.push_back(watch.take(rep(i + 1, speeds_mps[i])).lighter_share);
  return shares;
}

TEST(EffortWatch, ASetThatEndsFarBelowItsRangeBecomesLighterByWhatIsMissing) {
  EXPECT_EQ(lighter_shares({0.50, 0.44, 0.38, 0.46, 0.45}), (std::vector<double>{0, 0, 0.02 * 7, 0, 0}));
  EXPECT_EQ(lighter_shares({0.60, 0.58, 0.56, 0.54, 0.52, 0.48, 0.44, 0.38}), std::vector<double>(8, 0.0)) << "two below is no matter";
  EXPECT_EQ(lighter_shares({0.50, 0.44, 0.38}, {}), std::vector<double>(3, 0.0)) << "nobody asked for it";
}

TEST(EffortWatch, ItNeedsNoWordOfOneOrTwoLeft) {
  EffortWatch watch;
  watch.reset({}, {}, kFromTen);
  EXPECT_EQ(watch.take(rep(1, 0.42)).lighter_share, 0.0);
  EXPECT_GT(watch.take(rep(2, 0.37)).lighter_share, 0.0);
  for (std::uint32_t i = 3; i <= 12; ++i) EXPECT_FALSE(watch.take(rep(i, 0.3)).few_left) << "that is not known";
}

TEST(EffortWatch, AfterThatItSaysWhenOneOrTwoAreLeft) {
  EffortWatch watch;
  watch.reset({.speed_mps = 0.4}, {}, kFromTen);
  std::uint32_t lighter_after = 0, said_after = 0;
  const std::vector<double> speeds_mps = {0.50, 0.44, 0.38, 0.52, 0.50, 0.48, 0.46, 0.44, 0.38, 0.35};
  for (std::uint32_t i = 0; i < speeds_mps.size(); ++i) {
    const auto seen = watch.take(rep(i + 1, speeds_mps[i]));
    if (seen.lighter_share > 0.0) lighter_after = i + 1;
    if (seen.few_left) said_after = i + 1;
    EXPECT_FALSE(seen.few_left && seen.lighter_share > 0.0);
  }
  EXPECT_EQ(lighter_after, 3u);
  EXPECT_EQ(said_after, 9u);
}

TEST(EffortWatch, ItHappensTwiceAtTheMost) {
  const std::vector<double> shares = lighter_shares({0.5, 0.4, 0.3, 0.3, 0.2, 0.2, 0.1});
  EXPECT_EQ(std::ranges::count_if(shares, [](double share) { return share > 0.0; }), static_cast<std::ptrdiff_t>(kMostLightened));
}

TEST(EffortWatch, ACarefulOrInterruptedRepMakesNoSetLighter) {
  EXPECT_EQ(lighter_shares({0.20, 0.60, 0.58, 0.56}), std::vector<double>(4, 0.0)) << "a slow first rep";
  EXPECT_EQ(lighter_shares({0.60, 0.20, 0.58, 0.56}), std::vector<double>(4, 0.0)) << "one slow rep";
  EXPECT_EQ(lighter_shares({0.39, 0.38, 0.39, 0.37}), std::vector<double>(4, 0.0)) << "a slow pace";
  EffortWatch watch;
  watch.reset({.speed_mps = 0.4}, {}, kFromTen);
  for (std::uint32_t i = 1; i <= 4; ++i) {
    Rep paused = rep(i, 0.3);
    paused.longest_pause_s = 1.0;
    EXPECT_EQ(watch.take(paused).lighter_share, 0.0) << "somebody stands still inside each pull";
  }
}

TEST(LightenedLoad, IsAMultipleOfTheStepAndNeverMore) {
  EXPECT_DOUBLE_EQ(lightened_n(kFromTen, 300.0, 0.1), 270.0);
  EXPECT_DOUBLE_EQ(lightened_n(kFromTen, 300.0, 0.11), 260.0) << "rounded down";
  EXPECT_DOUBLE_EQ(lightened_n(kFromTen, 300.0, 0.9), 240.0) << "a fifth at once at the most";
  EXPECT_DOUBLE_EQ(lightened_n(kFromTen, 22.0, 0.2), 20.0) << "the least";
  EXPECT_DOUBLE_EQ(lightened_n(kFromTen, 15.0, 0.2), 15.0) << "never more than it was";
  EXPECT_DOUBLE_EQ(lightened_n(kFromTen, 300.0, -0.1), 300.0);
  EXPECT_DOUBLE_EQ(lightened_n(kFromTen, 300.0, kUnknown), 300.0);
  EXPECT_DOUBLE_EQ(lightened_n({}, 300.0, 0.1), 300.0);
}

}  // namespace
}  // namespace sheave::control
