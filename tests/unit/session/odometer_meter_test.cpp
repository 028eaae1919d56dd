#include "controller/session/odometer_meter.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace sheave::session {
namespace {

using safety::MachineState;

/// Frames of one cable at 1 kHz.
class Movement {
 public:
  Movement& to(double extension_m, double seconds, double tension_n = 100.0) {
    const double from_m = frames_.empty() ? extension_m : frames_.back().axes[0].extension_m;
    const int count = static_cast<int>(std::lround(seconds * 1000));
    for (int i = 1; i <= count; ++i) {
      control::Frame& frame = frames_.emplace_back();
      frame.time_ns = now_ns_ += 1'000'000;
      frame.axis_count = 1;
      frame.state = state;
      frame.axes[0].extension_m = static_cast<float>(from_m + (extension_m - from_m) * i / count);
      frame.axes[0].tension_n = static_cast<float>(tension_n);
    }
    return *this;
  }
  Odometer counted() const {
    OdometerMeter meter;
    meter.add(frames_.data(), frames_.size());
    return meter.take();
  }
  std::vector<control::Frame>& frames() { return frames_; }
  MachineState state = MachineState::kActive;

 private:
  std::vector<control::Frame> frames_;
  std::int64_t now_ns_ = 1'000'000'000;
};

TEST(OdometerMeter, ThreePullsAreThreeCyclesOutAndBack) {
  Movement movement;
  movement.to(0, 0.1);
  for (int pull = 0; pull < 3; ++pull) movement.to(0.8, 1).to(0, 1);
  const Odometer counted = movement.counted();
  EXPECT_EQ(counted.cycles, 3U);
  EXPECT_NEAR(counted.cable_m, 3 * 1.6, 0.05);
  EXPECT_NEAR(counted.work_j, 3 * 0.8 * 100, 3.0);  // on the way out only
  EXPECT_NEAR(counted.powered_s, 6.1, 0.01);
}

TEST(OdometerMeter, ATremblingHandIsNoTravel) {
  Movement movement;
  movement.to(0.5, 0.1);
  for (int i = 0; i < 10'000; ++i) movement.to(i % 2 == 0 ? 0.502 : 0.498, 0.001);
  const Odometer counted = movement.counted();
  EXPECT_EQ(counted.cycles, 0U);
  EXPECT_LT(counted.cable_m, 0.01);
}

TEST(OdometerMeter, AMachineThatIsOffIsNotUnderPower) {
  Movement movement;
  movement.state = MachineState::kSafeOff;
  EXPECT_EQ(movement.to(0, 5).counted().powered_s, 0.0);
}

TEST(OdometerMeter, FramesThatWereLostHideNoTravel) {
  Movement movement;
  movement.to(0, 0.1).to(0.8, 1);
  auto& frames = movement.frames();
  frames.erase(frames.begin() + 200, frames.begin() + 900);
  EXPECT_NEAR(movement.counted().cable_m, 0.8, 0.01);
}

TEST(OdometerMeter, ASecondCableAddsItsLengthAndCountsOneCycleWithTheFirst) {
  Movement movement;
  movement.to(0, 0.1).to(0.8, 1).to(0, 1);
  for (control::Frame& frame : movement.frames()) {
    frame.axis_count = 2;
    frame.axes[1] = frame.axes[0];
  }
  EXPECT_EQ(movement.counted().cycles, 1U);
  EXPECT_NEAR(movement.counted().cable_m, 3.2, 0.05);
}

TEST(OdometerMeter, WhatWasTakenIsNotCountedAgain) {
  Movement movement;
  movement.to(0, 0.1).to(0.8, 1).to(0, 1);
  OdometerMeter meter;
  meter.add(movement.frames().data(), movement.frames().size());
  EXPECT_TRUE(meter.moved());
  meter.take();
  EXPECT_FALSE(meter.moved());
  EXPECT_EQ(meter.take().cycles, 0U);
}

TEST(OdometerMeter, AnUnknownPositionIsNoTravel) {
  Movement movement;
  movement.to(0.2, 0.1).to(NAN, 1).to(0.2, 0.1);
  EXPECT_EQ(movement.counted().cable_m, 0.0);
}

}  // namespace
}  // namespace sheave::session
