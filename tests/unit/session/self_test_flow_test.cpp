// When the machine may measure itself, and what becomes of it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/session/session_bench.hpp"

namespace sheave::session {
namespace {

using control::Event;
using control::EventKind;
using control::SetEndReason;
using test::SessionBench;

struct Answered {
  void operator()(Result<SelfTestRecord> result) { *answer = std::move(result); }
  std::optional<Result<SelfTestRecord>>* answer;
};

class SelfTestFlow : public ::testing::Test {
 protected:
  SelfTestFlow() { bench_.run_for(0.5); }

  void ask() { bench_.manager->self_test(Answered{&answer_}); }
  std::string reason() const { return answer_ && !*answer_ ? answer_->status().reason : ""; }
  void tell(EventKind kind, SetEndReason end) {
    Event event;
    event.kind = kind;
    event.plan_id = bench_.control->plan()->id;
    event.end = end;
    bench_.port->events.push(event);
    bench_.run_for(0.05);
  }

  SessionBench bench_;
  std::optional<Result<SelfTestRecord>> answer_;
};

TEST_F(SelfTestFlow, HandsControlALightPlanOfItsOwnAndSaysWhatToDo) {
  ask();
  bench_.run_for(0.05);
  ASSERT_FALSE(answer_);
  ASSERT_NE(bench_.control->plan(), nullptr);
  EXPECT_TRUE(bench_.control->plan()->self_test);
  EXPECT_LE(bench_.control->plan()->load_per_axis_n, 50.0);
  EXPECT_THAT(bench_.snapshot().note, ::testing::HasSubstr("keep away from the handle"));
  EXPECT_EQ(bench_.snapshot().note_reason, "SELF_TEST_KEEP_AWAY");
}

TEST_F(SelfTestFlow, NotWhileSomebodyTrains) {
  bench_.start_session();
  ask();
  EXPECT_EQ(reason(), "SESSION_ACTIVE");
}

TEST_F(SelfTestFlow, NobodyBeginsWhileItRuns) {
  CreateSession request;
  request.program_id = bench_.catalog.programs.front().id;
  const Result<SessionRecord> prepared = bench_.create(request);
  ASSERT_TRUE(prepared);
  ask();
  bench_.run_for(0.05);
  EXPECT_EQ(bench_.activate(prepared->id).status().reason, "SELF_TEST_RUNS");
  std::optional<Result<SelfTestRecord>> again;
  bench_.manager->self_test(Answered{&again});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->status().reason, "SELF_TEST_RUNS");
}

TEST_F(SelfTestFlow, StoppedItChangesNothing) {
  ask();
  bench_.run_for(0.05);
  tell(EventKind::kSetEnded, SetEndReason::kStopped);
  EXPECT_EQ(reason(), "SELF_TEST_STOPPED");
  EXPECT_FALSE(bench_.manager->last_self_test());
  EXPECT_THAT(bench_.snapshot().note, ::testing::Not(::testing::HasSubstr("Self-test")));
}

TEST_F(SelfTestFlow, WithoutFramesItIsUnclear) {
  ask();
  bench_.run_for(0.05);
  tell(EventKind::kSetEnded, SetEndReason::kExercise);
  EXPECT_EQ(reason(), "SELF_TEST_UNCLEAR");
  EXPECT_FALSE(bench_.manager->last_self_test());
}

TEST_F(SelfTestFlow, WhatAnEarlierRunFoundIsInForceAfterARestart) {
  SelfTestRecord record;
  record.at = {1, true};
  record.cables.emplace_back().drag = {12.0, 6.0, 5.0};
  bench_.journal.add_self_test(record, [](const auto&) {});
  bench_.restart();
  bench_.run_for(0.5);
  ASSERT_TRUE(bench_.manager->last_self_test());
  EXPECT_EQ(bench_.manager->last_self_test()->cables[0].drag.friction_n, 12.0);
  bench_.start_session();
  bench_.calibrate();
  ASSERT_TRUE(bench_.run_until([this] { return bench_.control->state() == safety::MachineState::kReady; }));
  EXPECT_EQ(bench_.control->plan()->drag[0].friction_n, 12.0);
  EXPECT_EQ(bench_.control->plan()->drag[0].moving_mass_kg, 5.0);
}

TEST_F(SelfTestFlow, AResultOfAnotherMachineIsNotUsed) {
  SelfTestRecord record;
  record.cables.resize(2);
  bench_.journal.add_self_test(record, [](const auto&) {});
  bench_.restart();
  bench_.run_for(0.5);
  EXPECT_FALSE(bench_.manager->last_self_test());
}

}  // namespace
}  // namespace sheave::session
