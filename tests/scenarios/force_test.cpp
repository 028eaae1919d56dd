// The force in the hand: every load profile inside the published limit, and the self-test that makes it so.

#include <algorithm>
#include <cmath>

#include "tests/scenarios/gym.hpp"
#include "tests/support/force_table.hpp"

namespace sheave::test {
namespace {

class ForceTable : public ::testing::TestWithParam<ForceCase> {};

TEST_P(ForceTable, TheHandFeelsTheIntendedCurve) {
  const ForceFigures figures = measure_force(gym(), GetParam(), true);
  ASSERT_EQ(figures.error, "");
  EXPECT_GT(figures.moving_s, 1.0);
  EXPECT_LE(figures.rms_n, figures.limit_n) << "with the machine's inertia";
  EXPECT_LE(figures.rms_without_mass_n, figures.limit_n);
}

std::string case_name(const ::testing::TestParamInfo<ForceCase>& info) {
  std::string name = info.param.profile + "_" + std::to_string(std::lround(info.param.load_kg)) + "kg";
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Profiles, ForceTable, ::testing::ValuesIn(force_cases()), case_name);

TEST(ForceAccuracy, TheFeedForwardIsWhatBringsIt) {
  const ForceCase what{"constant", 40.0, {}, false};
  const ForceFigures off = measure_force(gym(), what, false);
  EXPECT_EQ(off.error, "");
  EXPECT_GT(off.rms_n, 3.0 * off.limit_n);
  EXPECT_GT(off.mass_felt_kg, 7.0);
}

TEST(SelfTest, FindsWhatTheMachineIs) {
  const sim::ScenarioConfig config = gym();
  sim::Scenario scenario(config);
  const auto record = scenario.self_test();
  ASSERT_TRUE(record) << record.status().message;
  const session::CableTest& found = record->cables.at(0);
  EXPECT_NEAR(found.drag.friction_n, config.cable.friction_n, 1.0);
  EXPECT_NEAR(found.drag.viscous_nspm, config.cable.viscous_nspm, 3.0);
  EXPECT_NEAR(found.drag.moving_mass_kg, config.cable.drum_mass_kg + config.cable.handle_mass_kg, 0.8);
  EXPECT_LE(std::abs(found.bias_percent), 0.5);
  EXPECT_LE(found.cv_percent, 0.5);
  expect_in_order(scenario);
}

TEST(SelfTest, TheNextSetUsesItAlsoInALaterRunOfTheController) {
  session::MemoryJournal journal;
  sim::ScenarioConfig config = gym("reps=5");
  config.journal = &journal;
  {
    sim::Scenario scenario(config);
    ASSERT_TRUE(scenario.self_test());
  }
  sim::Scenario scenario(config);
  ASSERT_TRUE(scenario.manager().last_self_test());
  session::CreateSession create;
  create.program_id = "cable-row";
  create.load_total_kg = 30.0;
  create.sets = 1;
  ASSERT_TRUE(scenario.start(create).ok());
  ASSERT_TRUE(scenario.run_session());
  ASSERT_EQ(scenario.truths().size(), 1U);
  EXPECT_NEAR(kg_from_newton(scenario.truths()[0].mean_pull_hand_n), 30.0, 0.5);
  EXPECT_NEAR(kg_from_newton(scenario.truths()[0].mean_return_hand_n), 30.0, 0.5);
  expect_in_order(scenario);
}

TEST(SelfTest, WithNobodyThereItSaysSo) {
  sim::Scenario scenario(gym("absent"));
  const auto record = scenario.self_test();
  EXPECT_EQ(record.status().reason, "SELF_TEST_STOPPED");
  expect_in_order(scenario);
}

TEST(SelfTest, NeedsAnIdleMachine) {
  sim::Scenario scenario(gym("reps=5"));
  session::CreateSession create;
  create.program_id = "cable-row";
  ASSERT_TRUE(scenario.start(create).ok());
  scenario.run_for(5.0);
  std::string reason;
  scenario.manager().self_test([&](const Result<session::SelfTestRecord>& record) { reason = record.status().reason; });
  EXPECT_EQ(reason, "SESSION_ACTIVE");
}

}  // namespace
}  // namespace sheave::test
