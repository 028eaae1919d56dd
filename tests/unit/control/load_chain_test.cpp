#include "controller/control/load_chain.hpp"

#include <gtest/gtest.h>
#include <xmmintrin.h>

#include <cmath>
#include <stdexcept>

#include "controller/control/float_mode.hpp"
#include "tests/support/linked_plugin.hpp"
#include "tests/unit/control/scripted_plugins.hpp"

namespace sheave::control {
namespace {

using safety::PluginVerdict;
using test::ScriptedExercise;
using test::ScriptedLoad;

class LoadChainTest : public testing::Test {
 protected:
  LoadChainTest() : exercise_(test::activated<ScriptedExercise>()), load_(test::activated<ScriptedLoad>()), chain_(timer_) {
    ScriptedExercise::script = [](const auto&, auto&) { return sdk::Tick::kRun; };
    ScriptedLoad::script = [](const auto&, auto) { return sdk::Tick::kRun; };
    plan_.exercise = &exercise_;
    plan_.chain[0] = &load_;
    plan_.chain_length = 1;
    plan_.load_per_axis_n = 300.0;
    in_.set_load_n = 300.0;
    in_.time = {.index = 0, .now_ns = kNsPerS, .dt_ns = kNsPerMs, .period_ns = kNsPerMs};
    in_.realtime = true;
    chain_.start(plan_);
  }
  ~LoadChainTest() override { chain_.stop(); }

  double run() {
    double request_n = -1.0;
    chain_.run(in_, {&request_n, 1}, outcome_);
    return request_n;
  }

