// What is proposed between sets, and what comes of the person's answer or silence.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "controller/session/proposal.hpp"
#include "tests/unit/session/session_bench.hpp"

namespace sheave::session::test {
namespace {

using safety::MachineState;
using ::testing::HasSubstr;

/// Asked for `load_kg` after each set, one step being `step_kg`.
DecideFunction always(double load_kg, double step_kg) {
  return [=](const sheave_progression_in_t& in) {
    if (in.point == SHEAVE_DECIDE_FIRST_SET) return load_decision(in.start_load_kg, "START_LOAD");
    return load_decision(load_kg, "TOP_OF_RANGE_REACHED", step_kg);
  };
}

class ProposalFlow : public ::testing::Test {
 protected:
  /// One set of eight done; the rest runs.
  void begin(DecideFunction decide) {
    bench.plugins.decide = std::move(decide);
    id = bench.start_session();
    bench.calibrate();
    bench.do_set(8);
  }
  bool armed() {
    return bench.run_until([&] { return bench.control->state() == MachineState::kReady; });
  }
  SessionBench bench;
  std::string id;
};

TEST_F(ProposalFlow, OneStepUpIsTakenBySilence) {
  begin(always(14.5, 4.5));
  ASSERT_TRUE(bench.snapshot().proposal.has_value());
  EXPECT_EQ(bench.snapshot().proposal->text, "You did 8 reps, the top of 6-8: next 14.5 kg, 4.5 kg more.");
  EXPECT_DOUBLE_EQ(bench.snapshot().proposal->previous_load_kg, 10.0);
  ASSERT_TRUE(armed());
  EXPECT_NEAR(bench.armed_load_kg(), 14.5, 1e-9);
  bench.do_set(6);
  const SetRecord first = bench.journal.sets_of(id).front();
  ASSERT_TRUE(first.proposal.has_value());
  EXPECT_TRUE(first.proposal->accepted);
  EXPECT_FALSE(first.proposal->changed);
}

TEST_F(ProposalFlow, TwoStepsAreCutToOneBySilence) {
  begin(always(19.0, 4.5));
  EXPECT_THAT(bench.snapshot().proposal->text, HasSubstr("tap to take it, else 14.5 kg"));
  ASSERT_TRUE(armed());
  EXPECT_NEAR(bench.armed_load_kg(), 14.5, 1e-9);
  bench.do_set(6);
  const Proposal proposal = *bench.journal.sets_of(id).front().proposal;
  EXPECT_FALSE(proposal.accepted);
  EXPECT_FALSE(proposal.changed);
}

TEST_F(ProposalFlow, TwoStepsAreTakenByATap) {
  begin(always(19.0, 4.5));
  EXPECT_TRUE(bench.manager->accept_proposal(id, bench.snapshot().proposal->etag, std::nullopt).ok());
  ASSERT_TRUE(armed());
  EXPECT_NEAR(bench.armed_load_kg(), 19.0, 1e-9);
}

TEST_F(ProposalFlow, StartIsATapToo) {
  begin(always(19.0, 4.5));
  EXPECT_TRUE(bench.manager->arm(id).ok());
  ASSERT_TRUE(armed());
  EXPECT_NEAR(bench.armed_load_kg(), 19.0, 1e-9);
}

TEST_F(ProposalFlow, WithoutAStatedStepSilenceTakesOneIncrement) {
  begin(always(12.0, -1));
  ASSERT_TRUE(armed());
  EXPECT_NEAR(bench.armed_load_kg(), 10.25, 1e-9);
}

TEST_F(ProposalFlow, NoStatedStepMakesSilenceAgreeToMoreThanTenPounds) {
  begin(always(60.0, 50.0));
  ASSERT_TRUE(armed());
  EXPECT_NEAR(bench.armed_load_kg(), 14.5, 1e-9);
}

TEST_F(ProposalFlow, LessIsTakenWhole) {
  begin(always(5.5, 2.25));
  ASSERT_TRUE(armed());
  EXPECT_NEAR(bench.armed_load_kg(), 5.5, 1e-9);
}

TEST_F(ProposalFlow, ThePersonChoosesAnotherLoad) {
  begin(always(14.5, 4.5));
  EXPECT_TRUE(bench.manager->accept_proposal(id, "", 12.0).ok());
  ASSERT_TRUE(armed());
  EXPECT_NEAR(bench.armed_load_kg(), 12.0, 1e-9);
  const Proposal proposal = *bench.journal.sets_of(id).front().proposal;
  EXPECT_FALSE(proposal.accepted);
  EXPECT_TRUE(proposal.changed);
}

TEST_F(ProposalFlow, TheSetGoesByTheGoalOfItsProposalAndALoadOfOnesOwnByTheRange) {
  begin([](const sheave_progression_in_t&) {
    auto out = load_decision(12.0, "RESERVE_GOAL");
    out.rep_goal = 10;
    return out;
  });
  EXPECT_EQ(bench.snapshot().rep_goal, (RepGoal{10, 10}));
  ASSERT_TRUE(armed());
  EXPECT_EQ(bench.control->plan()->rep_goal, 10u);
  EXPECT_EQ(bench.snapshot().rep_goal, (RepGoal{10, 10})) << "the same once the set stands: a screen may be opened in its midst";
  bench.do_set(10);
  EXPECT_TRUE(bench.manager->accept_proposal(id, "", 9.0).ok());
  EXPECT_EQ(bench.snapshot().rep_goal, RepGoal{});
  ASSERT_TRUE(armed());
  EXPECT_EQ(bench.control->plan()->rep_goal, 8u);
  EXPECT_EQ(bench.snapshot().rep_goal, RepGoal{});
}

TEST(RepGoal, IsAMostWhereTheSpeedEndsTheSet) {
  Proposal proposal;
  EXPECT_EQ(rep_goal_of(proposal), RepGoal{}) << "the range";
  proposal.rep_goal = 10;
  proposal.reason = "RESERVE_RAISE";
  EXPECT_EQ(rep_goal_of(proposal), (RepGoal{10, 10}));
  proposal.evidence = {{"forecast_reps", 7.6}};
  EXPECT_EQ(rep_goal_of(proposal), (RepGoal{8, 10}));
  proposal.evidence = {{"forecast_reps", 12.0}};
  EXPECT_EQ(rep_goal_of(proposal), (RepGoal{10, 10}));
  proposal.evidence = {{"forecast_reps", kUnknown}};
  EXPECT_EQ(rep_goal_of(proposal), (RepGoal{10, 10}));
  proposal.reason = "ADD_REPS";  // its forecast is of the weight that was not taken
  proposal.evidence = {{"forecast_reps", 5.0}};
  EXPECT_EQ(rep_goal_of(proposal), (RepGoal{10, 10}));
}

TEST_F(ProposalFlow, ADeclinedRaiseKeepsTheLoad) {
  begin(always(14.5, 4.5));
  EXPECT_TRUE(bench.manager->accept_proposal(id, bench.snapshot().proposal->etag, 10.0).ok());
  ASSERT_TRUE(armed());
  EXPECT_NEAR(bench.armed_load_kg(), 10.0, 1e-9);
}

TEST_F(ProposalFlow, AnOldProposalCannotBeAccepted) {
  begin(always(14.5, 4.5));
  const std::string old = bench.snapshot().proposal->etag;
  EXPECT_TRUE(bench.manager->report_effort(id, 1, 3).ok());
  EXPECT_NE(bench.snapshot().proposal->etag, old);
  EXPECT_EQ(bench.manager->accept_proposal(id, old, std::nullopt).reason, "ETAG_STALE");
}

TEST_F(ProposalFlow, TheAnswerReachesTheProgression) {
  int answer = -2;
  begin([&](const sheave_progression_in_t& in) {
    if (in.set_count > 0) answer = in.sets[0].answer_rir;
    return load_decision(10.0, "HOLD_IN_RANGE");
  });
  EXPECT_EQ(answer, -1);
  EXPECT_TRUE(bench.manager->report_effort(id, 1, 0).ok());
  EXPECT_EQ(answer, 0);
  EXPECT_EQ(bench.manager->report_effort(id, 7, 0).reason, "SET_NOT_FOUND");
  EXPECT_EQ(bench.manager->report_effort(id, 1, 99).reason, "EFFORT_RANGE");
}

TEST_F(ProposalFlow, NothingIsAcceptedOrRaisedInMidSet) {
  begin(always(14.5, 4.5));
  ASSERT_TRUE(armed());
  bench.control->engage();
  bench.run_for(1);
  EXPECT_EQ(bench.manager->accept_proposal(id, "", 20.0).reason, "NOT_RESTING");
  EXPECT_EQ(bench.manager->set_load(id, 20.0).reason, "SET_ACTIVE");
  EXPECT_EQ(bench.manager->calibrate(id).reason, "SET_ACTIVE");
  EXPECT_EQ(bench.manager->pause(id).reason, "SET_ACTIVE");
  EXPECT_TRUE(bench.manager->set_load(id, 10.0).ok());
  bench.run_for(0.1);
  EXPECT_NEAR(*bench.control->set_load_n(), newton_from_kg(10.0), 1e-9);
  EXPECT_EQ(bench.manager->set_load(id, 12.0).reason, "SET_ACTIVE");
}

TEST_F(ProposalFlow, AProposalIsShownThreeSecondsEvenInAShortRest) {
  CreateSession request;
  request.rest_s = 0;
  bench.plugins.decide = always(10.0, 4.5);
  bench.start_session(request);
  bench.calibrate();
  bench.do_set(8);
  const std::int64_t ended_ns = bench.now_ns;
  ASSERT_TRUE(armed());
  EXPECT_NEAR(seconds(bench.now_ns - ended_ns), 3.0, 0.2);
}

TEST_F(ProposalFlow, ALateProgressionKeepsTheLoad) {
  bench.worker.inline_ = true;
  bench.plugins.decide = always(14.5, 4.5);
  id = bench.start_session();
  bench.calibrate();
  bench.worker.inline_ = false;
  bench.do_set(8);
  EXPECT_FALSE(bench.snapshot().proposal.has_value());
  bench.run_for(2);
  ASSERT_TRUE(bench.snapshot().proposal.has_value());
  EXPECT_EQ(bench.snapshot().proposal->reason, "PROGRESSION_LATE");
  bench.worker.run_all();
  EXPECT_EQ(bench.snapshot().proposal->reason, "PROGRESSION_LATE");
  ASSERT_TRUE(armed());
  EXPECT_NEAR(bench.armed_load_kg(), 10.0, 1e-9);
}

TEST_F(ProposalFlow, AFailedProgressionKeepsTheLoad) {
  begin([](const sheave_progression_in_t& in) -> Result<sheave_progression_out_t> {
    if (in.point == SHEAVE_DECIDE_FIRST_SET) return load_decision(12.0, "START_LOAD");
    return Status::error(StatusCode::kInternal, "PROGRESSION_FAILED", "no decision");
  });
  EXPECT_EQ(bench.snapshot().proposal->reason, "PROGRESSION_FAILED");
  ASSERT_TRUE(armed());
  EXPECT_NEAR(bench.armed_load_kg(), 12.0, 1e-9);
}

TEST_F(ProposalFlow, ALoadThatIsNoNumberIsAFailure) {
  begin([](const sheave_progression_in_t& in) {
    return load_decision(in.point == SHEAVE_DECIDE_FIRST_SET ? 12.0 : kUnknown, "TOP_OF_RANGE_REACHED");
  });
  EXPECT_EQ(bench.snapshot().proposal->reason, "PROGRESSION_FAILED");
  EXPECT_DOUBLE_EQ(bench.snapshot().proposal->load_kg, 12.0);
}

TEST_F(ProposalFlow, AProposalStaysInsideTheMachinesLimitAndOnItsGrid) {
  begin(always(1000.0, 4.5));
  EXPECT_DOUBLE_EQ(bench.snapshot().proposal->load_kg, 90.0);
  bench.plugins.decide = always(12.37, 4.5);
  EXPECT_TRUE(bench.manager->report_effort(id, 1, 3).ok());
  EXPECT_DOUBLE_EQ(bench.snapshot().proposal->load_kg, 12.25);
}

TEST_F(ProposalFlow, PainEndsTheSession) {
  begin([](const sheave_progression_in_t& in) {
    sheave_progression_out_t out = load_decision(10.0, "HOLD_IN_RANGE");
    if (in.set_count > 0 && in.sets[0].stop_answer == SHEAVE_STOP_ANSWER_PAIN) {
      out = load_decision(0.0, "PAIN_STOP");
      out.decision = SHEAVE_DECISION_STOP;
    }
    return out;
  });
  EXPECT_TRUE(bench.manager->accept_proposal(id, "", std::nullopt).ok());
  EXPECT_TRUE(bench.manager->report_stop_reason(id, 1, StopAnswer::kPain).ok());
  EXPECT_EQ(bench.manager->accept_proposal(id, "", 10.0).reason, "NOT_RESTING");
  ASSERT_TRUE(bench.run_until_stage(Stage::kFinished, 5));
  EXPECT_THAT(bench.snapshot().session->end_note, HasSubstr("pain"));
}

TEST_F(ProposalFlow, ProbesAreSetsOnTopUntilOneFindsTheLoad) {
  int asked = 0;
  bench.plugins.decide = [&](const sheave_progression_in_t&) {
    // 10 kg probe, 14.5 kg probe, then work at 14.5.
    sheave_progression_out_t out = load_decision(asked == 0 ? 10.0 : 14.5, asked < 2 ? "PROBE" : "PROBE_DONE", 4.5);
    if (asked++ < 2) out.next_kind = SHEAVE_SET_PROBE;
    return out;
  };
  id = bench.start_session();
  bench.calibrate();
  for (int set = 0; set < 4; ++set) bench.do_set(5);
  ASSERT_TRUE(bench.run_until_stage(Stage::kFinished, 5));
  const auto sets = bench.journal.sets_of(id);
  ASSERT_EQ(sets.size(), 4U);
  EXPECT_EQ(sets[0].kind, SetKind::kProbe);
  EXPECT_EQ(sets[1].kind, SetKind::kProbe);
  EXPECT_EQ(sets[2].kind, SetKind::kWorking);
  for (const Snapshot& told : bench.recorder.snapshots) {
    if (told.set_index != 3) continue;
    EXPECT_EQ(told.working_set, 2U) << "the same while it rests before and while it runs";
  }
}

TEST_F(ProposalFlow, AMembersHistoryIsAskedNewestFirst) {
  CreateSession request;
  request.member_id = "ann";
  request.sets = 2;
  request.load_total_kg = 20.0;
  bench.start_session(request);
  bench.calibrate();
  bench.do_set(7);
  bench.do_set(6);
  ASSERT_TRUE(bench.run_until_stage(Stage::kFinished, 5));
  bench.now_ns += 48 * 3600 * kNsPerS;
  bench.plugins.decide = [&](const sheave_progression_in_t& in) {
    EXPECT_EQ(in.set_count, 2U);
    EXPECT_EQ(in.sets[0].set_index, 2U);
    EXPECT_EQ(in.sets[0].session_index, 1U);
    EXPECT_EQ(in.sets[0].rep_count, 6U);
    EXPECT_NEAR(in.sets[0].days_ago, 2.0, 0.01);
    EXPECT_NEAR(in.sets[1].reps[0].rom_share, 1.0, 1e-9);
    return load_decision(20.0, "START_FROM_HISTORY");
  };
  request.load_total_kg.reset();
  bench.start_session(request);
  ASSERT_TRUE(armed());
  EXPECT_NEAR(bench.armed_load_kg(), 20.0, 1e-9);
}

}  // namespace
}  // namespace sheave::session::test
