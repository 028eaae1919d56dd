#pragma once
// Sets as CSV (RFC 4180) with the columns that training logs exchange, those of the Strong app, and the speed of each rep behind them.

#include <string>
#include <vector>

#include "controller/session/records.hpp"

namespace sheave::api {

/// One exercise of a visit.
struct CsvPart {
  std::string workout;  ///< Name of the workout, or of the program where it was by itself.
  std::string exercise;
  std::vector<session::SetRecord> sets;  ///< With reps; a set that has not ended is left out.
};

/// A line per set, in order, after the line of the columns. Weight is the total at the handle in kg; Date the visit's begin, in the
/// machine's time zone; RPE 10 less the reps that the person said were left. [any]
std::string session_csv(const std::vector<CsvPart>& parts);

bool has_ended_sets(const CsvPart& part);

/// "2026-11-21" in the machine's time zone, of the first set; empty where its time is not known. [any]
std::string day_of(const std::vector<CsvPart>& parts);

}  // namespace sheave::api
