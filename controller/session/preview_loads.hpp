#pragma once
// Where a program's loads can go: its progression, asked as a session asks it, over sets that are supposed.

#include "controller/session/loads.hpp"
#include "controller/session/preview.hpp"

namespace sheave::session {

inline constexpr std::uint32_t kPreviewVisits = 8;  ///< About a month at two visits a week.

/// What every set is supposed to have been.
enum class Supposed : std::uint8_t {
  kTop,    ///< The top of the range, or the goal that was set above it.
  kBelow,  ///< One rep below its bottom, and another that stayed short.
};

/// The visits to come; every proposal is taken as it is, every set ends by racking. A proposal to stop ends its visit.
/// @param load_kg of the first set; none: the progression says. Empty where the program has no progression. Reasons as
/// PluginSource::make_decider(); a decision that fails keeps the load, as in a session.
Result<std::vector<PreviewSet>> suppose(const Program& program, const LoadGrid& grid, PluginSource& plugins,
                                        const PreviewMovement& movement, Supposed supposed, std::optional<double> load_kg);

}  // namespace sheave::session
