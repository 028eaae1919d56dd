#include "controller/control/effort_watch.hpp"

#include <gtest/gtest.h>

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
  watch.reset(0.0, end);
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
  watch.reset(0.4, {0.2, 1, false});
  EXPECT_FALSE(watch.take(rep(1, 0.6)).speed_lost);
  const auto partial = watch.take(rep(0, 0.1, 0.2, RepVerdict::kPartial));
  EXPECT_FALSE(partial.speed_lost || partial.few_left);
  const auto unknown = watch.take(rep(2, kUnknown));
  EXPECT_FALSE(unknown.speed_lost || unknown.few_left);
}

TEST(EffortWatch, OneOrTwoLeftIsSaidOnceAndNotAtTheFirstRep) {
  EffortWatch watch;
  watch.reset(0.4, {});
  EXPECT_FALSE(watch.take(rep(1, 0.35)).few_left);
  EXPECT_FALSE(watch.take(rep(2, 0.45)).few_left);
  EXPECT_TRUE(watch.take(rep(3, 0.37)).few_left);
  EXPECT_FALSE(watch.take(rep(4, 0.30)).few_left);
  watch.reset(0.0, {});
  for (std::uint32_t i = 1; i < 9; ++i) EXPECT_FALSE(watch.take(rep(i, i < 4 ? 1.0 : 0.1)).few_left) << "unknown is never 0";
}

/// The rep (from 1) after which one or two are said to be left; 0: never.
std::uint32_t said_at(double last_reps_speed_mps, const std::vector<double>& speeds_mps) {
  EffortWatch watch;
  watch.reset(last_reps_speed_mps, {});
  for (std::uint32_t i = 0; i < speeds_mps.size(); ++i) {
    if (watch.take(rep(i + 1, speeds_mps[i])).few_left) return i + 1;
  }
  return 0;
}

// One slow rep ended sets with four left.
TEST(EffortWatch, OneSlowRepAmongFastOnesIsNotTheEnd) {
  EXPECT_EQ(said_at(0.4, {0.60, 0.60, 0.59, 0.38, 0.58, 0.57, 0.56}), 0u);
  EXPECT_EQ(said_at(0.4, {0.60, 0.60, 0.59, 0.38, 0.38, 0.37}), 5u) << "two are";
}

TEST(EffortWatch, TheEndOfASetThatSlowsDownIsNotMissed) {
  EXPECT_EQ(said_at(0.4, {0.60, 0.58, 0.55, 0.51, 0.46, 0.38, 0.33}), 6u);
  EXPECT_EQ(said_at(0.4, {0.60, 0.59, 0.58, 0.56, 0.47, 0.36, 0.20}), 6u) << "however late and fast";
}

}  // namespace
}  // namespace sheave::control
