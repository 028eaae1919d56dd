// How true the force in the hand is, per load profile and load, with the machine's inertia in it and without, and what it would be
// without the feed-forward. In virtual time: the shipped control and session code on the simulated machine.

#include <cmath>
#include <cstdio>
#include <string>

#include "tests/benchmarks/figure.hpp"
#include "tests/support/force_table.hpp"
#include "tests/support/paths.hpp"

namespace {

using namespace sheave;  // NOLINT: a program of one file

}  // namespace

int main() {
  sim::ScenarioConfig machine;
  machine.plugin_folders = {SHEAVE_BINARY_DIR "/plugins"};
  machine.judge = false;
  bool ran = true;
  for (const test::ForceCase& what : test::force_cases()) {
    const test::ForceFigures on = test::measure_force(machine, what, true), off = test::measure_force(machine, what, false);
    if (!on.error.empty() || !off.error.empty()) {
      std::fprintf(stderr, "force: %s at %g kg: %s%s\n", what.profile.c_str(), what.load_kg, on.error.c_str(), off.error.c_str());
      ran = false;
      continue;
    }
    const std::string name = "force." + what.profile + "." + std::to_string(static_cast<int>(std::lround(what.load_kg))) + "kg";
    const auto print = [&](const char* kind, double value_n, double off_n, const std::string& more) {
      const std::string reference =
          "the intended curve, while the handle moves; without feed-forward " + std::to_string(off_n) + " N" + more;
      bench::print_figure((name + kind).c_str(), value_n, "N rms", on.limit_n, reference.c_str());
    };
    print(".with_inertia", on.rms_n, off.rms_n,
          "; the hand feels " + std::to_string(on.mass_felt_kg) + " kg of mass, without " + std::to_string(off.mass_felt_kg) + " kg");
    print(".without_inertia", on.rms_without_mass_n, off.rms_without_mass_n,
          "; at standstill friction holds up to " + std::to_string(on.still_n) + " N rms");
  }
  return ran ? 0 : 1;
}
