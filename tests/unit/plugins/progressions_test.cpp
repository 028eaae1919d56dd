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

ProgressionRow reserve(const char* name, std::vector<SetRow> sets, const char* reason, double load_kg, std::uint32_t goal,
                       std::uint32_t point = SHEAVE_DECIDE_NEXT_SET) {
  return by("reps-in-reserve", row(name, std::move(sets), reason, load_kg, goal, point));
}
/// Speeds of this person: 0.38 m/s leaves two.
constexpr sheave_strength_t kStrength{.struct_size = sizeof(sheave_strength_t),
                                      .reserved = 0,
                                      .failure_mps = 0.30,
                                      .per_rep_mps = 0.04,
                                      .reserve_error_reps = 0.6,
                                      .reserve_r2 = 0.9,
                                      .one_rm_kg = 27,
                                      .one_rm_low_kg = 25,
                                      .one_rm_high_kg = 29,
                                      .form_share = kStop,
                                      .form_error_share = kStop};

ProgressionRow with_strength(ProgressionRow row, double form_share = kStop) {
  row.strength = kStrength;
  row.strength->form_share = form_share;
  row.strength->form_error_share = 0.02;
  return row;
}

/// A first set of 8 at 20 kg with two left, three visits long: 26.67 kg once.
std::vector<SetRow> visits(int reps, int answer) {
  return {{.reps = reps, .answer = answer, .visit = 1},
          {.reps = reps, .answer = answer, .visit = 2},
          {.reps = reps, .answer = answer, .visit = 3}};
}

/// After two more without an answer.
std::vector<SetRow> silent(SetRow last) { return {last, {.load_kg = 19, .reps = 8}, {.load_kg = 18, .reps = 8}}; }

/// A visit of three sets at the top, unanswered, each heavier; the last rep of the heaviest was this fast.
std::vector<SetRow> held_to(double load_kg, double last_mps) {
  return {{.load_kg = load_kg, .reps = 8, .visit = 1, .last_mps = last_mps},
          {.load_kg = load_kg - 2, .reps = 8, .visit = 1},
          {.load_kg = load_kg - 4, .reps = 8, .visit = 1}};
}

