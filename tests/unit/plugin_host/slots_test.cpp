#include "controller/plugin_host/slots.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <stdexcept>

#include "tests/support/linked_plugin.hpp"
#include "tests/unit/control/scripted_plugins.hpp"

namespace sheave::plugin_host {
namespace {

using test::ScriptedExercise;
using test::ScriptedLoad;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

sheave_rep_candidate_t candidate(std::uint32_t id) {
  sheave_rep_candidate_t c{};
  c.h = {sizeof c, 0, SHEAVE_EVENT_REP_CANDIDATE};
  c.candidate = id;
  return c;
}

class ExerciseSlotTest : public ::testing::Test {
 protected:
  ExerciseSlotTest() : slot_(test::activated<ScriptedExercise>({}, 2)) {
    in_.axis_count = 2;
    in_.axes = axes_;
    in_.rom_share = share_;
    in_.phase = phase_;
    EXPECT_TRUE(slot_.start());
  }
  ~ExerciseSlotTest() override { slot_.stop(); }

  CallResult tick(std::vector<sheave_rep_candidate_t> candidates,
                  std::function<sdk::Tick(const sdk::ExerciseView&, sdk::ExerciseActions&)> script) {
    ScriptedExercise::script = std::move(script);
    return slot_.tick(in_, candidates, base_n_, outcome_);
  }

