#pragma once
// What this machine is: values from its configuration file that several rooms need. Defaults are the reference stack's.

#include <cstdint>
#include <limits>
#include <string>

#include "controller/core/units.hpp"

namespace sheave {

/// What one cable's machinery adds to the load in the hand, at the handle. `friction_n` NaN: never measured.
struct CableDrag {
  double friction_n = std::numeric_limits<double>::quiet_NaN();  ///< Coulomb, >= 0.
  double viscous_nspm = 0.0;                                     ///< Grows with speed, >= 0.
  double moving_mass_kg = 0.0;                                   ///< Motor, drum, cable and handle.
  bool measured() const noexcept { return friction_n >= 0.0; }   // false for NaN
};

struct Machine {
  std::string id = "m1";  ///< Kebab-case; the API's "machines/m1".
  std::string display_name = "Sheave";
  std::size_t cable_count = 1;
  double increment_kg = 0.25;       ///< Every load is a whole multiple of it, per handle total.
  double load_max_total_kg = 90.0;  ///< The most a session may set, over all cables.
  double pulley_ratio = 1.0;        ///< Handle metres per drum metre.
  double travel_m = 2.5;            ///< Cable at the handle.
  double reflected_mass_kg = 7.0;   ///< Motor and drum as the handle feels them; feed-forward and derating.
  double friction_n = 17.0;         ///< Coulomb friction as the handle feels it, until a self-test has measured it.
  double retract_limit_mps = 1.0;   ///< Most speed toward the machine under load; the drive enforces it.
  std::int64_t period_ns = 1'000'000;
  std::int64_t standstill_ns = 0;  ///< How long a host may stand still before a simulated stack's load comes off; a real one's grants none.
};

}  // namespace sheave