INSTANTIATE_TEST_SUITE_P(
    RepsInReserve, Progressions,
    ::testing::Values(
        reserve("WhatWasLeftLessWhatASetCostsDecides", {{.reps = 7, .answer = 3}}, "RESERVE_LOWER", 19.25, 7),
        reserve("FourLeftAtTheTopGoOn", {{.reps = 8, .answer = 4}}, "RESERVE_GOAL", 20, 7),
        reserve("NothingLeftLowers", {{.reps = 6, .answer = 0}}, "RESERVE_LOWER", 17.5, 8),
        reserve("ManyLeftGropeUpToWhereTheBottomIsSureIfItWasFive", {{.reps = 8, .answer = 5}}, "RESERVE_RAISE", 23, 6),
        reserve("ManyLeftAgainGropeByThreeTenths", {{.load_kg = 24, .reps = 6, .answer = 5}, {.reps = 8, .answer = 5}}, "RESERVE_RAISE",
                29.25, 12),
        reserve("AProbeWithManyLeftCountsAsOne", {{.reps = 8, .answer = 5}, {.load_kg = 16, .reps = 5, .answer = 5, .kind = kProbe}},
                "RESERVE_RAISE", 25, 6),
        reserve("ManyLeftSaysNothingOfAHeavierSet", {{.load_kg = 24, .reps = 6, .last_mps = 0.4}, {.reps = 8, .answer = 5}}, "RESERVE_GOAL",
                24, 6),
        reserve("ManyLeftAndTheSameSpeedAtMoreIsManyAgain", {{.load_kg = 24, .reps = 6}, {.reps = 8, .answer = 5}}, "SPEED_HELD", 29.25,
                12),
        reserve("ManyLeftAndLessSpeedAtMoreIsNot",
                {{.load_kg = 24, .reps = 6, .first_mps = 0.4, .last_mps = 0.4}, {.reps = 8, .answer = 5}}, "RESERVE_GOAL", 24, 6),
        reserve("HalfTheSpeedAtItsEndLeftFew", {{.reps = 8, .first_mps = 0.6, .last_mps = 0.18}, {.reps = 8, .answer = 5, .visit = 1}},
                "RESERVE_LOWER", 19.25, 7),
        reserve("NoRepTwiceIsTooHeavy", {{.load_kg = 20}, {.load_kg = 20}, {.load_kg = 20, .reps = 6, .answer = 1}}, "BELOW_RANGE", 16.75,
                0),
        reserve("NoRepOnceSaysNothing", {{.load_kg = 20}, {.load_kg = 20, .reps = 6, .answer = 1}}, "SET_NOT_JUDGED", 20, 0),
        reserve("NoRepTwiceCutShortSaysNothing", {{.load_kg = 20, .end = SHEAVE_SET_END_STOPPED}, {.load_kg = 20}}, "SET_NOT_JUDGED", 20,
                0),
        reserve("AProbeWithoutARepTwiceIsTooHeavy", {{.load_kg = 20, .kind = kProbe}, {.load_kg = 20, .kind = kProbe}}, "PROBE_TOO_HEAVY",
                16.75, 0),
        reserve("TwoLeftAndTheSameSpeedIsNot", {{.load_kg = 20, .reps = 8}, {.reps = 8, .answer = 2}}, "RESERVE_LOWER", 18.5, 7),
        reserve("ManyLeftAgainAtLessSpeedIsNoMore",
                {{.load_kg = 24, .reps = 6, .answer = 5, .first_mps = 0.4, .last_mps = 0.4}, {.reps = 8, .answer = 5}}, "RESERVE_RAISE",
                26.75, 6),
        reserve("TheOwnSpeedsSpeakWhereThePersonDoesNot", {{.reps = 8, .left_by_speed = 8}}, "RESERVE_RAISE", 23, 6),
        reserve("TheAnswerOutranksTheSpeeds", {{.reps = 8, .answer = 2, .left_by_speed = 5}}, "RESERVE_LOWER", 19.25, 7),
        reserve("UnknownLeavesItToReps", {{.reps = 7}}, "HOLD_IN_RANGE", 20, 8),
        reserve("SpeedThatHeldEarnsWhoNeverAnswersATenth", silent({.reps = 8}), "SPEED_HELD", 22, 0),
        reserve("OneUnansweredSetIsForTheNextToTell", {{.reps = 8}}, "TOP_OF_RANGE_REACHED", 21, 0),
        reserve("SpeedThatFellEarnsAStep", silent({.reps = 8, .last_mps = 0.4}), "TOP_OF_RANGE_REACHED", 21, 0),
        reserve("SpeedThatHeldAfterARestEarnsNothing", silent({.reps = 8, .pause_s = 9}), "HOLD_PAUSED", 20, 0),
        reserve("AVisitBeginsWhereTheSpeedHeldTo", held_to(24, 0.5), "START_FROM_HISTORY", 24, 0, kFirst),
        reserve("AndNotWhereItFell", held_to(24, 0.4), "START_FROM_HISTORY", 22, 0, kFirst),
        reserve("HelpMeansNothingWasLeft", {{.reps = 6, .end = SHEAVE_SET_END_FAILED}}, "RESERVE_LOWER", 17.5, 8),
        reserve("PainStops", {{.reps = 8, .answer = 4, .stop_answer = SHEAVE_STOP_ANSWER_PAIN}}, "PAIN_STOP", kStop, 0),
        reserve("AfterAnUnansweredSetTheOneBeforeItTells", {{.reps = 6}, {.reps = 8, .answer = 2}}, "RESERVE_LOWER", 18, 8),
        reserve("WhatFliesIsLight", {{.reps = 8, .first_mps = 1.15}}, "RESERVE_RAISE", 26, 10),
        reserve("AVisitBeginsFresh", visits(8, 2), "RESERVE_GOAL", 20, 8, kFirst),
        reserve("AVisitBeginsLowerWhereTheTopIsFarAway", visits(5, 1), "RESERVE_LOWER", 18.25, 9, kFirst),
        with_strength(reserve("AGoodDayBeginsWithMore", visits(8, 2), "RESERVE_RAISE", 21, 12, kFirst), 1.08),
        with_strength(reserve("ABadDayBeginsWithLess", visits(8, 2), "RESERVE_LOWER", 19, 12, kFirst), 0.94)),
    name_of);

