#pragma once
// A session that nothing goes on with by itself: after a Stop, a fault, an emergency stop. What a person reads then.

#include <string>
#include <vector>

#include "controller/app/cli/text.hpp"
#include "sheave/v1/watch.pb.h"

namespace sheave::cli {

inline constexpr int kFirstFault = 200;  ///< Codes below it are of what is limited, not faulted.

enum class HoldUp {
  kNone,
  kPaused,   ///< The next set waits for its person to say so.
  kLatched,  ///< The machine is off until somebody acknowledges what made it so.
};

/// The machine is off, whoever has a session; for a moment after its start also where nothing is wrong.
bool is_latched(const v1::Snapshot& snapshot) noexcept;
HoldUp hold_up_of(const v1::Snapshot& snapshot) noexcept;

/// What happened and what mends it, as the machine says it; where the weight is; what goes on. @pre hold_up_of() is not kNone
/// @param at_keyboard Enter goes on; else another shell does.
std::vector<std::string> hold_up_lines(const Look& look, const v1::Snapshot& snapshot, bool at_keyboard);
/// The same in one line that stands as long as it lasts.
std::string hold_up_reminder(const Look& look, bool at_keyboard);

}  // namespace sheave::cli
