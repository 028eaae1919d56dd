#include "sim/scenario/virtual_stack.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace sheave::sim {
namespace {

hal::AxisCommand pull(double tension_n) {
  hal::AxisCommand command;
  command.target = hal::DriveTarget::kForce;
  command.tension_n = tension_n;
  command.force_limit_n = 900.0;
  command.retract_limit_mps = 1.0;
  command.slope_nps = 5000.0;
  return command;
}

/// A set of the default athlete at 20 kg. @return extension as the drive saw it.
std::vector<double> row_a_set(VirtualStack& stack) {
  std::vector<double> path;
  std::vector<hal::AxisState> states(stack.info().axis_count);
  auto run = [&](hal::Lamp lamp, double tension_n, int ms) {
    stack.set_panel({.lamp = lamp});
    const std::vector<hal::AxisCommand> commands(states.size(), pull(tension_n));
    for (int i = 0; i < ms; ++i) {
      stack.exchange(commands, states, 0);
      path.push_back(states[0].extension_m);
      EXPECT_TRUE(states[0].fresh);
      EXPECT_GE(states[0].extension_m, 0.0);
    }
  };
  run(hal::Lamp::kReady, 40.0, 3000);
  run(hal::Lamp::kActive, 196.0, 35000);
  EXPECT_EQ(states[0].drive, hal::DriveState::kOperationEnabled);
  return path;
}

TEST(VirtualStack, RunsASetWithoutWireOrTime) {
  VirtualStack stack(VirtualStackConfig{});
  EXPECT_FALSE(stack.verified());
  ASSERT_FALSE(stack.open(1000)) << "opens";
  EXPECT_TRUE(stack.info().verified);
  const auto path = row_a_set(stack);
  EXPECT_EQ(stack.athlete(0).truth().reps, 8U);
  EXPECT_NEAR(*std::max_element(path.begin(), path.end()), 0.65, 0.03);
  EXPECT_EQ(stack.counters().exchanges, path.size());
}

TEST(VirtualStack, TheSameSeedGivesTheSameBits) {
  VirtualStack one(VirtualStackConfig{});
  VirtualStack two(VirtualStackConfig{});
  ASSERT_FALSE(one.open(1000));
  ASSERT_FALSE(two.open(1000));
  EXPECT_EQ(row_a_set(one), row_a_set(two));
}

TEST(VirtualStack, TwoCablesMoveTogether) {
  VirtualStackConfig config;
  config.axis_count = 2;
  VirtualStack stack(config);
  ASSERT_FALSE(stack.open(1000));
  row_a_set(stack);
  EXPECT_EQ(stack.athlete(1).truth().reps, stack.athlete(0).truth().reps);
}

TEST(VirtualStack, WhatIsNotANumberNeverBecomesForce) {
  VirtualStack stack(VirtualStackConfig{});
  ASSERT_FALSE(stack.open(1000));
  std::array<hal::AxisState, 1> states{};
  const std::array<hal::AxisCommand, 1> commands{pull(std::numeric_limits<double>::quiet_NaN())};
  for (int i = 0; i < 200; ++i) stack.exchange(commands, states, 0);
  EXPECT_EQ(states[0].drive, hal::DriveState::kOperationEnabled);
  EXPECT_DOUBLE_EQ(states[0].tension_n, 0.0);
}

TEST(VirtualStack, RefusesAConfigurationThatTheDriveRefuses) {
  VirtualStackConfig config;
  config.drive.watchdog_ms = 0;
  VirtualStack stack(config);
  EXPECT_EQ(stack.open(1000).kind, hal::OpenError::Kind::kConfig);
}

}  // namespace
}  // namespace sheave::sim
