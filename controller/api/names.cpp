#include "controller/api/names.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

namespace sheave::api {
namespace {

constexpr std::size_t kMaxIdLength = 64;  // a UUID has 36; longer is no id of ours

std::vector<std::string_view> split(std::string_view name) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0;;) {
    const std::size_t end = name.find('/', begin);
    parts.push_back(name.substr(begin, end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

bool is_id(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  return !text.empty() && text.size() <= kMaxIdLength && std::all_of(text.begin(), text.end(), allowed);
}

Status invalid(std::string_view name, const char* shape) {
  return Status::error(StatusCode::kInvalidArgument, "NAME_INVALID",
                       "\"" + std::string(name.substr(0, 2 * kMaxIdLength)) + "\" is not a name of the form " + shape + ".");
}

}  // namespace

std::string Names::session(std::string_view session) const { return machine() + "/sessions/" + std::string(session); }

std::string Names::set(std::string_view session_id, std::uint32_t index) const {
  return session(session_id) + "/sets/" + std::to_string(index);
}

std::string Names::rep(std::string_view session_id, std::uint32_t set_index, std::uint32_t candidate) const {
  return set(session_id, set_index) + "/reps/" + std::to_string(candidate);
}

Status Names::check_machine(std::string_view name) const {
  if (name.empty() || name == "machines/-" || name == machine()) return {};
  return Status::error(
      StatusCode::kNotFound, "MACHINE_NOT_FOUND",
      "This is " + machine() + ", not \"" + std::string(name.substr(0, 2 * kMaxIdLength)) + "\". Use \"machines/-\" for this machine.");
}

Result<Path> Names::parse_session(std::string_view name) const {
  constexpr const char* kShape = "machines/{machine}/sessions/{session}";
  const auto parts = split(name);
  if (parts.size() != 4 || parts[0] != "machines" || parts[2] != "sessions" || !is_id(parts[3])) return invalid(name, kShape);
  if (Status status = check_machine("machines/" + std::string(parts[1])); !status.ok()) return status;
  return Path{parts[3] == "-" ? std::string() : std::string(parts[3]), std::nullopt};
}

Result<Path> Names::parse_set(std::string_view name) const {
  constexpr const char* kShape = "machines/{machine}/sessions/{session}/sets/{number}";
  const std::size_t sets = name.rfind("/sets/");
  if (sets == std::string_view::npos) return invalid(name, kShape);
  auto path = parse_session(name.substr(0, sets));
  if (!path.ok()) return path.status().reason == "NAME_INVALID" ? invalid(name, kShape) : path.status();
  const std::string_view number = name.substr(sets + 6);
  if (number == "-") return path;
  std::uint32_t index = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), index);
  if (error != std::errc{} || end != number.data() + number.size() || index == 0) return invalid(name, kShape);
  path->set = index;
  return path;
}

namespace {

/// The id in "prefix/id", or a bare id.
Result<std::string> below(std::string_view prefix, std::string_view name, const char* pattern) {
  const std::string_view id = name.substr(0, prefix.size()) == prefix ? name.substr(prefix.size()) : name;
  if (!is_id(id)) return invalid(name, pattern);
  return std::string(id);
}

}  // namespace

Result<std::string> Names::parse_program(std::string_view name) { return below("programs/", name, "programs/{program}"); }

Result<std::string> Names::parse_workout(std::string_view name) { return below("workouts/", name, "workouts/{workout}"); }

}  // namespace sheave::api
