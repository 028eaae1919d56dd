// Just pull: as many sets as the person likes, at the weight the person sets.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/session/session_bench.hpp"

namespace sheave::session::test {
namespace {

using control::SetEndReason;
using ::testing::HasSubstr;

Program just_pull() {
  Program program = test_program();
  program.id = "just-pull";
  program.progression = {};
  program.prescription = {};
  program.prescription.sets = 0;
  return program;
}

class OpenSets : public ::testing::Test {
 protected:
  OpenSets() {
    bench.catalog.programs.push_back(just_pull());
    bench.plugins.decide = [](const sheave_progression_in_t&) -> Result<sheave_progression_out_t> {
      ADD_FAILURE() << "a progression was asked";
      return load_decision(99.0, "NOBODY_ASKED");
    };
    bench.restart();
  }

  void start(std::optional<double> load_kg, const std::string& member = "") {
    CreateSession request;
    request.program_id = "just-pull";
    request.load_total_kg = load_kg;
    request.member_id = member;
    bench.start_session(request);
    if (bench.snapshot().rom.empty()) bench.calibrate();
  }

  double ready_load_kg() {
    EXPECT_TRUE(bench.run_until([&] { return bench.control->state() == safety::MachineState::kReady; }));
    return bench.armed_load_kg();
  }

