// Every program of the catalog counts its own exercise and nothing of the movement that looks like it.

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

#include "controller/control/replay.hpp"
#include "controller/plugin_host/instance.hpp"
#include "controller/plugin_host/registry.hpp"
#include "controller/plugin_host/slots.hpp"
#include "controller/session/program.hpp"
#include "tests/support/paths.hpp"
#include "tests/unit/control/movement.hpp"

namespace sheave::plugin_host {
namespace {

using control::test::Movement;

constexpr double kLow_m = 0.3;

/// One rep: out, held, back.
struct Shape {
  double rom_m, out_s, back_s, hold_s = 0.0;
  bool thrown = false;  ///< Most of the way at once, the rest slowly.

  void draw(Movement& m) const {
    if (thrown) {
      m.to(kLow_m + 0.82 * rom_m, 0.75 * rom_m).to(kLow_m + rom_m, 1.25 * rom_m).hold(hold_s).to(kLow_m, back_s);
    } else {
      m.rep(rom_m, out_s, back_s, hold_s);
    }
    m.hold(0.3);
  }
};

struct LookAlike {
  std::string_view exercise;
  Shape own;
  const char* other_name;
  Shape other;
};

constexpr Shape kDeadlift{0.65, 1.2, 1.6}, kShrug{0.10, 0.5, 0.6}, kRow{0.5, 0.9, 1.5};
constexpr Shape kHighPull{0.6, 0.65, 1.2};
constexpr LookAlike kTable[] = {
    {"Deadlift", kDeadlift, "a rack pull", {0.32, 0.8, 1.0}},
    {"Romanian deadlift", {0.5, 1.2, 2.2}, "a deadlift", {0.68, 1.2, 2.2}},
    {"Rack pull", {0.36, 0.8, 1.2}, "a deadlift", kDeadlift},
    {"Bent-over row", {0.45, 0.9, 1.4}, "a deadlift", kDeadlift},
    {"Single-arm row", kRow, "a shrug", kShrug},
    {"Cable row", kRow, "a shrug with straight arms", kShrug},
    {"Chest-supported row", {0.45, 0.9, 1.4}, "a row thrown off the bench", {0.45, 0, 1.4, 0, true}},
    {"Seal row", {0.4, 0.9, 1.3}, "a row thrown with the legs", {0.4, 0, 1.3, 0, true}},
    {"Meadows row", kRow, "a shrug", kShrug},
    {"T-bar row", {0.42, 0.9, 1.4}, "a deadlift", kDeadlift},
    {"Upright row", {0.45, 1.0, 1.5}, "a pull past the shoulders", {0.6, 1.0, 1.5}},
    {"Face pull", {0.4, 0.9, 1.5, 0.7}, "a row at eye level", {0.4, 0.9, 1.5}},
    {"Rear lateral raise", {0.5, 1.0, 1.5, 0.4}, "a swing", {0.5, 0, 1.0, 0, true}},
    {"High pull", kHighPull, "a deadlift", {0.6, 1.6, 1.6}},
    {"Muscle snatch pull", kHighPull, "a deadlift", {0.6, 1.6, 1.6}},
    {"Hang snatch pull", kHighPull, "a deadlift", {0.6, 1.6, 1.6}},
    {"Muscle clean pull", kHighPull, "a deadlift", {0.6, 1.6, 1.6}},
    {"Hang clean pull", kHighPull, "a deadlift", {0.6, 1.6, 1.6}},
};

std::uint32_t counted(Registry& registry, const session::Program& program, const Movement& movement) {
  auto instance = registry.create(program.exercise.id, SHEAVE_EXT_EXERCISE, program.exercise.params, {1, kNsPerMs, 1000.0, 500.0, 2.5});
  EXPECT_TRUE(instance.ok()) << instance.status().message;
  if (!instance.ok()) return 0;
  ExerciseSlot slot(*std::move(instance));
  control::ReplayOptions options;
  options.exercise = &slot;
  options.min_rom_m = program.min_rom_m;
  const auto result = control::replay(recorded(movement, {.noise_m = 0.0002}), options);
  EXPECT_TRUE(result.ok()) << result.status().message;
  return result.ok() ? result->counted : 0;
}

// The own reps come first: they are what the range is taken from, as the calibration's pulls are.
TEST(LookAlikes, EveryProgramCountsItsExerciseAndNothingOfWhatLooksLikeIt) {
  constexpr int kOwn = 8, kOther = 3;
  Registry registry;
  registry.scan({SHEAVE_PLUGIN_DIR});
  const session::Catalog catalog = session::load_catalog(SHEAVE_SOURCE_DIR "/plugins/catalog");
  ASSERT_FALSE(catalog.programs.empty());
  for (const session::Program& program : catalog.programs) {
    if (program.prescription.open()) continue;  // "just pull" counts whatever goes out and comes back: nothing looks like it
    SCOPED_TRACE(program.id);
    const auto* row = std::ranges::find(kTable, program.exercise_name, &LookAlike::exercise);
    ASSERT_NE(row, std::end(kTable)) << "add its look-alike to the table";
    Movement movement(kLow_m);
    movement.hold(0.5);
    for (int i = 0; i < kOwn; ++i) row->own.draw(movement);
    EXPECT_EQ(counted(registry, program, movement), static_cast<std::uint32_t>(kOwn)) << "its own";
    for (int i = 0; i < kOther; ++i) row->other.draw(movement);
    EXPECT_EQ(counted(registry, program, movement), static_cast<std::uint32_t>(kOwn)) << row->other_name << " was counted";
  }
}

}  // namespace
}  // namespace sheave::plugin_host
