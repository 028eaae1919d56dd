// The self-test's course on the simulator's drive, cable and athlete.

#include "controller/control/self_test.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "tests/unit/control/virtual_machine.hpp"

namespace sheave::test {
namespace {

using control::CommandKind;
using control::EventKind;
using control::SetEndReason;
using safety::MachineState;

class SelfTestTest : public testing::Test {
 protected:
  void begin(const sim::AthleteSpec& athlete = {}, std::size_t axis_count = 1) {
    machine_ = std::make_unique<VirtualMachine>(athlete, axis_count);
    ASSERT_TRUE(machine_->opened());
    machine_->wake();
    plan_.id = 9;
    plan_.axis_mask = (1U << axis_count) - 1U;
    plan_.load_per_axis_n = 50.0;
    plan_.self_test = true;
    machine_->send({.kind = CommandKind::kCalibrate, .value = 0.0, .plan = &plan_});
    machine_->on_tick = [this] { watch(); };
  }

  void watch() {
    for (std::size_t i = 0; i < machine_->last_frame.axis_count; ++i) {
      most_n_ = std::max(most_n_, machine_->axis(i).commanded_n);
      fastest_in_mps_ = std::min(fastest_in_mps_, machine_->axis(i).velocity_mps);
    }
    loaded_ = loaded_ || safety::is_loaded(machine_->state());
  }

  bool released() const { return machine_->count(EventKind::kPlanReleased) > 0; }
  SetEndReason run_to_end(double limit_s = 200.0) {
    EXPECT_GE(machine_->run_until([this] { return released(); }, limit_s), 0.0);
    const control::Event* ended = machine_->last(EventKind::kSetEnded);
    return ended != nullptr ? ended->end : SetEndReason::kUnknown;
  }

  std::unique_ptr<VirtualMachine> machine_;
  control::SetPlan plan_;
  float most_n_ = 0.0F, fastest_in_mps_ = 0.0F;
  bool loaded_ = false;
};

TEST_F(SelfTestTest, MeasuresWithLightForcesAndSlowRunsAndEndsByItself) {
  begin();
  EXPECT_EQ(run_to_end(), SetEndReason::kExercise);
  EXPECT_LE(most_n_, 50.0F);
  EXPECT_GE(fastest_in_mps_, -0.65F) << "what a handle let go of comes to before it is caught, and the fastest run";
  EXPECT_FALSE(loaded_);
  EXPECT_GE(machine_->run_until(MachineState::kIdle, 10.0), 0.0);
}

TEST_F(SelfTestTest, BothCablesMeasureThemselves) {
  begin({}, 2);
  EXPECT_EQ(run_to_end(), SetEndReason::kExercise);
  EXPECT_LE(most_n_, 50.0F);
}

TEST_F(SelfTestTest, WithoutAnybodyItGivesUp) {
  begin({.absent = true});
  EXPECT_EQ(run_to_end(), SetEndReason::kLeft);
  EXPECT_LE(most_n_, 50.0F);
}

TEST_F(SelfTestTest, StopEndsItAtOnce) {
  begin();
  ASSERT_GE(machine_->run_until([this] { return machine_->axis().phase == Phase::kEccentric; }, 60.0), 0.0);
  machine_->port.stop_requests.fetch_add(1);
  EXPECT_EQ(run_to_end(1.0), SetEndReason::kStopped);
}

TEST_F(SelfTestTest, TheLampAsksForTheHandleOnlyWhenItIsToBeTakenOut) {
  begin();
  bool asked_early = false;
  const auto lamp = [this] { return machine_->stack().lamp(); };
  machine_->run_until(
      [&] {
        asked_early = asked_early || (machine_->axis().phase == Phase::kRest && lamp() == hal::Lamp::kSelfTest);
        return machine_->axis().phase == Phase::kPeak;
      },
      30.0);
  EXPECT_FALSE(asked_early);
  machine_->run(0.01);
  EXPECT_EQ(lamp(), hal::Lamp::kSelfTest);
  EXPECT_EQ(run_to_end(), SetEndReason::kExercise);
}

TEST(SelfTest, AHandleThatIsHeldOutForAMinuteEndsIt) {
  control::SelfTest test;
  test.begin(2.5);
  control::AxisMotion motion{.valid = true};
  for (int i = 0; i < 11'000; ++i) test.step(motion, kNsPerMs);
  EXPECT_TRUE(test.asks_for_handle());
  motion.extension_m = 1.0;
  for (int i = 0; i < 61'000; ++i) test.step(motion, kNsPerMs);
  motion.extension_m = 0.0;
  for (int i = 0; i < 1'000; ++i) test.step(motion, kNsPerMs);
  EXPECT_TRUE(test.gave_up());
  EXPECT_TRUE(test.done());
}

TEST(SelfTest, ALoadIsReadAgainWhenSomebodyTookTheHandle) {
  control::SelfTest test;
  test.begin(2.5);
  control::AxisMotion motion{.valid = true};
  double asked_n = 0.0;
  for (int i = 0; i < 900; ++i) asked_n = test.step(motion, kNsPerMs);
  motion.extension_m = 0.2;
  for (int i = 0; i < 3'000; ++i) asked_n = test.step(motion, kNsPerMs);
  EXPECT_EQ(asked_n, control::kSelfTestLoads_n[0]);
  motion.extension_m = 0.0;
  for (int i = 0; i < 950; ++i) asked_n = test.step(motion, kNsPerMs);
  EXPECT_EQ(asked_n, control::kSelfTestLoads_n[0]);
  for (int i = 0; i < 100; ++i) asked_n = test.step(motion, kNsPerMs);
  EXPECT_EQ(asked_n, control::kSelfTestLoads_n[1]);
}

}  // namespace
}  // namespace sheave::test
