#pragma once
// A workout is data: several programs in order, each with sets and rests of its own where they differ from the program's.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "controller/core/status.hpp"

namespace sheave::session {

struct WorkoutPart {
  std::string program_id;
  std::optional<std::uint32_t> sets;
  std::optional<double> rest_s;
};

struct Workout {
  std::string id;  ///< kebab-case: "upper-back"
  std::string name, summary;
  std::string goal;  ///< As a program's.
  std::vector<WorkoutPart> parts;
  std::vector<std::string> signs;  ///< What somebody notices who needs it, each in their own words; may be empty.
  std::string source;              ///< File it came from.
};

/// Whether a TOML file is a workout rather than a program: it has parts. False for what is no TOML.
bool is_workout(const std::string& toml);

/// Errors name file, line, field and remedy; reasons PROGRAM_SYNTAX, PROGRAM_FIELD. Whether its programs exist is the catalog's to say.
Result<Workout> parse_workout(const std::string& toml, const std::string& source);

}  // namespace sheave::session
