// What a program will feel like: the shipped plugins over a drawn movement and over supposed results.

#include "controller/session/preview.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "controller/plugin_host/registry.hpp"
#include "controller/session/preview_loads.hpp"
#include "tests/support/paths.hpp"
#include "tests/unit/session/session_bench.hpp"

namespace sheave::session::test {
namespace {

using ::testing::HasSubstr;

class PreviewTest : public ::testing::Test {
 protected:
  PreviewTest() { registry.scan({SHEAVE_PLUGIN_DIR}); }

  Result<Preview> preview(std::optional<double> load_kg = 20.0) {
    hal::StackInfo stack;
    stack.peak_force_n = 1000.0;
    stack.drive_velocity_limit = true;
    return make_preview(program, {machine, stack.peak_force_n, safety::make_envelope_config(machine, stack), load_kg}, plugins);
  }

  plugin_host::Registry registry;
  Machine machine;
  RegistryPlugins plugins{registry, kNsPerMs};
  Program program = test_program();
};

double kg(double force_n) { return kg_from_newton(force_n); }

TEST_F(PreviewTest, AConstantLoadIsTheSetWeightAtEveryPlaceBothWays) {
  const auto p = preview();
  ASSERT_TRUE(p.ok()) << p.status().message;
  ASSERT_EQ(p->links.size(), 1U);
  for (const ForceCurve* curve : {&p->links[0], &p->felt, &p->felt_last}) {
    for (std::size_t i = 0; i < kPreviewPlaces; ++i) {
      EXPECT_NEAR(kg(curve->pull_n[i]), 20.0, 1e-6) << i;
      EXPECT_NEAR(kg(curve->return_n[i]), 20.0, 1e-6) << i;
    }
  }
}

TEST_F(PreviewTest, EveryLinkBuildsOnTheOneBeforeIt) {
  program.load_chain = {{"constant", {}}, {"chains", {{"amount_share", 0.3}}}, {"eccentric", {{"return_share", 1.25}}}};
  const auto p = preview(40.0);
  ASSERT_TRUE(p.ok()) << p.status().message;
  ASSERT_EQ(p->links.size(), 3U);
  const std::size_t half = kPreviewPlaces / 2, end = kPreviewPlaces - 1;
  EXPECT_NEAR(kg(p->links[0].pull_n[end]), 40.0, 0.01);
  EXPECT_NEAR(kg(p->links[1].pull_n[0]), 40.0, 0.1);
  EXPECT_NEAR(kg(p->links[1].pull_n[half]), 46.0, 0.3);
  EXPECT_NEAR(kg(p->links[1].pull_n[end]), 52.0, 0.3);
  EXPECT_NEAR(kg(p->links[2].pull_n[half]), 46.0, 0.3);           // nothing is added on the way out
  EXPECT_NEAR(kg(p->links[2].return_n[half]), 1.25 * 46.0, 0.5);  // and all of it half way back
  EXPECT_NEAR(kg(p->links[2].return_n[0]), 40.0, 0.3);            // and none at the bottom
  EXPECT_NEAR(p->felt.return_n[half], p->links[2].return_n[half], 1.0);
}

TEST_F(PreviewTest, WhatIsFeltStaysInsideTheMachine) {
  program.load_chain = {{"constant", {}}, {"chains", {{"amount_share", 1.0}}}};
  const auto p = preview(90.0);
  ASSERT_TRUE(p.ok()) << p.status().message;
  EXPECT_GT(p->links[1].pull_n.back(), 1700.0);
  EXPECT_LE(*std::ranges::max_element(p->felt.pull_n), 1000.0);
}

TEST_F(PreviewTest, TwoCablesCarryTheSameTotal) {
  machine.cable_count = 2;
  const auto p = preview();
  ASSERT_TRUE(p.ok()) << p.status().message;
  EXPECT_NEAR(kg(p->felt.pull_n[25]), 20.0, 1e-6);
}

TEST_F(PreviewTest, BurnoutLightensTheLastRepOnly) {
  program.load_chain = {{"constant", {}}, {"burnout", {{"start_loss", 0.1}}}};
  const auto p = preview();
  ASSERT_TRUE(p.ok()) << p.status().message;
  EXPECT_NEAR(kg(p->felt.pull_n[40]), 20.0, 0.1);
  EXPECT_LT(kg(p->felt_last.pull_n[40]), 19.0);
}

TEST_F(PreviewTest, EveryShippedProfileGivesForcesAtEveryPlace) {
  for (const auto& plugin : registry.plugins()) {
    if (plugin.kind != SHEAVE_EXT_LOAD_PROFILE || plugin.id.starts_with("bad-")) continue;
    program.load_chain = {{"constant", {}}, {plugin.id, {}}};
    const auto p = preview();
    ASSERT_TRUE(p.ok()) << plugin.id << p.status().message;
    for (std::size_t i = 0; i < kPreviewPlaces; ++i) {
      EXPECT_GT(p->links[1].pull_n[i], 0.0) << plugin.id << " " << i;
      EXPECT_GT(p->links[1].return_n[i], 0.0) << plugin.id << " " << i;
    }
  }
}

TEST_F(PreviewTest, TheWeightMovesBetweenAllAtTheTopAndAllBelow) {
  const auto p = preview(40.0);
  ASSERT_TRUE(p.ok()) << p.status().message;
  ASSERT_FALSE(p->highest.empty());
  EXPECT_EQ(p->highest.front().load_kg, 40.0);
  EXPECT_EQ(p->highest.front().reps, 8U);
  EXPECT_EQ(p->lowest.front().reps, 5U);
  EXPECT_EQ(p->highest.back().visit, kPreviewVisits);
  EXPECT_GT(p->highest.back().load_kg, p->highest.front().load_kg);
  EXPECT_LT(p->lowest.back().load_kg, p->lowest.front().load_kg);
  EXPECT_EQ(std::ranges::count(p->highest, 1U, &PreviewSet::visit), 3);
  for (std::size_t i = 1; i < 3; ++i) {
    const PreviewSet& before = p->highest[i - 1];
    EXPECT_NEAR(p->highest[i].start_s, before.start_s + before.duration_s + 60.0, 1e-9);
    EXPECT_EQ(p->highest[i].reason, "TOP_OF_RANGE_REACHED");
  }
}

TEST_F(PreviewTest, WithoutAWeightItBeginsAsWithSomebodyUnknown) {
  const auto p = preview(std::nullopt);
  ASSERT_TRUE(p.ok()) << p.status().message;
  EXPECT_EQ(p->load_kg, 10.0);
  EXPECT_EQ(p->highest.front().kind, SetKind::kProbe);
  EXPECT_EQ(p->highest.front().load_kg, 10.0);
}

TEST_F(PreviewTest, OpenSetsHaveForcesAndNoLoadsToCome) {
  program.progression = {};
  program.prescription = {};
  program.prescription.sets = 0;
  const auto p = preview();
  ASSERT_TRUE(p.ok()) << p.status().message;
  EXPECT_NEAR(kg(p->felt.pull_n[25]), 20.0, 1e-6);
  EXPECT_TRUE(p->highest.empty());
  EXPECT_TRUE(p->lowest.empty());
}

TEST_F(PreviewTest, ASlowTempoIsDrawnForAMinuteAtMost) {
  program.prescription.tempo_concentric_s = 30.0;
  program.prescription.tempo_eccentric_s = 30.0;
  const auto p = preview();
  ASSERT_TRUE(p.ok()) << p.status().message;
  EXPECT_EQ(p->movement.reps, 1U);
}

TEST_F(PreviewTest, WhatCannotRunIsRefusedByName) {
  program.load_chain.push_back({"rubber", {}});
  EXPECT_EQ(preview().status().reason, "PLUGIN_UNKNOWN");
  EXPECT_THAT(preview().status().message, HasSubstr("rubber"));
  program.load_chain.pop_back();
  EXPECT_EQ(preview(500.0).status().reason, "LOAD_ABOVE_LIMIT");
}

}  // namespace
}  // namespace sheave::session::test
