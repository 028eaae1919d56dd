#pragma once
// What a person's own sets of one exercise say of their strength: the load-velocity line and what could be pulled once, how many reps
// a speed leaves, today's form, and where it all goes over the weeks. The one model of it: progressions are given its numbers, screens
// and API read the same.
//
// - Speed falls about linearly with load, for one person at one exercise (rows and pulls: r 0.97 to 0.99 individually, PLoS ONE
//   0212085). Two loads far apart are enough (Perez-Castilla 2021). What could be pulled once is where the line meets the speed of a
//   rep that leaves none; presses are no guide to that speed in pulls, so it is the person's own, else a wide prior.
// - Within a set speed falls about linearly with the reps that are left; individual lines are right within two reps, general ones are
//   not acceptable (Jukic 2024; Miras-Moreno 2022 for the pull).
//
// Everything is pure: the same sets give the same numbers.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "controller/session/records.hpp"
#include "plugins/abi/sheave/ext/progression.h"

namespace sheave::session {

/// A number, or why there is none. `low` to `high` holds nine in ten.
struct Estimate {
  double value = kUnknown, low = kUnknown, high = kUnknown;
  std::string_view method;          ///< kebab-case; empty where unknown.
  std::string_view unknown_reason;  ///< UPPER_SNAKE; empty where known.
  bool known() const noexcept { return unknown_reason.empty(); }
};

/// Why an estimate is unknown.
inline constexpr std::string_view kNoSets = "NO_SETS";                        ///< Nothing that may be judged.
inline constexpr std::string_view kOneLoad = "ONE_LOAD";                      ///< A line needs two, a fifth apart.
inline constexpr std::string_view kSpeedDoesNotFall = "SPEED_DOES_NOT_FALL";  ///< Not with load, or not toward the end of sets.
inline constexpr std::string_view kPoorFit = "POOR_FIT";                      ///< The line explains too little (R2).
inline constexpr std::string_view kNotAnswered = "NOT_ANSWERED";              ///< Too few sets say how many reps were left.
inline constexpr std::string_view kNoWarmUp = "NO_WARM_UP";                   ///< Nothing of this visit tells its form.
inline constexpr std::string_view kTooFewVisits = "TOO_FEW_VISITS";

/// One set, read.
struct PastSet {
  double load_kg = 0;
  double days_ago = kUnknown;
  std::uint32_t visit = 0;  ///< 0: the present one.
  SetKind kind = SetKind::kWorking;
  int answer = -1;                   ///< Reps left, said; negative: not.
  bool helped = false;               ///< The spotter took load off: none were left.
  std::vector<double> speeds_mps;    ///< Mean over time of each counted, unassisted rep of enough range, in order; all known.
  std::size_t before_last_load = 0;  ///< So many of them were done before the set was last made lighter.
  double last_load_kg = kUnknown;    ///< Of its last rep, where that is less than load_kg.
};

/// By Stop, a fault, pain or anything else that is not the person's strength: it says nothing of that.
bool cut_short(const SetRecord& set);

/// `visit` as in PastSet; `now` dates it.
PastSet read_set(const SetRecord& record, std::uint32_t visit, const WallTime& now);

/// Sets that may be judged, newest first; what was cut short is left out. @param earlier newest first. @param present oldest first.
std::vector<PastSet> past_sets(const std::vector<SetRecord>& earlier, const std::vector<SetRecord>& present, const WallTime& now);

/// Mean speed of a fresh first rep over load.
struct LoadVelocityLine {
  double at_zero_mps = 0, per_kg_mps = 0;  ///< The second is < 0.
  double r2 = 0, error_mps = 0;            ///< Of one reading.
  double mean_kg = 0, spread_kg2 = 0;      ///< Of the loads: where the line is sure.
  std::size_t sets = 0;
  double load_low_kg = 0, load_high_kg = 0;
  double load_at(double mps) const noexcept { return (mps - at_zero_mps) / per_kg_mps; }
};

/// Mean speed of a rep over the reps that are left after it. It falls ever faster toward the end.
struct ReserveLine {
  double failure_mps = 0;  ///< Of a rep that leaves none.
  double per_rep_mps = 0;  ///< Faster by this for each one left, of the last two; > 0.
  double r2 = 0;           ///< Within sets.
  double error_reps = 0;   ///< Standard error of reps_left().
  std::size_t sets = 0;    ///< That said how many were left.
  double speed_mps(double reps_left) const noexcept;
};

struct StrengthModel {
  std::optional<LoadVelocityLine> line;
  std::optional<ReserveLine> reserve;
  Estimate one_rm_kg;          ///< "load-velocity", "reps", or "load-velocity-and-reps".
  Estimate by_speed_kg;        ///< The same by the line alone.
  Estimate by_reps_kg;         ///< By reps done and left alone (Epley).
  Estimate failure_mps;        ///< "own-sets".
  Estimate form_share;         ///< Today over the usual, "warm-up-speed".
  Estimate drift_kg_per_week;  ///< Of what could be pulled once, "visits".
};

StrengthModel strength_model(const std::vector<PastSet>& sets);

/// Reps left after `set` by its speeds; smoothed over its last reps. @pre model.reserve
Estimate reps_left(const StrengthModel& model, const PastSet& set);

/// As progressions get it.
sheave_strength_t to_abi(const StrengthModel& model) noexcept;

}  // namespace sheave::session
