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