  SessionBench bench;
};

TEST_F(OpenSets, TheWeightStaysAndNothingIsProposed) {
  start(20.0);
  for (int i = 0; i < 5; ++i) {
    EXPECT_NEAR(ready_load_kg(), 20.0, 1e-9);
    bench.do_set(3 + i);
  }
  EXPECT_EQ(bench.recorder.count(LogEntry::Kind::kSet), 5U);
  EXPECT_EQ(bench.recorder.count(LogEntry::Kind::kProposal), 0U);
  EXPECT_EQ(bench.snapshot().sets_planned, 0U);
  EXPECT_EQ(bench.snapshot().set_index, 6U);
}

TEST_F(OpenSets, WhoActivatesIsToldTheWeightAtOnce) {
  CreateSession request;
  request.program_id = "just-pull";
  request.load_total_kg = 20.0;
  const auto made = bench.create(request);
  double told_kg = 0.0;
  bench.manager->activate(made->id, [&](const Result<SessionRecord>&) { told_kg = bench.snapshot().load_total_kg; });
  EXPECT_EQ(told_kg, 20.0);
}

TEST_F(OpenSets, ThePersonChangesTheWeightAtRestAndItStaysSo) {
  start(20.0);
  bench.do_set(5);
  EXPECT_NEAR(ready_load_kg(), 20.0, 1e-9);
  ASSERT_TRUE(bench.manager->set_load(bench.session_id, 24.0).ok());
  EXPECT_EQ(bench.snapshot().load_total_kg, 24.0);
  bench.do_set(5);
  EXPECT_NEAR(ready_load_kg(), 24.0, 1e-9);
  EXPECT_EQ(bench.manager->set_load(bench.session_id, 500.0).reason, "LOAD_ABOVE_LIMIT");
}

TEST_F(OpenSets, WhatWasLoweredInASetStaysLow) {
  start(20.0);
  ASSERT_TRUE(bench.run_until([&] { return bench.control->state() == safety::MachineState::kReady; }));
  bench.run_for(1);
  bench.control->engage();
  bench.run_for(1);
  EXPECT_EQ(bench.manager->set_load(bench.session_id, 22.0).reason, "SET_ACTIVE");
  ASSERT_TRUE(bench.manager->set_load(bench.session_id, 15.0).ok());
  bench.control->pull(0.2, 0.8);
  bench.control->end(SetEndReason::kRacked);
  bench.run_for(0.05);
  EXPECT_NEAR(ready_load_kg(), 15.0, 1e-9);
}

TEST_F(OpenSets, TheRestCountsUpUntilTheNextSetBegins) {
  start(20.0);
  EXPECT_LT(bench.snapshot().rest_so_far_ms, 0);
  bench.do_set(5);
  const double before_s = static_cast<double>(bench.snapshot().rest_so_far_ms) * 1e-3;
  bench.run_for(90);
  EXPECT_LT(bench.snapshot().rest_left_ms, 0);
  EXPECT_NEAR(static_cast<double>(bench.snapshot().rest_so_far_ms) * 1e-3, before_s + 90, 0.1);
  EXPECT_EQ(bench.snapshot().stage, Stage::kArmed);  // still armed: a rest of any length is no absence
  bench.control->engage();
  bench.run_for(0.1);
  EXPECT_LT(bench.snapshot().rest_so_far_ms, 0);
}

TEST_F(OpenSets, ThePersonFinishes) {
  start(20.0);
  bench.do_set(5);
  bench.manager->finish(bench.session_id, [](const Result<SessionRecord>&) {});
  ASSERT_TRUE(bench.run_until_stage(Stage::kFinished, 30));
  EXPECT_EQ(bench.snapshot().session->end_note, "");
  EXPECT_EQ(bench.manager->set_load(bench.session_id, 12.0).reason, "NOT_READY");
  EXPECT_EQ(bench.manager->arm(bench.session_id).reason, "NOT_READY");
}

TEST_F(OpenSets, WhoLeavesIsNotWaitedForForEver) {
  start(20.0);
  bench.do_set(5);
  ASSERT_TRUE(bench.run_until([&] { return bench.control->state() == safety::MachineState::kReady; }));
  EXPECT_EQ(bench.control->plan()->arm_timeout_ns, 600 * kNsPerS);
  bench.run_for(600);
  bench.control->readiness_timeout();
  ASSERT_TRUE(bench.run_until_stage(Stage::kFinished, 5));
  EXPECT_THAT(bench.snapshot().session->end_note, HasSubstr("ten minutes"));
}

TEST_F(OpenSets, ANumberOfSetsMayBeAskedForAllTheSame) {
  CreateSession request;
  request.program_id = "just-pull";
  request.sets = 2;
  bench.start_session(request);
  bench.calibrate();
  bench.do_set(5);
  bench.do_set(5);
  EXPECT_TRUE(bench.run_until_stage(Stage::kFinished, 30));
  EXPECT_EQ(bench.recorder.count(LogEntry::Kind::kSet), 2U);
}

TEST_F(OpenSets, AMemberBeginsWithTheLastVisitsWeightAGuestWithTheProgramsOwn) {
  start(std::nullopt, "ann");
  EXPECT_NEAR(ready_load_kg(), 10.0, 1e-9);
  ASSERT_TRUE(bench.manager->set_load(bench.session_id, 30.0).ok());
  bench.do_set(5);
  bench.manager->finish(bench.session_id, [](const Result<SessionRecord>&) {});
  ASSERT_TRUE(bench.run_until_stage(Stage::kFinished, 30));
  start(std::nullopt, "ann");
  EXPECT_NEAR(ready_load_kg(), 30.0, 1e-9);
}

TEST_F(OpenSets, PainHoldsTheSessionUntilThePersonGoesOn) {
  start(20.0);
  bench.do_set(5);
  ASSERT_TRUE(bench.run_until([&] { return bench.control->state() == safety::MachineState::kReady; }));
  ASSERT_TRUE(bench.manager->pause(bench.session_id).ok());
  ASSERT_TRUE(bench.run_until([&] { return bench.control->state() == safety::MachineState::kIdle; }, 10));
  ASSERT_TRUE(bench.manager->report_stop_reason(bench.session_id, 1, StopAnswer::kPain).ok());
  EXPECT_THAT(bench.snapshot().note, HasSubstr("pain"));
  bench.run_for(60);
  EXPECT_EQ(bench.control->state(), safety::MachineState::kIdle);
  ASSERT_TRUE(bench.manager->arm(bench.session_id).ok());
  EXPECT_NEAR(ready_load_kg(), 20.0, 1e-9);
}

}  // namespace
}  // namespace sheave::session::test
