#pragma once
// `sheave start`: prepares and activates a session and, with --follow, shows it to its end.

#include "controller/app/cli/client.hpp"
#include "controller/app/cli/options.hpp"
#include "controller/app/cli/screen.hpp"

namespace sheave::cli {

/// Runs the session in front of the user. kExitOk where every planned set was done; else says on stderr what failed.
/// Ctrl-C takes the load off, finishes the session, and says so; a second one ends the program. Throws Failure.
int follow(Client& client, Screen& screen, const Options& options);

/// Makes the session and hands it the machine. Throws Failure.
v1::Session begin_session(Client& client, const StartOptions& options);

/// @param parent "machines/m1/sessions/{s}", "{s}" alone, or nothing: the newest.
v1::ListSetsResponse sets_of(Client& client, const std::string& parent);

/// The whole session as report_lines() has it, under the program's name.
void print_report(Client& client, Screen& screen, const v1::Session& session, const v1::ListSetsResponse& stored);

}  // namespace sheave::cli
