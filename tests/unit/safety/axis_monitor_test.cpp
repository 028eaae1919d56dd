#include "controller/safety/axis_monitor.hpp"

#include <gtest/gtest.h>

namespace sheave::safety {
namespace {

struct Cable {
  AxisMonitor monitor{EnvelopeConfig{.force_max_n = 900.0, .retract_limit_mps = 1.0, .travel_m = 2.5}, 4.0};
  AxisInput axis;
  ConditionSet found;

  Cable() {
    axis.active = axis.fresh = axis.usable = true;
    axis.extension_m = 0.5;
    axis.drive = hal::DriveState::kOperationEnabled;
  }
  /// Moves at `says_mps` by the velocity, `moves_mps` by the position. Milliseconds until `condition`, or -1.
  int until(Condition condition, double moves_mps, double says_mps, int limit_ms) {
    for (int ms = 1; ms <= limit_ms; ++ms) {
      axis.extension_m += moves_mps * 1e-3;
      axis.velocity_mps = axis.motion_mps = says_mps;
      found = ConditionSet{};
      monitor.step(axis, MachineState::kActive, kNsPerMs, found);
      if (found.test(condition)) return ms;
    }
    return -1;
  }
};

TEST(AxisMonitor, AHonestEncoderIsBelieved) {
  Cable cable;
  EXPECT_EQ(cable.until(Condition::kEncoderStuck, 0.8, 0.8, 1'000), -1);
  EXPECT_EQ(cable.until(Condition::kEncoderSign, -0.8, -0.8, 1'000), -1);
}

TEST(AxisMonitor, AFrozenPositionIsFoundWithinThirtyMillimetres) {
  Cable cable;
  const int ms = cable.until(Condition::kEncoderStuck, 0.0, 0.6, 200);
  ASSERT_GT(ms, 0);
  EXPECT_LE(ms * 1e-3 * 0.6, 0.04);
}

TEST(AxisMonitor, AFrozenVelocityIsFoundToo) {
  Cable cable;
  EXPECT_GT(cable.until(Condition::kEncoderStuck, 0.6, 0.0, 200), 0);
}

TEST(AxisMonitor, AFlippedSignIsFoundWithinThirtyMilliseconds) {
  Cable cable;
  const int ms = cable.until(Condition::kEncoderSign, -1.2, 1.2, 200);
  ASSERT_GT(ms, 0);
  EXPECT_LE(ms, 30);
}

TEST(AxisMonitor, StandingStillIsNoFault) {
  Cable cable;
  EXPECT_EQ(cable.until(Condition::kEncoderStuck, 0.0, 0.01, 10'000), -1) << "velocity noise of 1 cm/s";
}

TEST(AxisMonitor, AGapInTheSamplesIsNoJump) {
  Cable cable;
  EXPECT_EQ(cable.until(Condition::kEncoderStuck, 0.5, 0.5, 100), -1);
  cable.axis.fresh = cable.axis.usable = false;
  EXPECT_EQ(cable.until(Condition::kEncoderStuck, 0.5, 0.5, 40), -1);
  cable.axis.fresh = cable.axis.usable = true;
  EXPECT_EQ(cable.until(Condition::kEncoderStuck, 0.5, 0.5, 100), -1);
}

TEST(AxisMonitor, FasterThanTheRetractLimitAndItsMarginIsOverspeed) {
  Cable cable;
  EXPECT_EQ(cable.until(Condition::kOverspeed, -1.2, -1.2, 100), -1);
  EXPECT_EQ(cable.until(Condition::kOverspeed, -1.3, -1.3, 100), 1);
}

TEST(AxisMonitor, ALoweredLimitGivesTheDriveTimeToBrake) {
  Cable cable;
  cable.axis.extension_m = 2.0;
  cable.until(Condition::kOverspeed, -0.9, -0.9, 10);
  cable.axis.retract_limit_mps = 0.25;
  EXPECT_EQ(cable.until(Condition::kOverspeed, -0.9, -0.9, 50), -1);
  EXPECT_GT(cable.until(Condition::kOverspeed, -0.9, -0.9, 400), 0) << "but not for ever";
}

TEST(AxisMonitor, AHandleLetGoIsSeenWithinMilliseconds) {
  for (const auto& [force_n, within_ms] : {std::pair{600.0, 6}, std::pair{300.0, 12}}) {
    Cable cable;
    double v_mps = 0.0;
    int ms = 0;
    for (; ms < 100 && !cable.found.test(Condition::kHandleDropped); ++ms) {
      v_mps -= force_n / 7.0 * 1e-3;
      cable.until(Condition::kHandleDropped, v_mps, v_mps, 1);
    }
    EXPECT_LE(ms, within_ms) << force_n << " N";
  }
}

TEST(AxisMonitor, ALateLoopIsNoFall) {
  Cable cable;
  for (int i = 0; i < 20; ++i) {
    const double v_mps = -0.45 - 0.01 * i;  // an ordinary return, seen every 30 ms only
    cable.axis.extension_m += v_mps * 0.03;
    cable.axis.velocity_mps = cable.axis.motion_mps = v_mps;
    ConditionSet found;
    cable.monitor.step(cable.axis, MachineState::kActive, 30 * kNsPerMs, found);
    EXPECT_FALSE(i > 0 && found.test(Condition::kHandleDropped));
  }
}

TEST(AxisMonitor, AFastReturnIsNoDrop) {
  Cable cable;
  for (double v = 0.0; v > -0.8; v -= 0.012) EXPECT_EQ(cable.until(Condition::kHandleDropped, v, v, 1), -1);
  EXPECT_EQ(cable.until(Condition::kHandleDropped, -0.8, -0.8, 400), -1);
}

}  // namespace
}  // namespace sheave::safety
