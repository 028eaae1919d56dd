// The exercises as the machine has them: loaded from their files, ticked through the slot, over drawn movements.

#include <gtest/gtest.h>

#include <algorithm>

#include "controller/control/replay.hpp"
#include "controller/plugin_host/instance.hpp"
#include "controller/plugin_host/registry.hpp"
#include "controller/plugin_host/slots.hpp"
#include "tests/support/paths.hpp"
#include "tests/unit/control/movement.hpp"

namespace sheave::plugin_host {
namespace {

using control::ReplayResult;
using control::test::Movement;

constexpr double kLow_m = 0.3;

class Exercises : public testing::Test {
 protected:
  void SetUp() override { registry_.scan({SHEAVE_PLUGIN_DIR}); }

  ReplayResult judged(const char* id, const Movement& movement, const ParamValues& values = {}) {
    const ActivationContext context{1, kNsPerMs, 1000.0, 500.0, 2.5};
    auto instance = registry_.create(id, SHEAVE_EXT_EXERCISE, values, context);
    EXPECT_TRUE(instance) << instance.status().message;
    ExerciseSlot slot(*std::move(instance));
    control::ReplayOptions options;
    options.exercise = &slot;
    auto result = control::replay(recorded(movement, {.noise_m = 0.0002}), options);
    EXPECT_TRUE(result) << result.status().message;
    return *result;
  }

  static std::size_t times(const ReplayResult& result, std::uint32_t cue) {
    return static_cast<std::size_t>(std::ranges::count(result.cues, cue, &control::ReplayCue::cue));
  }

