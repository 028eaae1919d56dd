// A technician at the machine's own page: the shipped manager, tick and supervisor on the simulated cables. What the cable did is read off
// the plant, not off what the controller says.

#include <gtest/gtest.h>

#include <algorithm>

#include "sim/athlete/trace.hpp"
#include "tests/scenarios/gym.hpp"

namespace sheave::test {
namespace {

using safety::JogMotion;
using safety::MachineState;

constexpr double kOut_m = 0.8, kTakeUp_n = 20.0;
constexpr std::int64_t kEvery_ns = 100 * kNsPerMs;

/// Two cables; the first one's handle is held out, as by a helper's hand.
class Workshop : public ::testing::Test {
 protected:
  Workshop() : scenario_(config()) {
    EXPECT_EQ(scenario_.error(), "");
    EXPECT_TRUE(scenario_.run_until(MachineState::kIdle, 10.0));
    scenario_.machine().athlete(0).follow(sim::Trace({{0.0, 0.0}, {3.0, kOut_m}, {60.0, kOut_m}}, false), true);
    EXPECT_TRUE(step_until([this] { return cable().handle_m > kOut_m; }, 10.0));
    run(1.0);
  }
  static sim::ScenarioConfig config() {
    sim::ScenarioConfig config = gym();
    config.machine.cable_count = 2;
    return config;
  }

  const sim::CableState& cable(std::size_t axis = 0) { return scenario_.machine().rig(axis).cable(); }

  void step() {
    if (calls_ && scenario_.now_ns() >= due_ns_) {
      due_ns_ = scenario_.now_ns() + kEvery_ns;
      const auto answer = scenario_.manager().jog({press_, cable_, motion_, false, scenario_.now_ns()});
      reason_ = answer ? "" : answer.status().reason;
      if (answer) press_ = *answer;
    }
    scenario_.step();
    most_n_ = std::max(most_n_, cable().motor_force_n);
    fastest_mps_ = std::max(fastest_mps_, -cable().drum_mps);
    other_most_n_ = std::max(other_most_n_, cable(1).motor_force_n);
    other_moved_m_ = std::max(other_moved_m_, cable(1).handle_m);
  }
  void run(double duration_s) {
    for (std::int64_t left_ns = from_seconds(duration_s); left_ns > 0; left_ns -= kNsPerMs) step();
  }
  template <typename Done>
  bool step_until(Done done, double limit_s) {
    for (std::int64_t left_ns = from_seconds(limit_s); left_ns > 0; left_ns -= kNsPerMs) {
      if (done()) return true;
      step();
    }
    return done();
  }
  void press(JogMotion motion) {
    calls_ = true;
    press_ = 0;
    motion_ = motion;
    due_ns_ = 0;
  }
  void let_go() {
    calls_ = false;
    ASSERT_TRUE(scenario_.manager().jog({press_, 0, JogMotion::kNone, true, scenario_.now_ns()}));
  }
  /// The page is gone, or the finger's button with it: nothing says so.
  void vanish() { calls_ = false; }

  void at_full_tension() {
    press(JogMotion::kWindIn);
    ASSERT_TRUE(step_until([this] { return cable().motor_force_n > 39.0; }, 3.0)) << reason_;
    run(0.2);
    ASSERT_EQ(scenario_.state(), MachineState::kService);
  }
  /// Seconds until the motor pulls no more than a machine at rest does, and stays there.
  double comes_down_s() {
    const double began_s = scenario_.time_s();
    double came_s = began_s, before_n = cable().motor_force_n;
    for (int ms = 0; ms < 2000; ++ms) {
      step();
      EXPECT_LE(cable().motor_force_n, before_n + 0.5) << "it falls, and rises no more";
      before_n = std::max(kTakeUp_n, std::min(before_n, cable().motor_force_n));
      if (cable().motor_force_n > kTakeUp_n + 0.5) came_s = scenario_.time_s();
    }
    return came_s - began_s;
  }

