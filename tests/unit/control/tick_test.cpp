#include "controller/control/tick.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <random>

#include "tests/support/alloc_guard.hpp"
#include "tests/support/linked_plugin.hpp"
#include "tests/support/two_cables.hpp"
#include "tests/unit/control/scripted_plugins.hpp"
#include "tests/unit/control/virtual_machine.hpp"

namespace sheave::control {
namespace {

using safety::MachineState;
using test::ScriptedExercise;
using test::ScriptedLoad;
using test::two_cables;

/// A tick on states that the test makes: handles move as told, drives do as commanded.
class TickTest : public testing::Test {
 protected:
  TickTest() : exercise_(test::activated<ScriptedExercise>({}, 2)), tick_(machine(), two_cables(), timer_) {
    ScriptedExercise::script = [](const sdk::ExerciseView& in, sdk::ExerciseActions& out) {
      in.for_each_candidate([&](const sheave_rep_candidate_t& c) { out.verdict(c, SHEAVE_VERDICT_COUNTED); });
      return sdk::Tick::kRun;
    };
    ScriptedLoad::script = [](const auto&, auto) { return sdk::Tick::kRun; };
    for (auto& load : loads_) load = std::make_unique<plugin_host::LoadSlot>(test::activated<ScriptedLoad>({}, 2));
    plan_.id = 3;
    plan_.exercise = &exercise_;
    for (std::size_t i = 0; i < loads_.size(); ++i) plan_.chain[i] = loads_[i].get();
    plan_.chain_length = loads_.size();
    plan_.axis_mask = 3;
    plan_.load_per_axis_n = 300.0;
    plan_.rom = {Rom{0.15, 0.65}, Rom{0.15, 0.65}};
    for (auto& state : states_) {
      state.fresh = true;
      state.drive = hal::DriveState::kSwitchOnDisabled;
    }
    in_.verified = in_.realtime = true;
  }
  static Machine machine() {
    Machine machine;
    machine.cable_count = 2;
    return machine;
  }

