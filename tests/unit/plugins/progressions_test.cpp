// A golden table of the rules A6 to A10 and of each progression beside double progression: what is decided, row by row. A1 to A5 are
// double_progression_test.cpp's.

#include <gtest/gtest.h>

#include <cmath>

#include "tests/unit/plugins/progression_bench.hpp"

namespace sheave::test {
namespace {

constexpr auto kLeft = static_cast<std::uint32_t>(SHEAVE_SIDE_LEFT), kRight = static_cast<std::uint32_t>(SHEAVE_SIDE_RIGHT);

class Progressions : public ::testing::TestWithParam<ProgressionRow> {};

TEST_P(Progressions, DecideAsTheTableSays) { expect_as_the_row_says(GetParam()); }

/// Newest first: `right` after `left`, both of 20 kg.
std::vector<SetRow> sides(SetRow left, SetRow right) {
  left.side = kLeft, right.side = kRight;
  return {right, left};
}

INSTANTIATE_TEST_SUITE_P(
    A6OneSided, Progressions,
    ::testing::Values(row("BothAtTheTopRaise", sides({.reps = 8}, {.reps = 8}), "TOP_OF_RANGE_REACHED", 21),
                      row("TheWeakerSideDecidesWhereItIsTheLeft", sides({.reps = 6}, {.reps = 8}), "HOLD_IN_RANGE", 20, 7),
                      row("TheWeakerSideDecidesWhereItIsTheRight", sides({.reps = 8}, {.reps = 5}), "BELOW_RANGE", 19.5),
                      row("TheLesserAnswerCounts", sides({.reps = 8, .answer = 0}, {.reps = 8, .answer = 3}), "HOLD_ANSWER_ZERO", 20),
                      row("OneSideCutShortIsNotJudged", sides({.reps = 8}, {.reps = 8, .end = SHEAVE_SET_END_STOPPED}), "SET_NOT_JUDGED",
                          20),
                      row("OneSideAloneIsNotJudged", {{.reps = 8, .side = kLeft}}, "SET_NOT_JUDGED", 20),
                      row("PainOnOneSideStops", {{.reps = 3, .stop_answer = SHEAVE_STOP_ANSWER_PAIN, .side = kLeft}}, "PAIN_STOP", kStop)),
    name_of);

ProgressionRow away(const char* name, double days, const char* reason, double load_kg) {
  return {.name = name,
          .sets = {{.load_kg = 40, .reps = 8, .visit = 1, .days_ago = days}},
          .reason = reason,
          .load_kg = load_kg,
          .point = kFirst};
}
ProgressionRow probed_after(const char* name, double days) {
  ProgressionRow row = away(name, days, "PROBE_AFTER_ABSENCE", 10);
  row.goal = 5, row.kind = kProbe;
  return row;
}

INSTANTIATE_TEST_SUITE_P(
    A7Absence, Progressions,
    ::testing::Values(
        away("ThirteenDaysRaise", 13.9, "START_ABOVE_HISTORY", 42), away("FourteenDaysDoNotRaise", 14, "START_FROM_HISTORY", 40),
        away("TwentyOneDaysTakeATenth", 21, "START_AFTER_ABSENCE", 36), away("FortyTwoDaysTakeAFifth", 42, "START_AFTER_ABSENCE", 32),
        probed_after("NinetyDaysProbe", 90),
        row("AnUnsureClockIsNoAbsence", {{.load_kg = 40, .reps = 7, .visit = 1, .days_ago = std::nan("")}}, "START_FROM_HISTORY", 40, 0,
            kFirst),
        row("ThreeVisitsBelowTakeATenth",
            {{.load_kg = 40, .reps = 5, .visit = 1}, {.load_kg = 40, .reps = 4, .visit = 2}, {.load_kg = 41, .reps = 5, .visit = 3}},
            "THREE_VISITS_BELOW", 36, 0, kFirst),
        row("TwoVisitsBelowTakeAStep", {{.load_kg = 40, .reps = 5, .visit = 1}, {.load_kg = 40, .reps = 4, .visit = 2}},
            "START_BELOW_HISTORY", 39, 0, kFirst)),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    A8Workout, Progressions,
    ::testing::Values(
        row("AFirstMissOnTiredMusclesHolds", {{.reps = 5, .worked_before = 3}}, "HOLD_TIRED", 20),
        row("ASecondOneLowers", {{.reps = 5, .worked_before = 3}, {.reps = 5, .worked_before = 3}}, "BELOW_RANGE", 19.5),
        row("AFreshMissLowers", {{.reps = 5}}, "BELOW_RANGE", 19.5),
        row("HelpLowersTiredOrNot", {{.reps = 5, .end = SHEAVE_SET_END_FAILED, .worked_before = 3}}, "BELOW_RANGE", 19.5),
        ProgressionRow{.name = "VisitsCompareAtTheSamePosition",
                       .sets = {{.load_kg = 30, .reps = 7, .visit = 1}, {.load_kg = 24, .reps = 7, .visit = 2, .worked_before = 3}},
                       .reason = "START_FROM_HISTORY",
                       .load_kg = 24,
                       .point = kFirst,
                       .worked_before_now = 3},
        row("FreshComparesWithFresh", {{.load_kg = 24, .reps = 7, .visit = 1, .worked_before = 3}, {.load_kg = 30, .reps = 7, .visit = 2}},
            "START_FROM_HISTORY", 30, 0, kFirst)),
    name_of);

ProgressionRow strength(const char* name, std::vector<SetRow> sets, const char* reason, double load_kg, std::uint32_t goal = 0,
                        std::uint32_t point = SHEAVE_DECIDE_NEXT_SET) {
  return by("strength", of_range(3, 5, row(name, std::move(sets), reason, load_kg, goal, point)));
}

INSTANTIATE_TEST_SUITE_P(
    A9Strength, Progressions,
    ::testing::Values(strength("TheTopHoldsWithinASession", {{.load_kg = 100, .reps = 5}}, "HOLD_FOR_NEXT_VISIT", 100),
                      strength("BelowTheRangeFallsAtOnce", {{.load_kg = 100, .reps = 2}}, "BELOW_RANGE", 97.75),
                      strength("HelpHolds", {{.load_kg = 100, .reps = 4, .end = SHEAVE_SET_END_FAILED}}, "HOLD_SPOTTER", 100),
                      strength("InRangeHolds", {{.load_kg = 100, .reps = 4}}, "HOLD_IN_RANGE", 100, 5),
                      strength("SetOneDecidesTheNextVisit",
                               {{.load_kg = 98, .reps = 3, .visit = 1}, {.load_kg = 100, .reps = 5, .visit = 1}}, "SET_ONE_RAISES", 104.5,
                               0, kFirst),
                      strength("NotTheLastSet", {{.load_kg = 100, .reps = 5, .visit = 1}, {.load_kg = 100, .reps = 4, .visit = 1}},
                               "START_FROM_HISTORY", 100, 0, kFirst),
                      strength("SetOneBelowLowers", {{.load_kg = 100, .reps = 2, .visit = 1}}, "START_BELOW_HISTORY", 97.75, 0, kFirst),
                      strength("AFewRepsLeftByTheAnswerAreNone", {{.load_kg = 100, .reps = 5, .answer = 0, .visit = 1}},
                               "START_FROM_HISTORY", 100, 0, kFirst)),
    name_of);

ProgressionRow power(const char* name, std::vector<double> peaks_mps, const char* reason, double load_kg) {
  std::vector<SetRow> sets;
  for (const double peak_mps : peaks_mps) sets.push_back({.load_kg = 40, .reps = 3, .end = SHEAVE_SET_END_EXERCISE, .peak_mps = peak_mps});
  ProgressionRow asked = by("power", of_range(2, 3, row(name, std::move(sets), reason, load_kg)));
  asked.params = {{"velocity_goal_mps", 1.2}};
  return asked;
}

INSTANTIATE_TEST_SUITE_P(A10Power, Progressions,
                         ::testing::Values(power("OnceFasterHolds", {1.30, 1.20}, "HOLD_SPEED", 40),
                                           power("TwiceFasterRaises", {1.30, 1.27}, "SPEED_GOAL_BEATEN", 41.25),
                                           power("FasterByLessThanFivePercentHolds", {1.25, 1.25}, "HOLD_SPEED", 40),
                                           power("TooSlowLowers", {1.07}, "SPEED_BELOW_GOAL", 39.5),
                                           power("ALittleSlowHolds", {1.09}, "HOLD_SPEED", 40),
                                           power("UnknownHolds", {std::nan("")}, "HOLD_SPEED_UNKNOWN", 40)),
                         name_of);

ProgressionRow two_for_two(const char* name, int last_visit, int before, const char* reason, double load_kg) {
  return by("two-for-two", row(name,
                               {{.load_kg = 40, .reps = last_visit, .visit = 1},
                                {.load_kg = 40, .reps = 8, .visit = 1},
                                {.load_kg = 40, .reps = before, .visit = 2}},
                               reason, load_kg, 0, kFirst));
}

INSTANTIATE_TEST_SUITE_P(TwoForTwo, Progressions,
                         ::testing::Values(two_for_two("TwoVisitsTwoOverRaise", 10, 10, "TWO_FOR_TWO", 42),
                                           two_for_two("OneVisitDoesNot", 10, 9, "START_FROM_HISTORY", 40),
                                           two_for_two("OneOverDoesNot", 9, 10, "START_FROM_HISTORY", 40),
                                           by("two-for-two", row("NothingRisesWithinASession", {{.reps = 12}}, "HOLD_IN_RANGE", 20, 10))),
                         name_of);

ProgressionRow by_loss(const char* name, int reps, double last_mps, const char* reason, double load_kg, std::uint32_t goal = 0) {
  const SetRow set{.load_kg = 40, .reps = reps, .end = SHEAVE_SET_END_EXERCISE, .first_mps = 0.6, .last_mps = last_mps};
  return by("velocity-loss", of_range(4, 8, row(name, {set}, reason, load_kg, goal)));
}

INSTANTIATE_TEST_SUITE_P(VelocityLoss, Progressions,
                         ::testing::Values(by_loss("TheTopWithSpeedToSpareRaises", 8, 0.55, "TOP_OF_RANGE_REACHED", 44.5),
                                           by_loss("TheTopAtItsEndHolds", 8, 0.45, "HOLD_SPEED_LOST", 40),
                                           by_loss("SpeedLostEarlyLowers", 3, 0.45, "BELOW_RANGE", 37.75),
                                           by_loss("InRangeHolds", 6, 0.45, "HOLD_IN_RANGE", 40, 7)),
                         name_of);

TEST(DoubleProgression, OfASetThatWentOnLighterAllRepsCountAtTheLeast) {
  const auto out = decide(row("", {{.reps = 7, .heavy_reps = 3, .lighter_kg = 17}}, "", 0));
  ASSERT_TRUE(out.ok());
  EXPECT_STREQ(out->reason, "HOLD_IN_RANGE");
  EXPECT_DOUBLE_EQ(out->load_kg, 17.0);
}

}  // namespace
}  // namespace sheave::test