  sim::Scenario scenario_;
  bool calls_ = false;
  std::uint64_t press_ = 0;
  std::uint32_t cable_ = 0;
  JogMotion motion_ = JogMotion::kNone;
  std::int64_t due_ns_ = 0;
  std::string reason_;
  double most_n_ = 0.0, fastest_mps_ = 0.0, other_most_n_ = 0.0, other_moved_m_ = 0.0;
};

TEST_F(Workshop, APressWindsInTheFreeCableSlowlyAndTheOtherOneStays) {
  at_full_tension();
  most_n_ = fastest_mps_ = other_most_n_ = 0.0;
  scenario_.machine().athlete(0).let_go();
  ASSERT_TRUE(step_until([this] { return cable().handle_m < 0.02; }, 15.0));
  EXPECT_LE(most_n_, 50.0);
  EXPECT_LE(fastest_mps_, 0.15);
  EXPECT_GE(fastest_mps_, 0.13) << "else it was not wound in at all";
  EXPECT_LE(other_most_n_, kTakeUp_n + 0.5);
  EXPECT_LE(other_moved_m_, 0.005);
  let_go();
  run(1.0);
  EXPECT_EQ(scenario_.state(), MachineState::kIdle);
  EXPECT_TRUE(scenario_.snapshot().active_faults.empty());
  expect_in_order(scenario_);
}

TEST_F(Workshop, LetGoOfTheTensionIsDownWithinTheRamp) {
  at_full_tension();
  let_go();
  EXPECT_LE(comes_down_s(), 0.35);
  EXPECT_EQ(reason_, "");
  expect_in_order(scenario_);
}

TEST_F(Workshop, AClientThatDiesInMidPressLeavesNothingOn) {
  at_full_tension();
  vanish();
  EXPECT_LE(comes_down_s(), 0.4 + 0.35);
  EXPECT_EQ(scenario_.state(), MachineState::kRetract);
  expect_in_order(scenario_);
}

TEST_F(Workshop, AMainThreadThatHangsLeavesNothingOn) {
  at_full_tension();
  scenario_.main_alive = false;
  vanish();
  EXPECT_LE(comes_down_s(), 0.4 + 0.35);
  scenario_.main_alive = true;
  run(1.0);
  expect_in_order(scenario_, InOrder::kButMainMayHang);
}

TEST_F(Workshop, StopTakesItOffAndTheFingerThatStaysMovesNothing) {
  at_full_tension();
  scenario_.press_stop();
  EXPECT_LE(comes_down_s(), 0.3);
  EXPECT_EQ(reason_, "JOG_ENDED");
  EXPECT_EQ(scenario_.state(), MachineState::kRetract);
  expect_in_order(scenario_);
}

TEST_F(Workshop, ASilentLinkEmptiesTheDrive) {
  at_full_tension();
  scenario_.stack().faults.request_lost = true;
  run(0.5);
  EXPECT_LE(cable().motor_force_n, kTakeUp_n + 0.5);
  scenario_.stack().faults.request_lost = false;
  run(2.0);
  EXPECT_NE(scenario_.state(), MachineState::kService);
  EXPECT_EQ(reason_, "JOG_ENDED");
  press(JogMotion::kWindIn);
  run(0.2);
  EXPECT_EQ(reason_, "NOT_READY") << "before somebody has reset it";
  expect_in_order(scenario_);
}

TEST_F(Workshop, HeldItIsAsLightAsAtRestAndAFreeCableHardlyRunsIn) {
  press(JogMotion::kHold);
  ASSERT_TRUE(step_until([this] { return scenario_.state() == MachineState::kService; }, 1.0));
  run(0.5);
  most_n_ = fastest_mps_ = 0.0;
  scenario_.machine().athlete(0).let_go();
  run(2.0);
  EXPECT_LE(most_n_, kTakeUp_n + 0.5);
  EXPECT_LE(fastest_mps_, 0.05);
  EXPECT_GE(cable().handle_m, kOut_m - 0.15);
  let_go();
  expect_in_order(scenario_);
}

TEST_F(Workshop, NobodyTrainsBesideATechnician) {
  at_full_tension();
  session::CreateSession create;
  create.program_id = "cable-row";
  EXPECT_EQ(scenario_.start(create).reason, "SERVICE_ACTIVE");
  EXPECT_TRUE(scenario_.snapshot().being_serviced);
  let_go();
  run(11.0);
  EXPECT_TRUE(scenario_.start(create).ok());
  press(JogMotion::kWindIn);
  run(0.2);
  EXPECT_EQ(reason_, "SESSION_ACTIVE");
  expect_in_order(scenario_);
}

}  // namespace
}  // namespace sheave::test
