#include "controller/safety/supervisor.hpp"

#include <gtest/gtest.h>

#include "tests/unit/safety/story.hpp"

namespace sheave::test {
namespace {

using safety::Request;

TEST(Supervisor, IsBornOffAndLeavesOnlyByAResetEdge) {
  Story story;
  story.tick();
  EXPECT_EQ(story.state(), MachineState::kSafeOff);
  story.run(10_s);
  EXPECT_EQ(story.state(), MachineState::kSafeOff);
  EXPECT_EQ(story.out.target, hal::DriveTarget::kOff);
  story.in.reset = true;
  story.tick();
  EXPECT_EQ(story.state(), MachineState::kIdle);
}

TEST(Supervisor, StaysInBootUntilTheDrivesAnswerAndAreVerified) {
  Story story;
  story.in.verified = false;
  story.run(1_s);
  EXPECT_EQ(story.state(), MachineState::kBoot);
  story.in.verified = true;
  story.in.axes[0].usable = false;
  story.run(1_s);
  EXPECT_EQ(story.state(), MachineState::kBoot);
}

TEST(Supervisor, AResetEdgeComesToNothingWhileSomethingIsWrong) {
  Story story;
  story.run(5_ms);
  story.in.axes[0].sto_active = true;
  story.in.reset = true;
  story.run(3_s);
  EXPECT_EQ(story.state(), MachineState::kEstop);
  EXPECT_EQ(story.resets_refused, 1);
  story.in.axes[0].sto_active = false;
  story.run(1_s);
  EXPECT_EQ(story.state(), MachineState::kSafeOff) << "releasing the E-stop starts nothing";
  story.in.reset = true;
  story.tick();
  EXPECT_EQ(story.state(), MachineState::kIdle);
}

TEST(Supervisor, ADriveFaultIsResetInTheDriveFirst) {
  Story story;
  story.drive_follows = false;
  story.in.axes[0].drive = hal::DriveState::kFault;
  story.run(5_ms);
  EXPECT_FALSE(story.out.fault_reset) << "not without a person asking";
  story.in.reset = true;
  story.tick();
  EXPECT_TRUE(story.out.fault_reset);
  EXPECT_EQ(story.state(), MachineState::kSafeOff);
  story.in.axes[0].drive = hal::DriveState::kSwitchOnDisabled;
  story.run(5_ms);
  EXPECT_EQ(story.state(), MachineState::kIdle);
  EXPECT_FALSE(story.out.fault_reset);
}

TEST(Supervisor, WhatARestartLeftInTheDriveIsNoNewFaultButGoesByResetOnly) {
  Story story;
  story.drive_follows = false;
  story.in.axes[0].drive = hal::DriveState::kFault;
  story.in.axes[0].error_code = 0x8130;
  story.run(100_ms);
  EXPECT_TRUE(story.changes.empty());
  EXPECT_FALSE(story.out.fault_reset);
  story.in.reset = true;
  story.tick();
  EXPECT_TRUE(story.out.fault_reset);
  story.in.axes[0].drive = hal::DriveState::kSwitchOnDisabled;
  story.run(5_ms);
  EXPECT_EQ(story.state(), MachineState::kIdle);
}

TEST(Supervisor, ADriveThatExpiresUnderLoadIsAFault) {
  Story story;
  story.to_active();
  story.drive_follows = false;
  story.in.axes[0].drive = hal::DriveState::kFault;
  story.in.axes[0].error_code = 0x8130;
  story.tick();
  EXPECT_EQ(story.state(), MachineState::kFaultStop);
  EXPECT_TRUE(story.saw(FaultCode::kDriveFault, Reaction::kFaultStop));
}

TEST(Supervisor, ASetGoesByReadyAndEngageToActiveAndHome) {
  Story story;
  story.to_ready();
  EXPECT_EQ(story.state(), MachineState::kReady);
  story.run(3_s);
  EXPECT_EQ(story.state(), MachineState::kReady) << "the handle is home";
  EXPECT_LE(story.commanded_n(), safety::kLight_n);
  story.place(0.15);
  story.run(490_ms);
  EXPECT_EQ(story.state(), MachineState::kReady);
  story.run(30_ms);
  EXPECT_EQ(story.state(), MachineState::kEngage);
  const double before_n = story.commanded_n();
  const std::int64_t took = story.run_until(MachineState::kActive, 5_s);
  EXPECT_GE(took, 1_s);
  EXPECT_GE(static_cast<double>(took) * 1e-9, (600.0 - before_n) / 500.0 - 0.01) << "at most 500 N/s";
  story.run(100_ms);
  EXPECT_NEAR(story.commanded_n(), 600.0, 1e-6);
  story.in.request = Request::kEnd;
  story.tick();
  EXPECT_EQ(story.state(), MachineState::kUnload);
  EXPECT_LE(story.run_until(MachineState::kRetract, 1_s), 300_ms);
  EXPECT_LE(story.commanded_n(), safety::kTakeUp_n + 1e-9);
  story.place(0.0);
  story.run(250_ms);
  EXPECT_EQ(story.state(), MachineState::kIdle);
  EXPECT_EQ(story.out.cause, FaultCode::kNone);
}

TEST(Supervisor, ALightLoadTakesAFullSecondToCome) {
  Story story;
  story.set_load(45.0);
  story.to_engage();
  EXPECT_GE(story.run_until(MachineState::kActive, 5_s), 1_s);
}

TEST(Supervisor, DoesNotEngageWhileTheHandleMoves) {
  Story story;
  story.to_ready();
  story.place(0.15);
  story.moving_mps = 0.12;
  story.run(3_s);
  EXPECT_EQ(story.state(), MachineState::kReady);
}

TEST(Supervisor, DoesNotEngageUntilBothHandlesAreOut) {
  Story story(2);
  story.to_ready();
  story.hold_second_home = true;
  story.place(0.2);
  story.run(2_s);
  EXPECT_EQ(story.state(), MachineState::kReady);
  story.hold_second_home = false;
  story.place(0.4);
  story.run(520_ms);
  EXPECT_EQ(story.state(), MachineState::kEngage);
}

TEST(Supervisor, NothingIsRaisedWhileNobodySteers) {
  Story story;
  story.to_engage();
  story.run(500_ms);
  story.in.steering = safety::Steering::kSilent;
  story.run(100_ms);
  const double held_n = story.commanded_n();
  story.run(3_s);
  EXPECT_NEAR(story.commanded_n(), held_n, 1.0);
  EXPECT_EQ(story.state(), MachineState::kEngage);
  story.in.steering = safety::Steering::kAlive;
  story.run(3_s);
  EXPECT_EQ(story.state(), MachineState::kActive);
}

TEST(Supervisor, ArmingIsRefusedWithoutASession) {
  Story story;
  story.to_idle();
  story.in.session_open = false;
  story.arm();
  EXPECT_EQ(story.refused, 1);
  EXPECT_EQ(story.state(), MachineState::kIdle);
  EXPECT_LE(story.out.cap_n[0], safety::kTakeUp_n);
}

TEST(Supervisor, CalibrationStaysLightAndEndsWhenAsked) {
  Story story;
  story.set_load(500.0);
  story.to_idle();
  story.in.request = Request::kCalibrate;
  story.run(2_s);
  EXPECT_EQ(story.state(), MachineState::kCalibrate);
  EXPECT_LE(story.commanded_n(), safety::kLight_n);
  story.in.request = Request::kEnd;
  story.tick();
  EXPECT_EQ(story.state(), MachineState::kUnload);
}

TEST(Supervisor, TheSpotterTakesAStalledPullInFourSeconds) {
  Story story;
  story.to_active();
  story.place(0.40);
  story.in.person.phase = Phase::kConcentric;
  story.run(990_ms);
  EXPECT_EQ(story.state(), MachineState::kActive);
  story.run(20_ms);
  ASSERT_EQ(story.state(), MachineState::kSpot);
  story.run(2_s);
  EXPECT_NEAR(story.commanded_n(), 300.0, 5.0) << "25 % of the load a second";
  EXPECT_GE(story.run_until(MachineState::kRetract, 3_s), 0);
  EXPECT_LE(story.commanded_n(), safety::kTakeUp_n + 1e-9);
  EXPECT_EQ(story.out.cause, FaultCode::kSpotter);
  EXPECT_TRUE(story.saw(FaultCode::kSpotter, Reaction::kSpot));
}

TEST(Supervisor, StuckJustBelowThePeakIsNoHoldForEver) {
  Story story;
  story.to_active();
  story.place(0.58);  // 86 % of the range: where rows stick, and where the phase says peak
  story.in.person.phase = Phase::kPeak;
  story.run(2900_ms);
  EXPECT_EQ(story.state(), MachineState::kActive);
  story.run(200_ms);
  EXPECT_EQ(story.state(), MachineState::kSpot);
}

TEST(Supervisor, APauseAtEitherEndOfTheRangeIsNoStall) {
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

TEST(Supervisor, TheGestureTakesTheLoadOff) {
  Story story;
  story.to_active();
  story.place(0.08);
  story.run(1900_ms);
  EXPECT_EQ(story.state(), MachineState::kActive);
  story.run(150_ms);
  EXPECT_EQ(story.state(), MachineState::kUnload);
  EXPECT_EQ(story.out.cause, FaultCode::kLoweredByGesture);
}

TEST(Supervisor, AStopIsOffIn150MillisecondsAndConfirmedByMeasurement) {
  Story story;
  story.to_active();
  story.in.stop = true;
  story.tick();
  EXPECT_FALSE(story.stop_confirmed);
  EXPECT_LE(story.run_until(MachineState::kRetract, 1_s), 150_ms);
  EXPECT_TRUE(story.stop_confirmed);
  EXPECT_EQ(story.out.cause, FaultCode::kStopPressed);
}

TEST(Supervisor, AStopThatDoesNotWorkEndsInPowerOffForGood) {
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

TEST(Supervisor, AStopAtRestDoesNotHangOverTheNextSet) {
  Story story;
  story.to_idle();
  story.in.stop = true;
  story.tick();
  EXPECT_TRUE(story.stop_confirmed);
  story.arm();
  EXPECT_EQ(story.state(), MachineState::kReady);
}

TEST(Supervisor, AStopInTheTickOfAnArmWins) {
  Story story;
  story.to_idle();
  story.in.stop = true;
  story.arm();
  EXPECT_EQ(story.refused, 1);
  EXPECT_EQ(story.state(), MachineState::kIdle);
}

TEST(Supervisor, AfterAFaultThereIsNoWayToLoadButByResetReadyAndEngage) {
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

TEST(Supervisor, ASingleMissedAnswerIsNothingFiveWarnTwentyAreALostLink) {
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

TEST(Supervisor, SteadyLossOfHalfTheAnswersEndsTheSet) {
  Story story;
  story.to_active();
  for (int i = 0; i < 100 && story.state() == MachineState::kActive; ++i) {
    story.in.axes[0].fresh = story.in.axes[0].usable = i % 2 == 0;
    story.run(1_ms);
  }
  EXPECT_EQ(story.state(), MachineState::kUnload);
  EXPECT_EQ(story.out.cause, FaultCode::kLinkLost);
}

TEST(Supervisor, WithoutRealtimeTheLinkMayStumbleButTheLoadIsCapped) {
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

TEST(Supervisor, OneCablesTroubleTakesTheLoadOffBoth) {
  Story story(2);
  story.to_active();
  story.in.axes[1].drive_temperature_c = 120.0;
  story.run(101_ms);
  EXPECT_EQ(story.state(), MachineState::kUnload);
  story.run(300_ms);
  EXPECT_LE(story.in.axes[0].commanded_n, safety::kTakeUp_n + 1e-9);
  EXPECT_LE(story.in.axes[1].commanded_n, safety::kTakeUp_n + 1e-9);
}

TEST(Supervisor, ASlackCableIsHeldLightUntilTautAndComesBackGently) {
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

TEST(Supervisor, ALostPhoneLeavesTheLoadUntilALowPoint) {
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

TEST(Supervisor, EngagingEndsWhenTheHandleGoesHome) {
  Story story;
  story.to_engage();
  story.run(300_ms);
  story.place(0.045);
  story.run(25_ms);
  EXPECT_EQ(story.state(), MachineState::kUnload);
  EXPECT_EQ(story.out.cause, FaultCode::kHandleDropped);
}

TEST(Supervisor, ShutdownUnloadsAndThenSwitchesOff) {
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

}  // namespace
}  // namespace sheave::test
