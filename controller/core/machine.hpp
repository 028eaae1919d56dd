#pragma once
// What this machine is: values from its configuration file that several rooms need. Defaults are the reference stack's.

#include <cstdint>
#include <string>

#include "controller/core/units.hpp"

namespace sheave {

struct Machine {
  std::string id = "m1";  ///< Kebab-case; the API's "machines/m1".
  std::string display_name = "Sheave";
  std::size_t cable_count = 1;
  double increment_kg = 0.25;       ///< Every load is a whole multiple of it, per handle total.
  double load_max_total_kg = 90.0;  ///< The most a session may set, over all cables.
  double pulley_ratio = 1.0;        ///< Handle metres per drum metre.
  double travel_m = 2.5;            ///< Cable at the handle.
  double reflected_mass_kg = 7.0;   ///< Motor and drum as the handle feels them; feed-forward and derating.
  double friction_n = 17.0;         ///< Coulomb friction as the handle feels it.
  double retract_limit_mps = 1.0;   ///< Most speed toward the machine under load; the drive enforces it.
  std::int64_t period_ns = 1'000'000;
};

}  // namespace sheave
