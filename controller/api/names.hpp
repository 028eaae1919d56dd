#pragma once
// Resource names, parsed and built in one place: machines/{m}/sessions/{s}/sets/{n}/reps/{r} and programs/{p}.
// "machines/-" is this machine, whatever its id; "sessions/-" and "sets/-" are resolved by the call that takes them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "controller/core/status.hpp"

namespace sheave::api {

/// What a name below a machine points at. A part that the name does not have, or has as "-", is empty.
struct Path {
  std::string session;               ///< Empty: "-".
  std::optional<std::uint32_t> set;  ///< Empty: no set named, or "-".
};

/// The names of one machine. Immutable. [any]
class Names {
 public:
  explicit Names(std::string machine_id) : machine_id_(std::move(machine_id)) {}

  std::string machine() const { return "machines/" + machine_id_; }
  std::string session(std::string_view session) const;
  std::string set(std::string_view session, std::uint32_t index) const;
  std::string rep(std::string_view session, std::uint32_t set, std::uint32_t candidate) const;
  static std::string program(std::string_view id) { return "programs/" + std::string(id); }
  static std::string workout(std::string_view id) { return "workouts/" + std::string(id); }

  /// "machines/m1", "machines/-" or nothing. Reason MACHINE_NOT_FOUND.
  Status check_machine(std::string_view name) const;
  /// "machines/m1/sessions/{s}". Reasons NAME_INVALID, MACHINE_NOT_FOUND.
  Result<Path> parse_session(std::string_view name) const;
  /// "machines/m1/sessions/{s}/sets/{n}". Reasons as parse_session().
  Result<Path> parse_set(std::string_view name) const;
  /// "programs/{p}" or the bare id, as a person types it. Reason NAME_INVALID.
  static Result<std::string> parse_program(std::string_view name);
  /// "workouts/{w}" or the bare id. Reason NAME_INVALID.
  static Result<std::string> parse_workout(std::string_view name);

 private:
  std::string machine_id_;
};

}  // namespace sheave::api