  sheave_axis_state_t axes_[2]{};
  double share_[2]{};
  std::uint32_t phase_[2]{};
  sheave_exercise_in_t in_{};
  std::array<double, 2> base_n_{100.0, 100.0};
  ExerciseOutcome outcome_;
  ExerciseSlot slot_;
};

TEST_F(ExerciseSlotTest, TakesOneVerdictPerCandidate) {
  const auto result = tick({candidate(1), candidate(2)}, [](const sdk::ExerciseView& in, sdk::ExerciseActions& out) {
    in.for_each_candidate([&](const sheave_rep_candidate_t& c) { out.verdict(c, SHEAVE_VERDICT_COUNTED, SHEAVE_FORM_SWING, 0.25); });
    out.cue(SHEAVE_CUE_STEADY_TORSO);
    out.end_set();
    return sdk::Tick::kRun;
  });
  ASSERT_EQ(result, CallResult::kOk);
  ASSERT_EQ(outcome_.verdict_count, 2u);
  EXPECT_EQ(outcome_.verdicts[1].candidate, 2u);
  EXPECT_EQ(outcome_.verdicts[1].form, SHEAVE_FORM_SWING);
  EXPECT_EQ(outcome_.cue, SHEAVE_CUE_STEADY_TORSO);
  EXPECT_TRUE(outcome_.end_set);
  EXPECT_EQ(slot_.open_candidates(), 0u);
}

TEST_F(ExerciseSlotTest, AVerdictMayComeInALaterTick) {
  ASSERT_EQ(tick({candidate(1)}, [](auto&, auto&) { return sdk::Tick::kRun; }), CallResult::kOk);
  EXPECT_EQ(slot_.open_candidates(), 1u);
  ASSERT_EQ(tick({}, [](auto&, auto& out) { return out.verdict(candidate(1), SHEAVE_VERDICT_PARTIAL), sdk::Tick::kRun; }), CallResult::kOk);
  EXPECT_EQ(outcome_.verdict_count, 1u);
  EXPECT_EQ(slot_.open_candidates(), 0u);
}

TEST_F(ExerciseSlotTest, ASecondVerdictOnTheSameCandidateIsAnError) {
  const auto result = tick({candidate(1)}, [](auto&, auto& out) {
    out.verdict(candidate(1), SHEAVE_VERDICT_COUNTED);
    out.verdict(candidate(1), SHEAVE_VERDICT_COUNTED);
    return sdk::Tick::kRun;
  });
  EXPECT_EQ(result, CallResult::kError);
  EXPECT_EQ(outcome_.verdict_count, 0u);
}

TEST_F(ExerciseSlotTest, AVerdictOnACandidateThatWasNeverGivenIsAnError) {
  EXPECT_EQ(tick({candidate(1)}, [](auto&, auto& out) { return out.verdict(candidate(7), SHEAVE_VERDICT_COUNTED), sdk::Tick::kRun; }),
            CallResult::kError);
}

TEST_F(ExerciseSlotTest, AnUnknownVerdictIsAnError) {
  EXPECT_EQ(
      tick({candidate(1)}, [](auto&, auto& out) { return out.verdict(candidate(1), static_cast<sheave_verdict_t>(9)), sdk::Tick::kRun; }),
      CallResult::kError);
}

TEST_F(ExerciseSlotTest, StartForgetsOpenCandidates) {
  ASSERT_EQ(tick({candidate(1)}, [](auto&, auto&) { return sdk::Tick::kRun; }), CallResult::kOk);
  slot_.stop();
  ASSERT_TRUE(slot_.start());
  EXPECT_EQ(slot_.open_candidates(), 0u);
}

TEST_F(ExerciseSlotTest, CandidatesThatAreNeverAnsweredEndInAnErrorNotInAnOverflow) {
  CallResult result = CallResult::kOk;
  for (std::uint32_t id = 1; id <= kMaxTickEvents + 1; ++id) result = tick({candidate(id)}, [](auto&, auto&) { return sdk::Tick::kRun; });
  EXPECT_EQ(result, CallResult::kError);
}

TEST_F(ExerciseSlotTest, TheBaseLoadCanBeLoweredAndNeverRaised) {
  ASSERT_EQ(tick({}, [](auto&, auto& out) { return out.lower_base_load(1, 40.0), sdk::Tick::kRun; }), CallResult::kOk);
  EXPECT_EQ(base_n_, (std::array<double, 2>{100.0, 40.0}));
}

TEST_F(ExerciseSlotTest, ANegativeBaseLoadIsNone) {
  ASSERT_EQ(tick({}, [](auto&, auto& out) { return out.lower_base_load(0, -5.0), sdk::Tick::kRun; }), CallResult::kOk);
  EXPECT_EQ(base_n_[0], 0.0);
}

TEST_F(ExerciseSlotTest, AHoldThatIsNoNumberIsNotFinite) {
  EXPECT_EQ(
      tick({candidate(1)}, [](auto&, auto& out) { return out.verdict(candidate(1), SHEAVE_VERDICT_COUNTED, 0, kNaN), sdk::Tick::kRun; }),
      CallResult::kNotFinite);
}

TEST_F(ExerciseSlotTest, AnErrorLeavesTheLoadAlone) {
  EXPECT_EQ(tick({}, [](auto&, auto& out) { return out.lower_base_load(0, 1.0), sdk::Tick::kError; }), CallResult::kError);
  EXPECT_EQ(base_n_[0], 100.0);
}

TEST_F(ExerciseSlotTest, AnExceptionIsAnErrorAndGoesNoFurther) {
  EXPECT_EQ(tick({}, [](auto&, auto&) -> sdk::Tick { throw std::runtime_error("no"); }), CallResult::kError);
}

/// A plugin of one extension and nothing else, past the SDK, which would not let it misbehave.
sheave_plugin_t raw_plugin(const void* (*get_extension)(const sheave_plugin_t*, const char*)) {
  return {nullptr,
          nullptr,
          nullptr,
          [](const sheave_plugin_t*) {},
          nullptr,
          nullptr,
          [](const sheave_plugin_t*) { return true; },
          [](const sheave_plugin_t*) {},
          get_extension};
}

TEST(ExerciseSlotRaw, APluginThatRaisesTheBaseLoadIsHeldToTheSetsLoad) {
  static constexpr sheave_exercise_t kRaise{[](const sheave_plugin_t*, const sheave_exercise_in_t*, sheave_exercise_out_t* out) {
    return out->base_load_n[0] *= 2.0, SHEAVE_TICK_RUN;
  }};
  const sheave_plugin_t plugin = raw_plugin([](const sheave_plugin_t*, const char*) -> const void* { return &kRaise; });
  ExerciseSlot slot(std::make_unique<Instance>(&plugin, nullptr));
  ASSERT_TRUE(slot.start());
  sheave_exercise_in_t in{};
  in.axis_count = 1;
  std::array<double, 1> base_n{100.0};
  ExerciseOutcome outcome;
  EXPECT_EQ(slot.tick(in, {}, base_n, outcome), CallResult::kOk);
  EXPECT_EQ(base_n[0], 100.0);
}

TEST(LoadSlotRaw, ATensionThatIsNoNumberIsRefusedAndNothingIsWritten) {
  static constexpr sheave_load_profile_t kDivide{[](const sheave_plugin_t*, const sheave_load_in_t* in, sheave_load_out_t* out) {
    return out->tension_n[0] = in->previous_tension_n[0] / 0.0, SHEAVE_TICK_RUN;
  }};
  const sheave_plugin_t plugin = raw_plugin([](const sheave_plugin_t*, const char*) -> const void* { return &kDivide; });
  LoadSlot slot(std::make_unique<Instance>(&plugin, nullptr));
  ASSERT_TRUE(slot.start());
  for (const double previous_n : {0.0, 1.0, -1.0}) {  // not a number, and both infinities
    sheave_load_in_t in{};
    in.axis_count = 1;
    in.previous_tension_n = &previous_n;
    std::array<double, 1> tension_n{7.0};
    EXPECT_EQ(slot.tick(in, tension_n), CallResult::kNotFinite);
    EXPECT_EQ(tension_n[0], 7.0);
  }
}

class LoadSlotTest : public ::testing::Test {
 protected:
  LoadSlotTest() : slot_(test::activated<ScriptedLoad>()) {
    in_.axis_count = 1;
    in_.axes = &axis_;
    in_.base_load_n = in_.previous_tension_n = &previous_n_;
    in_.rom_share = &share_;
    in_.phase = &phase_;
    EXPECT_TRUE(slot_.start());
  }
  ~LoadSlotTest() override { slot_.stop(); }
  CallResult tick(std::function<sdk::Tick(const sdk::LoadView&, std::span<double>)> script) {
    ScriptedLoad::script = std::move(script);
    return slot_.tick(in_, tension_n_, own_mass_);
  }

