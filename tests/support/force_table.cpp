#include "tests/support/force_table.hpp"

#include <algorithm>
#include <cmath>

#include "tests/support/intended_curve.hpp"

namespace sheave::test {

namespace {

constexpr double kMoving_mps = 0.10, kSkip_s = 1.0, kMargin_m = 0.01;
constexpr std::size_t kSlope = 4;  // ticks to either side
constexpr double kLimitShare = 0.01, kLimit_kg = 0.5;

struct Witnessed {
  double handle_m, handle_mps, drum_m, drum_mps, hand_n;
};

session::Program program_for(const ForceCase& what) {
  session::Program program;
  program.id = program.name = program.exercise_name = "force-table";
  program.exercise = {"cable-row", {}};
  program.load_chain = {{what.profile, what.params}};
  program.progression = {"double-progression", {}};
  program.prescription.sets = 1;
  program.prescription.rep_bottom = 4;
  program.prescription.rep_top = 30;
  program.prescription.rest_s = 10.0;
  program.start_load_kg = what.load_kg;
  program.min_rom_m = 0.15;
  return program;
}

sim::AthleteSpec athlete_for(const ForceCase& what) {
  sim::AthleteSpec athlete;
  athlete.one_rm_kg = what.to_failure ? 1.15 * what.load_kg + 4.0 : 1.7 * what.load_kg + 15.0;
  athlete.reps = what.to_failure ? 0 : 6;
  athlete.day_form = 1.0;
  if (what.profile == "isometric-hold") athlete.tempo_concentric_s = 1.4;  // nobody runs into a wall
  return athlete;
}

std::vector<Witnessed> run_set(sim::Scenario& scenario, const ForceCase& what, Range& range, std::string& error) {
  session::CreateSession create;
  create.program_id = "force-table";
  create.load_total_kg = what.load_kg;
  if (const Status started = scenario.start(create); !started.ok()) {
    error = started.message;
    return {};
  }
  std::vector<Witnessed> seen;
  constexpr double kLongest_s = 300.0;
  for (const double end_s = scenario.time_s() + kLongest_s; scenario.time_s() < end_s;) {
    scenario.step();
    const safety::MachineState state = scenario.state();
    if (state == safety::MachineState::kActive) {
      if (seen.empty()) range = {scenario.snapshot().rom.at(0).start_m, scenario.snapshot().rom.at(0).end_m};
      const sim::CableState& c = scenario.machine().rig(0).cable();
      seen.push_back({c.handle_m, c.handle_mps, c.drum_m, c.drum_mps, c.hand_force_n});
    } else if (!seen.empty()) {
      return seen;
    }
  }
  error = "no set ran to its end";
  return {};
}

}  // namespace

std::vector<ForceCase> force_cases() {
  std::vector<ForceCase> cases;
  for (const char* profile : {"constant", "chains", "inverse-chains", "eccentric", "isokinetic", "elastic", "viscous", "inertia", "burnout",
                              "drop", "strength-curve", "adaptive", "isometric-hold"}) {
    const std::string id = profile;
    for (const double load_kg : {10.0, 40.0, 80.0}) {
      ForceCase one{id, load_kg, {}, id == "burnout" || id == "drop"};
      if (id == "isometric-hold") one.params = {{"at_share", 0.95}};  // past the band in which a standstill calls the spotter
      // What the motor can make is 1,000 N, and some of it is friction's.
      if (id == "chains" && load_kg > 60.0) one.params = {{"amount_share", 0.2}};
      if (id == "isokinetic" && load_kg > 60.0) one.params = {{"most_n", 150.0}};
      cases.push_back(one);
    }
  }
  return cases;
}

ForceFigures measure_force(const sim::ScenarioConfig& machine, const ForceCase& what, bool feed_forward) {
  ForceFigures figures;
  figures.limit_n = std::max(kLimitShare * what.load_kg, kLimit_kg) * kGravity_mps2;
  sim::ScenarioConfig config = machine;
  config.catalog.programs = {program_for(what)};
  config.athlete = athlete_for(what);
  config.machine.load_max_total_kg = 150.0;
  if (!feed_forward) config.machine.friction_n = 0.0;
  sim::Scenario scenario(config);
  if (!scenario.error().empty()) return {.error = scenario.error()};
  if (feed_forward) {
    if (const auto tested = scenario.self_test(); !tested) return {.error = tested.status().message};
  }
  Range range;
  const std::vector<Witnessed> seen = run_set(scenario, what, range, figures.error);
  const auto curve = intended_curve(
      what.profile, {newton_from_kg(what.load_kg), config.cable.drum_mass_kg + config.cable.handle_mass_kg, range, what.params});
  if (curve == nullptr) figures.error = "the witness knows no profile " + what.profile;
  if (!figures.error.empty()) return figures;

  double n = 0.0, ee = 0.0, ea = 0.0, aa = 0.0, still = 0.0, still_n2 = 0.0;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const Witnessed& now = seen[i];
    const std::size_t before = i < kSlope ? 0 : i - kSlope, after = std::min(i + kSlope, seen.size() - 1);
    const double slope_mps2 = (seen[after].handle_mps - seen[before].handle_mps) / (static_cast<double>(after - before) * sim::kStep_s);
    const double error_n = now.hand_n - curve->force_n({now.drum_m, now.drum_mps, slope_mps2});
    if (i < static_cast<std::size_t>(kSkip_s / sim::kStep_s) || i + kSlope >= seen.size()) continue;
    if (now.handle_m < range.start_m - kMargin_m || now.handle_m > range.end_m + kMargin_m) continue;
    if (std::abs(now.handle_mps) < kMoving_mps) {
      still += 1.0;
      still_n2 += error_n * error_n;
      continue;
    }
    n += 1.0;
    ee += error_n * error_n;
    ea += error_n * slope_mps2;
    aa += slope_mps2 * slope_mps2;
  }
  if (n == 0.0) return {.error = "the handle never moved"};
  figures.moving_s = n * sim::kStep_s;
  figures.rms_n = std::sqrt(ee / n);
  figures.mass_felt_kg = aa > 0.0 ? ea / aa : 0.0;
  figures.rms_without_mass_n = std::sqrt(std::max(0.0, (ee - figures.mass_felt_kg * ea) / n));
  figures.still_n = still > 0.0 ? std::sqrt(still_n2 / still) : 0.0;
  return figures;
}

}  // namespace sheave::test
