#include "controller/safety/policy.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <ostream>
#include <string>

#include "tests/unit/safety/story.hpp"

namespace sheave::test {
namespace {

/// Every condition that a running set can meet: what makes it, and what must come of it within which time.
struct RowCase {
  const char* name;
  FaultCode cause;
  Reaction reaction;
  MachineState ends_in;
  std::int64_t within;
  std::function<void(Story&)> make;
};

void PrintTo(const RowCase& row, std::ostream* out) { *out << row.name; }

class PolicyRow : public testing::TestWithParam<RowCase> {};

TEST_P(PolicyRow, InAnActiveSetComesToItsReactionInTime) {
  const RowCase& row = GetParam();
  Story story;
  story.to_active();
  story.place(0.40);
  story.run(100_ms);
  ASSERT_EQ(story.state(), MachineState::kActive);
  const double before_n = story.commanded_n();
  row.make(story);
  story.run(row.within);
  EXPECT_TRUE(story.saw(row.cause, row.reaction));
  EXPECT_EQ(story.state(), row.ends_in);
  EXPECT_LE(story.commanded_n(), before_n);
}

INSTANTIATE_TEST_SUITE_P(
    Safety, PolicyRow,
    testing::Values(
        RowCase{"LinkLossy", FaultCode::kLinkLossy, Reaction::kWarn, MachineState::kActive, 5_ms,
                [](Story& s) { s.in.axes[0].fresh = s.in.axes[0].usable = false; }},
        RowCase{"LinkLost", FaultCode::kLinkLost, Reaction::kFaultStop, MachineState::kFaultStop, 20_ms,
                [](Story& s) { s.in.axes[0].fresh = s.in.axes[0].usable = false; }},
        RowCase{"DriveFault", FaultCode::kDriveFault, Reaction::kFaultStop, MachineState::kFaultStop, 1_ms,
                [](Story& s) { s.drive_follows = false, s.in.axes[0].drive = hal::DriveState::kFault; }},
        RowCase{"DriveDropped", FaultCode::kDriveFault, Reaction::kFaultStop, MachineState::kFaultStop, 1_ms,
                [](Story& s) { s.drive_follows = false, s.in.axes[0].drive = hal::DriveState::kSwitchOnDisabled; }},
        RowCase{"SafeTorqueOff", FaultCode::kSafeTorqueOff, Reaction::kSafeOff, MachineState::kEstop, 1_ms,
                [](Story& s) { s.in.axes[0].sto_active = true; }},
        RowCase{"Unverified", FaultCode::kDriveUnverified, Reaction::kFaultStop, MachineState::kFaultStop, 1_ms,
                [](Story& s) { s.in.verified = false; }},
        RowCase{"EncoderJump", FaultCode::kEncoderJump, Reaction::kFaultStop, MachineState::kFaultStop, 1_ms,
                [](Story& s) { s.in.axes[0].jumping = true; }},
        RowCase{"TensionExcess", FaultCode::kTensionWithoutCommand, Reaction::kFaultStop, MachineState::kFaultStop, 101_ms,
                [](Story& s) { s.tension_stuck = true, s.in.axes[0].tension_n = 1'000.0; }},
        RowCase{"CableRunOut", FaultCode::kCableRunOut, Reaction::kUnload, MachineState::kUnload, 1_ms, [](Story& s) { s.place(2.495); }},
        RowCase{"DriveLimited", FaultCode::kDriveLimited, Reaction::kNoRaise, MachineState::kActive, 101_ms,
                [](Story& s) { s.in.axes[0].limited = true; }},
        RowCase{"DriveWarm", FaultCode::kDriveWarm, Reaction::kNoRaise, MachineState::kActive, 101_ms,
                [](Story& s) { s.in.axes[0].motor_temperature_c = 95.0; }},
        RowCase{"DriveTooHot", FaultCode::kDriveTooHot, Reaction::kUnload, MachineState::kUnload, 101_ms,
                [](Story& s) { s.in.axes[0].drive_temperature_c = 115.0; }},
        RowCase{"BusOvervoltage", FaultCode::kBusOvervoltage, Reaction::kUnload, MachineState::kUnload, 101_ms,
                [](Story& s) { s.in.axes[0].bus_voltage_v = 420.0; }},
        RowCase{"HandleDropped", FaultCode::kHandleDropped, Reaction::kUnload, MachineState::kUnload, 8_ms,
                [](Story& s) { s.falling_mps2 = 80.0; }},
        RowCase{"HandleAtTheLimiter", FaultCode::kHandleDropped, Reaction::kUnload, MachineState::kUnload, 120_ms,
                [](Story& s) { s.falling_mps2 = 18.0; }},
        RowCase{"Slack", FaultCode::kSlack, Reaction::kWarn, MachineState::kActive, 6_ms, [](Story& s) { s.in.axes[0].slack = true; }},
        RowCase{"Stall", FaultCode::kSpotter, Reaction::kSpot, MachineState::kSpot, 1001_ms,
                [](Story& s) { s.in.person.phase = Phase::kConcentric; }},
        RowCase{"NoSession", FaultCode::kLeftMachine, Reaction::kUnload, MachineState::kUnload, 1_ms,
                [](Story& s) { s.in.session_open = false; }},
        RowCase{"Stop", FaultCode::kStopPressed, Reaction::kUnload, MachineState::kUnload, 1_ms, [](Story& s) { s.in.stop = true; }},
        RowCase{"Lower", FaultCode::kStopPressed, Reaction::kUnload, MachineState::kUnload, 1_ms, [](Story& s) { s.in.lower = true; }},
        RowCase{"MainSlow", FaultCode::kMainSlow, Reaction::kNoRaise, MachineState::kActive, 1_ms,
                [](Story& s) { s.in.main_age_ns = 2_s; }},
        RowCase{"MainLost", FaultCode::kMainLost, Reaction::kUnload, MachineState::kUnload, 1_ms,
                [](Story& s) { s.in.main_age_ns = 10_s; }},
        RowCase{"LeaseSilent", FaultCode::kLeaseLapsed, Reaction::kNoRaise, MachineState::kActive, 1_ms,
                [](Story& s) { s.in.steering = safety::Steering::kSilent; }},
        RowCase{"LeaseLostStill", FaultCode::kLeaseLost, Reaction::kUnload, MachineState::kUnload, 501_ms,
                [](Story& s) { s.in.steering = safety::Steering::kLost, s.in.person.phase = Phase::kPeak; }},
        RowCase{"PluginFailed", FaultCode::kPluginError, Reaction::kUnload, MachineState::kUnload, 1_ms,
                [](Story& s) { s.in.plugins = safety::PluginVerdict::kFailed; }},
        RowCase{"PluginSlow", FaultCode::kPluginOverrun, Reaction::kUnload, MachineState::kUnload, 1_ms,
                [](Story& s) { s.in.plugins = safety::PluginVerdict::kSlow; }},
        RowCase{"Integrity", FaultCode::kIntegrity, Reaction::kSafeOff, MachineState::kSafeOff, 1_ms,
                [](Story& s) { s.in.command_broken = true; }}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Policy, EveryCauseHasAText) {
  for (const auto& row : safety::policy()) EXPECT_NE(fault_text(row.cause).name, "UNKNOWN");
}

TEST(Policy, WhatIsLimitedNeverTakesTheLoadAndWhatIsFaultedAlwaysDoes) {
  for (const auto& row : safety::policy()) {
    if (row.cause == FaultCode::kNone) continue;
    const bool limited = static_cast<int>(row.cause) < 200;
    EXPECT_EQ(limited, row.reaction < Reaction::kSpot) << fault_text(row.cause).name;
  }
}

TEST(Policy, NothingButATornDownRowClearsByItselfOnceTheLoadWasTaken) {
  for (const auto& row : safety::policy()) {
    if (row.reaction >= Reaction::kSpot) {
      EXPECT_NE(row.clear, safety::Clear::kAuto) << fault_text(row.cause).name;
    }
    if (row.reaction >= Reaction::kFaultStop) {
      EXPECT_GE(row.clear, safety::Clear::kReset) << fault_text(row.cause).name;
    }
  }
}

}  // namespace
}  // namespace sheave::test
