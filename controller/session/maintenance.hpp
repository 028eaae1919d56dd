#pragma once
// What comes round at this machine, and how far it is: intervals of the configuration against the odometer and the service records.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "controller/session/upkeep.hpp"

namespace sheave::session {

enum class Counter : std::uint8_t { kCableM = 1, kCycles = 2, kPoweredH = 3, kWorkKj = 4, kDays = 5 };

/// One part or inspection, as the configuration names it.
struct MaintenanceInterval {
  std::string part;   ///< Kebab-case.
  std::string name;   ///< For people.
  std::string steps;  ///< What to do.
  Counter counter = Counter::kCableM;
  double interval = 0;  ///< In the counter's unit, above 0.
};

/// Those of a machine whose configuration names none.
std::vector<MaintenanceInterval> usual_maintenance();

struct MaintenanceState {
  double used = 0;  ///< Since the last sign-off or replacement; without one since the machine is counted.
  bool due = false;
  std::optional<WallTime> last;       ///< Of that one.
  std::uint64_t last_number = 0;      ///< Of its record; 0: none.
  std::optional<double> due_in_days;  ///< At the pace since then; none: it is due, or less than a day has been counted.
};

/// Pure. [any]
MaintenanceState maintenance_state(const MaintenanceInterval& interval, const Upkeep::Standing& standing, const WallTime& now);

}  // namespace sheave::session
