// The shipped cycle with the shipped plugins, loaded as the machine loads them, through a whole set: nothing of it touches the heap or a
// lock. And a plugin that does is caught at it, so that the silence of the others means something.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "controller/plugin_host/registry.hpp"
#include "tests/support/paths.hpp"
#include "tests/unit/control/virtual_machine.hpp"

namespace sheave::test {
namespace {

using safety::MachineState;

class ShippedSet : public testing::Test {
 protected:
  ShippedSet() { registry_.scan({SHEAVE_PLUGIN_DIR, SHEAVE_BINARY_DIR "/tests/bad_plugins/late_allocates"}); }

  std::unique_ptr<plugin_host::Instance> make(const std::string& id, const char* kind) {
    auto made = registry_.create(id, kind, {}, {1, kNsPerMs, 1000.0, 2000.0, 2.5});
    EXPECT_TRUE(made.ok()) << made.status().message;
    return *std::move(made);
  }

  /// A set of rows under `profile`, to its end.
  void run_set(const std::string& profile, const std::string& exercise = "cable-row") {
    plugin_host::ExerciseSlot judge(make(exercise, SHEAVE_EXT_EXERCISE));
    plugin_host::LoadSlot load(make(profile, SHEAVE_EXT_LOAD_PROFILE));
    control::SetPlan plan;
    plan.id = 1;
    plan.exercise = &judge;
    plan.chain[0] = &load;
    plan.chain_length = 1;
    plan.load_per_axis_n = newton_from_kg(30.0);
    plan.rom = {Rom{0.15, 0.65}, Rom{}};
    machine_ = std::make_unique<VirtualMachine>(sim::AthleteSpec{.one_rm_kg = 90.0, .reps = 4}, 1);
    machine_->wake();
    machine_->send({.kind = control::CommandKind::kArm, .value = 0.0, .plan = &plan});
    ASSERT_GE(machine_->run_until([this] { return machine_->count(control::EventKind::kPlanReleased) > 0; }, 120.0), 0.0);
    EXPECT_EQ(machine_->count(control::EventKind::kSetEngaged), 1U);
  }

