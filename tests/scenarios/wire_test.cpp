// Sets over the shipped links, on true sockets and pseudo terminals, in virtual time: what a wire does to a set, on any host.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <ostream>

#include "tests/scenarios/gym.hpp"
#include "tests/support/many_descriptors.hpp"
#include "tests/support/paths.hpp"

namespace sheave::test {
namespace {

using safety::MachineState;

constexpr const char* kStrong = "one_rm_kg=110,reps=6,day_form=1";
constexpr double kLight_n = 30.0;

struct Wire {
  const char* name;
  const char* kind;
  std::uint32_t baud;
  std::size_t cables, lines;
  double late_ms;  // of an answer that is late: one and a half periods or more
};
void PrintTo(const Wire& wire, std::ostream* out) { *out << wire.name; }

constexpr Wire kWires[] = {
    {"Tcp", "tcp", 0, 1, 0, 2.5},
    {"TcpTwoCables", "tcp", 0, 2, 0, 2.5},
    {"Rtu115200", "rtu", 115'200, 1, 0, 15.0},
    {"Rtu230400TwoLines", "rtu", 230'400, 2, 0, 8.0},
    {"Rtu1MTwoOnOneLine", "rtu", 1'000'000, 2, 1, 6.0},
};

sim::ScenarioConfig gym_on(const Wire& wire, sim::FaultSpec faults = {}, const char* athlete_spec = kStrong) {
  sim::ScenarioConfig config = gym(athlete_spec);
  config.machine.cable_count = wire.cables;
  config.wire = {wire.kind, wire.baud, wire.lines, faults, SHEAVE_SOURCE_DIR "/hal/profiles/kdr-1.toml"};
  return config;
}

Status start(sim::Scenario& scenario, double load_kg, std::uint32_t sets = 1) {
  session::CreateSession create;
  create.program_id = "cable-row";
  create.load_total_kg = load_kg;
  create.sets = sets;
  create.rest_s = 5.0;
  return scenario.start(create);
}

double most_motor_n(sim::Scenario& scenario, std::size_t cables) {
  double most_n = 0.0;
  for (std::size_t i = 0; i < cables; ++i) most_n = std::max(most_n, scenario.machine().rig(i).cable().motor_force_n);
  return most_n;
}

class OnEveryWire : public ::testing::TestWithParam<Wire> {};
INSTANTIATE_TEST_SUITE_P(Wires, OnEveryWire, ::testing::ValuesIn(kWires), [](const auto& param) { return param.param.name; });

TEST_P(OnEveryWire, ASetIsCountedAndNoAnswerIsMissed) {
  sim::Scenario scenario(gym_on(GetParam()));
  ASSERT_EQ(scenario.error(), "");
  ASSERT_TRUE(start(scenario, 60.0).ok());
  EXPECT_TRUE(scenario.run_session(120.0)) << training_log(scenario);
  ASSERT_EQ(scenario.sets().size(), 1u);
  EXPECT_EQ(scenario.sets()[0].counted, 6u) << training_log(scenario);
  const control::LoopStats stats = scenario.stats();
  EXPECT_EQ(stats.missed, 0u);
  EXPECT_EQ(stats.protocol_errors, 0u);
  EXPECT_EQ(stats.reconnects, 0u);
  expect_in_order(scenario);
}

/// In the second rep, in the middle of the pull.
void to_mid_rep(sim::Scenario& scenario) {
  ASSERT_EQ(scenario.error(), "");
  ASSERT_TRUE(start(scenario, 60.0).ok());
  ASSERT_TRUE(scenario.run_until(MachineState::kActive)) << "state " << safety::name(scenario.state());
  scenario.run_for(3.5);
  ASSERT_EQ(scenario.state(), MachineState::kActive);
}

TEST_P(OnEveryWire, ACablePulledInMidRepUnloadsAllAndNoLoadComesBackByItself) {
  const Wire& wire = GetParam();
  sim::Scenario scenario(gym_on(wire));
  ASSERT_NO_FATAL_FAILURE(to_mid_rep(scenario));
  ASSERT_GT(most_motor_n(scenario, wire.cables), 200.0);
  scenario.wire().pull(0);
  scenario.run_for(0.400);
  EXPECT_LE(most_motor_n(scenario, wire.cables), kLight_n);
  scenario.run_for(5.0);
  scenario.wire().plug(0);
  for (int i = 0; i < 100; ++i) {
    scenario.run_for(0.1);
    ASSERT_LE(most_motor_n(scenario, wire.cables), kLight_n) << "a load came back";
  }
  EXPECT_TRUE(scenario.machine().verified()) << "recognized again";
  EXPECT_EQ(scenario.state(), MachineState::kSafeOff);
  EXPECT_TRUE(scenario.manager().acknowledge_fault().ok());
  EXPECT_TRUE(scenario.run_until(MachineState::kIdle, 5.0)) << safety::name(scenario.state());
  expect_in_order(scenario);
}

/// An hour on the wire; a slice of it unless asked for in full.
TEST_P(OnEveryWire, AnAnswerThatIsLateNowAndThenCostsItsPeriodsAndNothingElse) {
  const Wire& wire = GetParam();
  sim::FaultSpec faults;
  faults.late_every = 500;
  faults.delay_ms = wire.late_ms;
  sim::Scenario scenario(gym_on(wire, faults));
  ASSERT_EQ(scenario.error(), "");
  ASSERT_TRUE(start(scenario, 60.0, 20).ok());
  const double duration_s = std::getenv("SHEAVE_FULL") != nullptr ? 3600.0 : 60.0;
  for (double s = 0.0; s < duration_s; s += 1.0) {
    scenario.run_for(1.0);
    ASSERT_NE(scenario.state(), MachineState::kFaultStop) << "after " << scenario.time_s() << " s";
    ASSERT_NE(scenario.state(), MachineState::kSafeOff) << "after " << scenario.time_s() << " s";
  }
  const control::LoopStats stats = scenario.stats();
  EXPECT_GT(stats.missed, stats.exchanges / 600);
  EXPECT_GT(stats.stale_dropped, 0u);
  EXPECT_LE(scenario.stack().longest_miss_run(), 3u);
  EXPECT_EQ(stats.reconnects, 0u);
  EXPECT_EQ(stats.protocol_errors, 0u) << "late is not wrong";
  expect_in_order(scenario);
  ::testing::Test::RecordProperty("missed", static_cast<int>(stats.missed));
}

/// The drive is switched off and on again, or the adapter pulled out: nobody knows what it holds, and nobody raises anything. Meanwhile
/// something else has taken every low descriptor, as a gateway with many clients does.
TEST_P(OnEveryWire, AnOtherEndThatIsGoneAndComesBackIsMadeSureOfFirst) {
  const Wire& wire = GetParam();
  sim::Scenario scenario(gym_on(wire));
  ASSERT_NO_FATAL_FAILURE(to_mid_rep(scenario));
  const ManyDescriptors many;
  ASSERT_TRUE(many.full());
  scenario.wire().remove(0);
  scenario.run_for(0.400);
  EXPECT_LE(most_motor_n(scenario, wire.cables), kLight_n);
  scenario.run_for(3.0);
  scenario.wire().restore(0);
  for (int i = 0; i < 50; ++i) {
    scenario.run_for(0.1);
    ASSERT_LE(most_motor_n(scenario, wire.cables), kLight_n) << "a load came back";
  }
  EXPECT_GE(scenario.stats().reconnects, 1u);
  EXPECT_TRUE(scenario.machine().verified());
  EXPECT_EQ(scenario.state(), MachineState::kSafeOff);
  EXPECT_TRUE(scenario.manager().acknowledge_fault().ok());
  EXPECT_TRUE(scenario.run_until(MachineState::kIdle, 5.0)) << safety::name(scenario.state());
  expect_in_order(scenario);
}

/// As kill -9: nobody speaks to the drives any more. The budget is that of DESIGN 6, whatever the link's period.
TEST_P(OnEveryWire, ADeadControllersLoadIsTakenOffByTheDrivesThemselves) {
  const Wire& wire = GetParam();
  sim::Scenario scenario(gym_on(wire));
  ASSERT_NO_FATAL_FAILURE(to_mid_rep(scenario));
  const double before_n = most_motor_n(scenario, wire.cables);
  ASSERT_GT(before_n, 200.0);
  const std::int64_t died_ns = scenario.machine().time_ns();
  const auto passed_ms = [&] { return static_cast<double>(scenario.machine().time_ns() - died_ns) * 1e-6; };
  double begun_ms = -1.0;
  while (passed_ms() < 400.0) {
    scenario.machine().pass();
    if (begun_ms < 0.0 && most_motor_n(scenario, wire.cables) < before_n - 2.0) begun_ms = passed_ms();
  }
  EXPECT_GT(begun_ms, 0.0);
  EXPECT_LE(begun_ms, 110.0 + static_cast<double>(scenario.machine().info().period_ns) * 1e-6) << "seen at the end of a period";
  EXPECT_LE(most_motor_n(scenario, wire.cables), kLight_n);
}

/// What a service tool does that was left running: a set-point of its own, now and then.
class SecondMaster {
 public:
  SecondMaster(sim::Scenario& scenario, std::size_t axis) : drive_(scenario.machine().rig(axis).drive()) {}
  void write(double tension_n) {
    sim::DriveCommand command = drive_.command();
    command.seq = static_cast<std::uint16_t>(30'000 + ++writes_);
    command.target = static_cast<std::int32_t>(tension_n * 1e3);
    ASSERT_TRUE(drive_.write(command));
  }

 private:
  sim::Drive& drive_;
  int writes_ = 0;
};

class OnNetwork : public ::testing::TestWithParam<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(Cables, OnNetwork, ::testing::Values(1, 2));

/// It cannot be kept from writing; it is noticed, the load goes off all cables, and the fault says what to do.
TEST_P(OnNetwork, ASecondMasterIsNoticedAndAllIsUnloaded) {
  const std::size_t cables = GetParam();
  sim::Scenario scenario(gym_on(kWires[cables - 1]));
  ASSERT_NO_FATAL_FAILURE(to_mid_rep(scenario));
  SecondMaster other(scenario, cables - 1);
  for (int period = 0; period < 10; ++period) {  // hazard H24: within ten cycles
    other.write(250.0);
    scenario.step();
  }
  EXPECT_EQ(scenario.state(), MachineState::kFaultStop);
  scenario.run_for(0.4);
  EXPECT_LE(most_motor_n(scenario, cables), kLight_n);
  EXPECT_EQ(scenario.state(), MachineState::kSafeOff);
  const auto& log = scenario.journal().log();
  EXPECT_TRUE(std::any_of(log.begin(), log.end(), [](const session::LogEntry& entry) {
    return entry.kind == session::LogEntry::Kind::kFault && entry.fault.code == FaultCode::kSecondMaster;
  }));
  EXPECT_TRUE(scenario.manager().acknowledge_fault().ok());
  EXPECT_TRUE(scenario.run_until(MachineState::kIdle, 5.0)) << "it is gone, so the machine can be used again";
  expect_in_order(scenario);
}

TEST_P(OnNetwork, ASecondMasterThatStaysKeepsTheMachineOff) {
  const std::size_t cables = GetParam();
  sim::Scenario scenario(gym_on(kWires[cables - 1]));
  ASSERT_NO_FATAL_FAILURE(to_mid_rep(scenario));
  SecondMaster other(scenario, 0);
  for (int period = 0; period < 3000; ++period) {
    if (period % 10 == 0) other.write(250.0);
    if (period % 500 == 499) {
      EXPECT_TRUE(scenario.manager().acknowledge_fault().ok());
    }
    scenario.step();
  }
  EXPECT_EQ(scenario.state(), MachineState::kSafeOff);
}

}  // namespace
}  // namespace sheave::test
