// What goes wrong in the middle of a set, at every phase of a rep. The oracle judges each period; the tests say what must come of it.

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/scenarios/gym.hpp"
#include "tests/support/paths.hpp"

namespace sheave::test {
namespace {

using control::SetEndReason;
using safety::MachineState;

constexpr int kPhases = 20;
constexpr double kRep_s = 3.0;  // of the default athlete: pull, lower, and a moment at either end
constexpr const char* kStrong = "one_rm_kg=110,reps=8,day_form=1";

/// Sixty kilograms, in the second rep, at `phase` of kPhases.
void to_phase(sim::Scenario& scenario, int phase) {
  ASSERT_EQ(scenario.error(), "");
  session::CreateSession create;
  create.program_id = "cable-row";
  create.load_total_kg = 60.0;
  create.sets = 2;
  create.rest_s = 5.0;
  ASSERT_TRUE(scenario.start(create).ok());
  ASSERT_TRUE(scenario.run_until(MachineState::kActive)) << "state " << safety::name(scenario.state());
  scenario.run_for(kRep_s + kRep_s * phase / kPhases);
  ASSERT_EQ(scenario.state(), MachineState::kActive);
}

double motor_n(sim::Scenario& scenario) { return scenario.machine().rig(0).cable().motor_force_n; }

class AtEveryPhase : public ::testing::TestWithParam<int> {};

TEST_P(AtEveryPhase, AHandleLetGoIsNeitherThrownNorLoaded) {
  sim::Scenario scenario(gym(kStrong));
  to_phase(scenario, GetParam());
  scenario.machine().athlete(0).let_go();
  double fastest_mps = 0.0;
  for (int ms = 0; ms < 3000; ++ms) {
    scenario.step();
    fastest_mps = std::max(fastest_mps, -scenario.machine().rig(0).cable().drum_mps);
  }
  EXPECT_LE(fastest_mps, 1.25);
  EXPECT_LE(motor_n(scenario), 30.0);
  EXPECT_TRUE(scenario.run_until(MachineState::kIdle, 20.0));
  expect_in_order(scenario);
}

TEST_P(AtEveryPhase, AStopIsConfirmedAndNothingStartsByItself) {
  sim::Scenario scenario(gym(kStrong));
  to_phase(scenario, GetParam());
  scenario.press_stop();
  scenario.run_for(0.4);
  EXPECT_LE(motor_n(scenario), 30.0);
  scenario.run_for(60.0);
  EXPECT_EQ(scenario.state(), MachineState::kIdle);
  ASSERT_EQ(scenario.sets().size(), 1u) << training_log(scenario);
  EXPECT_EQ(scenario.sets()[0].end, SetEndReason::kStopped);
  expect_in_order(scenario);
}

TEST_P(AtEveryPhase, AStopWorksWhileTheMainThreadHangs) {
  sim::Scenario scenario(gym(kStrong));
  to_phase(scenario, GetParam());
  scenario.main_alive = false;
  scenario.run_for(0.1);
  scenario.press_stop();
  scenario.run_for(0.4);
  EXPECT_LE(motor_n(scenario), 30.0);
  scenario.main_alive = true;
  scenario.run_for(1.0);
  expect_in_order(scenario);
}

TEST_P(AtEveryPhase, ASilentLinkUnloadsInTheDriveAndNoLoadComesBackByItself) {
  sim::Scenario scenario(gym(kStrong));
  to_phase(scenario, GetParam());
  scenario.stack().faults.request_lost = true;
  scenario.run_for(0.5);
  EXPECT_LE(motor_n(scenario), 30.0);
  scenario.stack().faults.request_lost = false;
  scenario.run_for(10.0);
  EXPECT_LE(motor_n(scenario), 30.0);
  expect_in_order(scenario);
}

INSTANTIATE_TEST_SUITE_P(Phases, AtEveryPhase, ::testing::Range(0, kPhases));

TEST(LinkFaults, SingleMissedExchangesCostNothingAndAreCounted) {
  sim::Scenario scenario(gym(kStrong));
  to_phase(scenario, 0);
  for (int i = 0; i < 100; ++i) {
    scenario.stack().faults.answer_lost = i % 10 == 0;
    scenario.step();
  }
  scenario.stack().faults.answer_lost = false;
  EXPECT_EQ(scenario.state(), MachineState::kActive);
  EXPECT_EQ(scenario.stats().missed, 10u);
  expect_in_order(scenario);
}

TEST(LinkFaults, BurstsTakeTheLoadOffAndTheSessionGoesOn) {
  sim::Scenario scenario(gym(kStrong));
  to_phase(scenario, 5);
  for (int burst = 0; burst < 2; ++burst) {  // neither is a lost link; together they are more than is tolerated
    scenario.stack().faults.request_lost = true;
    scenario.run_for(0.015);
    scenario.stack().faults.request_lost = false;
    scenario.run_for(0.002);
  }
  ASSERT_TRUE(scenario.run_until(MachineState::kRetract, 1.0));
  EXPECT_TRUE(scenario.run_session(180.0)) << training_log(scenario) << scenario.snapshot().note;
  EXPECT_EQ(scenario.sets().size(), 2u) << training_log(scenario);
  expect_in_order(scenario);
}

/// Of the bad plugins that go wrong in mid-set, those that return; what does not, only a process of its own can show
/// (tests/integration/plugin_test.py).
class PluginFaults : public ::testing::TestWithParam<const char*> {};

/// The cable row's load is made by a plugin that breaks `rule`.
sim::ScenarioConfig with_bad_plugin(const std::string& rule) {
  sim::ScenarioConfig config = gym(kStrong);
  config.plugin_folders.push_back(SHEAVE_BINARY_DIR "/tests/bad_plugins/" + rule);
  for (session::Program& program : config.catalog.programs) {
    if (program.id == "cable-row") program.load_chain = {{"bad-plugin", {{"share", 1.0}}}};
  }
  return config;
}

Status start_one_set(sim::Scenario& scenario, double load_kg) {
  session::CreateSession create;
  create.program_id = "cable-row";
  create.load_total_kg = load_kg;
  create.sets = 1;
  return scenario.start(create);
}

bool told_of(const sim::Scenario& scenario, FaultCode fault) {
  const auto& log = scenario.journal().log();
  return std::any_of(log.begin(), log.end(), [&](const session::LogEntry& entry) {
    return entry.kind == session::LogEntry::Kind::kFault && entry.fault.code == fault;
  });
}

TEST(RunawayProfile, PullsNoHarderThanItsSetMayAndThatIsTold) {
  sim::Scenario scenario(with_bad_plugin("remembers"));  // asks for 1 N more with every tick, and says nothing of how far
  constexpr double kSetLoad_kg = 4.0;
  ASSERT_TRUE(start_one_set(scenario, kSetLoad_kg).ok());
  double most_n = 0.0;
  while (scenario.snapshot().stage != session::Stage::kFinished && scenario.time_s() < 300.0) {
    scenario.step();
    most_n = std::max(most_n, scenario.stack().sent(0).tension_n);
  }
  EXPECT_LE(most_n, 1.5 * newton_from_kg(kSetLoad_kg) + 25.0) << "an overload, and what takes the friction out";
  EXPECT_GT(most_n, 1.4 * newton_from_kg(kSetLoad_kg)) << "it did run away";
  EXPECT_TRUE(told_of(scenario, FaultCode::kLoadCapped));
  expect_in_order(scenario);
  ASSERT_EQ(scenario.sets().size(), 1u);
  EXPECT_GE(scenario.sets()[0].counted, 4u) << training_log(scenario);
}

TEST_P(PluginFaults, EndInTheBuiltInRampAndAreTold) {
  sim::Scenario scenario(with_bad_plugin(GetParam()));
  ASSERT_TRUE(start_one_set(scenario, 60.0).ok());
  ASSERT_TRUE(scenario.run_until(MachineState::kActive));
  ASSERT_TRUE(scenario.run_until(MachineState::kUnload, 10.0)) << "state " << safety::name(scenario.state());
  scenario.run_for(0.4);
  EXPECT_LE(motor_n(scenario), 30.0);
  ASSERT_TRUE(scenario.run_session()) << training_log(scenario);
  expect_in_order(scenario);
  ASSERT_EQ(scenario.sets().size(), 1u);
  EXPECT_EQ(scenario.sets()[0].end, SetEndReason::kFault);
  EXPECT_TRUE(told_of(scenario, FaultCode::kPluginError));
}

INSTANTIATE_TEST_SUITE_P(Late, PluginFaults, ::testing::Values("late_not_finite", "late_fails"),
                         [](const auto& param) { return std::string(param.param); });

struct SensorCase {
  sim::SensorFault fault;
  const char* name;
};
class SensorFaults : public ::testing::TestWithParam<SensorCase> {};

TEST_P(SensorFaults, EndWithoutTorque) {
  sim::Scenario scenario(gym(kStrong));
  to_phase(scenario, 4);
  scenario.stack().faults.sensor = GetParam().fault;
  scenario.run_for(1.0);
  EXPECT_LE(motor_n(scenario), 30.0) << safety::name(scenario.state());
  expect_in_order(scenario);
}

INSTANTIATE_TEST_SUITE_P(All, SensorFaults,
                         ::testing::Values(SensorCase{sim::SensorFault::kNotANumber, "NotANumber"},
                                           SensorCase{sim::SensorFault::kFrozen, "Frozen"}, SensorCase{sim::SensorFault::kJump, "Jump"},
                                           SensorCase{sim::SensorFault::kFlipped, "Flipped"}),
                         [](const auto& param) { return param.param.name; });

TEST(DriveFaults, SafeTorqueOffIsMirroredAndNothingComesBackWithIt) {
  sim::Scenario scenario(gym(kStrong));
  to_phase(scenario, 3);
  scenario.machine().rig(0).drive().set_sto(true);
  scenario.run_for(0.5);
  EXPECT_EQ(scenario.state(), MachineState::kEstop);
  scenario.machine().rig(0).drive().set_sto(false);
  scenario.run_for(5.0);
  EXPECT_EQ(scenario.state(), MachineState::kSafeOff);
  EXPECT_LE(motor_n(scenario), 1.0);
  expect_in_order(scenario);
}

TEST(DriveFaults, ADriveThatRebootsIsNeverTrustedAgain) {
  sim::Scenario scenario(gym(kStrong));
  to_phase(scenario, 3);
  scenario.stack().reboot_drive(0);
  scenario.run_for(2.0);
  EXPECT_TRUE(scenario.manager().acknowledge_fault().ok());
  scenario.run_for(5.0);
  EXPECT_EQ(scenario.state(), MachineState::kSafeOff);
  EXPECT_LE(motor_n(scenario), 1.0);
  expect_in_order(scenario);
}

TEST(Spotter, AWeightTooHeavyIsTakenOffWithinFourSeconds) {
  sim::Scenario scenario(gym("one_rm_kg=60,reps=0,day_form=1"));
  session::CreateSession create;
  create.program_id = "cable-row";
  create.load_total_kg = 55.0;
  create.sets = 1;
  ASSERT_TRUE(scenario.start(create).ok());
  ASSERT_TRUE(scenario.run_until(MachineState::kSpot)) << training_log(scenario);
  const double began_s = scenario.time_s();
  ASSERT_TRUE(scenario.run_until(MachineState::kRetract, 10.0));
  EXPECT_LE(scenario.time_s() - began_s, 4.5);
  expect_in_order(scenario);
}

}  // namespace
}  // namespace sheave::test