  plugin_host::Registry registry_;
  std::unique_ptr<VirtualMachine> machine_;
};

TEST_F(ShippedSet, UnderAnyProfileAllocatesAndLocksNothing) {
  for (const plugin_host::PluginInfo& plugin : registry_.plugins()) {
    if (plugin.kind != SHEAVE_EXT_LOAD_PROFILE || plugin.id == "bad-plugin") continue;
    SCOPED_TRACE(plugin.id);
    run_set(plugin.id);
    EXPECT_EQ(machine_->heap_calls, 0U);
    EXPECT_EQ(machine_->lock_calls, 0U);
  }
}

TEST_F(ShippedSet, ALiveParameterIsFeltInTheNextRepAndNeverPassesTheSetsBound) {
  constexpr double kBase_n = 30.0 * kGravity_mps2;
  plugin_host::ExerciseSlot judge(make("cable-row", SHEAVE_EXT_EXERCISE));
  plugin_host::LoadSlot load(make("eccentric", SHEAVE_EXT_LOAD_PROFILE));  // 1.2 on the way back
  control::SetPlan plan;
  plan.id = 1;
  plan.exercise = &judge;
  plan.chain[0] = &load;
  plan.chain_length = 1;
  plan.load_per_axis_n = kBase_n;
  plan.bound = load.bound();
  plan.rom = {Rom{0.15, 0.65}, Rom{}};
  VirtualMachine machine(sim::AthleteSpec{.one_rm_kg = 90.0, .reps = 8}, 1);
  machine.wake();
  machine.send({.kind = control::CommandKind::kArm, .value = 0.0, .plan = &plan});

  const auto reps = [&] { return machine.count(control::EventKind::kRep); };
  /// The most that is asked for over the way back of the rep after `n` of them, once it is past its peak.
  const auto most_of_next_return_n = [&](std::size_t n) {
    double most_n = 0.0;
    const auto until_next = [&] {
      if (reps() == n && machine.last_frame.axes[0].phase == Phase::kEccentric) {
        most_n = std::max<double>(most_n, machine.axis().commanded_n);
      }
      return reps() > n;
    };
    EXPECT_GE(machine.run_until(until_next, 60.0), 0.0);
    return most_n;
  };
  const auto set_return_share = [&](double share, std::uint64_t plan_id) {
    machine.send({.kind = control::CommandKind::kSetParam, .value = share, .plan_id = plan_id, .link = 0, .param = 1});
  };
  ASSERT_GE(machine.run_until([&] { return reps() == 1; }, 60.0), 0.0);
  const double before_n = most_of_next_return_n(1);  // with what the feed-forward adds
  EXPECT_NEAR(before_n, 1.2 * kBase_n, 0.05 * kBase_n);
  set_return_share(0.7, 2);  // another set's: it is over
  EXPECT_NEAR(most_of_next_return_n(2), 1.2 * kBase_n, 0.05 * kBase_n);
  set_return_share(1.0, 1);
  EXPECT_NEAR(most_of_next_return_n(3), kBase_n, 0.05 * kBase_n);
  set_return_share(1.5, 1);
  EXPECT_LE(most_of_next_return_n(4), before_n + safety::kSetMargin_n + 0.1);
  EXPECT_EQ(machine.heap_calls, 0U);
  ASSERT_GE(machine.run_until([&] { return machine.count(control::EventKind::kPlanReleased) > 0; }, 120.0), 0.0);
}

/// The load that was commanded while the handle stood or moved, and what the tick told of it.
struct LoadSeen {
  std::vector<float> pulled_n;  ///< In each tick of the load, in order.
  std::vector<float> share;     ///< Of the range, likewise.
  std::size_t lowered = 0;      ///< How many kLoadLowered came.
  std::size_t lowered_at = 0;   ///< Index of the tick of the last one.
};

TEST_F(ShippedSet, ThatIsTooHeavyBecomesLighterSoftlyAtALowPointAndNeverHeavierAgain) {
  plugin_host::ExerciseSlot judge(make("cable-row", SHEAVE_EXT_EXERCISE));
  plugin_host::LoadSlot load(make("constant", SHEAVE_EXT_LOAD_PROFILE));
  const auto run = [&](double one_rm_kg, LoadSeen& seen) {
    control::SetPlan plan;
    plan.id = 1;
    plan.exercise = &judge;
    plan.chain[0] = &load;
    plan.chain_length = 1;
    plan.load_per_axis_n = newton_from_kg(40.0);
    plan.bound = load.bound();
    plan.rom = {Rom{0.15, 0.65}, Rom{}};
    plan.last_reps.speed_mps = 0.42;
    plan.lighten = {
        .rep_bottom = 8, .speed_mps = 0.42, .share_per_rep = 0.035, .step_n = newton_from_kg(0.25), .least_n = newton_from_kg(2.0)};
    machine_ = std::make_unique<VirtualMachine>(
        sim::AthleteSpec{.one_rm_kg = one_rm_kg, .reps = 8, .tempo_concentric_s = 0.45, .day_form = 1.0}, 1);
    machine_->wake();
    machine_->on_tick = [&] {
      if (machine_->state() != MachineState::kActive) return;
      const auto& axis = machine_->last_frame.axes[0];
      seen.pulled_n.push_back(axis.commanded_n - axis.correction_n);
      seen.share.push_back(axis.rom_share);
      const std::size_t lowered = machine_->count(control::EventKind::kLoadLowered);
      if (std::exchange(seen.lowered, lowered) != lowered) seen.lowered_at = seen.pulled_n.size() - 1;
    };
    machine_->send({.kind = control::CommandKind::kArm, .value = 0.0, .plan = &plan});
    ASSERT_GE(machine_->run_until([this] { return machine_->count(control::EventKind::kPlanReleased) > 0; }, 120.0), 0.0);
    EXPECT_EQ(machine_->heap_calls, 0U);
  };
  LoadSeen usual, heavy;
  run(75.0, usual);
  EXPECT_EQ(machine_->count(control::EventKind::kLoadLowered), 0U) << "a set that fits is left alone";
  EXPECT_EQ(machine_->last(control::EventKind::kRep)->rep.index, 8U);

  run(47.0, heavy);
  ASSERT_GT(heavy.lowered, 0U);
  EXPECT_LE(machine_->count(control::EventKind::kLoadLowered), std::size_t{control::kMostLightened});
  EXPECT_GE(machine_->last(control::EventKind::kRep)->rep.index, 6U) << "within two of the range";
  EXPECT_EQ(machine_->last(control::EventKind::kSetEnded)->end, control::SetEndReason::kRacked);
  const double last_n = machine_->last(control::EventKind::kLoadLowered)->value;
  EXPECT_LT(last_n, newton_from_kg(40.0));
  EXPECT_NEAR(last_n / newton_from_kg(0.25), std::round(last_n / newton_from_kg(0.25)), 1e-6);
  EXPECT_LT(heavy.share[heavy.lowered_at], 0.3F) << "it begins at a low point";
  constexpr std::size_t kEased = 1000;  // ticks, after which it has come
  ASSERT_GT(heavy.pulled_n.size(), heavy.lowered_at + 2 * kEased);
  EXPECT_LE(*std::ranges::max_element(heavy.pulled_n), newton_from_kg(40.0) + safety::kSetMargin_n);
  const auto down = std::span(heavy.pulled_n).subspan(heavy.lowered_at);
  for (std::size_t i = 1; i < kEased; ++i) ASSERT_LE(down[i - 1] - down[i], 1.0F) << "no jump, " << i << " ms after";
  EXPECT_NEAR(down[kEased], last_n, safety::kSetMargin_n) << "all of the step has come";
  EXPECT_LE(*std::ranges::max_element(down.subspan(kEased)), last_n + safety::kSetMargin_n) << "and none of it comes back";
}

TEST_F(ShippedSet, OfAnyExerciseAllocatesAndLocksNothing) {
  for (const plugin_host::PluginInfo& plugin : registry_.plugins()) {
    if (plugin.kind != SHEAVE_EXT_EXERCISE) continue;
    SCOPED_TRACE(plugin.id);
    run_set("constant", plugin.id);
    EXPECT_EQ(machine_->heap_calls, 0U);
    EXPECT_EQ(machine_->lock_calls, 0U);
  }
}

TEST_F(ShippedSet, WithAnAllocationPlantedInAPluginIsCaught) {
  run_set("bad-plugin");
  EXPECT_GT(machine_->heap_calls, 0U);
}

}  // namespace
}  // namespace sheave::test
