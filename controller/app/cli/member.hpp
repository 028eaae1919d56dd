#pragma once
// Who is meant on the command line.

#include <string>

#include "controller/app/cli/client.hpp"

namespace sheave::cli {

/// What a session takes for `who`: nothing for a guest, a name as it is, a number with its PIN as a handle. Throws Failure.
std::string resolve_member(Client& client, const std::string& who, const std::string& pin);

}  // namespace sheave::cli
