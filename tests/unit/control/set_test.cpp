// Whole sets: the shipped cycle, supervisor and detector on the simulator's drive, cable and athlete.

#include <gtest/gtest.h>

#include <memory>

#include "tests/support/alloc_guard.hpp"
#include "tests/unit/control/virtual_machine.hpp"

namespace sheave::test {
namespace {

using control::CommandKind;
using control::EventKind;
using control::SetEndReason;
using safety::MachineState;

control::SetPlan row(double load_kg) {
  control::SetPlan plan;
  plan.id = 7;
  plan.load_per_axis_n = newton_from_kg(load_kg);
  plan.rom = {Rom{0.15, 0.65}, Rom{0.15, 0.65}};
  plan.rep_goal = 6;
  return plan;
}

class SetTest : public testing::Test {
 protected:
  void make(sim::AthleteSpec athlete = {}, std::size_t axis_count = 1) {
    machine_ = std::make_unique<VirtualMachine>(athlete, axis_count);
    ASSERT_TRUE(machine_->opened());
    machine_->wake();
    ASSERT_EQ(machine_->state(), MachineState::kIdle);
  }
  void arm(control::SetPlan& plan) { machine_->send({.kind = CommandKind::kArm, .value = 0.0, .plan = &plan}); }
  bool released() const { return machine_->count(EventKind::kPlanReleased) > 0; }
  void run_to_release(double limit_s) {
    ASSERT_GE(machine_->run_until([this] { return released(); }, limit_s), 0.0);
  }
  /// Into the pull of a rep, well under load.
  void run_into_pull() {
    ASSERT_GE(machine_->run_until(MachineState::kActive, 20.0), 0.0);
    ASSERT_GE(machine_->run_until([this] { return machine_->axis().extension_m > 0.35F && machine_->axis().velocity_mps > 0.1F; }, 10.0),
              0.0);
  }

