// Sets that are not decided one by one: warm-ups on the way to the working weight, and one side after the other.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <vector>

#include "controller/session/set_book.hpp"
#include "controller/session/upcoming.hpp"
#include "plugins/abi/sheave/ext/exercise.h"
#include "tests/unit/session/session_bench.hpp"

namespace sheave::session::test {
namespace {

using control::SetEndReason;
using ::testing::ElementsAre;

LoadGrid grid() { return {Machine{}, 900.0}; }

SetRecord done(SetKind kind, double load_kg, Side side = Side::kBoth) {
  SetRecord set;
  set.kind = kind;
  set.load_kg = load_kg;
  set.side = side;
  return set;
}

Prescription warmed() {
  Prescription prescription;
  prescription.warm_ups = {{0.5, 8}, {0.75, 4}};
  return prescription;
}

TEST(Upcoming, WarmUpsAreSharesOfTheWorkingWeightInOrder) {
  std::vector<SetRecord> ended;
  const auto next = [&] { return upcoming_set(warmed(), grid(), ended, SetKind::kWorking, 41.0); };
  EXPECT_EQ(next().kind, SetKind::kWarmUp);
  EXPECT_DOUBLE_EQ(next().load_kg, 20.5);
  EXPECT_EQ(next().reps, 8u);
  EXPECT_FALSE(next().of_proposal);
  ended.push_back(done(SetKind::kWarmUp, 20.5));
  EXPECT_DOUBLE_EQ(next().load_kg, 30.75);
  ended.push_back(done(SetKind::kWarmUp, 30.75));
  EXPECT_EQ(next().kind, SetKind::kWorking);
  EXPECT_DOUBLE_EQ(next().load_kg, 41.0);
  EXPECT_TRUE(next().of_proposal);
}

TEST(Upcoming, ALightWeightAndAProbeNeedNoWarmUp) {
  EXPECT_EQ(upcoming_set(warmed(), grid(), {}, SetKind::kProbe, 10.0).kind, SetKind::kProbe);
  const double least_kg = grid().min_kg();
  EXPECT_EQ(upcoming_set(warmed(), grid(), {}, SetKind::kWorking, least_kg).kind, SetKind::kWorking) << "nothing lighter can be set";
  EXPECT_EQ(upcoming_set(warmed(), grid(), {done(SetKind::kProbe, 10.0)}, SetKind::kWorking, 20.0).kind, SetKind::kWorking);
  EXPECT_EQ(upcoming_set(warmed(), grid(), {done(SetKind::kWorking, 20.0)}, SetKind::kWorking, 40.0).kind, SetKind::kWorking);
}

TEST(Upcoming, TheOtherSideHasTheSameLoadWhateverIsProposed) {
  Prescription prescription;
  prescription.one_sided = true;
  EXPECT_EQ(upcoming_set(prescription, grid(), {}, SetKind::kWorking, 12.0).side, Side::kLeft);
  const Upcoming right = upcoming_set(prescription, grid(), {done(SetKind::kWorking, 12.0, Side::kLeft)}, SetKind::kWorking, 99.0);
  EXPECT_EQ(right.side, Side::kRight);
  EXPECT_DOUBLE_EQ(right.load_kg, 12.0);
  EXPECT_EQ(planned_done({done(SetKind::kWorking, 12.0, Side::kLeft)}, std::nullopt), 0u);
  EXPECT_EQ(planned_done({done(SetKind::kWorking, 12.0, Side::kLeft), done(SetKind::kWorking, 12.0, Side::kRight)}, std::nullopt), 1u);
}

/// A bench whose program is changed, and its session begun.
void use(SessionBench& bench, const std::function<void(Prescription&)>& change) {
  change(bench.catalog.programs[0].prescription);
  bench.restart();
}
void begin(SessionBench& bench, std::uint32_t sets, const char* member = "") {
  CreateSession request;
  request.sets = sets;
  request.member_id = member;
  bench.start_session(request);
  if (bench.snapshot().rom.empty()) bench.calibrate();
}
/// Once its session has ended.
std::vector<double> loads_kg(SessionBench& bench) {
  EXPECT_TRUE(bench.run_until_stage(Stage::kFinished, 30));
  std::vector<double> loads_kg;
  for (const SetRecord& set : bench.journal.sets_of(bench.session_id)) loads_kg.push_back(set.load_kg);
  return loads_kg;
}

TEST(WarmUps, ComeFirstAreNotJudgedAndDoNotCountAsPlanned) {
  SessionBench bench;
  use(bench, [](Prescription& p) { p.warm_ups = {{0.5, 8}, {0.75, 4}}; });
  int asked = 0;
  bench.plugins.decide = [&](const sheave_progression_in_t& in) {
    ++asked;
    if (in.point == SHEAVE_DECIDE_NEXT_SET) {
      EXPECT_EQ(in.sets[0].kind, static_cast<std::uint32_t>(SHEAVE_SET_WORKING));
    }
    return load_decision(40.0, "HOLD_IN_RANGE");
  };
  begin(bench, 2);
  bench.do_set(8);
  EXPECT_EQ(bench.snapshot().set_kind, SetKind::kWarmUp) << "the second one is next";
  EXPECT_EQ(bench.snapshot().rep_goal, (RepGoal{4, 4}));
  EXPECT_LE(bench.snapshot().rest_left_ms, 60'000);
  EXPECT_EQ(bench.snapshot().working_set, 1u);
  ASSERT_TRUE(bench.snapshot().proposal.has_value()) << "the working weight still stands";
  EXPECT_FALSE(bench.snapshot().proposal->accepted);
  bench.do_set(4);
  bench.do_set(7);
  EXPECT_EQ(bench.snapshot().working_set, 2u);
  bench.do_set(7);
  ASSERT_THAT(loads_kg(bench), ElementsAre(20.0, 30.0, 40.0, 40.0));
  const auto sets = bench.journal.sets_of(bench.session_id);
  EXPECT_EQ(sets[1].kind, SetKind::kWarmUp);
  EXPECT_EQ(sets[2].kind, SetKind::kWorking);
  EXPECT_EQ(asked, 2) << "before the first set, and between the two working sets";
}

/// On the way to 40 kg, 20 kg done: 30 kg are next.
void after_first_warm_up(SessionBench& bench) {
  use(bench, [](Prescription& p) { p.warm_ups = {{0.5, 8}, {0.75, 4}}; });
  bench.plugins.decide = [](const sheave_progression_in_t&) { return load_decision(40.0, "HOLD_IN_RANGE"); };
  begin(bench, 1);
  bench.do_set(8);
}

TEST(WarmUps, OfAnotherWeightChangeNothingElse) {
  SessionBench bench;
  after_first_warm_up(bench);
  EXPECT_EQ(bench.snapshot().load_total_kg, 30.0);
  EXPECT_EQ(bench.snapshot().working_load_kg, 40.0);
  ASSERT_TRUE(bench.manager->set_load(bench.session_id, 32.0).ok());
  bench.run_for(0.1);
  EXPECT_EQ(bench.snapshot().load_total_kg, 32.0);
  EXPECT_EQ(bench.snapshot().working_load_kg, 40.0);
  const Status heavier = bench.manager->set_load(bench.session_id, 41.0);
  EXPECT_EQ(heavier.reason, "LOAD_ABOVE_LIMIT") << heavier.message;
  bench.do_set(4);
  EXPECT_EQ(bench.snapshot().working_load_kg, 0.0);
  bench.do_set(7);
  ASSERT_THAT(loads_kg(bench), ElementsAre(20.0, 32.0, 40.0));
}

TEST(WarmUps, FollowTheWorkingWeightThatIsTakenInstead) {
  SessionBench bench;
  after_first_warm_up(bench);
  ASSERT_TRUE(bench.manager->set_load(bench.session_id, 32.0).ok());
  ASSERT_TRUE(bench.manager->accept_proposal(bench.session_id, "", 36.0).ok());
  bench.do_set(4);
  bench.do_set(7);
  ASSERT_THAT(loads_kg(bench), ElementsAre(20.0, 27.0, 36.0));
}

TEST(WarmUps, OnceTheyTellTheDaysFormTheWeightIsAskedForAgain) {
  SessionBench bench;
  use(bench, [](Prescription& p) { p.warm_ups = {{0.5, 4}, {0.75, 4}}; });
  double form = 1.0;
  bench.rep_mps = [&](double load_kg) { return 1.4 - 0.01 * load_kg / form; };
  std::vector<double> forms;
  bench.plugins.decide = [&](const sheave_progression_in_t& in) {
    forms.push_back(in.strength->form_share);
    return load_decision(std::isfinite(forms.back()) ? std::round(40.0 * forms.back()) : 40.0, "START_LOAD");
  };
  const auto visit = [&](double form_today, std::optional<double> chosen_kg = {}) {
    form = form_today;
    forms.clear();
    begin(bench, 1, "ann");
    if (chosen_kg) {
      EXPECT_TRUE(bench.manager->accept_proposal(bench.session_id, "", *chosen_kg).ok());
    }
    for (const int reps : {4, 4, 8}) bench.do_set(reps);
    return loads_kg(bench);
  };
  EXPECT_THAT(visit(1.0), ElementsAre(20, 30, 40));
  EXPECT_EQ(forms.size(), 1u) << "nobody knows yet how fast her warm-ups usually are";
  EXPECT_THAT(visit(0.9), ElementsAre(20, 30, 36));
  ASSERT_EQ(forms.size(), 2u) << "before the visit, and after the last warm-up";
  EXPECT_TRUE(std::isnan(forms[0]));
  EXPECT_NEAR(forms[1], 0.9, 0.005);
  EXPECT_THAT(visit(0.9, 36.0), ElementsAre(18, 27, 36));
  EXPECT_EQ(forms.size(), 1u) << "a choice of one's own stands";
}

TEST(WarmUps, PainInOneStopsTheSession) {
  SessionBench bench;
  use(bench, [](Prescription& p) { p.warm_ups = {{0.5, 8}}; });
  bench.plugins.decide = [&](const sheave_progression_in_t& in) {
    auto out = load_decision(40.0, "HOLD_IN_RANGE");
    if (in.set_count > 0 && in.sets[0].stop_answer == SHEAVE_STOP_ANSWER_PAIN) out.decision = SHEAVE_DECISION_STOP;
    return out;
  };
  begin(bench, 3);
  bench.do_set(3);
  ASSERT_TRUE(bench.manager->report_stop_reason(bench.session_id, 1, StopAnswer::kPain).ok());
  EXPECT_EQ(loads_kg(bench).size(), 1u);
}

TEST(Sides, EachSetIsBothSidesAtOneLoadAndOneDecision) {
  SessionBench bench;
  use(bench, [](Prescription& p) { p.one_sided = true; });
  int asked_next = 0;
  bench.plugins.decide = [&](const sheave_progression_in_t& in) {
    if (in.point == SHEAVE_DECIDE_FIRST_SET) return load_decision(12.0, "START_LOAD");
    ++asked_next;
    EXPECT_EQ(in.set_count, 2u);
    EXPECT_EQ(in.sets[0].side, static_cast<std::uint32_t>(SHEAVE_SIDE_RIGHT));
    EXPECT_EQ(in.sets[1].side, static_cast<std::uint32_t>(SHEAVE_SIDE_LEFT));
    return load_decision(14.0, "TOP_OF_RANGE_REACHED", 2.0);
  };
  begin(bench, 2);
  EXPECT_EQ(bench.snapshot().side, Side::kLeft);
  bench.do_set(8);
  EXPECT_EQ(bench.snapshot().side, Side::kRight);
  EXPECT_LE(bench.snapshot().rest_left_ms, 15'000);
  EXPECT_THAT(bench.recorder.cues, ::testing::Contains(SHEAVE_CUE_OTHER_SIDE));
  EXPECT_EQ(asked_next, 0);
  bench.do_set(6);
  EXPECT_EQ(asked_next, 1);
  ASSERT_TRUE(bench.snapshot().proposal.has_value());
  EXPECT_THAT(bench.snapshot().proposal->text, ::testing::HasSubstr("6 reps")) << "the weaker side decides";
  bench.do_set(8);
  bench.do_set(8);
  ASSERT_THAT(loads_kg(bench), ElementsAre(12.0, 12.0, 14.0, 14.0));
  const auto sets = bench.journal.sets_of(bench.session_id);
  EXPECT_EQ(sets[0].side, Side::kLeft);
  EXPECT_EQ(sets[3].side, Side::kRight);
}

TEST(Sides, PainOnTheFirstSideStopsBeforeTheOther) {
  SessionBench bench;
  use(bench, [](Prescription& p) { p.one_sided = true; });
  bench.plugins.decide = [&](const sheave_progression_in_t& in) {
    auto out = load_decision(12.0, "PAIN_STOP");
    if (in.point == SHEAVE_DECIDE_NEXT_SET) out.decision = SHEAVE_DECISION_STOP;
    return out;
  };
  begin(bench, 3);
  bench.do_set(3);
  ASSERT_TRUE(bench.manager->report_stop_reason(bench.session_id, 1, StopAnswer::kPain).ok());
  EXPECT_EQ(loads_kg(bench).size(), 1u);
}

TEST(WorkedBefore, CountsTheSameVisitsOtherSetsForTheSameMusclesAndNothingElse) {
  SessionBench bench;
  Program other = test_program();
  other.id = "face-pull";
  Program legs = test_program();
  legs.id = "leg-curl";
  bench.catalog.programs[0].muscles = other.muscles = {"rhomboids"};
  legs.muscles = {"hamstrings"};
  bench.catalog.programs.push_back(other);
  bench.catalog.programs.push_back(legs);
  bench.restart();
  std::vector<std::uint32_t> asked;
  bench.plugins.decide = [&](const sheave_progression_in_t& in) {
    asked.push_back(in.worked_before_now);
    return load_decision(10.0, "HOLD_IN_RANGE");
  };
  const auto visit = [&](const char* program, const char* member) {
    CreateSession request;
    request.program_id = program;
    request.member_id = member;
    request.sets = 2;
    bench.start_session(request);
    if (bench.snapshot().rom.empty()) bench.calibrate();
    bench.do_set(7);
    bench.do_set(7);
    EXPECT_TRUE(bench.run_until_stage(Stage::kFinished, 1));
    asked.resize(1);
    return std::exchange(asked, {}).front();
  };
  EXPECT_EQ(visit("face-pull", "ann"), 0u);
  EXPECT_EQ(visit("leg-curl", "ann"), 0u) << "other muscles";
  EXPECT_EQ(visit("cable-row", "bob"), 0u) << "another person's work";
  EXPECT_EQ(visit("cable-row", "ann"), 2u);
  EXPECT_EQ(bench.journal.sets_of(bench.session_id)[0].worked_before, 2u);
  bench.run_for(4 * 3600.0);
  EXPECT_EQ(visit("face-pull", "ann"), 0u) << "another visit";
}

}  // namespace
}  // namespace sheave::session::test
