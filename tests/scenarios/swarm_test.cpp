// Many machines on which everything goes wrong at once. Each is judged every period and can be played again by its seed:
//   SHEAVE_SEEDS=100000 build/release/tests/test_scenarios --gtest_filter='*Swarm.*'     a campaign
//   SHEAVE_SEED=4711 ...                                                                 one again

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "sim/random.hpp"
#include "tests/scenarios/gym.hpp"

namespace sheave::test {
namespace {

constexpr std::uint64_t kSeeds = 200;
constexpr double kLife_s = 120.0;

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

/// A person of any strength at any program, and whatever can happen to them.
class Chaos {
 public:
  explicit Chaos(std::uint64_t seed) : random_(seed), scenario_(config(seed)) {}

  void live() {
    begin();
    for (double due_s = pick(0.0, 60.0); scenario_.time_s() < kLife_s;) {
      scenario_.step();
      if (scenario_.time_s() > link_back_s_) scenario_.stack().faults.request_lost = scenario_.stack().faults.answer_lost = false;
      if (scenario_.time_s() > main_back_s_) scenario_.main_alive = true;
      if (scenario_.time_s() < due_s) continue;
      strike();
      due_s = scenario_.time_s() + pause_s();
    }
  }
  sim::Scenario& scenario() { return scenario_; }
  const std::string& story() const { return story_; }

 private:
  double pick(double low, double high) { return low + (high - low) * random_.uniform(); }
  std::uint32_t one_of(std::uint32_t count) { return static_cast<std::uint32_t>(random_.uniform() * count) % count; }
  double pause_s() { return random_.uniform() < 0.3 ? pick(0.001, 0.3) : pick(1.0, 25.0); }

  sim::ScenarioConfig config(std::uint64_t seed) {
    const std::string style = one_of(2) == 0 ? "cable-row" : "face-pull";
    const double one_rm_kg = pick(15.0, 140.0);
    const std::uint32_t reps = one_of(10);
    const std::uint32_t let_go_rep = one_of(4) == 0 ? 1 + one_of(5) : 0;
    sim::ScenarioConfig config =
        gym(fmt::format("style={},one_rm_kg={:.1f},reps={},let_go_rep={}", style, one_rm_kg, reps, let_go_rep), seed);
    config.machine.cable_count = 1 + one_of(2);
    config.cable = sim::CableParams::drawn(random_);
    return config;
  }

  void begin() {
    scenario_.run_for(pick(0.0, 0.2));
    const auto& programs = shipped_catalog().programs;
    session::CreateSession create;
    create.program_id = programs[one_of(static_cast<std::uint32_t>(programs.size()))].id;
    create.load_total_kg = 2.5 * (2 + one_of(32));
    create.rest_s = pick(0.0, 10.0);
    const Status started = scenario_.start(create);
    EXPECT_TRUE(started.ok()) << started.message;
    story_ = fmt::format("{} at {} kg\n", create.program_id, *create.load_total_kg);
  }

  void strike() {
    const std::uint32_t kind = one_of(20);
    story_ += fmt::format("{:.3f} s, {}: strike {}\n", scenario_.time_s(), safety::name(scenario_.state()), kind);
    kind < 12 ? strike_machine(kind) : strike_session(kind);
  }

  void strike_machine(std::uint32_t kind) {
    sim::StackFaults& faults = scenario_.stack().faults;
    sim::Drive& drive = scenario_.machine().rig(0).drive();
    switch (kind) {
      case 0:
      case 1:
        faults.request_lost = true;
        link_back_s_ = scenario_.time_s() + pick(0.001, kind == 0 ? 0.03 : 2.0);
        return;
      case 2:
        faults.answer_lost = true;
        link_back_s_ = scenario_.time_s() + pick(0.001, 0.2);
        return;
      case 3:
        faults.sensor = static_cast<sim::SensorFault>(one_of(5));
        return;
      case 4:
        faults.sensor = sim::SensorFault::kNone;
        return;
      case 5:
        return scenario_.machine().athlete(0).let_go();
      case 6:
        return scenario_.press_stop();
      case 7:
        return drive.set_sto(true);
      case 8:
      case 9:
        return drive.set_sto(false);
      case 10:
        return drive.trip(0x2310);
      default:
        if (one_of(4) == 0) scenario_.stack().reboot_drive(0);
        return;
    }
  }

  void strike_session(std::uint32_t kind) {
    session::DrivenManager& manager = scenario_.manager();
    const std::string session = scenario_.snapshot().session ? scenario_.snapshot().session->id : "";
    switch (kind) {
      case 12:
        scenario_.main_alive = false;
        main_back_s_ = scenario_.time_s() + pick(0.1, 15.0);
        return;
      case 13:
      case 14:
        (void)manager.acknowledge_fault();
        return;
      case 15:
        (void)manager.arm(session);
        return;
      case 16:
        (void)manager.set_load(session, 2.5 * (1 + one_of(40)));
        return;
      case 17:
        (void)manager.calibrate(session);
        return;
      case 18:
        (void)manager.pause(session);
        return;
      default:
        (void)manager.acquire_lease("phone", one_of(2) == 0);
        return;
    }
  }

  sim::Random random_;
  sim::Scenario scenario_;
  double link_back_s_ = 0.0, main_back_s_ = 0.0;
  std::string story_;
};

/// In parts, so that they run beside each other.
constexpr std::uint64_t kParts = 8;
class Swarm : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(Swarm, WhateverHappensTheInvariantsHold) {
  const std::uint64_t one = from_environment("SHEAVE_SEED", 0);
  const std::uint64_t last = one != 0 ? one : from_environment("SHEAVE_SEEDS", kSeeds);
  std::uint64_t lives = 0, loaded = 0;
  for (std::uint64_t seed = one != 0 ? one : 1 + GetParam(); seed <= last && !HasFailure(); seed += kParts) {
    Chaos chaos(seed);
    chaos.live();
    ++lives;
    loaded += chaos.scenario().truths().empty() ? 0 : 1;
    expect_in_order(chaos.scenario(), InOrder::kButMainMayHang);
    if (HasFailure()) ADD_FAILURE() << "play it again with SHEAVE_SEED=" << seed << "\n" << chaos.story();
  }
  if (lives >= 20 && !HasFailure()) {
    EXPECT_GT(loaded * 4, lives) << "chaos in which no load ever comes proves nothing";
  }
}

INSTANTIATE_TEST_SUITE_P(Parts, Swarm, ::testing::Range<std::uint64_t>(0, kParts));

TEST(SwarmReplay, ASeedPlaysTheSameAgainToTheBit) {
  for (const std::uint64_t seed : {3U, 11U, 29U}) {
    Chaos one(seed);
    Chaos two(seed);
    one.live();
    two.live();
    EXPECT_EQ(one.scenario().hash(), two.scenario().hash()) << "seed " << seed;
    EXPECT_EQ(one.story(), two.story());
  }
}

}  // namespace
}  // namespace sheave::test