  std::unique_ptr<VirtualMachine> machine_;
};

TEST_F(SetTest, AnAthleteDoesTheRepsAndRacks) {
  make({.reps = 5});
  auto plan = row(30.0);
  arm(plan);
  run_to_release(60.0);
  EXPECT_EQ(machine_->count(EventKind::kSetEngaged), 1U);
  ASSERT_EQ(machine_->count(EventKind::kRep), 5U);
  const control::Event* rep = machine_->last(EventKind::kRep);
  EXPECT_EQ(rep->rep.index, 5U);
  EXPECT_EQ(rep->plan_id, 7U);
  EXPECT_NEAR(rep->rep.rom_m, 0.5, 0.03);
  EXPECT_NEAR(rep->rep.load_commanded_kg, 30.0, 0.3);
  EXPECT_NEAR(rep->rep.load_measured_kg, 30.0, 1.0);
  EXPECT_EQ(machine_->last(EventKind::kSetEnded)->end, SetEndReason::kRacked);
  EXPECT_GE(machine_->run_until(MachineState::kIdle, 5.0), 0.0);
  EXPECT_EQ(machine_->count(EventKind::kFaultOn), 0U) << "a clean set warns of nothing";
}

TEST_F(SetTest, NoHoldIsGrantedUnderALoadThatSomebodyCouldBeStuckUnder) {
  for (const auto& [load_kg, granted] : {std::pair{5.0, true}, std::pair{30.0, false}}) {
    control::SetRunner runner;
    auto plan = row(load_kg);
    plan.hold_ns = 60 * kNsPerS;
    runner.begin(plan, false, newton_from_kg(100.0));
    EXPECT_EQ(runner.hold_ns(), granted ? control::kLongestHold_ns : 0) << load_kg;
  }
  EXPECT_EQ(control::SetRunner().hold_ns(), 0);
}

TEST_F(SetTest, CalibrationCountsEveryPullAndEndsWhenTold) {
  make();
  control::SetPlan plan;
  plan.load_per_axis_n = 200.0;  // asked for too much on purpose
  plan.min_rep_rom_m = 0.15;
  machine_->send({.kind = CommandKind::kCalibrate, .value = 0.0, .plan = &plan});
  float most_n = 0.0F;
  machine_->on_tick = [&] { most_n = std::max(most_n, machine_->axis().commanded_n); };
  ASSERT_GE(machine_->run_until([this] { return machine_->count(EventKind::kRep) == 3; }, 40.0), 0.0);
  machine_->send(CommandKind::kEndSet);
  run_to_release(1.0);
  EXPECT_LE(most_n, control::kCalibrateMax_n + 1e-3);
  EXPECT_EQ(machine_->count(EventKind::kSetEngaged), 0U);
}

TEST_F(SetTest, AnAthleteWhoGetsStuckIsSpotted) {
  make({.one_rm_kg = 50.0, .reps = 0});
  auto plan = row(42.0);
  arm(plan);
  run_to_release(120.0);
  EXPECT_EQ(machine_->last(EventKind::kSetEnded)->end, SetEndReason::kFailed);
  EXPECT_GE(machine_->count(EventKind::kRep), 2U);
}

TEST_F(SetTest, AHandleLetGoIsCaughtWithinTheRetractLimit) {
  make({.one_rm_kg = 90.0, .reps = 8, .let_go_rep = 2});
  auto plan = row(60.0);
  arm(plan);
  float fastest_mps = 0.0F;
  machine_->on_tick = [&] { fastest_mps = std::min(fastest_mps, machine_->axis().velocity_mps); };
  run_to_release(60.0);
  EXPECT_EQ(machine_->last(EventKind::kSetEnded)->end, SetEndReason::kLeft);
  EXPECT_GE(fastest_mps, -(machine_->machine.retract_limit_mps + 0.25)) << "invariant I4";
}

TEST_F(SetTest, ASetThatTheSessionEndsWasFinishedNotStopped) {
  make({.one_rm_kg = 90.0});
  auto plan = row(60.0);
  arm(plan);
  run_into_pull();
  machine_->send({.kind = CommandKind::kEndSet, .value = 0.0, .plan = nullptr});
  run_to_release(0.1);
  EXPECT_EQ(machine_->last(EventKind::kSetEnded)->end, SetEndReason::kFinished);
}

TEST_F(SetTest, StopWorksWhileTheMainThreadHangs) {
  make({.one_rm_kg = 90.0});
  auto plan = row(60.0);
  arm(plan);
  run_into_pull();
  machine_->main_alive = false;
  machine_->run(0.5);
  machine_->port.stop_requests.fetch_add(1);
  const double took_s = machine_->run_until([this] { return machine_->count(EventKind::kStopConfirmed) > 0; }, 1.0);
  EXPECT_GE(took_s, 0.0);
  EXPECT_LE(took_s, 0.4);
  EXPECT_LE(machine_->axis().tension_n, safety::kUnloaded_n);
  run_to_release(0.1);
  EXPECT_EQ(machine_->last(EventKind::kSetEnded)->end, SetEndReason::kStopped);
}

TEST_F(SetTest, AHangingMainThreadLosesTheLoadAfterTenSeconds) {
  make({.one_rm_kg = 90.0, .reps = 0});
  auto plan = row(25.0);
  arm(plan);
  run_into_pull();
  machine_->main_alive = false;
  machine_->run(9.8);
  EXPECT_EQ(machine_->state(), MachineState::kActive);
  EXPECT_EQ(machine_->last_frame.reaction, safety::Reaction::kNoRaise);
  machine_->run(0.3);
  EXPECT_EQ(machine_->state(), MachineState::kUnload);
}

TEST_F(SetTest, TheLoadMayBeLoweredInASetButNotRaised) {
  make({.one_rm_kg = 90.0, .reps = 0});
  auto plan = row(30.0);
  arm(plan);
  run_into_pull();
  machine_->send(CommandKind::kSetLoad, newton_from_kg(40.0));
  machine_->run(0.5);
  ASSERT_NE(machine_->last(EventKind::kRefused), nullptr);
  EXPECT_EQ(machine_->last(EventKind::kRefused)->command, CommandKind::kSetLoad);
  EXPECT_LE(machine_->axis().commanded_n, newton_from_kg(30.0) + 15.0);
  machine_->send(CommandKind::kSetLoad, newton_from_kg(10.0));
  machine_->run(0.5);
  EXPECT_LE(machine_->axis().commanded_n, newton_from_kg(10.0) + 15.0);
}

TEST_F(SetTest, ARefusedPlanComesBackAtOnce) {
  make();
  machine_->send(CommandKind::kSession, 0.0);
  auto plan = row(30.0);
  arm(plan);
  machine_->run(0.01);
  EXPECT_EQ(machine_->count(EventKind::kRefused), 1U);
  EXPECT_TRUE(released());
  EXPECT_EQ(machine_->state(), MachineState::kIdle);
}

TEST_F(SetTest, ASecondPlanIsRefusedWhileOneRuns) {
  make();
  auto first = row(30.0), second = row(30.0);
  second.id = 8;
  arm(first);
  arm(second);
  machine_->run(0.01);
  EXPECT_EQ(machine_->state(), MachineState::kReady);
  EXPECT_EQ(machine_->last(EventKind::kPlanReleased)->plan_id, 8U);
}

TEST_F(SetTest, NobodyComesAndTheLoadIsNeverSeen) {
  make({.absent = true});
  auto plan = row(30.0);
  plan.arm_timeout_ns = 5 * kNsPerS;
  arm(plan);
  run_to_release(6.0);
  EXPECT_EQ(machine_->last(EventKind::kSetEnded)->end, SetEndReason::kLeft);
  EXPECT_EQ(machine_->count(EventKind::kSetEngaged), 0U);
}

TEST_F(SetTest, ShutdownInMidSetTakesTheLoadOffAndTellsSo) {
  make({.one_rm_kg = 90.0});
  auto plan = row(60.0);
  arm(plan);
  run_into_pull();
  machine_->shutdown = true;
  EXPECT_GE(machine_->run_until(MachineState::kSafeOff, 1.0), 0.0);
  EXPECT_EQ(machine_->last(EventKind::kSetEnded)->end, SetEndReason::kInterrupted);
  EXPECT_TRUE(released());
}

TEST_F(SetTest, ADriveFaultInMidSetEndsInPowerOffAndNeedsAReset) {
  make({.one_rm_kg = 90.0});
  auto plan = row(60.0);
  arm(plan);
  run_into_pull();
  machine_->stack().rig(0).drive().trip(0x3210);
  run_to_release(0.1);
  EXPECT_EQ(machine_->last(EventKind::kSetEnded)->end, SetEndReason::kFault);
  EXPECT_GE(machine_->run_until(MachineState::kSafeOff, 1.0), 0.0);
  machine_->run(5.0);
  EXPECT_EQ(machine_->state(), MachineState::kSafeOff);
  machine_->send(CommandKind::kReset);
  EXPECT_GE(machine_->run_until(MachineState::kIdle, 3.0), 0.0) << "the drive's fault was reset on the way";
}

TEST_F(SetTest, BothCablesAreJudgedOnTheirMean) {
  make({.one_rm_kg = 80.0, .reps = 4}, 2);
  auto plan = row(15.0);
  plan.axis_mask = 3;
  arm(plan);
  run_to_release(60.0);
  ASSERT_EQ(machine_->count(EventKind::kRep), 4U);
  const Rep& rep = machine_->last(EventKind::kRep)->rep;
  EXPECT_EQ(rep.axis, RepAxis::kBoth);
  EXPECT_NEAR(rep.load_commanded_kg, 30.0, 0.5) << "the sum of both";
}

TEST_F(SetTest, TheSameSeedGivesTheSameBits) {
  std::vector<double> speeds[2];
  for (auto& run : speeds) {
    make({.reps = 3});
    auto plan = row(30.0);
    arm(plan);
    run_to_release(60.0);
    for (const auto& event : machine_->events) {
      if (event.kind == EventKind::kRep) run.push_back(event.rep.mean_speed_mps);
    }
  }
  EXPECT_EQ(speeds[0], speeds[1]);
}

}  // namespace
}  // namespace sheave::test
