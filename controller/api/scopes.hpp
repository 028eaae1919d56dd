#pragma once
// What a credential is for, and which calls that covers. Loopback needs none; see gate.hpp.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sheave::api {

enum class Scope : std::uint8_t {
  kDisplay,   ///< A screen on the wall: looks on.
  kKiosk,     ///< The screen at the machine: all that a member does there.
  kApp,       ///< A member's phone: prepares and follows sessions.
  kTrainer,   ///< As an app, and writes programs.
  kOperator,  ///< The gym's office: use, health, upkeep, settings.
  kService,   ///< A technician: as an operator, and what moves or unlocks the machine.
};

using ScopeSet = std::uint32_t;  ///< Bit per Scope.
constexpr ScopeSet set_of(Scope scope) noexcept { return 1U << static_cast<unsigned>(scope); }

/// "operator"
std::string_view name_of(Scope scope) noexcept;
std::optional<Scope> parse_scope(std::string_view name) noexcept;
/// "kiosk, app or trainer"
std::string names_of(ScopeSet scopes);

/// Who may call `method`, "/sheave.v1.UsageService/QueryUsage". 0: nobody, for it is in no line of the table. What a service has no
/// line of its own for is covered by the service's, which is the narrowest of its lines.
ScopeSet scopes_for(std::string_view method) noexcept;

}  // namespace sheave::api
