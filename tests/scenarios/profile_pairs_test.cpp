// Every load profile chained with every other, in both orders, for a whole set of the shipped control code around the simulated
// machine and person: numbers only, inside the envelope, within the slew limits, and no step of force where the movement turns round.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "plugins/abi/sheave/ext/load_profile.h"
#include "sim/random.hpp"
#include "tests/scenarios/gym.hpp"
#include "tests/support/paths.hpp"

namespace sheave::test {
namespace {

using safety::MachineState;

constexpr const char* kProfiles[] = {"adaptive", "burnout",        "chains",     "constant",       "drop",           "eccentric", "elastic",
                                     "inertia",  "inverse-chains", "isokinetic", "isometric-hold", "strength-curve", "viscous"};

constexpr double kLoad_kg = 40.0;
constexpr double kRise_nps = 2'000.0, kFall_nps = 4'000.0;  // of ACTIVE, as specified; not the shipped table's
constexpr double kMachineMost_n = 1.5 * 90.0 * 9.80665;
constexpr double kFriction_n = 15.0;  // taken out for a returning handle: 80 % of 17 N, and a margin
// Turning round: a step of force would show as a run of ticks at the slew limit that begins there; half a kilogram is no step.
constexpr double kTurning_mps = 0.05;
constexpr double kStep_n = 5.0;

/// What is taken out for friction changes its sign at a turnaround, by 2 x 14 N that no hand feels, and steepens what else changes there.
enum class Friction : std::uint8_t { kTakenOut, kLeftIn };

/// Its force is what the hand does: where the movement turns round it changes as fast as the hand does, up to the slew limit.
bool answers_the_hand(const session::PluginUse& use) { return use.id == "isometric-hold" || use.id == "isokinetic" || use.id == "inertia"; }

/// The most that a profile may make of what comes in, as its parameters say; not what its code declares.
struct Most {
  double factor = 1.0, added_n = 0.0;
};

Most most_of(const session::PluginUse& use, const plugin_host::Registry& registry) {
  const auto value = [&](const char* name) {
    const auto named = use.params.find(name);
    if (named != use.params.end()) return named->second;
    const auto& params = registry.find(use.id)->params;
    return std::find_if(params.begin(), params.end(), [&](const auto& param) { return param.name == name; })->default_value;
  };
  if (use.id == "adaptive") return {.factor = value("most_share")};
  if (use.id == "chains") return {.factor = 1.0 + value("amount_share"), .added_n = newton_from_kg(value("amount_kg"))};
  if (use.id == "eccentric") return {.factor = std::max(1.0, value("return_share"))};
  if (use.id == "strength-curve") {
    return {.factor = std::max({1.0, value("at_0"), value("at_25"), value("at_50"), value("at_75"), value("at_100")})};
  }
  for (const char* id : {"elastic", "inertia", "isokinetic", "isometric-hold", "viscous"}) {
    if (use.id == id) return {.added_n = value("most_n")};
  }
  return {};
}

/// Follows what is sent to the drive while a set is on.
class Feel {
 public:
  void watch(sim::Scenario& scenario, MachineState claimed) {
    const double n = scenario.stack().sent(0).tension_n;
    if (claimed == MachineState::kActive && was_active_) judge(n - last_n_, scenario.machine().rig(0).cable().handle_mps);
    if (!std::isfinite(n) || n < 0.0) ++no_numbers_;
    was_active_ = claimed == MachineState::kActive;
    active_ticks_ += was_active_ ? 1 : 0;
    most_n_ = std::max(most_n_, n);
    last_n_ = n;
  }

  std::uint64_t no_numbers() const { return no_numbers_; }
  std::uint64_t active_ticks() const { return active_ticks_; }
  double most_n() const { return most_n_; }
  double steepest_rise_nps() const { return steepest_rise_nps_; }
  double steepest_fall_nps() const { return steepest_fall_nps_; }
  double biggest_step_n() const { return biggest_step_n_; }

 private:
  void judge(double change_n, double handle_mps) {
    steepest_rise_nps_ = std::max(steepest_rise_nps_, change_n * 1e3);
    steepest_fall_nps_ = std::max(steepest_fall_nps_, -change_n * 1e3);
    const bool at_limit = change_n > 0.99 * kRise_nps * 1e-3 || change_n < -0.99 * kFall_nps * 1e-3;
    const bool turning = std::abs(handle_mps) < kTurning_mps;
    step_n_ = at_limit && turning && (step_n_ > 0.0 || !was_at_limit_) ? step_n_ + std::abs(change_n) : 0.0;
    biggest_step_n_ = std::max(biggest_step_n_, step_n_);
    was_at_limit_ = at_limit;
  }