/// What a visit begins with after two in which 20 kg went 12 times with four left, for somebody who before that did 8 at 20 kg and, with a
/// tenth more, `heavier` reps, with two left each time.
double raised_kg(int heavier) {
  std::vector<SetRow> sets{{.reps = 12, .answer = 4, .visit = 1}, {.reps = 12, .answer = 4, .visit = 2}};
  for (std::uint32_t visit = 3; visit <= 8; visit += 2) {
    sets.push_back({.load_kg = 22, .reps = heavier, .answer = 2, .visit = visit});
    sets.push_back({.load_kg = 20, .reps = 8, .answer = 2, .visit = visit + 1});
  }
  const auto out = decide(reserve("", std::move(sets), "", 0, 0, kFirst));
  return out.ok() ? out->load_kg : 0.0;
}

TEST(RepsInReserve, LearnsHowManyRepsAStepIsWorthFromThePersonsOwnSets) {
  // By Epley a tenth more costs four of ten reps, by Lombardi six.
  const double by_epley_kg = raised_kg(4), by_lombardi_kg = raised_kg(2);
  EXPECT_GT(by_lombardi_kg, 20.0) << "more was left than is to be";
  EXPECT_GE(by_epley_kg, by_lombardi_kg + 0.5);
}

/// Lowered by, after a set of `reps` at 20 kg that went to its end or left one.
double lowered_by_kg(int reps, bool failed) {
  const SetRow set{.reps = reps, .answer = failed ? -1 : 1, .end = failed ? SHEAVE_SET_END_FAILED : SHEAVE_SET_END_RACKED};
  const auto out = decide(reserve("", {set}, "", 0, 0));
  return out.ok() ? 20.0 - out->load_kg : 0.0;
}

TEST(RepsInReserve, AFailedSetIsAnsweredWithMoreThanTheMeanCurveAsks) {
  // To the end at four is as strong as three with one left; who failed must not fail again, however steep their curve may be.
  EXPECT_GT(lowered_by_kg(4, true), lowered_by_kg(3, false));
  EXPECT_GE(lowered_by_kg(0, true), lowered_by_kg(2, true)) << "not one rep is further off than two";
}

double last_reps_speed(const ProgressionRow& row) {
  const auto out = decide(row);
  return out.ok() ? out->last_reps_speed_mps : -1.0;
}

TEST(RepsInReserve, SaysAtWhichSpeedOneOrTwoAreLeftOnceThePersonsOwnSetsTell) {
  const ProgressionRow asked = reserve("", {{.reps = 8, .answer = 2}}, "", 0, 0);
  EXPECT_NEAR(last_reps_speed(with_strength(asked)), 0.368, 1e-9) << "between one left and two";
  EXPECT_EQ(last_reps_speed(asked), 0.0) << "the host has no model";
}