  sheave_axis_state_t axis_{};
  double previous_n_ = 80.0, share_ = 0.5;
  std::uint32_t phase_ = SHEAVE_PHASE_CONCENTRIC;
  sheave_load_in_t in_{};
  std::array<double, 1> tension_n_{-1.0}, own_mass_{};
  LoadSlot slot_;
};

TEST_F(LoadSlotTest, HandsOnWhatThePluginAsksFor) {
  ASSERT_EQ(tick([](const sdk::LoadView& in, std::span<double> t) { return t[0] = 1.5 * in.previous_tension_n(0), sdk::Tick::kRun; }),
            CallResult::kOk);
  EXPECT_EQ(tension_n_[0], 120.0);
}

TEST_F(LoadSlotTest, ALiveParameterIsInForceFromTheNextTickOn) {
  const auto pass = [](auto&, auto) { return sdk::Tick::kRun; };
  EXPECT_TRUE(slot_.set_param(1, 0.5));
  EXPECT_TRUE(slot_.set_param(2, 0.5));
  ASSERT_EQ(tick(pass), CallResult::kOk);
  EXPECT_EQ(ScriptedLoad::gain_seen, 0.5);
  EXPECT_EQ(ScriptedLoad::fixed_seen, 1.0);  // it is not declared live
  EXPECT_TRUE(slot_.set_param(1, 7.0));      // past its range
  EXPECT_TRUE(slot_.set_param(9, 0.1));      // nobody's
  ASSERT_EQ(tick(pass), CallResult::kOk);
  EXPECT_EQ(ScriptedLoad::gain_seen, 0.5);
}

TEST_F(LoadSlotTest, MoreParametersThanATickHoldsAreRefusedUntilTheNext) {
  for (std::size_t i = 0; i < kMaxTickEvents; ++i) EXPECT_TRUE(slot_.set_param(1, 0.5));
  EXPECT_FALSE(slot_.set_param(1, 0.7));
  ASSERT_EQ(tick([](auto&, auto) { return sdk::Tick::kRun; }), CallResult::kOk);
  EXPECT_TRUE(slot_.set_param(1, 0.7));
}

TEST_F(LoadSlotTest, TheMostThatAnyLinkNeedsOfTheMachinesMassStands) {
  const auto need = [](double share) {
    return [share](const sdk::LoadView& in, std::span<double>) { return in.need_own_mass(0, share), sdk::Tick::kRun; };
  };
  ASSERT_EQ(tick(need(0.6)), CallResult::kOk);
  ASSERT_EQ(tick(need(0.2)), CallResult::kOk);
  EXPECT_EQ(own_mass_[0], 0.6);
  ASSERT_EQ(tick(need(7.0)), CallResult::kOk);
  EXPECT_EQ(own_mass_[0], 1.0);
  own_mass_ = {};
  ASSERT_EQ(tick(need(-7.0)), CallResult::kOk);
  EXPECT_EQ(own_mass_[0], 0.0);
  EXPECT_EQ(tick(need(std::nan(""))), CallResult::kNotFinite);
}

TEST_F(LoadSlotTest, WhatIsNotWrittenPassesThrough) {
  ASSERT_EQ(tick([](auto&, auto) { return sdk::Tick::kRun; }), CallResult::kOk);
  EXPECT_EQ(tension_n_[0], 80.0);
}

TEST_F(LoadSlotTest, TheSdkTurnsATensionThatIsNoNumberIntoAnError) {
  for (const double bad : {kNaN, HUGE_VAL, -HUGE_VAL}) {
    EXPECT_EQ(tick([bad](auto&, std::span<double> t) { return t[0] = bad, sdk::Tick::kRun; }), CallResult::kError);
  }
}

TEST_F(LoadSlotTest, TheBoundIsWhatTheProfileSaysAndAnOverloadWhereItSaysNothingSound) {
  ScriptedLoad::says = sdk::LoadBound{.factor = 1.2, .added_n = 30.0};
  EXPECT_DOUBLE_EQ(slot_.bound().most_n(100.0), 150.0);
  const double huge = std::numeric_limits<double>::infinity();
  for (const sdk::LoadBound& nonsense : {sdk::LoadBound{-1.0, 0.0}, {1.0, -1.0}, {kNaN, 0.0}, {1.0, huge}}) {
    ScriptedLoad::says = nonsense;
    EXPECT_DOUBLE_EQ(slot_.bound().most_n(100.0), 150.0);
  }
  ScriptedLoad::says.reset();
  EXPECT_DOUBLE_EQ(slot_.bound().most_n(100.0), 150.0);
}

TEST(LoadBound, OfAChainIsOneBehindTheOther) {
  const LoadBound band{.factor = 1.0, .added_n = 40.0}, overload{.factor = 1.5, .added_n = 0.0};
  EXPECT_DOUBLE_EQ(band.then(overload).most_n(100.0), 210.0);
  EXPECT_DOUBLE_EQ(overload.then(band).most_n(100.0), 190.0);
}

TEST_F(LoadSlotTest, ANegativeTensionIsNone) {
  ASSERT_EQ(tick([](auto&, std::span<double> t) { return t[0] = -3.0, sdk::Tick::kRun; }), CallResult::kOk);
  EXPECT_EQ(tension_n_[0], 0.0);
}

TEST_F(LoadSlotTest, AnExceptionIsAnError) {
  EXPECT_EQ(tick([](auto&, auto) -> sdk::Tick { throw 1; }), CallResult::kError);
}

}  // namespace
}  // namespace sheave::plugin_host