  bool was_active_ = false, was_at_limit_ = false;
  double last_n_ = 0.0, most_n_ = 0.0, steepest_rise_nps_ = 0.0, steepest_fall_nps_ = 0.0, step_n_ = 0.0, biggest_step_n_ = 0.0;
  std::uint64_t no_numbers_ = 0, active_ticks_ = 0;
};

/// A set of the pair; its end is the person's (who may let go of what grows beyond them), the exercise's or the spotter's, never a fault's.
void expect_a_sound_set(const session::PluginUse& first, const session::PluginUse& second, const plugin_host::Registry& registry,
                        Friction friction) {
  sim::ScenarioConfig config = gym("one_rm_kg=90,reps=6,day_form=1");
  if (friction == Friction::kLeftIn) config.machine.friction_n = 0.0;
  config.set_most_n = newton_from_kg(kLoad_kg);
  for (const Most& most : {most_of(first, registry), most_of(second, registry)}) {
    config.set_most_n = most.factor * config.set_most_n + most.added_n;
  }
  for (session::Program& program : config.catalog.programs) {
    if (program.id == "cable-row") program.load_chain = {first, second};
  }
  sim::Scenario scenario(config);
  ASSERT_EQ(scenario.error(), "");
  session::CreateSession create;
  create.program_id = "cable-row";
  create.load_total_kg = kLoad_kg;
  create.sets = 1;
  const Status started = scenario.start(create);
  ASSERT_TRUE(started.ok()) << started.message;

  Feel feel;
  while (scenario.snapshot().stage != session::Stage::kFinished && scenario.time_s() < 300.0) {
    const MachineState claimed = scenario.state();
    scenario.step();
    feel.watch(scenario, claimed);
  }
  expect_in_order(scenario);
  ASSERT_EQ(scenario.sets().size(), 1u) << training_log(scenario) << scenario.snapshot().note;
  const control::SetEndReason end = scenario.sets()[0].end;
  EXPECT_TRUE(end == control::SetEndReason::kRacked || end == control::SetEndReason::kExercise || end == control::SetEndReason::kFailed ||
              end == control::SetEndReason::kLeft)
      << training_log(scenario);
  EXPECT_GT(feel.active_ticks(), 1'000u) << training_log(scenario);
  EXPECT_EQ(feel.no_numbers(), 0u);
  EXPECT_LE(feel.most_n(), std::min(kMachineMost_n, config.set_most_n + kFriction_n));
  EXPECT_LE(feel.steepest_rise_nps(), kRise_nps * (1.0 + 1e-6));
  EXPECT_LE(feel.steepest_fall_nps(), kFall_nps * (1.0 + 1e-6));
  if (friction == Friction::kLeftIn && !answers_the_hand(first) && !answers_the_hand(second)) {
    EXPECT_LE(feel.biggest_step_n(), kStep_n);
  }
}

/// Any allowed value of each parameter.
session::PluginUse drawn(const plugin_host::PluginInfo& info, sim::Random& random) {
  session::PluginUse use{info.id, {}};
  for (const auto& param : info.params) {
    const double value = param.min + (param.max - param.min) * random.uniform();
    use.params[param.name] = param.stepped ? std::round(value) : value;
  }
  return use;
}

class ProfilePairs : public ::testing::TestWithParam<const char*> {
 protected:
  ProfilePairs() { registry_.scan({SHEAVE_PLUGIN_DIR}); }
  plugin_host::Registry registry_;
};

TEST_P(ProfilePairs, WithEveryOtherRunAWholeSet) {
  for (const char* second : kProfiles) {
    SCOPED_TRACE(fmt::format("{} > {}", GetParam(), second));
    for (const Friction friction : {Friction::kTakenOut, Friction::kLeftIn})
      expect_a_sound_set({GetParam(), {}}, {second, {}}, registry_, friction);
  }
}

TEST_P(ProfilePairs, WithAnyParametersRunAWholeSet) {
  const bool full = std::getenv("SHEAVE_FULL") != nullptr;
  sim::Random random(static_cast<std::uint64_t>(std::find_if(std::begin(kProfiles), std::end(kProfiles),
                                                             [](const char* id) { return std::string_view(id) == GetParam(); }) -
                                                std::begin(kProfiles)) +
                     1);
  for (const char* second : kProfiles) {
    for (int draw = 0; draw < (full ? 20 : 1); ++draw) {
      const session::PluginUse one = drawn(*registry_.find(GetParam()), random), two = drawn(*registry_.find(second), random);
      std::string told;
      for (const auto& use : {one, two}) {
        told += use.id;
        for (const auto& [name, value] : use.params) told += fmt::format(" {}={:.6g}", name, value);
        told += "; ";
      }
      SCOPED_TRACE(told);
      for (const Friction friction : {Friction::kTakenOut, Friction::kLeftIn}) expect_a_sound_set(one, two, registry_, friction);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, ProfilePairs, ::testing::ValuesIn(kProfiles), [](const auto& param) {
  std::string name = param.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(ProfileList, IsOfEveryProfileThatShips) {
  plugin_host::Registry registry;
  registry.scan({SHEAVE_PLUGIN_DIR});
  std::vector<std::string> shipped;
  for (const auto& info : registry.plugins()) {
    if (info.kind == SHEAVE_EXT_LOAD_PROFILE) shipped.push_back(info.id);
  }
  EXPECT_THAT(shipped, ::testing::UnorderedElementsAreArray(kProfiles));
}

}  // namespace
}  // namespace sheave::test
