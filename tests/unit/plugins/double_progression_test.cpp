// A golden table of the rules A1 to A5, row by row: what double progression decides, through the host that calls it in the machine. A6 to
// A10 are progressions_test.cpp's.

#include <gtest/gtest.h>

#include <cmath>

#include "tests/unit/plugins/progression_bench.hpp"

namespace sheave::test {
namespace {

constexpr double kLb = 0.45359237;
constexpr auto kFailed = static_cast<std::uint32_t>(SHEAVE_SET_END_FAILED), kLeft = static_cast<std::uint32_t>(SHEAVE_SET_END_LEFT);
constexpr auto kPain = static_cast<std::uint32_t>(SHEAVE_STOP_ANSWER_PAIN);

class DoubleProgression : public ::testing::TestWithParam<ProgressionRow> {};

TEST_P(DoubleProgression, DecidesAsTheTableSays) { expect_as_the_row_says(GetParam()); }

ProgressionRow article(ProgressionRow row) {
  row.params = {{"step_rule", 1.0}};
  return row;
}
/// As the source's example: 4 to 6.
ProgressionRow article(const char* name, std::vector<SetRow> sets, const char* reason, double load_kg, std::uint32_t goal = 0) {
  return article(of_range(4, 6, row(name, std::move(sets), reason, load_kg, goal)));
}
ProgressionRow in_pounds(ProgressionRow row) {
  row.increment_kg = 0.5 * kLb;
  return row;
}
ProgressionRow up_to(double load_max_kg, ProgressionRow row) {
  row.load_max_kg = load_max_kg;
  return row;
}
/// Before the first set of a visit.
ProgressionRow at_the_door(const char* name, std::vector<SetRow> sets, const char* reason, double load_kg) {
  return row(name, std::move(sets), reason, load_kg, 0, kFirst);
}
/// Leads to another probe.
ProgressionRow probes(ProgressionRow row) {
  row.goal = 5, row.kind = kProbe;
  return row;
}
ProgressionRow stranger(const char* name, double start_load_kg) {
  ProgressionRow asked = probes(at_the_door(name, {}, "PROBE", start_load_kg));
  asked.start_load_kg = start_load_kg;
  return asked;
}
/// A probe of five.
SetRow probe(double load_kg, double mps, int answer = -1) {
  return {.load_kg = load_kg, .reps = 5, .answer = answer, .kind = kProbe, .first_mps = mps, .last_mps = mps};
}
/// Eight reps or two, ended by something else than the person.
ProgressionRow cut_short(const char* name, std::uint32_t end, int reps = 2) {
  return row(name, {{.reps = reps, .end = end}}, "SET_NOT_JUDGED", 20);
}

INSTANTIATE_TEST_SUITE_P(
    A1Article, DoubleProgression,
    ::testing::Values(
        article("TopGivesTenPounds", {{.load_kg = 60, .reps = 6}}, "TOP_OF_RANGE_REACHED", 64.5),
        article("AboveTheTopToo", {{.load_kg = 60, .reps = 9}}, "TOP_OF_RANGE_REACHED", 64.5),
        article(of_range(10, 12, row("LightLoadGetsTheSameStep", {{.load_kg = 4, .reps = 12}}, "TOP_OF_RANGE_REACHED", 8.5))),
        article("InRangeHolds", {{.load_kg = 60, .reps = 4}}, "HOLD_IN_RANGE", 60, 5),
        article("ThreeOfFourToSixTakesFivePoundsOff", {{.load_kg = 64.5, .reps = 3}, {.load_kg = 60, .reps = 6}}, "BELOW_RANGE", 62.25),
        in_pounds(article("PoundMachineStepsAreExact", {{.load_kg = 100 * kLb, .reps = 6}}, "TOP_OF_RANGE_REACHED", 110 * kLb)),
        in_pounds(article("PoundMachineDown", {{.load_kg = 100 * kLb, .reps = 3}}, "BELOW_RANGE", 95 * kLb)),
        up_to(90, article("NeverAboveTheMachine", {{.load_kg = 88, .reps = 6}}, "TOP_OF_RANGE_REACHED", 90)),
        up_to(90, article("AtTheMachinesLimitRepsAreAdded", {{.load_kg = 90, .reps = 6}}, "ADD_REPS", 90, 7)),
        in_pounds(article("At170PoundsItIsTheScaledRule", {{.load_kg = 170 * kLb, .reps = 6}}, "TOP_OF_RANGE_REACHED", 180 * kLb)),
        in_pounds(article("At170PoundsDownToo", {{.load_kg = 170 * kLb, .reps = 3}}, "BELOW_RANGE", 165 * kLb))),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    A1Scaled, DoubleProgression,
    ::testing::Values(
        in_pounds(of_range(4, 6, row("At170PoundsItIsTheArticle", {{.load_kg = 170 * kLb, .reps = 6}}, "TOP_OF_RANGE_REACHED", 180 * kLb))),
        in_pounds(of_range(4, 6, row("At170PoundsDownToo", {{.load_kg = 170 * kLb, .reps = 3}}, "BELOW_RANGE", 165 * kLb))),
        of_range(4, 6, row("NeverMoreThanTenPounds", {{.load_kg = 120, .reps = 6}}, "TOP_OF_RANGE_REACHED", 124.5)),
        // 20 x 2 / 36 = 1.11
        row("ALightRowGoesUpByItsRange", {{.reps = 8}}, "TOP_OF_RANGE_REACHED", 21),
        row("DownIsHalfOfUp", {{.reps = 5}}, "BELOW_RANGE", 19.5),
        // 4 x 2 / 40 = 0.2: less than an increment; 4 x 3 / 40 = 0.3: thirteen reps carry one
        of_range(10, 12, row("LessThanAnIncrementAddsReps", {{.load_kg = 4, .reps = 12}}, "ADD_REPS", 4, 13)),
        of_range(10, 12, row("AddedRepsEarnTheIncrement", {{.load_kg = 4, .reps = 13}}, "TOP_OF_RANGE_REACHED", 4.25)),
        of_range(5, 5, row("ARangeOfOneRepStillProgresses", {{.reps = 5}}, "ADD_REPS", 20, 6)),
        of_range(10, 12, row("TooHeavyAlwaysGetsLighter", {{.load_kg = 4, .reps = 7}}, "BELOW_RANGE", 3.75)),
        row("InRangeHoldsAndAsksForOneMore", {{.reps = 7}}, "HOLD_IN_RANGE", 20, 8)),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    A2Forecast, DoubleProgression,
    ::testing::Values(
        // 10 reps, then 8: two reps of fatigue, and the next set at 21 kg would end at five.
        row("FadingSetsAreNotRaised", {{.reps = 8}, {.reps = 10, .answer = 0}}, "FORECAST_BELOW_RANGE", 20),
        article(row("TheArticleDoesNotForecast", {{.reps = 8}, {.reps = 10, .answer = 0}}, "TOP_OF_RANGE_REACHED", 24.5)),
        row("FadingSetsWithRepsLeftAre", {{.reps = 8, .answer = 2}, {.reps = 10, .answer = 0}}, "TOP_OF_RANGE_REACHED", 21),
        row("AnotherLoadBeforeSaysNothingOfFatigue", {{.reps = 8}, {.load_kg = 18, .reps = 12}}, "TOP_OF_RANGE_REACHED", 21)),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    A2NextVisit, DoubleProgression,
    ::testing::Values(
        at_the_door("StartsAtTheHighestLoadInRange", {{.load_kg = 21, .reps = 5, .visit = 1}, {.reps = 7, .visit = 2}},
                    "START_FROM_HISTORY", 20),
        at_the_door("OnlyAVisitsFirstSetIsFresh", {{.load_kg = 22, .reps = 6, .visit = 1}, {.reps = 7, .visit = 1}}, "START_FROM_HISTORY",
                    20),
        at_the_door("TheTopReachedFreshIsRaisedAtTheDoor", {{.reps = 7, .visit = 1}, {.reps = 8, .visit = 1}}, "START_ABOVE_HISTORY", 21),
        at_the_door("ARaiseThatFailedSinceIsNotTriedAtOnce", {{.load_kg = 21, .reps = 5, .visit = 1}, {.reps = 8, .visit = 2}},
                    "START_FROM_HISTORY", 20),
        at_the_door("TheNewestWordOnALoadCounts", {{.reps = 5, .visit = 1}, {.reps = 7, .visit = 2}}, "START_BELOW_HISTORY", 19.5),
        at_the_door("PainLastTimeIsNoRaise", {{.reps = 3, .visit = 1, .stop_answer = kPain}, {.reps = 8, .visit = 1}}, "START_FROM_HISTORY",
                    20),
        at_the_door("FourVisitsAgoIsForgotten", {{.reps = 7, .visit = 1}, {.load_kg = 30, .reps = 7, .visit = 4}}, "START_FROM_HISTORY",
                    20),
        at_the_door("AVisitCutShortSaysNothing",
                    {{.load_kg = 30, .reps = 7, .visit = 1, .end = SHEAVE_SET_END_FAULT}, {.reps = 7, .visit = 2}}, "START_FROM_HISTORY",
                    20)),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    A3Rank, DoubleProgression,
    ::testing::Values(
        row("PainOutranksTheTop", {{.reps = 8, .answer = 5, .stop_answer = kPain}}, "PAIN_STOP", kStop),
        row("PainOutranksInterruption", {{.reps = 3, .end = SHEAVE_SET_END_STOPPED, .stop_answer = kPain}}, "PAIN_STOP", kStop),
        article(row("PainStopsTheArticleToo", {{.reps = 8, .stop_answer = kPain}}, "PAIN_STOP", kStop)),
        row("InterruptionOutranksTheAnswer", {{.reps = 8, .answer = 5, .stop_answer = SHEAVE_STOP_ANSWER_INTERRUPTED}}, "SET_NOT_JUDGED",
            20),
        row("NothingLeftAtTheTopHolds", {{.reps = 8, .answer = 0}}, "HOLD_ANSWER_ZERO", 20),
        row("SpotterHelpAtTheTopHolds", {{.reps = 8, .assisted = 1}}, "HOLD_SPOTTER", 20),
        row("AFailedSetAtTheTopHolds", {{.reps = 8, .end = kFailed}}, "HOLD_SPOTTER", 20),
        row("MoreThanTwoLeftBelowTheTopAsksForReps", {{.reps = 6, .answer = 3}}, "ANSWER_MORE_REPS", 20, 7),
        row("EvenBelowTheRange", {{.reps = 4, .answer = 4}}, "ANSWER_MORE_REPS", 20, 6),
        row("TwoLeftDoNot", {{.reps = 6, .answer = 2}}, "HOLD_IN_RANGE", 20, 7),
        row("FiveLeftAreTwoSteps", {{.reps = 8, .answer = 5}}, "ANSWER_TWO_STEPS", 22),
        row("FiveLeftBelowTheTopToo", {{.reps = 7, .answer = 6}}, "ANSWER_TWO_STEPS", 22),
        row("TwoStepsOnlyOnce", {{.load_kg = 22, .reps = 8, .answer = 5}, {.reps = 8, .answer = 5}}, "TOP_OF_RANGE_REACHED", 23),
        row("NoTwoStepsWithTheSpottersHelp", {{.reps = 8, .answer = 5, .assisted = 1}}, "HOLD_SPOTTER", 20),
        article(row("TheArticleKnowsOneStep", {{.reps = 8, .answer = 6}}, "TOP_OF_RANGE_REACHED", 24.5))),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    A4WhatCounts, DoubleProgression,
    ::testing::Values(row("ShortRepsDoNot", {{.reps = 7, .short_reps = 3}}, "HOLD_IN_RANGE", 20, 8),
                      row("AssistedRepsDoNot", {{.reps = 7, .assisted = 2}}, "HOLD_IN_RANGE", 20, 8),
                      row("WarmUpsDoNot", {{.load_kg = 10, .reps = 8, .kind = SHEAVE_SET_WARM_UP}, {.reps = 7}}, "HOLD_IN_RANGE", 20, 8),
                      row("ARestInsideTheSetDoesNotEarnTheTop", {{.reps = 8, .pause_s = 5.5}}, "HOLD_PAUSED", 20),
                      row("AShortBreathDoes", {{.reps = 8, .pause_s = 4.5}}, "TOP_OF_RANGE_REACHED", 21),
                      cut_short("LeavingIsNotJudged", kLeft), cut_short("LinkLossIsNotJudged", SHEAVE_SET_END_LEASE_LOST),
                      cut_short("AFaultIsNotJudged", SHEAVE_SET_END_FAULT, 8), cut_short("StopIsNotJudged", SHEAVE_SET_END_STOPPED),
                      cut_short("ARestartIsNotJudged", SHEAVE_SET_END_INTERRUPTED),
                      row("ASetWithoutAnyPullIsNotJudged", {{.reps = 0}}, "SET_NOT_JUDGED", 20),
                      row("NoPullAndTooTiredForOneIsTooHeavy", {{.reps = 0, .stop_answer = SHEAVE_STOP_ANSWER_TIRED}}, "BELOW_RANGE", 19.5),
                      row("ASetOfShortPullsIsTooHeavy", {{.reps = 0, .short_reps = 4}}, "BELOW_RANGE", 19.5),
                      row("FailingTheFirstRepIsTooHeavy", {{.reps = 0, .end = kFailed}}, "BELOW_RANGE", 19.5)),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    A5FirstSetEver, DoubleProgression,
    ::testing::Values(
        stranger("IsAProbeOfFive", 10), of_range(10, 12, stranger("AFacePullStartsLighter", 4)),
        probes(row("AFastProbeIsRaisedByTenPoundsAtMost", {probe(10, 0.9)}, "PROBE_RAISE", 14.5)),
        probes(row("ByHalfWhereThatIsLess", {probe(4, 0.9)}, "PROBE_RAISE", 6)),
        row("TwiceAtMost", {probe(19, 0.9), probe(14.5, 0.9), probe(10, 0.9)}, "PROBE_DONE", 19),
        row("ASlowProbeIsWhereTheWorkBegins", {probe(10, 0.5)}, "PROBE_DONE", 10),
        row("TheAnswerOutranksTheSpeed", {probe(10, 0.9, 2)}, "PROBE_DONE", 10),
        probes(row("ManyLeftRaisesASlowProbe", {probe(10, 0.5, 6)}, "PROBE_RAISE", 14.5)),
        row("AnUnknownSpeedRaisesNothing", {probe(10, std::nan(""))}, "PROBE_DONE", 10),
        row("AFailedProbeGoesDownAsFarAsItsRepsAsk", {{.load_kg = 10, .reps = 2, .end = kFailed, .kind = kProbe}}, "PROBE_TOO_HEAVY", 8.5),
        row("ByAStepAtLeast", {{.load_kg = 10, .reps = 4, .kind = kProbe}}, "PROBE_TOO_HEAVY", 9.25),
        probes(row("AProbeCutShortIsProbedAgain", {{.load_kg = 10, .reps = 2, .end = kLeft, .kind = kProbe}}, "SET_NOT_JUDGED", 10)),
        row("PainInAProbeStops", {{.load_kg = 10, .reps = 5, .stop_answer = kPain, .kind = kProbe, .first_mps = 0.9}}, "PAIN_STOP", kStop)),
    name_of);

TEST(DoubleProgressionProperty, IsAPureFunction) {
  const ProgressionRow asked = row("", {{.reps = 8}}, "", 0);
  const auto first = decide(asked);
  decide(row("", {{.load_kg = 90, .reps = 1}}, "", 0));
  const auto again = decide(asked);
  ASSERT_TRUE(first.ok() && again.ok());
  EXPECT_EQ(first->load_kg, again->load_kg);
  EXPECT_STREQ(first->reason, again->reason);
}

TEST(DoubleProgressionProperty, TheLoadNeverRisesByMoreThanTwoStepsNorLeavesTheGridOrTheMachine) {
  for (const double rule : {0.0, 1.0}) {
    for (double load_kg = 1; load_kg <= 90; load_kg += 0.75) {
      for (int reps = 0; reps <= 15; ++reps) {
        for (int answer = -1; answer <= 6; ++answer) {
          ProgressionRow asked = up_to(90, row("", {{.load_kg = load_kg, .reps = reps, .answer = answer}}, "", 0));
          asked.params = {{"step_rule", rule}};
          const auto out = decide(asked);
          ASSERT_TRUE(out.ok());
          ASSERT_LE(out->load_kg, std::min(90.0, load_kg + 9.0)) << load_kg << " kg, " << reps << " reps, answer " << answer;
          ASSERT_GE(out->load_kg, std::max(0.25, load_kg - 2.25));
          ASSERT_NEAR(out->load_kg, std::round(out->load_kg / 0.25) * 0.25, 1e-9);
          if (reps < 8 && answer < 5) {
            ASSERT_LE(out->load_kg, load_kg);
          }
        }
      }
    }
  }
}

TEST(DoubleProgressionProperty, ANonsensicalQuestionHasNoAnswer) {
  ProgressionRow no_step = row("", {}, "", 0);
  no_step.increment_kg = 0;
  EXPECT_FALSE(decide(of_range(8, 6, row("", {}, "", 0))).ok());
  EXPECT_FALSE(decide(no_step).ok());
  EXPECT_FALSE(decide(row("", {{.load_kg = std::nan(""), .reps = 8}}, "", 0)).ok());
}

}  // namespace
}  // namespace sheave::test
