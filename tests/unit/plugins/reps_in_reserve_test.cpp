// What reps in reserve asks of the set that follows, and what it learns of a person.

#include <gtest/gtest.h>

#include <cmath>

#include "tests/unit/plugins/reserve_rows.hpp"

namespace sheave::test {
namespace {

/// What a visit begins with after two in which 20 kg went 12 times with four left, for somebody who before that did 8 at 20 kg and, as the
/// first set of the next visit, `heavier` at a tenth more, with two left each time.
double raised_kg(int heavier) {
  std::vector<SetRow> sets{{.reps = 12, .answer = 4, .visit = 1}, {.reps = 12, .answer = 4, .visit = 2}};
  for (std::uint32_t visit = 3; visit <= 14; visit += 2) {
    sets.push_back({.load_kg = 22, .reps = heavier, .answer = 2, .visit = visit});
    sets.push_back({.reps = 8, .answer = 2, .visit = visit + 1});
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

/// What a visit begins with after six in which 20 kg went eight times with two left, by the person's word, and one, in the middle of them,
/// that went to its end after `to_the_end` at the same weight.
double told_kg(int to_the_end) {
  std::vector<SetRow> sets;
  for (std::uint32_t visit = 1; visit <= 6; ++visit) sets.push_back({.reps = 8, .answer = 2, .visit = visit, .last_mps = 0.4});
  sets[3] = {.reps = to_the_end, .visit = 4, .end = SHEAVE_SET_END_FAILED, .last_mps = 0.4 - 0.04 * (to_the_end - 8)};
  const auto out = decide(with_strength(reserve("", std::move(sets), "", 0, 0, kFirst)));
  return out.ok() ? out->load_kg : 0.0;
}

// One set of seven, and it moves what the other six are worth.
TEST(RepsInReserve, ASetToTheLimitTellsWhatAnswersAreWorth) {
  EXPECT_GT(told_kg(13), told_kg(10)) << "two said were five";
  EXPECT_LT(told_kg(8), told_kg(10)) << "two said were none";
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

/// Where one or two are foretold to be left of the next set at 20 kg, after a first one of `reps` with `left`; of somebody of whose ten reps
/// three were gone for the second set of every visit.
double next_reps(int reps, int left) {
  std::vector<SetRow> sets{{.reps = reps, .answer = left}};
  for (std::uint32_t visit = 1; visit <= 4; ++visit) {
    sets.push_back({.reps = 6, .answer = 1, .visit = visit});
    sets.push_back({.reps = 8, .answer = 2, .visit = visit});
  }
  const auto out = decide(with_strength(reserve("", std::move(sets), "", 0, 0)));
  EXPECT_TRUE(out.ok() && out->load_kg == 20.0) << "of the same load";
  return out.ok() ? out->last_reps_at : -1.0;
}

TEST(RepsInReserve, ASetThatLeftMoreTakesLessFromTheNext) {
  EXPECT_GT(next_reps(7, 3), next_reps(8, 2) + 0.1);
  EXPECT_LT(next_reps(9, 1), next_reps(8, 2) - 0.1);
}

double last_reps_speed(const ProgressionRow& row) {
  const auto out = decide(row);
  return out.ok() ? out->last_reps_speed_mps : -1.0;
}

TEST(RepsInReserve, SaysAtWhichSpeedOneOrTwoAreLeftOnceThePersonsOwnSetsTell) {
  const ProgressionRow asked = reserve("", {{.reps = 8, .answer = 2}}, "", 0, 0);
  EXPECT_NEAR(last_reps_speed(with_strength(asked)), 0.376, 1e-9) << "between one left and two";
  EXPECT_EQ(last_reps_speed(asked), 0.0) << "the host has no model";
}

TEST(RepsInReserve, TheLessTheSpeedTellsOfThisPersonTheMoreTheCountDoes) {
  const auto rise_mps = [](double error_reps) {
    ProgressionRow asked = with_strength(reserve("", {{.reps = 8, .answer = 2}}, "", 0, 0));
    asked.strength->reserve_error_reps = error_reps;
    const auto out = decide(asked);
    return out.ok() ? out->last_reps_rise_mps : -1.0;
  };
  EXPECT_GT(rise_mps(0.3), 0.0);
  EXPECT_LT(rise_mps(0.3), 0.1 * kStrength.per_rep_mps) << "an exact speed is believed";
  EXPECT_GT(rise_mps(2.0), 4.0 * rise_mps(0.6));
  const auto out = decide(with_strength(reserve("", {{.reps = 8, .answer = 2}}, "", 0, 0)));
  EXPECT_NEAR(out->last_reps_at, 8.0, 1.5) << "where one or two would be left by the load";
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
  EXPECT_NEAR(last_reps_speed(with_strength(asked(0.5, -1))), 0.376, 1e-9) << "the person's own line says more";
  ProgressionRow slow = asked(0.5, -1);
  slow.sets.insert(slow.sets.begin(), {.load_kg = 30, .reps = 8, .answer = 5, .first_mps = 0.5, .last_mps = 0.3});
  EXPECT_LT(last_reps_speed(slow), 0.33) << "many were left at that speed";
  EXPECT_GT(last_reps_speed(slow), 0.25);
}

// Three in five sets of people whose pace is near their limit's failed: it falls too late, or not at all.
TEST(RepsInReserve, WhereNoLineSaysWhereASetEndsTheCountEndsIt) {
  const ProgressionRow asked = reserve("", {{.load_kg = 24, .reps = 8, .answer = 2}, {.reps = 8, .answer = 5}}, "", 0, 0);
  ASSERT_GT(last_reps_speed(asked), 0.0) << "a pace is kept, and watched";
  EXPECT_LE(decide(asked)->rep_goal, 8u);
  EXPECT_GE(decide(with_strength(asked))->rep_goal, decide(asked)->rep_goal + 3) << "the line ends it";
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

/// The decision after two sets of a visit, of which the last left `answer`, for somebody of `visits_before`.
auto before_the_last_set(std::uint32_t visits_before, int answer, SetRow before = {.reps = 8, .answer = 2}) {
  std::vector<SetRow> sets{{.reps = 8, .answer = answer}, {.reps = 8, .answer = 2}};
  for (std::uint32_t visit = 1; visit <= visits_before; ++visit) {
    before.visit = visit;
    sets.push_back(before);
  }
  return decide(with_strength(reserve("", std::move(sets), "", 0, 0)));
}

// Of whom only "many" is known, or nothing, that set tells how many.
TEST(RepsInReserve, TheLimitIsLookedForAllTheMoreWhereNobodyKnowsHowManyAreLeft) {
  constexpr int kMany = 5, kUnanswered = -1;
  for (const int answer : {kMany, kUnanswered}) {
    SCOPED_TRACE(answer);
    const std::vector<SetRow> sets{{.reps = 8, .answer = answer}, {.reps = 8, .answer = answer}, {.reps = 8, .answer = answer, .visit = 1}};
    const auto out = decide(reserve("", sets, "", 0, 0));
    ASSERT_TRUE(out.ok());
    EXPECT_STREQ(out->reason, "RESERVE_LIMIT");
    EXPECT_EQ(out->rep_goal, 30u);
    EXPECT_EQ(out->last_reps_speed_mps, 0.0);
    EXPECT_LE(out->load_kg, 26.0) << "and never by more than a step that no surprise is in";
  }
}

// Without a set to the limit who always says one too few stopped one too early for ever.
TEST(RepsInReserve, TheLastSetsOfAnEarlyVisitGoOnUntilNoRepIsLeft) {
  for (const std::uint32_t visits_before : {1U, 2U}) {
    SCOPED_TRACE(visits_before);
    const auto out = before_the_last_set(visits_before, 2);
    ASSERT_TRUE(out.ok());
    EXPECT_STREQ(out->reason, "RESERVE_LIMIT");
    EXPECT_EQ(out->rep_goal, 30u) << "no number of reps ends it";
    EXPECT_EQ(out->last_reps_speed_mps, 0.0) << "nothing ends it by speed";
    EXPECT_EQ(out->last_reps_rise_mps, 0.0);
    EXPECT_GT(out->lighter_speed_mps, 0.0) << "too heavy is too heavy";
    EXPECT_LE(out->load_kg, 20.0) << "it is at the weight that fits";
  }
}

TEST(RepsInReserve, TheLimitIsNotLookedForWhereItIsKnownNewOrHurts) {
  const auto reason = [](const auto& out) { return out.ok() ? std::string(out->reason) : "refused"; };
  EXPECT_NE(reason(before_the_last_set(0, 2)), "RESERVE_LIMIT") << "the first day";
  EXPECT_NE(reason(before_the_last_set(3, 2)), "RESERVE_LIMIT") << "who has trained for long";
  EXPECT_NE(reason(before_the_last_set(2, 2, {.reps = 6, .end = SHEAVE_SET_END_FAILED})), "RESERVE_LIMIT") << "it is known";
  EXPECT_EQ(reason(before_the_last_set(1, 2, {.reps = 6, .end = SHEAVE_SET_END_FAILED})), "RESERVE_LIMIT") << "by one set";
  EXPECT_EQ(reason(before_the_last_set(1, 2, {.reps = 1, .end = SHEAVE_SET_END_FAILED})), "RESERVE_LIMIT")
      << "one rep tells nothing of how a set slows down";
  EXPECT_NE(reason(before_the_last_set(1, 2, {.reps = 8, .stop_answer = SHEAVE_STOP_ANSWER_PAIN})), "RESERVE_LIMIT");
  ProgressionRow third =
      reserve("", {{.reps = 8, .answer = 2}, {.reps = 8, .answer = 2, .visit = 1}, {.reps = 8, .answer = 2, .visit = 2}}, "", 0, 0);
  EXPECT_NE(reason(decide(third)), "RESERVE_LIMIT") << "not the last set of a third visit";
  ProgressionRow second = reserve("", {{.reps = 8, .answer = 2}, {.reps = 8, .answer = 2, .visit = 1}}, "", 0, 0);
  EXPECT_EQ(reason(decide(second)), "RESERVE_LIMIT") << "the last but one of a second";
  second.sets.insert(second.sets.begin(), {.reps = 6, .end = SHEAVE_SET_END_FAILED});
  EXPECT_EQ(reason(decide(second)), "RESERVE_LIMIT") << "and the last";
  second.sets[1] = {.reps = 7, .end = SHEAVE_SET_END_FAILED};
  EXPECT_NE(reason(decide(second)), "RESERVE_LIMIT") << "twice is enough";
  second.sets[1] = {.reps = 8, .answer = 2};
  second.params = {{"find_limit", 0.0}};
  EXPECT_NE(reason(decide(second)), "RESERVE_LIMIT") << "the program wants none";
}

TEST(RepsInReserve, WhereTheMachineHasNoMoreWeightRepsAreAdded) {
  ProgressionRow strong = with_strength(reserve("", {{.reps = 16, .answer = 4}}, "", 0, 0));
  const auto most = decide(strong)->rep_goal;
  strong.load_max_kg = 20;
  const auto out = decide(strong);
  ASSERT_TRUE(out.ok());
  EXPECT_EQ(out->load_kg, 20.0);
  EXPECT_GT(out->rep_goal, most);
  EXPECT_LE(out->rep_goal, 30u);
  strong.strength.reset();
  EXPECT_LE(decide(strong)->rep_goal, most) << "nothing would tell where it ends";
}

/// What follows a probe of five reps at 20 kg after which so many were left.
auto after_probe(int answer, double fastest_mps) {
  return decide(reserve("", {{.reps = 5, .answer = answer, .kind = kProbe, .first_mps = fastest_mps, .last_mps = fastest_mps}}, "", 0, 0));
}

TEST(RepsInReserve, AProbeWithFewLeftIsNoWeightToWorkWith) {
  const auto few = after_probe(1, 0.5), more = after_probe(4, 0.5);
  ASSERT_TRUE(few.ok() && more.ok());
  EXPECT_STREQ(few->reason, "PROBE_DONE");
  EXPECT_EQ(few->next_kind, static_cast<std::uint32_t>(SHEAVE_SET_WORKING));
  EXPECT_LT(few->load_kg, 19.0) << "six reps at 20 kg are no eight with two left";
  EXPECT_GT(more->load_kg, few->load_kg);
  EXPECT_LE(more->load_kg, 20.0);
}

// A pace tells no load: by it alone somebody strong stayed at ten kilograms for weeks.
TEST(RepsInReserve, AProbeAtAPaceIsRaisedByTheirWordOrWhileTheyKeepIt) {
  constexpr int kUnanswered = -1;
  const auto raised_kg = [](int answer, double last_mps) {
    const auto out = decide(reserve("", {{.reps = 5, .answer = answer, .kind = kProbe, .first_mps = 0.5, .last_mps = last_mps}}, "", 0, 0));
    return out.ok() && std::string(out->reason) == "PROBE_RAISE" ? out->load_kg : 0.0;
  };
  EXPECT_EQ(raised_kg(5, 0.5), 30.0) << "said";
  EXPECT_EQ(raised_kg(5, 0.4), 30.0) << "their word outranks the speed";
  EXPECT_EQ(raised_kg(kUnanswered, 0.5), 30.0) << "kept";
  EXPECT_EQ(raised_kg(kUnanswered, 0.45), 0.0) << "slower at its end";
  EXPECT_EQ(raised_kg(4, 0.5), 0.0) << "not many";
  const SetRow probe{.reps = 5, .answer = 5, .kind = kProbe, .first_mps = 0.5, .last_mps = 0.5};
  EXPECT_STRNE(decide(reserve("", {probe, probe, probe}, "", 0, 0))->reason, "PROBE_RAISE") << "twice at most";
}

/// Sets at a pace of 0.5 m/s against loads a fifth and more apart; of the last one, the end.
auto at_a_pace(double last_mps) {
  return decide(reserve("",
                        {{.load_kg = 30, .reps = 8, .first_mps = 0.5, .last_mps = last_mps},
                         {.load_kg = 24, .reps = 8, .answer = 5, .visit = 4, .first_mps = 0.5, .last_mps = 0.5},
                         {.load_kg = 18, .reps = 8, .answer = 5, .visit = 5, .first_mps = 0.5, .last_mps = 0.5}},
                        "", 0, 0));
}

TEST(RepsInReserve, WhoCanKeepTheirPaceNoLongerHasFewLeft) {
  const auto kept = at_a_pace(0.5), left = at_a_pace(0.36);
  ASSERT_TRUE(kept.ok() && left.ok());
  EXPECT_GT(kept->load_kg, 30.0);
  EXPECT_STREQ(left->reason, "RESERVE_GOAL") << "nobody said so, and it is known";
}

TEST(RepsInReserve, AProbeGoesNoHigherThanTheProbesBeforeItAllow) {
  ProgressionRow fast = reserve("", {{.reps = 5, .kind = kProbe, .first_mps = 1.0, .last_mps = 1.0}}, "", 0, 0);
  const auto by_speed = decide(fast);
  ASSERT_TRUE(by_speed.ok());
  EXPECT_STREQ(by_speed->reason, "PROBE_RAISE");
  EXPECT_GT(by_speed->load_kg, 30.0);
  fast.strength = kStrength;
  fast.strength->one_rm_low_kg = 26, fast.strength->one_rm_kg = 34, fast.strength->one_rm_high_kg = 42;
  const auto by_line = decide(fast);
  ASSERT_TRUE(by_line.ok());
  EXPECT_STREQ(by_line->reason, "PROBE_RAISE");
  EXPECT_LE(by_line->load_kg, 0.75 * 30.0);
  fast.strength->one_rm_low_kg = 24, fast.strength->one_rm_kg = 30;
  EXPECT_STREQ(decide(fast)->reason, "PROBE_DONE") << "a tenth more is no probe";
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

}  // namespace
}  // namespace sheave::test