  Registry registry_;
};

Movement rows(int reps) {
  Movement m(kLow_m);
  m.hold(0.5);
  for (int i = 0; i < reps; ++i) m.rep(0.55, 1.0, 1.6).hold(0.3);
  return m;
}

Movement face_pulls(int reps, double hold_s) {
  Movement m(kLow_m);
  m.hold(0.5);
  for (int i = 0; i < reps; ++i) m.rep(0.4, 1.0, 1.6, hold_s).hold(0.3);
  return m;
}

TEST_F(Exercises, CableRowCountsFullPulls) {
  const ReplayResult result = judged("cable-row", rows(6));
  EXPECT_EQ(result.counted, 6u);
  EXPECT_TRUE(result.cues.empty());
  for (const Rep& rep : result.reps) EXPECT_EQ(rep.form, 0u);
}

TEST_F(Exercises, CableRowTakesAShortPullForPartialAndSaysSo) {
  Movement m = rows(4);
  m.rep(0.38, 0.8, 1.4).hold(0.3).rep(0.5, 1.0, 1.4).hold(0.3);  // 69 % and 91 % of the range
  const ReplayResult result = judged("cable-row", m);
  EXPECT_EQ(result.counted, 5u);
  ASSERT_EQ(result.partial, 1u);
  EXPECT_EQ(result.reps[4].form, SHEAVE_FORM_SHORT_ROM);
  EXPECT_EQ(times(result, SHEAVE_CUE_PULL_FURTHER), 1u);
  EXPECT_EQ(judged("cable-row", m, {{"min_rom_share", 0.6}}).counted, 6u);
}

TEST_F(Exercises, CableRowSeesASwingButNotATiredEnd) {
  Movement thrown = rows(2);
  thrown.to(kLow_m + 0.45, 0.4).to(kLow_m + 0.55, 0.7).to(kLow_m, 1.6).hold(0.3);
  const ReplayResult swung = judged("cable-row", thrown);
  EXPECT_EQ(swung.counted, 3u);
  EXPECT_EQ(swung.reps[2].form, SHEAVE_FORM_SWING);
  EXPECT_EQ(times(swung, SHEAVE_CUE_STEADY_TORSO), 1u);

  Movement tired = rows(2);
  tired.to(kLow_m + 0.45, 2.0).to(kLow_m + 0.55, 2.5).to(kLow_m, 1.6).hold(0.3);
  EXPECT_EQ(judged("cable-row", tired).reps[2].form, 0u);
}

TEST_F(Exercises, OneCueAtATimeTheGravestFirst) {
  Movement m = rows(3);
  m.rep(0.36, 0.6, 0.4).hold(0.3);  // short, and let go
  const ReplayResult result = judged("cable-row", m);
  EXPECT_EQ(result.reps[3].form, SHEAVE_FORM_SHORT_ROM | SHEAVE_FORM_TOO_FAST_RETURN);
  ASSERT_EQ(result.cues.size(), 1u);
  EXPECT_EQ(result.cues[0].cue, SHEAVE_CUE_PULL_FURTHER);
  Movement fast = rows(3);
  fast.rep(0.55, 0.9, 0.45).hold(0.3);
  EXPECT_EQ(times(judged("cable-row", fast), SHEAVE_CUE_SLOW_RETURN), 1u);
}

TEST_F(Exercises, FacePullCountsWhatIsHeld) {
  const ReplayResult result = judged("face-pull", face_pulls(5, 0.7));
  EXPECT_EQ(result.counted, 5u);
  for (const Rep& rep : result.reps) EXPECT_NEAR(rep.peak_hold_s, 0.85, 0.25);
}

TEST_F(Exercises, FacePullWithoutTheHoldCountsNothing) {
  for (const double hold_s : {0.0, 0.1}) {
    const ReplayResult result = judged("face-pull", face_pulls(5, hold_s));
    EXPECT_EQ(result.counted, 0u);
    EXPECT_EQ(result.rejected, 5u);
    for (const Rep& rep : result.reps) EXPECT_NE(rep.form & SHEAVE_FORM_NO_HOLD, 0u);
    EXPECT_EQ(times(result, SHEAVE_CUE_HOLD), 5u);
  }
}

TEST_F(Exercises, ACableRowIsNoFacePull) {
  EXPECT_EQ(judged("face-pull", rows(6)).counted, 0u);
  // Nor is one that is held: nobody's arms are that long.
  Movement m(kLow_m);
  m.hold(0.5);
  for (int i = 0; i < 4; ++i) m.rep(0.85, 1.2, 1.8, 1.0).hold(0.3);
  const ReplayResult held = judged("face-pull", m);
  EXPECT_EQ(held.counted, 0u);
  EXPECT_EQ(held.reps[0].form, SHEAVE_FORM_TOO_LONG);
}

TEST_F(Exercises, TheHoldIsAParameter) {
  EXPECT_EQ(judged("face-pull", face_pulls(4, 0.7), {{"hold_s", 2.0}}).counted, 0u);
  EXPECT_EQ(judged("face-pull", face_pulls(4, 2.0), {{"hold_s", 2.0}}).counted, 4u);
}

TEST_F(Exercises, AHoldHalfWayIsNoHoldAtThePeak) {
  Movement m = face_pulls(3, 0.8);
  m.to(kLow_m + 0.25, 0.8).hold(1.5).to(kLow_m + 0.4, 0.6).to(kLow_m, 1.4).hold(0.3);
  const ReplayResult result = judged("face-pull", m);
  EXPECT_EQ(result.counted, 3u);
  EXPECT_EQ(result.reps[3].form, SHEAVE_FORM_NO_HOLD);
}

TEST_F(Exercises, FacePullCuesEachPullApartAndHighElbowsAtFirst) {
  const ReplayResult result = judged("face-pull", face_pulls(5, 0.7));
  EXPECT_EQ(times(result, SHEAVE_CUE_PULL_APART), 5u);
  EXPECT_EQ(times(result, SHEAVE_CUE_ELBOWS_HIGH), 2u);
}

TEST_F(Exercises, AShortFacePullIsPartial) {
  Movement m = face_pulls(4, 0.7);
  m.rep(0.26, 0.8, 1.4, 0.8).hold(0.3);
  const ReplayResult result = judged("face-pull", m);
  EXPECT_EQ(result.counted, 4u);
  EXPECT_EQ(result.partial, 1u);
}

TEST_F(Exercises, ARunForgetsTheOneBefore) {
  const ActivationContext context{1, kNsPerMs, 1000.0, 500.0, 2.5};
  auto instance = registry_.create("face-pull", SHEAVE_EXT_EXERCISE, {}, context);
  ASSERT_TRUE(instance);
  ExerciseSlot slot(*std::move(instance));
  control::ReplayOptions options;
  options.exercise = &slot;
  const control::Recording recording = recorded(face_pulls(3, 0.7), {.noise_m = 0.0002});
  const auto first = control::replay(recording, options), second = control::replay(recording, options);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->counted, 3u);
  EXPECT_EQ(first->cues.size(), second->cues.size());
}

}  // namespace
}  // namespace sheave::plugin_host
