// A technician's press: when it moves a cable, and everything that ends it.
#include "controller/safety/jog.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <ostream>

#include "tests/unit/safety/story.hpp"

namespace sheave::test {
namespace {

using safety::JogMotion;
using safety::kTakeUp_n;
using safety::kWindIn_n;

/// At rest, nobody trains.
struct Workshop : Story {
  explicit Workshop(std::size_t axis_count = 1) : Story(axis_count) {
    to_idle();
    in.session_open = false;
    run(1_s);
  }
  /// Pressed, and at its full tension.
  void to_service() { press_for(1_s, 1); }
};

TEST(Jog, PullsLittleMoreComesSlowlyAndGoesDownToTakeUpWhenLetGo) {
  Workshop story;
  ASSERT_NEAR(story.commanded_n(), kTakeUp_n, 1e-6);
  story.call(1);
  EXPECT_EQ(story.state(), MachineState::kService);
  EXPECT_LE(story.commanded_n(), kTakeUp_n + 0.05) << "a rise of 40 N/s";
  EXPECT_LE(story.out.retract_limit_mps, 0.15);
  story.press_for(1_s, 1);
  EXPECT_NEAR(story.commanded_n(), kWindIn_n, 1e-6);
  story.call(1, JogMotion::kNone);
  EXPECT_EQ(story.state(), MachineState::kUnload);
  EXPECT_EQ(story.out.cause, FaultCode::kNone) << "a button let go of is no fault";
  story.run(300_ms);
  EXPECT_LE(story.commanded_n(), kTakeUp_n + 1e-6);
  story.run(1_s);
  EXPECT_EQ(story.state(), MachineState::kIdle);
  EXPECT_TRUE(story.changes.empty());
}

TEST(Jog, EndsByItselfWhenNobodyCallsAnyMore) {
  Workshop story;
  story.to_service();
  story.call(1);
  double before_n = story.commanded_n();
  const std::int64_t took = story.run_until(MachineState::kUnload, 1_s);
  EXPECT_LE(took, safety::kJogAlive_ns);
  EXPECT_GE(took, safety::kJogAlive_ns - 1_ms) << "counted from the call, not from its tick";
  for (int ms = 0; ms < 300; ++ms) {
    story.tick();
    EXPECT_LE(story.commanded_n(), before_n);
    before_n = story.commanded_n();
  }
  EXPECT_LE(story.commanded_n(), kTakeUp_n + 1e-6);
  EXPECT_TRUE(story.changes.empty()) << "and silence is none either: the page may have been closed";
  story.run(1_s);
  EXPECT_EQ(story.out.reaction, Reaction::kNone) << "nothing of it is left once the handle is home";
}

TEST(Jog, ACallThatCameLateIsAsOldAsItIs) {
  Workshop story;
  story.to_service();
  const std::int64_t arrived_ns = story.now - 300_ms;  // it waited for the main thread
  story.in.jog = {1, 0, JogMotion::kWindIn, arrived_ns + safety::kJogAlive_ns};
  story.run(400_ms);
  EXPECT_NE(story.state(), MachineState::kService) << "100 ms of it were left, and those of the call before";
  story.in.jog = {2, 0, JogMotion::kWindIn, story.now - 1_ms};
  story.run(10_ms);
  EXPECT_NE(story.state(), MachineState::kService) << "what is older than its time begins nothing";
}

TEST(Jog, NoClockMakesACallGoodForLonger) {
  Workshop story;
  story.in.jog = {1, 0, JogMotion::kWindIn, story.now + 3600_s};
  story.tick();
  ASSERT_EQ(story.state(), MachineState::kService);
  EXPECT_EQ(story.run_until(MachineState::kUnload, 1_s), safety::kJogAlive_ns);
}

TEST(Jog, WhatHasEndedNoCallBeginsAgain) {
  Workshop story;
  story.to_service();
  story.call(1, JogMotion::kNone);
  story.press_for(2_s, 1);
  EXPECT_EQ(story.state(), MachineState::kIdle) << "calls that were under way when the finger came off";
  story.press_for(1_s, 2);
  EXPECT_EQ(story.state(), MachineState::kService);
  story.run(1_s);
  ASSERT_EQ(story.state(), MachineState::kIdle);
  story.press_for(1_s, 2);
  EXPECT_EQ(story.state(), MachineState::kIdle) << "silence has ended it";
  story.press_for(1_s, 1);
  EXPECT_EQ(story.state(), MachineState::kIdle);
}

TEST(Jog, AReleaseThatOvertookItsPressLeavesNothingToBegin) {
  Workshop story;
  story.call(5, JogMotion::kNone);
  story.press_for(1_s, 5);
  EXPECT_EQ(story.state(), MachineState::kIdle);
  story.press_for(1_s, 6);
  EXPECT_EQ(story.state(), MachineState::kService);
}

TEST(Jog, APressThatFollowsQuicklyBeginsOnceTheTensionIsDown) {
  Workshop story;
  story.to_service();
  story.call(1, JogMotion::kNone);
  story.press_for(200_ms, 2);
  EXPECT_EQ(story.state(), MachineState::kUnload);
  story.press_for(300_ms, 2);
  EXPECT_EQ(story.state(), MachineState::kService);
}

TEST(Jog, MovesTheNamedCableOnly) {
  Workshop story(2);
  story.press_for(1_s, 1, JogMotion::kWindIn, 1);
  EXPECT_NEAR(story.in.axes[0].commanded_n, kTakeUp_n, 1e-6);
  EXPECT_NEAR(story.in.axes[1].commanded_n, kWindIn_n, 1e-6);
}

TEST(Jog, HoldingPullsAsAtRestAndHardlyMoves) {
  Workshop story;
  story.press_for(1_s, 1, JogMotion::kHold);
  EXPECT_EQ(story.state(), MachineState::kService);
  EXPECT_NEAR(story.commanded_n(), kTakeUp_n, 1e-6);
  EXPECT_LE(story.out.retract_limit_mps, 0.05);
}

TEST(Jog, BeginsWithTheHandleOutToo) {
  Workshop story;
  story.to_service();
  story.place(0.8);
  story.run(1_s);
  ASSERT_EQ(story.state(), MachineState::kRetract);
  story.press_for(1_s, 2);
  EXPECT_EQ(story.state(), MachineState::kService);
}

TEST(Jog, AtTheCablesEndItWindsIn) {
  Workshop story;
  story.place(2.495);
  story.press_for(1_s, 1);
  EXPECT_EQ(story.state(), MachineState::kService);
}

TEST(Jog, NothingIsRaisedWhileSomethingIsLimited) {
  Workshop story;
  story.call(1);
  story.in.axes[0].motor_temperature_c = 95.0;
  story.press_for(2_s, 1);
  EXPECT_EQ(story.state(), MachineState::kService);
  EXPECT_LE(story.commanded_n(), kTakeUp_n + 5.0) << "what had come until the motor was known to be warm";
}

/// What must end a press at once, or keep one from beginning.
struct End {
  const char* name;
  MachineState ends_in;
  std::function<void(Story&)> make;
};
void PrintTo(const End& end, std::ostream* out) { *out << end.name; }

class JogEnds : public testing::TestWithParam<End> {};

TEST_P(JogEnds, AndItsNumberIsSpent) {
  Workshop story;
  story.to_service();
  const double before_n = story.commanded_n();
  GetParam().make(story);
  story.in.jog = {1, 0, JogMotion::kWindIn, story.now + safety::kJogAlive_ns};  // the finger stays on
  story.tick();
  EXPECT_EQ(story.state(), GetParam().ends_in);
  for (int ms = 0; ms < 2000; ++ms) {
    if (ms % 100 == 0) story.in.jog = {1, 0, JogMotion::kWindIn, story.now + safety::kJogAlive_ns};
    story.tick();
    ASSERT_NE(story.state(), MachineState::kService);
    ASSERT_LE(story.commanded_n(), before_n);
  }
  EXPECT_LE(story.commanded_n(), kTakeUp_n + 1e-6);
}

TEST_P(JogEnds, OrItDoesNotBegin) {
  Workshop story;
  GetParam().make(story);
  story.in.jog = {1, 0, JogMotion::kWindIn, story.now + safety::kJogAlive_ns};
  story.tick();
  EXPECT_NE(story.state(), MachineState::kService);
}

INSTANTIATE_TEST_SUITE_P(Jog, JogEnds,
                         testing::Values(End{"Stop", MachineState::kUnload, [](Story& s) { s.in.stop = true; }},
                                         End{"Lower", MachineState::kUnload, [](Story& s) { s.in.lower = true; }},
                                         End{"Shutdown", MachineState::kUnload, [](Story& s) { s.in.shutdown = true; }},
                                         End{"MainLost", MachineState::kUnload, [](Story& s) { s.in.main_age_ns = 11_s; }},
                                         End{"SafeTorqueOff", MachineState::kEstop, [](Story& s) { s.in.axes[0].sto_active = true; }},
                                         End{"DriveFault", MachineState::kFaultStop,
                                             [](Story& s) { s.drive_follows = false, s.in.axes[0].drive = hal::DriveState::kFault; }},
                                         End{"Unverified", MachineState::kFaultStop, [](Story& s) { s.in.verified = false; }},
                                         End{"EncoderJump", MachineState::kFaultStop, [](Story& s) { s.in.axes[0].jumping = true; }},
                                         End{"SecondMaster", MachineState::kFaultStop,
                                             [](Story& s) { s.in.axes[0].foreign_command = true; }},
                                         End{"Integrity", MachineState::kSafeOff, [](Story& s) { s.in.command_broken = true; }}),
                         [](const auto& end) { return std::string(end.param.name); });

TEST(Jog, NotWhileASessionIsOpen) {
  Workshop story;
  story.in.session_open = true;
  story.call(1);
  EXPECT_EQ(story.state(), MachineState::kIdle);
  EXPECT_TRUE(story.out.jog_refused);
}

TEST(Jog, AfterAStopTheHandleComesHomeFirst) {
  Workshop story;
  story.place(0.8);
  story.to_service();
  story.in.stop = true;
  story.run(1_s);
  ASSERT_EQ(story.state(), MachineState::kRetract);
  story.call(2);
  EXPECT_TRUE(story.out.jog_refused);
  story.place(0.0);
  story.run(300_ms);
  story.call(3);
  EXPECT_EQ(story.state(), MachineState::kService);
}

TEST(Jog, NothingIsArmedWhileItRunsAndASessionEndsIt) {
  Workshop story;
  story.to_service();
  story.in.jog = {1, 0, JogMotion::kWindIn, story.now + safety::kJogAlive_ns};
  story.arm();
  EXPECT_EQ(story.state(), MachineState::kService);
  EXPECT_EQ(story.refused, 1);
  story.in.session_open = true;
  story.tick();
  EXPECT_EQ(story.state(), MachineState::kUnload);
}

TEST(Jog, ACableThatIsNotThereIsNoPress) {
  Workshop story;
  story.call(1, JogMotion::kWindIn, 1);
  EXPECT_EQ(story.state(), MachineState::kIdle);
  EXPECT_TRUE(story.out.jog_refused);
}

TEST(Jog, AnotherMotionOrCableOfTheSamePressEndsIt) {
  for (const auto& [motion, cable] : {std::pair{JogMotion::kHold, 0U}, std::pair{JogMotion::kWindIn, 1U}}) {
    Workshop story(2);
    story.to_service();
    story.call(1, motion, cable);
    EXPECT_EQ(story.state(), MachineState::kUnload);
  }
}

}  // namespace
}  // namespace sheave::test
