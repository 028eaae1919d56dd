// What the supervisor does about what goes wrong, and about Stop. How a set goes when nothing does: supervisor_test.cpp.
#include "controller/safety/supervisor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/safety/story.hpp"

namespace sheave::test {
namespace {

using safety::Request;

/// Held still at `place_m` in an active set the pull is a stall once `patience_ns` is over, and none before.
void expect_spot_after(Story& story, double place_m, Phase phase, std::int64_t patience_ns) {
  story.place(place_m);
  story.in.person.phase = phase;
  story.run(patience_ns - 10_ms);
  EXPECT_EQ(story.state(), MachineState::kActive);
  story.run(20_ms);
  ASSERT_EQ(story.state(), MachineState::kSpot);
}

TEST(SupervisorReactions, TheSpotterTakesAStalledPullInFourSeconds) {
  Story story;
  story.to_active();
  expect_spot_after(story, 0.40, Phase::kConcentric, 1_s);
  story.run(2_s);
  EXPECT_NEAR(story.commanded_n(), 300.0, 5.0) << "25 % of the load a second";
  EXPECT_GE(story.run_until(MachineState::kRetract, 3_s), 0);
  EXPECT_LE(story.commanded_n(), safety::kTakeUp_n + 1e-9);
  EXPECT_EQ(story.out.cause, FaultCode::kSpotter);
  EXPECT_TRUE(story.saw(FaultCode::kSpotter, Reaction::kSpot));
}

TEST(SupervisorReactions, StuckJustBelowThePeakIsNoHoldForEver) {
  Story story;
  story.to_active();
  expect_spot_after(story, 0.58, Phase::kPeak, 3_s);  // 86 % of the range: where rows stick, and where the phase says peak
}

TEST(SupervisorReactions, AHoldThatATestAsksForIsAStallOnceItsTimeIsOver) {
  Story story;
  story.to_active();
  story.in.person.hold_ns = 4_s;
  expect_spot_after(story, 0.40, Phase::kConcentric, 5_s);
  EXPECT_GE(story.run_until(MachineState::kRetract, 5_s), 0);
}

TEST(SupervisorReactions, APauseAtEitherEndOfTheRangeIsNoStall) {
  Story story;
  story.to_active();
  story.in.person.phase = Phase::kConcentric;
  story.place(0.63);
  story.run(5_s);
  EXPECT_EQ(story.state(), MachineState::kActive);
  story.place(0.17);
  story.run(5_s);
  EXPECT_EQ(story.state(), MachineState::kActive);
}

TEST(SupervisorReactions, TheGestureTakesTheLoadOff) {
  Story story;
  story.to_active();
  story.place(0.08);
  story.run(1900_ms);
  EXPECT_EQ(story.state(), MachineState::kActive);
  story.run(150_ms);
  EXPECT_EQ(story.state(), MachineState::kUnload);
  EXPECT_EQ(story.out.cause, FaultCode::kLoweredByGesture);
}

TEST(SupervisorReactions, AStopIsOffIn150MillisecondsAndConfirmedByMeasurement) {
  Story story;
  story.to_active();
  story.in.stop = true;
  story.tick();
  EXPECT_FALSE(story.stop_confirmed);
  EXPECT_LE(story.run_until(MachineState::kRetract, 1_s), 150_ms);
  EXPECT_TRUE(story.stop_confirmed);
  EXPECT_EQ(story.out.cause, FaultCode::kStopPressed);
}

TEST(SupervisorReactions, AStopThatDoesNotWorkEndsInPowerOffForGood) {
  Story story;
  story.to_active();
  story.tension_stuck = true;
  story.in.axes[0].tension_n = 60.0;  // little enough not to be an excess
  story.in.stop = true;
  story.run(420_ms);
  EXPECT_EQ(story.state(), MachineState::kFaultStop);
  EXPECT_GE(story.run_until(MachineState::kSafeOff, 300_ms), 0);
  story.in.reset = true;
  story.run(3_s);
  EXPECT_EQ(story.state(), MachineState::kSafeOff);
  EXPECT_EQ(story.resets_refused, 1);
}

TEST(SupervisorReactions, AStopAtRestDoesNotHangOverTheNextSet) {
  Story story;
  story.to_idle();
  story.in.stop = true;
  story.tick();
  EXPECT_TRUE(story.stop_confirmed);
  story.arm();
  EXPECT_EQ(story.state(), MachineState::kReady);
}

TEST(SupervisorReactions, AfterAStopNothingIsArmedBeforeTheHandleHasBeenHome) {
  for (const safety::Request request : {safety::Request::kArm, safety::Request::kCalibrate}) {
    Story story;
    story.to_active();
    story.place(0.4);
    story.in.stop = true;
    ASSERT_GE(story.run_until(MachineState::kRetract, 2_s), 0);
    story.in.request = request;
    story.tick();
    EXPECT_EQ(story.state(), MachineState::kRetract);
    EXPECT_EQ(story.refused, 1);
    story.head_for(0.0);
    ASSERT_GE(story.run_until(MachineState::kIdle, 5_s), 0);
    story.in.request = request;
    story.tick();
    EXPECT_EQ(story.state(), request == safety::Request::kArm ? MachineState::kReady : MachineState::kCalibrate);
  }
}

TEST(SupervisorReactions, AStopOnTheWayHomeCountsToo) {
  Story story;
  story.to_active();
  story.in.request = safety::Request::kEnd;
  ASSERT_GE(story.run_until(MachineState::kRetract, 2_s), 0);
  story.in.stop = true;
  story.tick();
  story.arm();
  EXPECT_EQ(story.state(), MachineState::kRetract);
}

TEST(SupervisorReactions, AStopInTheTickOfAnArmWins) {
  Story story;
  story.to_idle();
  story.in.stop = true;
  story.arm();
  EXPECT_EQ(story.refused, 1);
  EXPECT_EQ(story.state(), MachineState::kIdle);
}

TEST(SupervisorReactions, AfterAFaultThereIsNoWayToLoadButByResetReadyAndEngage) {
  Story story;
  story.to_active();
  story.in.axes[0].jumping = true;
  story.tick();
  EXPECT_EQ(story.state(), MachineState::kFaultStop);
  story.in.axes[0].jumping = false;
  story.run(5_s);
  EXPECT_EQ(story.state(), MachineState::kSafeOff);
  story.arm();
  EXPECT_EQ(story.state(), MachineState::kSafeOff);
  story.in.reset = true;
  story.tick();
  EXPECT_EQ(story.state(), MachineState::kIdle);
  EXPECT_EQ(story.commanded_n(), 0.0) << "tension comes back from nothing";
}

TEST(SupervisorReactions, ASingleMissedAnswerIsNothingFiveWarnTwentyAreALostLink) {
  Story story;
  story.to_active();
  story.in.axes[0].fresh = story.in.axes[0].usable = false;
  story.run(1_ms);
  EXPECT_EQ(story.out.reaction, Reaction::kNone);
  story.run(4_ms);
  EXPECT_EQ(story.out.reaction, Reaction::kWarn);
  EXPECT_EQ(story.state(), MachineState::kActive);
  story.run(15_ms);
  EXPECT_EQ(story.state(), MachineState::kFaultStop);
  EXPECT_TRUE(story.saw(FaultCode::kLinkLost, Reaction::kFaultStop));
}

TEST(SupervisorReactions, SteadyLossOfHalfTheAnswersEndsTheSet) {
  Story story;
  story.to_active();
  for (int i = 0; i < 100 && story.state() == MachineState::kActive; ++i) {
    story.in.axes[0].fresh = story.in.axes[0].usable = i % 2 == 0;
    story.run(1_ms);
  }
  EXPECT_EQ(story.state(), MachineState::kUnload);
  EXPECT_EQ(story.out.cause, FaultCode::kLinkLost);
}

TEST(SupervisorReactions, WithoutRealtimeTheLinkMayStumbleButTheLoadIsCapped) {
  Story story;
  story.in.realtime = false;
  story.set_load(880.0);
  story.to_active();
  story.run(1_s);
  EXPECT_NEAR(story.commanded_n(), safety::kNoRealtimeCap_n, 1e-6);
  story.in.axes[0].fresh = story.in.axes[0].usable = false;
  story.run(15_ms);
  story.in.axes[0].fresh = story.in.axes[0].usable = true;
  story.run(10_ms);
  EXPECT_EQ(story.state(), MachineState::kActive);
}

TEST(SupervisorReactions, OneCablesTroubleTakesTheLoadOffBoth) {
  Story story(2);
  story.to_active();
  story.in.axes[1].drive_temperature_c = 120.0;
  story.run(101_ms);
  EXPECT_EQ(story.state(), MachineState::kUnload);
  story.run(300_ms);
  EXPECT_LE(story.in.axes[0].commanded_n, safety::kTakeUp_n + 1e-9);
  EXPECT_LE(story.in.axes[1].commanded_n, safety::kTakeUp_n + 1e-9);
}

TEST(SupervisorReactions, ASlackCableIsHeldLightUntilTautAndComesBackGently) {
  Story story;
  story.to_active();
  story.in.axes[0].slack = true;
  story.run(200_ms);
  EXPECT_LE(story.commanded_n(), safety::kLight_n);
  story.in.axes[0].slack = false;
  story.run(210_ms);
  const double before_n = story.commanded_n();
  story.run(100_ms);
  EXPECT_LE(story.commanded_n() - before_n, 51.0);
  EXPECT_EQ(story.state(), MachineState::kActive);
}

TEST(SupervisorReactions, ASlackCableTellsOfItselfNotOfTheCapThatItMakes) {
  Story story;
  story.to_active();
  story.changes.clear();
  story.in.axes[0].slack = true;
  story.run(400_ms);
  story.in.axes[0].slack = false;
  story.run(2_s);
  std::vector<FaultCode> told;
  for (const auto& change : story.changes) told.push_back(change.fault);
  EXPECT_THAT(told, ::testing::AllOf(::testing::Contains(FaultCode::kSlack), ::testing::Not(::testing::Contains(FaultCode::kLoadCapped))));
}

TEST(SupervisorReactions, ALostPhoneLeavesTheLoadUntilALowPoint) {
  Story story;
  story.to_active();
  story.place(0.45);
  story.in.person.phase = Phase::kEccentric;
  story.moving_mps = -0.2;
  story.in.steering = safety::Steering::kLost;
  story.run(1_s);
  EXPECT_EQ(story.state(), MachineState::kActive);
  story.run(300_ms);
  EXPECT_EQ(story.state(), MachineState::kUnload) << "below 15 % of the range";
}

TEST(SupervisorReactions, EngagingEndsWhenTheHandleGoesHome) {
  Story story;
  story.to_engage();
  story.run(300_ms);
  story.place(0.045);
  story.run(25_ms);
  EXPECT_EQ(story.state(), MachineState::kUnload);
  EXPECT_EQ(story.out.cause, FaultCode::kHandleDropped);
}

TEST(SupervisorReactions, ShutdownUnloadsAndThenSwitchesOff) {
  Story story;
  story.to_active();
  story.in.shutdown = true;
  story.tick();
  EXPECT_EQ(story.state(), MachineState::kUnload);
  EXPECT_LE(story.run_until(MachineState::kSafeOff, 1_s), 305_ms);
  story.in.reset = true;
  story.run(3_s);
  EXPECT_EQ(story.state(), MachineState::kSafeOff);
}

/// Unplugged under load for a second and longer; what the drives' settings are nobody can know meanwhile.
void lose_the_link(Story& story) {
  story.to_active();
  for (auto& axis : story.in.axes) axis.fresh = axis.usable = false;
  story.run(500_ms);
  story.in.verified = false;
  story.run(1_s);
  for (auto& axis : story.in.axes) axis.fresh = axis.usable = true;
}

TEST(SupervisorReactions, ALostLinkIsNotToldAsSettingsThatDiffer) {
  Story story;
  lose_the_link(story);
  story.run(1_s);
  story.in.reset = true;
  story.run(500_ms);
  EXPECT_EQ(story.state(), MachineState::kSafeOff) << "not before the settings are known";
  story.in.verified = true;
  story.run(10_ms);
  EXPECT_TRUE(story.saw(FaultCode::kLinkLost, Reaction::kFaultStop));
  EXPECT_FALSE(story.saw(FaultCode::kDriveUnverified, Reaction::kFaultStop));
  story.in.reset = true;
  story.run(10_ms);
  EXPECT_EQ(story.state(), MachineState::kIdle);
}

TEST(SupervisorReactions, ADriveThatComesBackWithoutItsSettingsIsTold) {
  Story story;
  lose_the_link(story);
  story.run(3_s);
  EXPECT_TRUE(story.saw(FaultCode::kDriveUnverified, Reaction::kFaultStop));
  story.in.reset = true;
  story.run(3_s);
  EXPECT_EQ(story.state(), MachineState::kSafeOff);
  EXPECT_EQ(story.resets_refused, 1);
}

}  // namespace
}  // namespace sheave::test
