#include "tests/scenarios/gym.hpp"

#include <fmt/format.h>

#include "tests/support/paths.hpp"

namespace sheave::test {

const session::Catalog& shipped_catalog() {
  static const session::Catalog kCatalog = session::load_catalog(SHEAVE_SOURCE_DIR "/plugins/catalog");
  return kCatalog;
}

sim::AthleteSpec athlete(const std::string& spec) {
  sim::AthleteSpec parsed;
  std::string error;
  EXPECT_TRUE(sim::parse_athlete(spec, parsed, error)) << error;
  return parsed;
}

sim::ScenarioConfig gym(const std::string& athlete_spec, std::uint64_t seed) {
  sim::ScenarioConfig config;
  config.plugin_folders = {SHEAVE_PLUGIN_DIR};
  config.catalog = shipped_catalog();
  config.athlete = athlete(athlete_spec);
  config.seed = seed;
  return config;
}

void expect_in_order(const sim::Scenario& scenario, InOrder how) {
  for (const sim::Violation& v : scenario.oracle().violations()) {
    ADD_FAILURE() << "I" << v.invariant << " at " << seconds(v.time_ns) << " s: " << v.text;
  }
  EXPECT_LE(scenario.frame_gaps(), scenario.stats().frames_lost);
  if (how == InOrder::kAlways) {
    EXPECT_EQ(scenario.stats().frames_lost, 0u);
  }
  EXPECT_EQ(scenario.stats().events_lost, 0u);
}

std::string training_log(const sim::Scenario& scenario) {
  std::string log;
  const auto sets = scenario.sets();
  for (std::size_t i = 0; i < sets.size(); ++i) {
    const session::SetRecord& set = sets[i];
    log += fmt::format("set {} kind {}: {:.2f} kg x {} of {} moves, end {}, {:.1f} s", set.index, static_cast<int>(set.kind), set.load_kg,
                       set.counted, set.reps.size(), static_cast<int>(set.end), set.duration_s);
    if (set.proposal) log += fmt::format(" -> {:.2f} kg, {} ({})", set.proposal->load_kg, set.proposal->reason, set.proposal->text);
    if (i < scenario.truths().size()) {
      const sim::SetTruth& t = scenario.truths()[i];
      log += fmt::format(
          "\n    truth: {} reps, motor {:.1f} N, hand out {:.1f} N back {:.1f} N, most {:.1f} N, {:.0f} N/s, strength {:.0f} to {:.0f} N",
          t.reps, t.mean_pull_motor_n, t.mean_pull_hand_n, t.mean_return_hand_n, t.most_hand_n, t.steepest_hand_nps, t.strength_before_n,
          t.strength_after_n);
    }
    log += '\n';
  }
  return log;
}

}  // namespace sheave::test
