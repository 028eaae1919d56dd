#include "controller/session/workout.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "controller/session/toml_reader.hpp"

namespace sheave::session {

namespace {

constexpr std::uint32_t kMaxSets = 20;  // as of a program
constexpr double kMaxRest_s = 1800.0;

WorkoutPart read_part(TomlReader reader, const toml::table& table) {
  WorkoutPart part;
  part.program_id = reader.id("program");
  if (table.contains("sets")) part.sets = reader.whole("sets", 1, kMaxSets);
  if (table.contains("rest_s")) part.rest_s = reader.number("rest_s", 0, kMaxRest_s);
  reader.finish();
  return part;
}

}  // namespace

bool is_workout(const std::string& toml) {
  try {
    return toml::parse(toml).contains("part");
  } catch (const toml::parse_error&) {
    return false;
  }
}

Result<Workout> parse_workout(const std::string& toml, const std::string& source) {
  std::vector<std::string> problems;
  Workout workout;
  try {
    const toml::table root = toml::parse(toml, source);
    TomlReader reader(root, source, "", problems);
    workout.id = reader.id("id");
    workout.name = reader.text("name");
    workout.summary = reader.text("summary");
    workout.goal = reader.choice("goal", {"strength", "muscle", "technique", "power", "free"});
    if (root.contains("signs")) workout.signs = reader.texts("signs");
    if (const toml::array* parts = reader.array("part")) {
      for (const toml::node& node : *parts) {
        if (const toml::table* table = node.as_table()) workout.parts.push_back(read_part(reader.inside(*table, "part"), *table));
      }
    }
    reader.finish();
  } catch (const toml::parse_error& e) {
    return Status::error(StatusCode::kInvalidArgument, "PROGRAM_SYNTAX",
                         fmt::format("{}:{}: this is not TOML: {}", source, e.source().begin.line, e.description()));
  }
  if (!problems.empty()) {
    return Status::error(StatusCode::kInvalidArgument, "PROGRAM_FIELD", fmt::format("{}", fmt::join(problems, "\n")));
  }
  workout.source = source;
  return workout;
}

}  // namespace sheave::session
