// How much faster than life the simulator runs: control, plant, athlete, session and journal, on one core.

#include <cstdio>
#include <ctime>
#include <vector>

#include "sim/scenario/scenario.hpp"
#include "tests/benchmarks/figure.hpp"
#include "tests/support/paths.hpp"

namespace {

using sheave::sim::Scenario;
using sheave::sim::ScenarioConfig;

constexpr int kSessions = 9;
constexpr double kGoal = 2000.0;

/// Of this process alone: what else runs on the machine is not the simulator's.
double cpu_s() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Virtual over processor time of one whole session; 0 where it did not run.
double ratio(const ScenarioConfig& config) {
  Scenario scenario(config);
  sheave::session::CreateSession create;
  create.program_id = "cable-row";
  create.load_total_kg = 40.0;
  create.rest_s = 60.0;
  const double began_s = cpu_s();
  if (const sheave::Status started = scenario.start(create); !started.ok()) {
    std::fprintf(stderr, "virtual: %s\n", started.message.c_str());
    return 0.0;
  }
  if (!scenario.run_session()) return 0.0;
  return scenario.time_s() / (cpu_s() - began_s);
}

bool measure(const char* name, ScenarioConfig config, bool judge) {
  config.judge = judge;
  std::vector<double> ratios;
  for (int i = 0; i < kSessions; ++i) ratios.push_back(ratio(config));
  const double median = sheave::bench::percentile(ratios, 0.5);
  sheave::bench::print_figure(name, median, "x", kGoal, "real time; a session of three sets, median of nine, processor time");
  return median > 0.0;
}

}  // namespace

int main() {
  ScenarioConfig config;
  config.plugin_folders = {SHEAVE_BINARY_DIR "/plugins"};
  config.catalog = sheave::session::load_catalog(SHEAVE_SOURCE_DIR "/plugins/catalog");
  config.athlete.one_rm_kg = 70.0;
  const bool plain = measure("virtual_over_real_time", config, false);
  const bool judged = measure("virtual_over_real_time_judged", config, true);
  return plain && judged ? 0 : 1;
}
