#include "controller/control/signal_check.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "controller/core/units.hpp"

namespace sheave::control {
namespace {

hal::StackInfo stack_info() {
  hal::StackInfo info;
  info.axis_count = 1;
  info.peak_force_n = 1'000.0;
  info.max_speed_mps = 3.0;
  info.travel_m = 2.5;
  return info;
}

hal::AxisState at(double extension_m) {
  hal::AxisState state;
  state.fresh = true;
  state.extension_m = extension_m;
  return state;
}

class SignalCheckTest : public testing::Test {
 protected:
  SignalCheck::Result after(double extension_m) { return check_.check(at(extension_m), kNsPerMs); }
  SignalCheck check_{Machine{}, stack_info()};
};

TEST_F(SignalCheckTest, BelievesAMovingHandle) {
  for (int i = 0; i < 500; ++i) ASSERT_TRUE(after(0.1 + 0.003 * i).usable);
}

TEST_F(SignalCheckTest, RejectsOneJumpAndReportsTheThird) {
  after(0.5);
  EXPECT_FALSE(after(1.5).usable);
  EXPECT_FALSE(after(1.5).jumping);
  const auto third = after(1.5);
  EXPECT_FALSE(third.usable);
  EXPECT_TRUE(third.jumping);
}

TEST_F(SignalCheckTest, GoesOnAfterASingleWildSample) {
  after(0.5);
  EXPECT_FALSE(after(2.4).usable);
  EXPECT_TRUE(after(0.502).usable);
}

TEST_F(SignalCheckTest, AGapMayHideMovement) {
  after(0.5);
  EXPECT_FALSE(check_.check(hal::AxisState{}, 20 * kNsPerMs).usable);
  EXPECT_TRUE(after(0.56).usable) << "6 cm in 21 ms";
}

// Once taken for a broken encoder: an answer from before a stall, and 1 ms later one from after it.
TEST_F(SignalCheckTest, ALinkThatStoodStillIsNoJump) {
  hal::AxisState before = at(0.5), later = at(0.55);
  before.sample_time_us = 0U - 10'000U;
  later.sample_time_us = before.sample_time_us + 40'000U;  // across the wrap
  check_.check(before, kNsPerMs);
  EXPECT_TRUE(check_.check(later, kNsPerMs).usable);
}

TEST_F(SignalCheckTest, AClockGoneWrongExcusesNoJump) {
  hal::AxisState later = at(1.5);
  later.sample_time_us = 5'000'000U;
  after(0.5);
  EXPECT_FALSE(check_.check(later, kNsPerMs).usable);
}

TEST_F(SignalCheckTest, RejectsWhatCannotBe) {
  const std::function<void(hal::AxisState&)> lies[] = {
      [](auto& s) { s.extension_m = std::nan(""); }, [](auto& s) { s.velocity_mps = INFINITY; },
      [](auto& s) { s.tension_n = std::nan(""); },   [](auto& s) { s.extension_m = -0.2; },
      [](auto& s) { s.extension_m = 5.0; },          [](auto& s) { s.velocity_mps = -40.0; },
      [](auto& s) { s.tension_n = 30'000.0; },
  };
  for (const auto& lie : lies) {
    after(0.5);
    hal::AxisState state = at(0.5);
    lie(state);
    EXPECT_FALSE(check_.check(state, kNsPerMs).usable);
  }
}

}  // namespace
}  // namespace sheave::control