// Nobody's answer and no line is needed where a pace that held against a fifth more falls.
TEST(RepsInReserve, WhoKeepsAPaceIsNearTheEndWhereItFalls) {
  const auto asked = [](double heavy_mps, int answer) {
    return reserve("",
                   {{.load_kg = 26, .reps = 8, .answer = answer, .first_mps = heavy_mps, .last_mps = heavy_mps}, {.reps = 8, .answer = 5}},
                   "", 0, 0);
  };
  EXPECT_DOUBLE_EQ(last_reps_speed(asked(0.5, -1)), 0.75 * 0.5);
  EXPECT_EQ(last_reps_speed(asked(0.46, -1)), 0.0) << "who pulls with all they have is slower against more";
  EXPECT_DOUBLE_EQ(decide(asked(0.5, -1))->lighter_speed_mps, 0.75 * 0.5);
  EXPECT_NEAR(last_reps_speed(with_strength(asked(0.5, -1))), 0.368, 1e-9) << "the person's own line says more";
  ProgressionRow slow = asked(0.5, -1);
  slow.sets.insert(slow.sets.begin(), {.load_kg = 30, .reps = 8, .answer = 5, .first_mps = 0.5, .last_mps = 0.3});
  EXPECT_LT(last_reps_speed(slow), 0.33) << "many were left at that speed";
  EXPECT_GT(last_reps_speed(slow), 0.25);
}

TEST(RepsInReserve, SaysWhatIsToComeOffWhereTheRangeIsOutOfReachUnlessTheProgramWantsNone) {
  ProgressionRow asked = with_strength(reserve("", {{.reps = 8, .answer = 2}}, "", 0, 0));
  const auto out = decide(asked);
  ASSERT_TRUE(out.ok());
  EXPECT_DOUBLE_EQ(out->lighter_speed_mps, out->last_reps_speed_mps);
  EXPECT_GT(out->lighter_per_rep_share, 0.02);
  EXPECT_LT(out->lighter_per_rep_share, 0.05);
  asked.params = {{"lighter_when_heavy", 0.0}};
  EXPECT_EQ(decide(asked)->lighter_per_rep_share, 0.0);
  asked.params = {};
  asked.strength.reset();
  EXPECT_DOUBLE_EQ(decide(asked)->lighter_speed_mps, 0.23) << "slow for most";
  asked.sets[0].last_mps = 0.2;
  EXPECT_LT(decide(asked)->lighter_speed_mps, 0.23) << "slower than any set has ended";
  asked.sets[0].reps = 1;
  EXPECT_EQ(decide(asked)->lighter_per_rep_share, 0.0) << "nothing tells when";
}

/// What comes after a set of 7 with one left, of which `heavy` were done at 20 kg and the others at 17.
double after_lighter_kg(int heavy) {
  const auto out = decide(reserve("", {{.reps = 7, .answer = 1, .heavy_reps = heavy, .lighter_kg = 17}}, "", 0, 0));
  return out.ok() ? out->load_kg : 0.0;
}

TEST(RepsInReserve, ASetThatWentOnLighterCountsEachLoadForWhatWasDoneAtIt) {
  const auto out = decide(reserve("", {{.reps = 7, .answer = 1, .heavy_reps = 3, .lighter_kg = 17}}, "", 0, 0));
  ASSERT_TRUE(out.ok());
  EXPECT_STREQ(out->reason, "RESERVE_LIGHTER");
  EXPECT_LT(out->load_kg, 20.0) << "that was too heavy";
  EXPECT_LE(after_lighter_kg(1), after_lighter_kg(3));
  EXPECT_LE(after_lighter_kg(3), after_lighter_kg(6));
  EXPECT_LT(after_lighter_kg(1), after_lighter_kg(6)) << "more of it at 20 kg says more";
}

TEST(DoubleProgression, OfASetThatWentOnLighterAllRepsCountAtTheLeast) {
  const auto out = decide(row("", {{.reps = 7, .heavy_reps = 3, .lighter_kg = 17}}, "", 0));
  ASSERT_TRUE(out.ok());
  EXPECT_STREQ(out->reason, "HOLD_IN_RANGE");
  EXPECT_DOUBLE_EQ(out->load_kg, 17.0);
}

}  // namespace
}  // namespace sheave::test
