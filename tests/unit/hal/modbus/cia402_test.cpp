#include "hal/modbus/cia402.hpp"

#include <gtest/gtest.h>

namespace sheave::hal::modbus {
namespace {

TEST(Cia402, ReadsTheStatesOfTheStandard) {
  EXPECT_EQ(drive_state(0x0200), DriveState::kNotReady);
  EXPECT_EQ(drive_state(0x0220), DriveState::kNotReady);
  EXPECT_EQ(drive_state(0x0240), DriveState::kSwitchOnDisabled);
  EXPECT_EQ(drive_state(0x0260), DriveState::kSwitchOnDisabled);
  EXPECT_EQ(drive_state(0x0231), DriveState::kReadyToSwitchOn);
  EXPECT_EQ(drive_state(0x0233), DriveState::kSwitchedOn);
  EXPECT_EQ(drive_state(0x1237), DriveState::kOperationEnabled);
  EXPECT_EQ(drive_state(0x0217), DriveState::kQuickStop);
  EXPECT_EQ(drive_state(0x021F), DriveState::kFaultReaction);
  EXPECT_EQ(drive_state(0x0218), DriveState::kFault);
  EXPECT_EQ(drive_state(0xC008), DriveState::kFault) << "the bits beside the state do not matter";
  EXPECT_EQ(drive_state(0x0001), DriveState::kUnknown);
}

TEST(Cia402, WalksUpOneStepAtATime) {
  const auto next = [](DriveState state) { return controlword(state, DriveTarget::kForce, true, false); };
  EXPECT_EQ(next(DriveState::kSwitchOnDisabled), kShutdown);
  EXPECT_EQ(next(DriveState::kReadyToSwitchOn), kSwitchOn);
  EXPECT_EQ(next(DriveState::kSwitchedOn), kEnableOperation);
  EXPECT_EQ(next(DriveState::kOperationEnabled), kEnableOperation);
}

TEST(Cia402, WaitsBeforeThePowerStageUntilItMay) {
  const auto next = [](DriveState state) { return controlword(state, DriveTarget::kForce, false, false); };
  EXPECT_EQ(next(DriveState::kSwitchOnDisabled), kShutdown);
  EXPECT_EQ(next(DriveState::kReadyToSwitchOn), kShutdown);
  EXPECT_EQ(next(DriveState::kSwitchedOn), kShutdown);
  EXPECT_EQ(next(DriveState::kOperationEnabled), kEnableOperation) << "what is on is not cut off under a person";
}

TEST(Cia402, ResetsOnlyAFaultAndOnlyWhenTold) {
  for (const auto target : {DriveTarget::kOff, DriveTarget::kForce, DriveTarget::kQuickStop}) {
    EXPECT_EQ(controlword(DriveState::kFault, target, true, true), kFaultReset);
    EXPECT_EQ(controlword(DriveState::kFault, target, true, false), kDisableVoltage);
    EXPECT_EQ(controlword(DriveState::kFaultReaction, target, true, true), kDisableVoltage);
    EXPECT_EQ(controlword(DriveState::kUnknown, target, true, true), kDisableVoltage);
  }
}

TEST(Cia402, OffIsOffFromEverywhere) {
  for (const auto state : {DriveState::kUnknown, DriveState::kNotReady, DriveState::kSwitchOnDisabled, DriveState::kReadyToSwitchOn,
                           DriveState::kSwitchedOn, DriveState::kOperationEnabled, DriveState::kQuickStop, DriveState::kFaultReaction})
    EXPECT_EQ(controlword(state, DriveTarget::kOff, true, true), kDisableVoltage);
}

TEST(Cia402, QuickStopIsFinishedEvenIfForceIsWantedAgain) {
  EXPECT_EQ(controlword(DriveState::kOperationEnabled, DriveTarget::kQuickStop, true, false), kQuickStop);
  EXPECT_EQ(controlword(DriveState::kQuickStop, DriveTarget::kQuickStop, true, false), kQuickStop);
  EXPECT_EQ(controlword(DriveState::kQuickStop, DriveTarget::kForce, true, false), kQuickStop);
  EXPECT_EQ(controlword(DriveState::kSwitchedOn, DriveTarget::kQuickStop, true, false), kDisableVoltage);
}

}  // namespace
}  // namespace sheave::hal::modbus