  FloatMode float_mode_;
  test::ScriptedTimer timer_;
  plugin_host::ExerciseSlot exercise_;
  plugin_host::LoadSlot load_;
  LoadChain chain_;
  SetPlan plan_;
  ChainInput in_;
  plugin_host::ExerciseOutcome outcome_{};
};

TEST_F(LoadChainTest, EachLinkWorksOnTheOneBeforeIt) {
  ScriptedExercise::script = [](const auto&, sdk::ExerciseActions& out) { return out.lower_base_load(0, 200.0), sdk::Tick::kRun; };
  ScriptedLoad::script = [](const auto&, std::span<double> tension_n) { return tension_n[0] *= 1.5, sdk::Tick::kRun; };
  EXPECT_DOUBLE_EQ(run(), 300.0);
}

TEST_F(LoadChainTest, NoNumberIsAnsweredByTheRampAndLatched) {
  EXPECT_DOUBLE_EQ(run(), 300.0);
  ScriptedLoad::script = [](const auto&, std::span<double> tension_n) { return tension_n[0] = std::nan(""), sdk::Tick::kRun; };
  EXPECT_DOUBLE_EQ(run(), 298.0);
  EXPECT_EQ(chain_.verdict(), PluginVerdict::kFailed);
  ScriptedLoad::script = [](const auto&, auto) { return sdk::Tick::kRun; };
  double last_n = 298.0;
  for (int i = 0; i < 200; ++i) {
    const double now_n = run();
    ASSERT_LE(now_n, last_n) << "a plugin that came to its senses is not asked again";
    last_n = now_n;
  }
  EXPECT_DOUBLE_EQ(last_n, 0.0);
}

TEST_F(LoadChainTest, AnErrorOfTheExerciseIsOneToo) {
  run();
  ScriptedExercise::script = [](const auto&, auto&) { return sdk::Tick::kError; };
  EXPECT_LT(run(), 300.0);
  EXPECT_EQ(chain_.verdict(), PluginVerdict::kFailed);
}

TEST_F(LoadChainTest, WhatAPluginThrowsGoesNoFurtherThanThePlugin) {
  run();
  ScriptedLoad::script = [](const auto&, auto) -> sdk::Tick { throw std::runtime_error("a plugin's own"); };
  EXPECT_DOUBLE_EQ(run(), 298.0);
  EXPECT_EQ(chain_.verdict(), PluginVerdict::kFailed);
}

TEST_F(LoadChainTest, AChangedFloatingPointModeIsCaughtAndMended) {
  run();
  ScriptedLoad::script = [](const auto&, auto) { return _mm_setcsr(_mm_getcsr() | 0x6000U), sdk::Tick::kRun; };  // round toward zero
  EXPECT_LT(run(), 300.0);
  EXPECT_EQ(chain_.verdict(), PluginVerdict::kFailed);
  EXPECT_EQ(_mm_getcsr() & 0x6000U, 0U);
}

TEST_F(LoadChainTest, AThirdSlowTickWithinFiftyIsThePlugins) {
  timer_.call_ns = 300'000;
  run();
  run();
  EXPECT_EQ(chain_.verdict(), PluginVerdict::kGood);
  run();
  EXPECT_EQ(chain_.verdict(), PluginVerdict::kSlow);
}

TEST_F(LoadChainTest, NowAndThenASlowTickIsAnInterrupts) {
  for (int i = 0; i < 50; ++i) {
    timer_.call_ns = i % 10 == 0 ? 300'000 : 0;
    for (int tick = 0; tick < (i % 10 == 0 ? 1 : 20); ++tick) run();
  }
  EXPECT_EQ(chain_.verdict(), PluginVerdict::kGood);
}

TEST_F(LoadChainTest, WithoutRealtimeASlowTickMayBeTheSchedulers) {
  in_.realtime = false;
  timer_.call_ns = 300'000;
  for (int i = 0; i < 10; ++i) run();
  EXPECT_EQ(chain_.verdict(), PluginVerdict::kGood);
}

TEST_F(LoadChainTest, WhileNothingMayBeRaisedTheBaseLoadOnlyFalls) {
  ScriptedExercise::script = [](const auto&, sdk::ExerciseActions& out) { return out.lower_base_load(0, 150.0), sdk::Tick::kRun; };
  EXPECT_DOUBLE_EQ(run(), 150.0);
  in_.no_raise = true;
  ScriptedExercise::script = [](const auto&, auto&) { return sdk::Tick::kRun; };
  EXPECT_DOUBLE_EQ(run(), 150.0);
  in_.no_raise = false;
  EXPECT_DOUBLE_EQ(run(), 150.5) << "what was held back comes gently";
  for (int ms = 0; ms < 300; ++ms) run();
  EXPECT_DOUBLE_EQ(run(), 300.0);
}

TEST_F(LoadChainTest, WhileNothingMayBeRaisedAProfileThatGrowsByItselfEndsAtItsMost) {
  static double share;
  ScriptedLoad::script = [](const auto&, std::span<double> tension_n) { return tension_n[0] *= share, sdk::Tick::kRun; };
  share = 1.2;
  EXPECT_DOUBLE_EQ(run(), 360.0);
  share = 0.5;
  EXPECT_DOUBLE_EQ(run(), 150.0);
  in_.no_raise = true;
  share = 1.1;
  EXPECT_DOUBLE_EQ(run(), 330.0) << "the chain's shape goes on";
  share = 1.4;
  EXPECT_DOUBLE_EQ(run(), 360.0) << "what is new does not come";
  in_.no_raise = false;
  EXPECT_DOUBLE_EQ(run(), 360.5) << "what was held back comes gently";
  for (int ms = 0; ms < 120; ++ms) run();
  EXPECT_DOUBLE_EQ(run(), 420.0);
}

TEST_F(LoadChainTest, WhileNothingMayBeRaisedTheBaseLoadIsThereAtLeast) {
  in_.no_raise = true;
  EXPECT_DOUBLE_EQ(run(), 300.0);
}

TEST_F(LoadChainTest, ANewSetForgetsTheLastOnesFailure) {
  ScriptedLoad::script = [](const auto&, auto) { return sdk::Tick::kError; };
  run();
  chain_.stop();
  ScriptedLoad::script = [](const auto&, auto) { return sdk::Tick::kRun; };
  chain_.start(plan_);
  EXPECT_DOUBLE_EQ(run(), 300.0);
  EXPECT_EQ(chain_.verdict(), PluginVerdict::kGood);
}

TEST_F(LoadChainTest, CalibrationHasNoPluginsAndPullsTheBaseLoad) {
  chain_.stop();
  SetPlan bare;
  bare.load_per_axis_n = 40.0;
  in_.set_load_n = 40.0;
  chain_.start(bare);
  EXPECT_DOUBLE_EQ(run(), 40.0);
  chain_.stop();
}

}  // namespace
}  // namespace sheave::control
