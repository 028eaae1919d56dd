#pragma once
// Turns the session part of a name into a stored session.

#include "controller/api/context.hpp"

namespace sheave::api {

/// `path.session`, or where it is empty ("-") the machine's present session, else its newest one. [main]
/// Reason SESSION_NOT_FOUND; STORE_UNAVAILABLE as the journal says.
void find_session(const Context& context, const Path& path, session::Journal::Answer<session::SessionRecord> answer);

/// Its sets with reps, oldest first; of one set only where `path` names one (reason SET_NOT_FOUND). [main]
void find_sets(const Context& context, const Path& path, session::Journal::Answer<std::vector<session::SetRecord>> answer);

}  // namespace sheave::api
