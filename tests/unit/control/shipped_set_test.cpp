// The shipped cycle with the shipped plugins, loaded as the machine loads them, through a whole set: nothing of it touches the heap or a
// lock. And a plugin that does is caught at it, so that the silence of the others means something.

#include <gtest/gtest.h>

#include <memory>
#include <string>

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
