// Reps in reserve, row by row.

#include <gtest/gtest.h>

#include <vector>

#include "tests/unit/plugins/reserve_rows.hpp"

namespace sheave::test {
namespace {

class RepsInReserveTable : public ::testing::TestWithParam<ProgressionRow> {};

TEST_P(RepsInReserveTable, DecidesAsItSays) { expect_as_the_row_says(GetParam()); }

/// A first set of 8 at 20 kg with two left, three visits long: 26.67 kg once.
std::vector<SetRow> visits(int reps, int answer) {
  return {{.reps = reps, .answer = answer, .visit = 1},
          {.reps = reps, .answer = answer, .visit = 2},
          {.reps = reps, .answer = answer, .visit = 3}};
}

/// The same, each visit after two warm-ups, at speeds that strength leaves; and today's, of `form` of the usual strength.
std::vector<SetRow> warmed_up(double form) {
  const auto warm_up = [](double load_kg, double strength, std::uint32_t visit) {
    const double mps = 1.4 - 1.0 * load_kg / (26.7 * strength);
    return SetRow{.load_kg = load_kg, .reps = 5, .visit = visit, .kind = SHEAVE_SET_WARM_UP, .first_mps = mps, .last_mps = mps};
  };
  std::vector<SetRow> sets{warm_up(15, form, 0), warm_up(10, form, 0)};
  for (const SetRow& set : visits(8, 2)) {
    sets.push_back(set);
    sets.push_back(warm_up(15, 1.0, set.visit));
    sets.push_back(warm_up(10, 1.0, set.visit));
  }
  return sets;
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
    RepsInReserve, RepsInReserveTable,
    ::testing::Values(
        reserve("WhatWasLeftLessWhatASetCostsDecides", {{.reps = 7, .answer = 3}}, "RESERVE_GOAL", 20, 8),
        reserve("FourLeftAtTheTopAreRoomForMore", {{.reps = 8, .answer = 4}}, "RESERVE_RAISE", 20.75, 8),
        reserve("NothingLeftLowers", {{.reps = 6, .answer = 0}}, "RESERVE_LOWER", 18.5, 7),
        reserve("ManyLeftGropeUpToWhereTheBottomIsSureIfItWasFive", {{.reps = 8, .answer = 5}}, "RESERVE_RAISE", 23.75, 6),
        reserve("ManyLeftAgainGropeByThreeTenths", {{.load_kg = 24, .reps = 6, .answer = 5}, {.reps = 8, .answer = 5}}, "RESERVE_RAISE",
                30.5, 16),
        reserve("AProbeWithManyLeftCountsAsOne", {{.reps = 8, .answer = 5}, {.load_kg = 16, .reps = 5, .answer = 5, .kind = kProbe}},
                "RESERVE_RAISE", 26, 6),
        reserve("ManyLeftSaysNothingOfAHeavierSetThatSlowedDown", {{.load_kg = 24, .reps = 6, .last_mps = 0.4}, {.reps = 8, .answer = 5}},
                "RESERVE_UNTOLD", 23.75, 6),
        reserve("ManyLeftAndTheSameSpeedAtMoreIsManyAgain", {{.load_kg = 24, .reps = 6}, {.reps = 8, .answer = 5}}, "SPEED_HELD", 30.5, 16),
        reserve("ManyLeftAndLessSpeedAtMoreIsNot",
                {{.load_kg = 24, .reps = 6, .first_mps = 0.4, .last_mps = 0.4}, {.reps = 8, .answer = 5}}, "RESERVE_GOAL", 24, 6),
        reserve("HalfTheSpeedAtItsEndLeftFew", {{.reps = 8, .first_mps = 0.6, .last_mps = 0.18}, {.reps = 8, .answer = 5, .visit = 4}},
                "RESERVE_LOWER", 19, 8),
        reserve("NoRepTwiceIsTooHeavy", {{.load_kg = 20}, {.load_kg = 20}, {.load_kg = 20, .reps = 6, .answer = 1}}, "BELOW_RANGE", 16.75,
                0),
        reserve("NoRepOnceSaysNothing", {{.load_kg = 20}, {.load_kg = 20, .reps = 6, .answer = 1}}, "SET_NOT_JUDGED", 20, 0),
        reserve("NoRepTwiceCutShortSaysNothing", {{.load_kg = 20, .end = SHEAVE_SET_END_STOPPED}, {.load_kg = 20}}, "SET_NOT_JUDGED", 20,
                0),
        reserve("AProbeWithoutARepTwiceIsTooHeavy", {{.load_kg = 20, .kind = kProbe}, {.load_kg = 20, .kind = kProbe}}, "PROBE_TOO_HEAVY",
                16.75, 0),
        reserve("TwoLeftAndTheSameSpeedIsNot", {{.load_kg = 20, .reps = 8}, {.reps = 8, .answer = 2}}, "RESERVE_GOAL", 20, 7),
        reserve("ManyLeftAgainAtLessSpeedIsNoMore",
                {{.load_kg = 24, .reps = 6, .answer = 5, .first_mps = 0.4, .last_mps = 0.4}, {.reps = 8, .answer = 5}}, "RESERVE_RAISE",
                27.25, 6),
        reserve("TheOwnSpeedsSpeakWhereThePersonDoesNot", {{.reps = 8, .left_by_speed = 8}}, "RESERVE_RAISE", 23.75, 6),
        reserve("TheAnswerOutranksTheSpeeds", {{.reps = 8, .answer = 2, .left_by_speed = 5}}, "RESERVE_GOAL", 20, 8),
        reserve("UnknownLeavesItToReps", {{.reps = 7}}, "HOLD_IN_RANGE", 20, 8),
        reserve("SpeedThatHeldEarnsWhoNeverAnswersATenth", silent({.reps = 8}), "SPEED_HELD", 22, 0),
        reserve("OneUnansweredSetIsForTheNextToTell", {{.reps = 8}}, "TOP_OF_RANGE_REACHED", 21, 0),
        reserve("SpeedThatFellEarnsAStep", silent({.reps = 8, .last_mps = 0.4}), "TOP_OF_RANGE_REACHED", 21, 0),
        reserve("SpeedThatHeldAfterARestEarnsNothing", silent({.reps = 8, .pause_s = 9}), "HOLD_PAUSED", 20, 0),
        reserve("AVisitBeginsWhereTheSpeedHeldTo", held_to(24, 0.5), "START_FROM_HISTORY", 24, 0, kFirst),
        reserve("AndNotWhereItFell", held_to(24, 0.4), "START_FROM_HISTORY", 22, 0, kFirst),
        reserve("HelpMeansNothingWasLeft", {{.reps = 6, .end = SHEAVE_SET_END_FAILED}}, "RESERVE_LOWER", 18, 8),
        reserve("PainStops", {{.reps = 8, .answer = 4, .stop_answer = SHEAVE_STOP_ANSWER_PAIN}}, "PAIN_STOP", kStop, 0),
        reserve("AfterAnUnansweredSetTheOneBeforeItTells", {{.reps = 6}, {.reps = 8, .answer = 2}}, "RESERVE_GOAL", 20, 6),
        reserve("WhatFliesIsLight", {{.reps = 8, .first_mps = 1.15}}, "RESERVE_RAISE", 26, 10),
        reserve("AVisitBeginsFresh", visits(8, 2), "RESERVE_RAISE", 20.25, 8, kFirst),
        reserve("AVisitBeginsWhereTheLastOneCameTo",
                {{.load_kg = 24, .reps = 8, .answer = 2, .visit = 1}, {.load_kg = 18, .reps = 8, .answer = 5, .visit = 1}}, "RESERVE_RAISE",
                24.5, 8, kFirst),
        reserve("AndNotWhereItFailed",
                {{.load_kg = 24, .reps = 8, .visit = 1, .end = SHEAVE_SET_END_FAILED}, {.reps = 8, .answer = 2, .visit = 1}},
                "RESERVE_RAISE", 21.75, 9, kFirst),
        reserve("AVisitBeginsLowerWhereTheTopIsFarAway", visits(5, 1), "RESERVE_LOWER", 18.75, 8, kFirst),
        reserve("AGoodDayBeginsWithMore", warmed_up(1.12), "RESERVE_RAISE", 21, 9, kFirst),
        reserve("AUsualOneAsEver", warmed_up(1.0), "RESERVE_RAISE", 20.25, 8, kFirst),
        reserve("ABadDayBeginsWithLess", warmed_up(0.88), "RESERVE_LOWER", 18.75, 8, kFirst)),
    name_of);

}  // namespace
}  // namespace sheave::test
