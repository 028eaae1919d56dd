// A golden table: what the shipped plugin decides, case by case, through the host that calls it in the machine.

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "controller/plugin_host/registry.hpp"
#include "tests/support/paths.hpp"

namespace sheave {
namespace {

constexpr double kScaled = 0, kArticle = 1;
constexpr double kLb = 0.45359237;

/// A set as a table row writes it. `visit` 0 is the present session.
struct SetRow {
  double load_kg = 20;
  int reps = 0;
  int answer = -1;
  std::uint32_t end = SHEAVE_SET_END_RACKED;
  std::uint32_t stop_answer = SHEAVE_STOP_ANSWER_NONE;
  std::uint32_t kind = SHEAVE_SET_WORKING;
  std::uint32_t visit = 0;
  int assisted = 0;    ///< Further reps that the spotter helped with.
  int short_reps = 0;  ///< Further reps of 60 % of the range.
  double pause_s = 0;  ///< Before the last rep.
  double speed_mps = 0.5;
};

struct Row {
  const char* name;
  double rule = kScaled;
  std::uint32_t bottom = 6, top = 8;
  std::vector<SetRow> sets;  ///< Newest first.
  double load_kg;            ///< Expected.
  const char* reason;
  std::uint32_t goal = 0;
  std::uint32_t kind = SHEAVE_SET_WORKING;
  std::uint32_t point = SHEAVE_DECIDE_NEXT_SET;
  double increment_kg = 0.25;
  double load_max_kg = 150;
  double start_load_kg = 10;
};

std::vector<sheave_rep_summary_t> reps_of(const SetRow& row) {
  std::vector<sheave_rep_summary_t> reps;
  const auto add = [&](int count, double share, std::uint32_t flags) {
    for (int i = 0; i < count; ++i) reps.push_back({share, row.speed_mps, 1.0, 0.3, flags, 0});
  };
  add(row.reps, 0.97, SHEAVE_REP_COUNTED);
  add(row.assisted, 0.97, SHEAVE_REP_COUNTED | SHEAVE_REP_ASSISTED);
  add(row.short_reps, 0.6, SHEAVE_REP_PARTIAL);
  if (!reps.empty()) reps.back().pause_before_s = std::max(0.3, row.pause_s);
  return reps;
}

class DoubleProgression : public ::testing::TestWithParam<Row> {
 protected:
  static Result<sheave_progression_out_t> decide(const Row& row) {
    static plugin_host::Registry& registry = *[] {
      auto* made = new plugin_host::Registry;  // outlives the tests; the plugin's code stays loaded
      made->scan({SHEAVE_PLUGIN_DIR});
      return made;
    }();
    const plugin_host::ParamValues values{{"step_rule", row.rule}};
    auto instance = registry.create("double-progression", SHEAVE_EXT_PROGRESSION, values, {});
    if (!instance.ok()) return instance.status();
    const plugin_host::Progression progression(*std::move(instance), *registry.find("double-progression"), values);

    std::vector<std::vector<sheave_rep_summary_t>> reps;
    std::vector<sheave_set_summary_t> sets;
    reps.reserve(row.sets.size());
    for (const SetRow& s : row.sets) {
      reps.push_back(reps_of(s));
      sets.push_back({s.visit, static_cast<std::uint32_t>(row.sets.size() - sets.size()), s.kind, s.end, s.stop_answer, s.answer, s.load_kg,
                      2.0 * s.visit, reps.back().data(), static_cast<std::uint32_t>(reps.back().size()), 0});
    }
    sheave_progression_in_t in{};
    in.point = row.point;
    in.rep_bottom = row.bottom;
    in.rep_top = row.top;
    in.sets_planned = 3;
    in.sets_done = static_cast<std::uint32_t>(sets.size());
    in.increment_kg = row.increment_kg;
    in.load_min_kg = row.increment_kg;
    in.load_max_kg = row.load_max_kg;
    in.start_load_kg = row.start_load_kg;
    in.min_rom_share = 0.8;
    in.sets = sets.data();
    in.set_count = static_cast<std::uint32_t>(sets.size());
    return progression.decide(in);
  }
};

TEST_P(DoubleProgression, DecidesAsTheTableSays) {
  const Row& row = GetParam();
  const auto out = decide(row);
  ASSERT_TRUE(out.ok()) << out.status().message;
  EXPECT_STREQ(out->reason, row.reason);
  EXPECT_EQ(out->rep_goal, row.goal);
  if (std::isnan(row.load_kg)) {
    EXPECT_EQ(out->decision, static_cast<std::uint32_t>(SHEAVE_DECISION_STOP));
  } else {
    EXPECT_EQ(out->decision, static_cast<std::uint32_t>(SHEAVE_DECISION_LOAD));
    EXPECT_NEAR(out->load_kg, row.load_kg, 1e-9);
    EXPECT_EQ(out->next_kind, row.kind);
  }
}

std::string row_name(const ::testing::TestParamInfo<Row>& row) { return row.param.name; }

INSTANTIATE_TEST_SUITE_P(Article, DoubleProgression,
                         ::testing::Values(Row{.name = "TopGivesTenPounds",
                                               .rule = kArticle,
                                               .bottom = 4,
                                               .top = 6,
                                               .sets = {{.load_kg = 60, .reps = 6}},
                                               .load_kg = 64.5,
                                               .reason = "TOP_OF_RANGE_REACHED"},
                                           Row{.name = "AboveTheTopToo",
                                               .rule = kArticle,
                                               .bottom = 4,
                                               .top = 6,
                                               .sets = {{.load_kg = 60, .reps = 9}},
                                               .load_kg = 64.5,
                                               .reason = "TOP_OF_RANGE_REACHED"},
                                           Row{.name = "LightLoadGetsTheSameStep",
                                               .rule = kArticle,
                                               .bottom = 10,
                                               .top = 12,
                                               .sets = {{.load_kg = 4, .reps = 12}},
                                               .load_kg = 8.5,
                                               .reason = "TOP_OF_RANGE_REACHED"},
                                           Row{.name = "InRangeHolds",
                                               .rule = kArticle,
                                               .bottom = 4,
                                               .top = 6,
                                               .sets = {{.load_kg = 60, .reps = 4}},
                                               .load_kg = 60,
                                               .reason = "HOLD_IN_RANGE",
                                               .goal = 5},
                                           Row{.name = "ThreeOfFourToSixTakesFivePoundsOff",
                                               .rule = kArticle,
                                               .bottom = 4,
                                               .top = 6,
                                               .sets = {{.load_kg = 64.5, .reps = 3}, {.load_kg = 60, .reps = 6}},
                                               .load_kg = 62.25,
                                               .reason = "BELOW_RANGE"},
                                           Row{.name = "PoundMachineStepsAreExact",
                                               .rule = kArticle,
                                               .bottom = 4,
                                               .top = 6,
                                               .sets = {{.load_kg = 100 * kLb, .reps = 6}},
                                               .load_kg = 110 * kLb,
                                               .reason = "TOP_OF_RANGE_REACHED",
                                               .increment_kg = 0.5 * kLb},
                                           Row{.name = "PoundMachineDown",
                                               .rule = kArticle,
                                               .bottom = 4,
                                               .top = 6,
                                               .sets = {{.load_kg = 100 * kLb, .reps = 3}},
                                               .load_kg = 95 * kLb,
                                               .reason = "BELOW_RANGE",
                                               .increment_kg = 0.5 * kLb},
                                           Row{.name = "NeverAboveTheMachine",
                                               .rule = kArticle,
                                               .bottom = 4,
                                               .top = 6,
                                               .sets = {{.load_kg = 88, .reps = 6}},
                                               .load_kg = 90,
                                               .reason = "TOP_OF_RANGE_REACHED",
                                               .load_max_kg = 90},
                                           Row{.name = "AtTheMachinesLimitRepsAreAdded",
                                               .rule = kArticle,
                                               .bottom = 4,
                                               .top = 6,
                                               .sets = {{.load_kg = 90, .reps = 6}},
                                               .load_kg = 90,
                                               .reason = "ADD_REPS",
                                               .goal = 7,
                                               .load_max_kg = 90},
                                           Row{.name = "At170PoundsItIsTheScaledRule",
                                               .rule = kArticle,
                                               .bottom = 4,
                                               .top = 6,
                                               .sets = {{.load_kg = 170 * kLb, .reps = 6}},
                                               .load_kg = 180 * kLb,
                                               .reason = "TOP_OF_RANGE_REACHED",
                                               .increment_kg = 0.5 * kLb},
                                           Row{.name = "At170PoundsDownToo",
                                               .rule = kArticle,
                                               .bottom = 4,
                                               .top = 6,
                                               .sets = {{.load_kg = 170 * kLb, .reps = 3}},
                                               .load_kg = 165 * kLb,
                                               .reason = "BELOW_RANGE",
                                               .increment_kg = 0.5 * kLb}),
                         row_name);

INSTANTIATE_TEST_SUITE_P(
    A1Scaled, DoubleProgression,
    ::testing::Values(
        Row{.name = "At170PoundsItIsTheArticle",
            .bottom = 4,
            .top = 6,
            .sets = {{.load_kg = 170 * kLb, .reps = 6}},
            .load_kg = 180 * kLb,
            .reason = "TOP_OF_RANGE_REACHED",
            .increment_kg = 0.5 * kLb},
        Row{.name = "At170PoundsDownToo",
            .bottom = 4,
            .top = 6,
            .sets = {{.load_kg = 170 * kLb, .reps = 3}},
            .load_kg = 165 * kLb,
            .reason = "BELOW_RANGE",
            .increment_kg = 0.5 * kLb},
        Row{.name = "NeverMoreThanTenPounds",
            .bottom = 4,
            .top = 6,
            .sets = {{.load_kg = 120, .reps = 6}},
            .load_kg = 124.5,
            .reason = "TOP_OF_RANGE_REACHED"},
        // 20 x 2 / 36 = 1.11
        Row{.name = "ALightRowGoesUpByItsRange", .sets = {{.load_kg = 20, .reps = 8}}, .load_kg = 21, .reason = "TOP_OF_RANGE_REACHED"},
        Row{.name = "DownIsHalfOfUp", .sets = {{.load_kg = 20, .reps = 5}}, .load_kg = 19.5, .reason = "BELOW_RANGE"},
        // 4 x 2 / 40 = 0.2: less than an increment
        Row{.name = "LessThanAnIncrementAddsReps",
            .bottom = 10,
            .top = 12,
            .sets = {{.load_kg = 4, .reps = 12}},
            .load_kg = 4,
            .reason = "ADD_REPS",
            .goal = 13},
        // 4 x 3 / 40 = 0.3: thirteen reps carry one increment
        Row{.name = "AddedRepsEarnTheIncrement",
            .bottom = 10,
            .top = 12,
            .sets = {{.load_kg = 4, .reps = 13}},
            .load_kg = 4.25,
            .reason = "TOP_OF_RANGE_REACHED"},
        Row{.name = "ARangeOfOneRepStillProgresses",
            .bottom = 5,
            .top = 5,
            .sets = {{.load_kg = 20, .reps = 5}},
            .load_kg = 20,
            .reason = "ADD_REPS",
            .goal = 6},
        Row{.name = "TooHeavyAlwaysGetsLighter",
            .bottom = 10,
            .top = 12,
            .sets = {{.load_kg = 4, .reps = 7}},
            .load_kg = 3.75,
            .reason = "BELOW_RANGE"},
        Row{.name = "InRangeHoldsAndAsksForOneMore",
            .sets = {{.load_kg = 20, .reps = 7}},
            .load_kg = 20,
            .reason = "HOLD_IN_RANGE",
            .goal = 8}),
    row_name);

INSTANTIATE_TEST_SUITE_P(A2Forecast, DoubleProgression,
                         ::testing::Values(
                             // 10 reps, then 8: two reps of fatigue, and the next set at 21 kg would end at five.
                             Row{.name = "FadingSetsAreNotRaised",
                                 .sets = {{.load_kg = 20, .reps = 8}, {.load_kg = 20, .reps = 10, .answer = 0}},
                                 .load_kg = 20,
                                 .reason = "FORECAST_BELOW_RANGE"},
                             Row{.name = "TheArticleDoesNotForecast",
                                 .rule = kArticle,
                                 .sets = {{.load_kg = 20, .reps = 8}, {.load_kg = 20, .reps = 10, .answer = 0}},
                                 .load_kg = 24.5,
                                 .reason = "TOP_OF_RANGE_REACHED"},
                             Row{.name = "FadingSetsWithRepsLeftAre",
                                 .sets = {{.load_kg = 20, .reps = 8, .answer = 2}, {.load_kg = 20, .reps = 10, .answer = 0}},
                                 .load_kg = 21,
                                 .reason = "TOP_OF_RANGE_REACHED"},
                             Row{.name = "AnotherLoadBeforeSaysNothingOfFatigue",
                                 .sets = {{.load_kg = 20, .reps = 8}, {.load_kg = 18, .reps = 12}},
                                 .load_kg = 21,
                                 .reason = "TOP_OF_RANGE_REACHED"}),
                         row_name);

INSTANTIATE_TEST_SUITE_P(A2NextVisit, DoubleProgression,
                         ::testing::Values(Row{.name = "StartsAtTheHighestLoadInRange",
                                               .sets = {{.load_kg = 21, .reps = 5, .visit = 1}, {.load_kg = 20, .reps = 7, .visit = 2}},
                                               .load_kg = 20,
                                               .reason = "START_FROM_HISTORY",
                                               .point = SHEAVE_DECIDE_FIRST_SET},
                                           Row{.name = "OnlyAVisitsFirstSetIsFresh",
                                               .sets = {{.load_kg = 22, .reps = 6, .visit = 1}, {.load_kg = 20, .reps = 7, .visit = 1}},
                                               .load_kg = 20,
                                               .reason = "START_FROM_HISTORY",
                                               .point = SHEAVE_DECIDE_FIRST_SET},
                                           Row{.name = "TheTopReachedFreshIsRaisedAtTheDoor",
                                               .sets = {{.load_kg = 20, .reps = 7, .visit = 1}, {.load_kg = 20, .reps = 8, .visit = 1}},
                                               .load_kg = 21,
                                               .reason = "START_ABOVE_HISTORY",
                                               .point = SHEAVE_DECIDE_FIRST_SET},
                                           Row{.name = "ARaiseThatFailedSinceIsNotTriedAtOnce",
                                               .sets = {{.load_kg = 21, .reps = 5, .visit = 1}, {.load_kg = 20, .reps = 8, .visit = 2}},
                                               .load_kg = 20,
                                               .reason = "START_FROM_HISTORY",
                                               .point = SHEAVE_DECIDE_FIRST_SET},
                                           Row{.name = "TheNewestWordOnALoadCounts",
                                               .sets = {{.load_kg = 20, .reps = 5, .visit = 1}, {.load_kg = 20, .reps = 7, .visit = 2}},
                                               .load_kg = 19.5,
                                               .reason = "START_BELOW_HISTORY",
                                               .point = SHEAVE_DECIDE_FIRST_SET},
                                           Row{.name = "PainLastTimeIsNoRaise",
                                               .sets = {{.load_kg = 20, .reps = 3, .stop_answer = SHEAVE_STOP_ANSWER_PAIN, .visit = 1},
                                                        {.load_kg = 20, .reps = 8, .visit = 1}},
                                               .load_kg = 20,
                                               .reason = "START_FROM_HISTORY",
                                               .point = SHEAVE_DECIDE_FIRST_SET},
                                           Row{.name = "FourVisitsAgoIsForgotten",
                                               .sets = {{.load_kg = 20, .reps = 7, .visit = 1}, {.load_kg = 30, .reps = 7, .visit = 4}},
                                               .load_kg = 20,
                                               .reason = "START_FROM_HISTORY",
                                               .point = SHEAVE_DECIDE_FIRST_SET},
                                           Row{.name = "AVisitCutShortSaysNothing",
                                               .sets = {{.load_kg = 30, .reps = 7, .end = SHEAVE_SET_END_FAULT, .visit = 1},
                                                        {.load_kg = 20, .reps = 7, .visit = 2}},
                                               .load_kg = 20,
                                               .reason = "START_FROM_HISTORY",
                                               .point = SHEAVE_DECIDE_FIRST_SET}),
                         row_name);

INSTANTIATE_TEST_SUITE_P(
    A3Rank, DoubleProgression,
    ::testing::Values(
        Row{.name = "PainOutranksTheTop",
            .sets = {{.reps = 8, .answer = 5, .stop_answer = SHEAVE_STOP_ANSWER_PAIN}},
            .load_kg = std::nan(""),
            .reason = "PAIN_STOP"},
        Row{.name = "PainOutranksInterruption",
            .sets = {{.reps = 3, .end = SHEAVE_SET_END_STOPPED, .stop_answer = SHEAVE_STOP_ANSWER_PAIN}},
            .load_kg = std::nan(""),
            .reason = "PAIN_STOP"},
        Row{.name = "PainStopsTheArticleToo",
            .rule = kArticle,
            .sets = {{.reps = 8, .stop_answer = SHEAVE_STOP_ANSWER_PAIN}},
            .load_kg = std::nan(""),
            .reason = "PAIN_STOP"},
        Row{.name = "InterruptionOutranksTheAnswer",
            .sets = {{.reps = 8, .answer = 5, .stop_answer = SHEAVE_STOP_ANSWER_INTERRUPTED}},
            .load_kg = 20,
            .reason = "SET_NOT_JUDGED"},
        Row{.name = "NothingLeftAtTheTopHolds", .sets = {{.reps = 8, .answer = 0}}, .load_kg = 20, .reason = "HOLD_ANSWER_ZERO"},
        Row{.name = "SpotterHelpAtTheTopHolds", .sets = {{.reps = 8, .assisted = 1}}, .load_kg = 20, .reason = "HOLD_SPOTTER"},
        Row{.name = "AFailedSetAtTheTopHolds",
            .sets = {{.reps = 8, .end = SHEAVE_SET_END_FAILED}},
            .load_kg = 20,
            .reason = "HOLD_SPOTTER"},
        Row{.name = "MoreThanTwoLeftBelowTheTopAsksForReps",
            .sets = {{.reps = 6, .answer = 3}},
            .load_kg = 20,
            .reason = "ANSWER_MORE_REPS",
            .goal = 7},
        Row{.name = "EvenBelowTheRange", .sets = {{.reps = 4, .answer = 4}}, .load_kg = 20, .reason = "ANSWER_MORE_REPS", .goal = 6},
        Row{.name = "TwoLeftDoNot", .sets = {{.reps = 6, .answer = 2}}, .load_kg = 20, .reason = "HOLD_IN_RANGE", .goal = 7},
        Row{.name = "FiveLeftAreTwoSteps", .sets = {{.reps = 8, .answer = 5}}, .load_kg = 22, .reason = "ANSWER_TWO_STEPS"},
        Row{.name = "FiveLeftBelowTheTopToo", .sets = {{.reps = 7, .answer = 6}}, .load_kg = 22, .reason = "ANSWER_TWO_STEPS"},
        Row{.name = "TwoStepsOnlyOnce",
            .sets = {{.load_kg = 22, .reps = 8, .answer = 5}, {.reps = 8, .answer = 5}},
            .load_kg = 23,
            .reason = "TOP_OF_RANGE_REACHED"},
        Row{.name = "NoTwoStepsWithTheSpottersHelp",
            .sets = {{.reps = 8, .answer = 5, .assisted = 1}},
            .load_kg = 20,
            .reason = "HOLD_SPOTTER"},
        Row{.name = "TheArticleKnowsOneStep",
            .rule = kArticle,
            .sets = {{.reps = 8, .answer = 6}},
            .load_kg = 24.5,
            .reason = "TOP_OF_RANGE_REACHED"}),
    row_name);

INSTANTIATE_TEST_SUITE_P(
    A4WhatCounts, DoubleProgression,
    ::testing::Values(
        Row{.name = "ShortRepsDoNot", .sets = {{.reps = 7, .short_reps = 3}}, .load_kg = 20, .reason = "HOLD_IN_RANGE", .goal = 8},
        Row{.name = "AssistedRepsDoNot", .sets = {{.reps = 7, .assisted = 2}}, .load_kg = 20, .reason = "HOLD_IN_RANGE", .goal = 8},
        Row{.name = "WarmUpsDoNot",
            .sets = {{.load_kg = 10, .reps = 8, .kind = SHEAVE_SET_WARM_UP}, {.reps = 7}},
            .load_kg = 20,
            .reason = "HOLD_IN_RANGE",
            .goal = 8},
        Row{.name = "ARestInsideTheSetDoesNotEarnTheTop", .sets = {{.reps = 8, .pause_s = 5.5}}, .load_kg = 20, .reason = "HOLD_PAUSED"},
        Row{.name = "AShortBreathDoes", .sets = {{.reps = 8, .pause_s = 4.5}}, .load_kg = 21, .reason = "TOP_OF_RANGE_REACHED"},
        Row{.name = "LeavingIsNotJudged", .sets = {{.reps = 2, .end = SHEAVE_SET_END_LEFT}}, .load_kg = 20, .reason = "SET_NOT_JUDGED"},
        Row{.name = "LinkLossIsNotJudged",
            .sets = {{.reps = 2, .end = SHEAVE_SET_END_LEASE_LOST}},
            .load_kg = 20,
            .reason = "SET_NOT_JUDGED"},
        Row{.name = "AFaultIsNotJudged", .sets = {{.reps = 8, .end = SHEAVE_SET_END_FAULT}}, .load_kg = 20, .reason = "SET_NOT_JUDGED"},
        Row{.name = "StopIsNotJudged", .sets = {{.reps = 2, .end = SHEAVE_SET_END_STOPPED}}, .load_kg = 20, .reason = "SET_NOT_JUDGED"},
        Row{.name = "ARestartIsNotJudged",
            .sets = {{.reps = 2, .end = SHEAVE_SET_END_INTERRUPTED}},
            .load_kg = 20,
            .reason = "SET_NOT_JUDGED"},
        Row{.name = "ASetWithoutAnyPullIsNotJudged", .sets = {{.reps = 0}}, .load_kg = 20, .reason = "SET_NOT_JUDGED"},
        Row{.name = "ASetOfShortPullsIsTooHeavy", .sets = {{.reps = 0, .short_reps = 4}}, .load_kg = 19.5, .reason = "BELOW_RANGE"},
        Row{.name = "FailingTheFirstRepIsTooHeavy",
            .sets = {{.reps = 0, .end = SHEAVE_SET_END_FAILED}},
            .load_kg = 19.5,
            .reason = "BELOW_RANGE"}),
    row_name);

INSTANTIATE_TEST_SUITE_P(
    A5FirstSetEver, DoubleProgression,
    ::testing::Values(
        Row{.name = "IsAProbeOfFive",
            .sets = {},
            .load_kg = 10,
            .reason = "PROBE",
            .goal = 5,
            .kind = SHEAVE_SET_PROBE,
            .point = SHEAVE_DECIDE_FIRST_SET},
        Row{.name = "AFacePullStartsLighter",
            .bottom = 10,
            .top = 12,
            .sets = {},
            .load_kg = 4,
            .reason = "PROBE",
            .goal = 5,
            .kind = SHEAVE_SET_PROBE,
            .point = SHEAVE_DECIDE_FIRST_SET,
            .start_load_kg = 4},
        Row{.name = "AFastProbeIsRaisedByTenPoundsAtMost",
            .sets = {{.load_kg = 10, .reps = 5, .kind = SHEAVE_SET_PROBE, .speed_mps = 0.9}},
            .load_kg = 14.5,
            .reason = "PROBE_RAISE",
            .goal = 5,
            .kind = SHEAVE_SET_PROBE},
        Row{.name = "ByHalfWhereThatIsLess",
            .sets = {{.load_kg = 4, .reps = 5, .kind = SHEAVE_SET_PROBE, .speed_mps = 0.9}},
            .load_kg = 6,
            .reason = "PROBE_RAISE",
            .goal = 5,
            .kind = SHEAVE_SET_PROBE},
        Row{.name = "TwiceAtMost",
            .sets = {{.load_kg = 19, .reps = 5, .kind = SHEAVE_SET_PROBE, .speed_mps = 0.9},
                     {.load_kg = 14.5, .reps = 5, .kind = SHEAVE_SET_PROBE, .speed_mps = 0.9},
                     {.load_kg = 10, .reps = 5, .kind = SHEAVE_SET_PROBE, .speed_mps = 0.9}},
            .load_kg = 19,
            .reason = "PROBE_DONE"},
        Row{.name = "ASlowProbeIsWhereTheWorkBegins",
            .sets = {{.load_kg = 10, .reps = 5, .kind = SHEAVE_SET_PROBE, .speed_mps = 0.5}},
            .load_kg = 10,
            .reason = "PROBE_DONE"},
        Row{.name = "TheAnswerOutranksTheSpeed",
            .sets = {{.load_kg = 10, .reps = 5, .answer = 2, .kind = SHEAVE_SET_PROBE, .speed_mps = 0.9}},
            .load_kg = 10,
            .reason = "PROBE_DONE"},
        Row{.name = "ManyLeftRaisesASlowProbe",
            .sets = {{.load_kg = 10, .reps = 5, .answer = 6, .kind = SHEAVE_SET_PROBE, .speed_mps = 0.5}},
            .load_kg = 14.5,
            .reason = "PROBE_RAISE",
            .goal = 5,
            .kind = SHEAVE_SET_PROBE},
        Row{.name = "AnUnknownSpeedRaisesNothing",
            .sets = {{.load_kg = 10, .reps = 5, .kind = SHEAVE_SET_PROBE, .speed_mps = std::nan("")}},
            .load_kg = 10,
            .reason = "PROBE_DONE"},
        Row{.name = "AFailedProbeGoesDown",
            .sets = {{.load_kg = 10, .reps = 2, .end = SHEAVE_SET_END_FAILED, .kind = SHEAVE_SET_PROBE}},
            .load_kg = 9.75,
            .reason = "BELOW_RANGE"},
        Row{.name = "AProbeCutShortIsProbedAgain",
            .sets = {{.load_kg = 10, .reps = 2, .end = SHEAVE_SET_END_LEFT, .kind = SHEAVE_SET_PROBE}},
            .load_kg = 10,
            .reason = "SET_NOT_JUDGED",
            .goal = 5,
            .kind = SHEAVE_SET_PROBE},
        Row{.name = "PainInAProbeStops",
            .sets = {{.load_kg = 10, .reps = 5, .stop_answer = SHEAVE_STOP_ANSWER_PAIN, .kind = SHEAVE_SET_PROBE, .speed_mps = 0.9}},
            .load_kg = std::nan(""),
            .reason = "PAIN_STOP"}),
    row_name);

using DoubleProgressionProperty = DoubleProgression;

TEST_F(DoubleProgressionProperty, IsAPureFunction) {
  const Row row{.name = "", .sets = {{.load_kg = 20, .reps = 8}}, .load_kg = 21, .reason = ""};
  const auto first = decide(row);
  decide(Row{.name = "", .sets = {{.load_kg = 90, .reps = 1}}, .load_kg = 0, .reason = ""});
  const auto again = decide(row);
  ASSERT_TRUE(first.ok() && again.ok());
  EXPECT_EQ(first->load_kg, again->load_kg);
  EXPECT_STREQ(first->reason, again->reason);
}

TEST_F(DoubleProgressionProperty, TheLoadNeverRisesByMoreThanTwoStepsNorLeavesTheGridOrTheMachine) {
  for (const double rule : {kScaled, kArticle}) {
    for (double load_kg = 1; load_kg <= 90; load_kg += 0.75) {
      for (int reps = 0; reps <= 15; ++reps) {
        for (int answer = -1; answer <= 6; ++answer) {
          const Row row{.name = "",
                        .rule = rule,
                        .sets = {{.load_kg = load_kg, .reps = reps, .answer = answer}},
                        .load_kg = 0,
                        .reason = "",
                        .load_max_kg = 90};
          const auto out = decide(row);
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

TEST_F(DoubleProgressionProperty, ANonsensicalQuestionHasNoAnswer) {
  EXPECT_FALSE(decide(Row{.name = "", .bottom = 8, .top = 6, .sets = {}, .load_kg = 0, .reason = ""}).ok());
  EXPECT_FALSE(decide(Row{.name = "", .sets = {}, .load_kg = 0, .reason = "", .increment_kg = 0}).ok());
  EXPECT_FALSE(decide(Row{.name = "", .sets = {{.load_kg = std::nan(""), .reps = 8}}, .load_kg = 0, .reason = ""}).ok());
}

}  // namespace
}  // namespace sheave
