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
  EXPECT_TRUE(story.saw(FaultCode::kDriveExpired, Reaction::kFaultStop));
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

/// Until ACTIVE, what a profile asks for instead of the base load that stood before it was heard. @return the steepest rise [N/s].
double steepest_rise_nps(Story& story, double asked_n, std::int64_t& took_ns) {
  story.set_load(asked_n);
  double steepest_nps = 0.0;
  for (took_ns = 0; story.state() == MachineState::kEngage && took_ns < 20_s; took_ns += 1_ms) {
    const double before_n = story.commanded_n();
    story.tick();
    steepest_nps = std::max(steepest_nps, (story.commanded_n() - before_n) * 1e3);
  }
  return steepest_nps;
}

TEST(Supervisor, WhatAProfileAsksForComesInASecondWhateverTheBaseLoad) {
  struct {
    double base_n, asked_n;
  } const cases[] = {{39.0, 300.0}, {600.0, 90.0}, {39.0, 45.0}};
  for (const auto& [base_n, asked_n] : cases) {
    SCOPED_TRACE(asked_n);
    Story story;
    story.set_load(base_n);
    story.to_engage();
    const double rise_n = asked_n - story.commanded_n();
    std::int64_t took_ns = 0;
    EXPECT_LE(steepest_rise_nps(story, asked_n, took_ns), rise_n + 0.01);
    EXPECT_GE(took_ns, 990_ms);
    EXPECT_LE(took_ns, 1010_ms);
    EXPECT_NEAR(story.commanded_n(), asked_n, 0.5);
  }
}

TEST(Supervisor, WhateverAProfileAsksForTheLoadComesNoFasterThan500NewtonASecond) {
  Story story;
  story.set_load(39.0);
  story.to_engage();
  story.run(600_ms);
  const double rise_n = 800.0 - story.commanded_n();  // a handle drawn on against a spring, late
  std::int64_t took_ns = 0;
  EXPECT_LE(steepest_rise_nps(story, 800.0, took_ns), safety::kEngageSlew_nps + 0.01);
  EXPECT_GE(static_cast<double>(took_ns) * 1e-9, rise_n / safety::kEngageSlew_nps - 0.01);
  EXPECT_EQ(story.state(), MachineState::kActive);
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

}  // namespace
}  // namespace sheave::test