  /// One tick with the handles moving at `velocity_mps`.
  void tick(double velocity_mps = 0.0, std::span<const Command> commands = {}) {
    now_ns_ += kNsPerMs;
    for (std::size_t i = 0; i < 2; ++i) {
      hal::AxisState& state = states_[i];
      state.extension_m = std::max(0.0, state.extension_m + velocity_mps * 1e-3);
      state.velocity_mps = velocity_mps;
      state.tension_n = out_->commands[i].tension_n;
      state.sample_time_us += 1'000;
      const bool on = out_->commands[i].target == hal::DriveTarget::kForce;
      state.drive = on ? hal::DriveState::kOperationEnabled : hal::DriveState::kSwitchOnDisabled;
    }
    in_.time = {.index = index_, .now_ns = now_ns_, .dt_ns = index_ == 0 ? 0 : kNsPerMs, .period_ns = kNsPerMs};
    ++index_;
    in_.axes = states_;
    in_.commands = commands;
    tick_.step(in_, *out_);
    for (const Event& event : out_->events.all()) {
      if (event.kind == EventKind::kRep) ++reps_;
    }
  }
  void command(CommandKind kind, double value = 0.0, SetPlan* plan = nullptr) {
    const Command one{.kind = kind, .value = value, .plan = plan};
    tick(0.0, {&one, 1});
  }
  void to_active() {
    command(CommandKind::kSession, 1.0);
    command(CommandKind::kReset);
    for (int i = 0; i < 20; ++i) tick();
    command(CommandKind::kArm, 0.0, &plan_);
    for (int i = 0; i < 300; ++i) tick(0.5);
    for (int i = 0; i < 2'500; ++i) tick();
    ASSERT_EQ(tick_.state(), MachineState::kActive);
  }
  /// Out and back: a rep of half a metre.
  void pull_once() {
    for (const double sign : {1.0, -1.0}) {
      for (int i = 0; i < 1'000; ++i) tick(sign * 3.0 * (i * 1e-3) * (1.0 - i * 1e-3));
    }
    for (int i = 0; i < 200; ++i) tick();
  }

  test::ScriptedTimer timer_;
  plugin_host::ExerciseSlot exercise_;
  std::array<std::unique_ptr<plugin_host::LoadSlot>, 3> loads_;
  SetPlan plan_;
  Tick tick_;
  std::array<hal::AxisState, 2> states_{};
  TickInput in_;
  std::unique_ptr<TickOutput> out_ = std::make_unique<TickOutput>();
  std::int64_t now_ns_ = kNsPerS;
  std::uint64_t index_ = 0;
  int reps_ = 0;
};

TEST_F(TickTest, ASetWithPluginsAllocatesAndLocksNothing) {
  to_active();
  const test::NoHeapScope scope;
  for (int i = 0; i < 3; ++i) pull_once();
  command(CommandKind::kEndSet);
  for (int i = 0; i < 1'000; ++i) tick(-0.2);
  EXPECT_EQ(scope.heap_calls(), 0U);
  EXPECT_EQ(scope.lock_calls(), 0U);
  EXPECT_EQ(reps_, 3);
}

TEST_F(TickTest, AnAllocationInAPluginIsCaught) {
  to_active();
  static void* volatile kept;
  ScriptedLoad::script = [](const auto&, auto) {
    kept = std::malloc(1);
    std::free(kept);
    return sdk::Tick::kRun;
  };
  const test::NoHeapScope scope;
  tick();
  EXPECT_GT(scope.heap_calls(), 0U);
}

TEST_F(TickTest, APluginsNoNumberNeverReachesTheDriveAndEndsTheSet) {
  to_active();
  ScriptedLoad::script = [](const auto&, std::span<double> tension_n) { return tension_n[1] = std::nan(""), sdk::Tick::kRun; };
  double last_n = out_->commands[0].tension_n;
  bool ended = false;
  for (int i = 0; i < 400; ++i) {
    tick();
    for (const auto& axis : out_->commands) {
      ASSERT_TRUE(std::isfinite(axis.tension_n));
      ASSERT_LE(axis.tension_n, last_n);
    }
    last_n = std::max(out_->commands[0].tension_n, out_->commands[1].tension_n);
    for (const Event& event : out_->events.all()) {
      if (event.kind == EventKind::kSetEnded) ended = event.end == SetEndReason::kFault;
    }
  }
  EXPECT_TRUE(ended);
  EXPECT_LE(last_n, safety::kTakeUp_n);
}

TEST_F(TickTest, AProfileThatAsksForTonsGetsWhatTheMachineAllows) {
  to_active();
  ScriptedLoad::script = [](const auto&, std::span<double> tension_n) { return tension_n[0] = tension_n[1] = 1e9, sdk::Tick::kRun; };
  double last_n = out_->commands[0].tension_n;
  for (int i = 0; i < 3'000; ++i) {
    tick();
    const double now_n = out_->commands[0].tension_n;
    ASSERT_LE(now_n - last_n, 2.0 + 1e-9) << "2,000 N/s";
    ASSERT_LE(now_n, 1'000.0);
    last_n = now_n;
  }
}

TEST_F(TickTest, AProfileThatAsksForTonsGetsNoMoreThanItsSetMayAsk) {
  plan_.load_per_axis_n = newton_from_kg(4.0);
  plan_.bound = {.factor = 1.2, .added_n = 50.0};
  to_active();
  ScriptedLoad::script = [](const auto&, std::span<double> tension_n) { return tension_n[0] = tension_n[1] = 1e9, sdk::Tick::kRun; };
  const double most_n = 1.2 * newton_from_kg(4.0) + 50.0 + safety::kSetMargin_n;
  bool said = false;
  for (int i = 0; i < 1'000; ++i) {
    tick();
    for (const auto& axis : out_->commands) ASSERT_LE(axis.tension_n, most_n + 1e-9);
    for (const Event& event : out_->events.all())
      said = said || (event.kind == EventKind::kFaultOn && event.fault == FaultCode::kLoadCapped);
  }
  EXPECT_NEAR(out_->commands[0].tension_n, most_n, 1e-9);
  EXPECT_TRUE(said);
  command(CommandKind::kSetLoad, 30.0);
  for (int i = 0; i < 100; ++i) tick();
  EXPECT_NEAR(out_->commands[0].tension_n, 1.2 * 30.0 + 50.0 + safety::kSetMargin_n, 1e-9) << "it follows the load down";
}

TEST_F(TickTest, WhatTakesTheFrictionOutIsNotCountedAgainstTheSet) {
  plan_.bound = {.factor = 1.0, .added_n = 0.0};
  to_active();
  for (int i = 0; i < 500; ++i) tick(0.3);
  for (int i = 0; i < 200; ++i) tick(-0.3);
  EXPECT_GT(out_->commands[0].tension_n, 300.0 + 10.0) << "while the handle returns the motor pulls harder than the load";
  EXPECT_LE(out_->commands[0].tension_n, 300.0 + safety::kCompensationMost_n + safety::kSetMargin_n);
}

TEST_F(TickTest, ABrokenSampleDoesNotMoveTheHandle) {
  to_active();
  const float before_m = out_->frame.axes[0].extension_m;
  states_[0].extension_m += 1.0;
  tick();
  EXPECT_NEAR(out_->frame.axes[0].extension_m, before_m, 0.005F);
  states_[0].extension_m -= 1.0;
  tick();
  EXPECT_EQ(tick_.state(), MachineState::kActive);
}

TEST_F(TickTest, TheHandleButtonTakesTheLoadOff) {
  to_active();
  in_.panel = {.present = true, .handle_button = true, .pedal = false};
  tick();
  EXPECT_EQ(tick_.state(), MachineState::kUnload);
}

TEST_F(TickTest, LinkSilenceNeverRaisesAnything) {
  to_active();
  double last_n[2] = {out_->commands[0].tension_n, out_->commands[1].tension_n};
  for (int i = 0; i < 3'000; ++i) {
    now_ns_ += kNsPerMs;
    for (auto& state : states_) state.fresh = false;
    in_.time = {.index = index_++, .now_ns = now_ns_, .dt_ns = kNsPerMs, .period_ns = kNsPerMs};
    in_.axes = states_;
    in_.commands = {};
    tick_.step(in_, *out_);
    for (std::size_t axis = 0; axis < 2; ++axis) {
      ASSERT_LE(out_->commands[axis].tension_n, last_n[axis]);
      last_n[axis] = out_->commands[axis].tension_n;
    }
  }
  EXPECT_EQ(tick_.state(), MachineState::kSafeOff);
  EXPECT_EQ(out_->commands[0].target, hal::DriveTarget::kOff);
}

TEST_F(TickTest, WhateverTheDrivesSayTheCommandIsInOrder) {
  std::mt19937_64 random(4711);
  std::uniform_real_distribution<double> unit(-1.0, 1.0);
  to_active();
  for (int i = 0; i < 50'000; ++i) {
    const double last_n = out_->commands[0].tension_n;
    if (i % 97 == 0) states_[0].extension_m = 3.0 * unit(random);
    if (i % 89 == 0) states_[1].velocity_mps = std::nan("");
    if (i % 83 == 0) states_[0].fresh = !states_[0].fresh;
    if (i % 2'000 == 0) {
      for (auto& state : states_) state = {.fresh = true};
      command(CommandKind::kReset);
      command(CommandKind::kArm, 0.0, &plan_);
    }
    tick(0.5 * unit(random));
    for (const auto& axis : out_->commands) {
      ASSERT_TRUE(std::isfinite(axis.tension_n));
      ASSERT_GE(axis.tension_n, 0.0);
      ASSERT_LE(axis.tension_n, axis.force_limit_n + 1e-9);
    }
    ASSERT_LE(out_->commands[0].tension_n, last_n + 4.1) << "two ticks of the steepest rise";
  }
}

TEST_F(TickTest, TheSameInputsGiveTheSameBits) {
  const auto live = [this] {
    Tick tick(machine(), two_cables(), timer_);
    std::mt19937_64 random(7);
    auto out = std::make_unique<TickOutput>();
    std::array<hal::AxisState, 2> states{};
    double sum_n = 0.0;
    for (std::uint64_t i = 0; i < 5'000; ++i) {
      for (auto& state : states) {
        state.fresh = random() % 20 != 0;
        state.drive = hal::DriveState::kOperationEnabled;
        state.extension_m = 0.3 + 1e-4 * static_cast<double>(random() % 10);
        state.sample_time_us += 1'000;
      }
      const Command reset{.kind = CommandKind::kReset, .value = 0.0, .plan = nullptr};
      TickInput in;
      in.time = {.index = i, .now_ns = static_cast<std::int64_t>(i + 1) * kNsPerMs, .dt_ns = i == 0 ? 0 : kNsPerMs, .period_ns = kNsPerMs};
      in.axes = states;
      in.verified = in.realtime = true;
      if (i % 100 == 50) in.commands = {&reset, 1};
      tick.step(in, *out);
      sum_n += out->commands[0].tension_n + out->frame.axes[1].velocity_mps;
    }
    return sum_n;
  };
  EXPECT_EQ(live(), live());
}

}  // namespace
}  // namespace sheave::control
