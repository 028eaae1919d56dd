#pragma once
// How true the force in the hand is: one set of the shipped controller on the simulated machine, judged by the plant's own handle force
// against the intended curve.

#include <map>
#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sheave::test {

struct ForceCase {
  std::string profile;
  double load_kg = 10.0;
  std::map<std::string, double> params;
  bool to_failure = false;  ///< Somebody for whom the load is nearly too much, so that what waits for fatigue shows.
};

/// Every load profile that ships, at 10, 40 and 80 kg.
std::vector<ForceCase> force_cases();

/// While the handle moves inside the range at 0.1 m/s or more (the slowest completed lifts), from the second second of the set on: below
/// that the feed-forward fades out, and at standstill friction sticks, in a direction that nothing on the machine can know. The machine's
/// own mass belongs to the curve where the profile says that it needs it: the flywheel always, a held speed and a wall while they act.
struct ForceFigures {
  std::string error;                ///< Empty: the set ran.
  double rms_n = 0.0;               ///< With what the machine's inertia adds.
  double rms_without_mass_n = 0.0;  ///< Less the part that is proportional to acceleration.
  double mass_felt_kg = 0.0;        ///< That part: the mass that the hand feels beside the load.
  double still_n = 0.0;             ///< rms at standstill: what friction holds.
  double moving_s = 0.0;
  double limit_n = 0.0;  ///< 1 % of the load or 0.5 kg, the larger.
};

/// @param feed_forward after a self-test of its own; without it nothing is taken out.
ForceFigures measure_force(const sim::ScenarioConfig& machine, const ForceCase& what, bool feed_forward);

}  // namespace sheave::test
