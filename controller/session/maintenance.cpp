#include "controller/session/maintenance.hpp"

#include <algorithm>
#include <cmath>

namespace sheave::session {

namespace {

constexpr double kDay_s = 86'400, kHour_s = 3'600, kKilo = 1'000;

double counted(Counter counter, const Odometer& odometer) {
  switch (counter) {
    case Counter::kCableM:
      return odometer.cable_m;
    case Counter::kCycles:
      return static_cast<double>(odometer.cycles);
    case Counter::kPoweredH:
      return odometer.powered_s / kHour_s;
    case Counter::kWorkKj:
      return odometer.work_j / kKilo;
    case Counter::kDays:
      break;  // time is no counter of the odometer
  }
  return 0;
}

double unix_s(const WallTime& time) { return seconds(time.unix_ns); }

}  // namespace

// The makers' intervals for cable machines of this kind: the cable is looked at every few weeks of a busy floor and changed long before
// its strands break; the drive's fan is the one part of it that wears.
std::vector<MaintenanceInterval> usual_maintenance() {
  return {
      {"cable-inspection", "Cable inspection", "Look at the first 2 m of the cable and at its ends: no broken strand, no flat spot.",
       Counter::kCableM, 5'000},
      {"cable-change", "Cable change", "Change the cable, then run the self-test.", Counter::kCycles, 1'000'000},
      {"drive-fan", "Drive fan", "Clean the air inlet; change the fan.", Counter::kPoweredH, 10'000},
  };
}

MaintenanceState maintenance_state(const MaintenanceInterval& interval, const Upkeep::Standing& standing, const WallTime& now) {
  MaintenanceState state;
  Odometer then;
  double since_unix_s = static_cast<double>(standing.first_use_unix_s);
  const auto last = std::find_if(standing.last.begin(), standing.last.end(), [&](const auto& r) { return r.part == interval.part; });
  if (last != standing.last.end()) {
    state.last = last->at;
    state.last_number = last->number;
    then = last->odometer;
    since_unix_s = unix_s(last->at);
  }
  const double now_unix_s = unix_s(now);
  const bool ever = last != standing.last.end() || standing.first_use_unix_s != 0;
  const double elapsed_days = ever ? std::fmax(0.0, now_unix_s - since_unix_s) / kDay_s : 0.0;
  state.used = interval.counter == Counter::kDays
                   ? elapsed_days
                   : std::fmax(0.0, counted(interval.counter, standing.odometer) - counted(interval.counter, then));
  state.due = state.used >= interval.interval;
  if (!state.due && elapsed_days >= 1.0 && state.used > 0) {
    state.due_in_days = (interval.interval - state.used) / (state.used / elapsed_days);
  }
  return state;
}

}  // namespace sheave::session
