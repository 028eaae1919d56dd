// Who may move a cable, whose press it is, and what nobody else can do meanwhile.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/session/session_bench.hpp"

namespace sheave::session {
namespace {

using safety::JogMotion;
using test::SessionBench;

class JogFlow : public ::testing::Test {
 protected:
  JogFlow() { bench_.run_for(0.5); }

  Result<std::uint64_t> call(std::uint64_t press, bool release = false, JogMotion motion = JogMotion::kWindIn) {
    const Result<std::uint64_t> answer = bench_.manager->jog({press, 0, release ? JogMotion::kNone : motion, release, bench_.now_ns});
    bench_.run_for(0.01);
    return answer;
  }
  /// A number, and the first call with it; the tick has begun it.
  std::uint64_t press() {
    const Result<std::uint64_t> number = call(0);
    EXPECT_TRUE(number) << number.status().message;
    EXPECT_TRUE(call(*number));
    bench_.control->begin_jog();
    bench_.run_for(0.01);
    return *number;
  }
  static std::string reason(const Result<std::uint64_t>& answer) { return answer ? "" : answer.status().reason; }
  const std::vector<safety::JogCall>& sent() { return bench_.control->jogs(); }

  SessionBench bench_;
};

TEST_F(JogFlow, TheFirstCallGivesANumberAndMovesNothing) {
  const Result<std::uint64_t> number = call(0);
  ASSERT_TRUE(number);
  EXPECT_GT(*number, 0u);
  EXPECT_TRUE(sent().empty());
  const std::int64_t arrived_ns = bench_.now_ns;
  ASSERT_TRUE(call(*number));
  ASSERT_EQ(sent().size(), 1u);
  EXPECT_EQ(sent()[0].press, *number);
  EXPECT_EQ(sent()[0].motion, JogMotion::kWindIn);
  EXPECT_EQ(sent()[0].alive_until_ns, arrived_ns + safety::kJogAlive_ns) << "from its arrival, not from when it was taken up";
}

TEST_F(JogFlow, ANumberThatIsNotUsedAtOnceIsNone) {
  const Result<std::uint64_t> number = call(0);
  bench_.run_for(0.5);
  EXPECT_EQ(reason(call(*number)), "JOG_ENDED");
  for (const safety::JogCall& call : sent()) EXPECT_EQ(call.motion, JogMotion::kNone);
}

TEST_F(JogFlow, WhatWasLetGoOfStaysLetGoOf) {
  const std::uint64_t number = press();
  ASSERT_TRUE(call(number, true));
  EXPECT_EQ(sent().back().motion, JogMotion::kNone);
  EXPECT_EQ(reason(call(number)), "JOG_ENDED") << "it was on its way when the finger came off";
  EXPECT_EQ(sent().back().motion, JogMotion::kNone);
  EXPECT_TRUE(call(number, true)) << "a release that comes twice is no error";
  bench_.control->end_jog();
  bench_.run_for(0.02);
  const Result<std::uint64_t> next = call(0);
  ASSERT_TRUE(next);
  EXPECT_GT(*next, number);
}

TEST_F(JogFlow, APressThatTheTickEndedIsToldWhy) {
  std::uint64_t number = press();
  bench_.control->end_jog(FaultCode::kStopPressed);
  bench_.run_for(0.02);
  Result<std::uint64_t> answer = call(number);
  EXPECT_EQ(reason(answer), "JOG_ENDED");
  EXPECT_THAT(answer.status().message, ::testing::HasSubstr("Stop was pressed"));
  bench_.control->bring_home();
  number = press();
  bench_.control->end_jog();
  bench_.run_for(0.02);
  EXPECT_THAT(call(number).status().message, ::testing::HasSubstr("not heard in time"));
}

TEST_F(JogFlow, WhatTheTickRefusesIsToldWithTheNextCall) {
  bench_.control->refuse_next(control::CommandKind::kJog);
  const Result<std::uint64_t> number = call(0);
  ASSERT_TRUE(call(*number));
  EXPECT_EQ(reason(call(*number)), "NOT_READY");
}

TEST_F(JogFlow, OnePressAtATime) {
  const std::uint64_t number = press();
  EXPECT_EQ(reason(call(0)), "JOG_RUNS");
  ASSERT_TRUE(call(number)) << "and the other page's asking ends nothing";
}

TEST_F(JogFlow, APressIsOfOneMotion) {
  const std::uint64_t number = press();
  EXPECT_EQ(reason(call(number, false, JogMotion::kHold)), "JOG_ENDED");
  EXPECT_EQ(sent().back().motion, JogMotion::kNone);
}

TEST_F(JogFlow, NumbersRiseOverARestart) {
  const Result<std::uint64_t> before = call(0);
  bench_.restart();
  bench_.run_for(0.5);
  const Result<std::uint64_t> after = call(0);
  ASSERT_TRUE(before && after);
  EXPECT_GT(*after, *before);
}

TEST_F(JogFlow, NotWhileSomebodyTrainsNorWhileTheMachineTestsItself) {
  bench_.start_session();
  EXPECT_EQ(reason(call(0)), "SESSION_ACTIVE");
  bench_.manager->finish(bench_.session_id, [](const auto&) {});
  bench_.run_for(0.5);
  ASSERT_TRUE(call(0));
  bench_.run_for(11.0);
  bench_.manager->self_test([](const auto&) {});
  EXPECT_EQ(reason(call(0)), "SELF_TEST_RUNS");
}

TEST_F(JogFlow, NotWhileTheMachineIsOff) {
  bench_.control->latch(FaultCode::kLinkLost);
  bench_.run_for(0.05);
  const Result<std::uint64_t> answer = call(0);
  EXPECT_EQ(reason(answer), "NOT_READY");
  EXPECT_THAT(answer.status().message, ::testing::HasSubstr("does not answer"));
}

TEST_F(JogFlow, AMachineThatIsOutOfOrderIsTheOneThatIsServiced) {
  bench_.manager->set_out_of_order({true, "cable worn", "Kim", {}}, [](const auto&) {});
  EXPECT_GT(press(), 0u);
}

TEST_F(JogFlow, NobodyBeginsBesideATechnicianOrRightAfter) {
  const Result<SessionRecord> prepared = bench_.create({});
  ASSERT_TRUE(prepared);
  const std::uint64_t number = press();
  EXPECT_TRUE(bench_.snapshot().being_serviced);
  EXPECT_EQ(bench_.snapshot().note_reason, "SERVICE_ACTIVE");
  EXPECT_EQ(bench_.activate(prepared->id).status().reason, "SERVICE_ACTIVE");
  std::string tested;
  bench_.manager->self_test([&](const auto& answer) { tested = answer.status().reason; });
  EXPECT_EQ(tested, "SERVICE_ACTIVE");
  ASSERT_TRUE(call(number, true));
  bench_.control->end_jog();
  bench_.control->bring_home();
  bench_.run_for(5.0);
  EXPECT_EQ(bench_.activate(prepared->id).status().reason, "SERVICE_ACTIVE") << "the next press may follow";
  bench_.run_for(6.0);
  EXPECT_FALSE(bench_.snapshot().being_serviced);
  EXPECT_TRUE(bench_.activate(prepared->id));
}

}  // namespace
}  // namespace sheave::session
