#pragma once
// `sheave start`: prepares and activates a session and, with --follow, shows it to its end.

#include <chrono>

#include "controller/app/cli/client.hpp"
#include "controller/app/cli/keyboard.hpp"
#include "controller/app/cli/options.hpp"
#include "controller/app/cli/screen.hpp"

namespace sheave::cli {

struct Patience {
  // After Ctrl-C or SIGTERM. Together with a call that was under way then (10 s) less than the 30 s after which whoever ends services kills.
  std::chrono::milliseconds for_end = std::chrono::seconds(12);  ///< Of the session: unload, retract and the last commit.
  std::chrono::milliseconds for_all = std::chrono::seconds(16);  ///< Stop, that, and the report.
  /// Of a session that is held up while nobody is at the keyboard: enough to go on with it from the machine or another client.
  std::chrono::seconds for_help{60};
};

/// Runs the session in front of the user. kExitOk where every planned set was done; else says on stderr what failed. Where a Stop or a fault
/// holds it up, says what happened and what goes on; Enter does. With --again a fault is reset and the session begun anew, as many times.
/// Ctrl-C takes the load off, finishes the session, and says so, within `patience` whether it is answered or not; a second one ends the
/// program. Throws Failure.
int follow(Client& client, Screen& screen, const Options& options, Keyboard keyboard = Keyboard(), const Patience& patience = {});

/// Makes the session and hands it the machine. Throws Failure.
v1::Session begin_session(Client& client, const StartOptions& options);

/// @param parent "machines/m1/sessions/{s}", "{s}" alone, or nothing: the newest.
v1::ListSetsResponse sets_of(Client& client, const std::string& parent);

/// The whole session as report_lines() has it, under the program's name.
void print_report(Client& client, Screen& screen, const v1::Session& session, const v1::ListSetsResponse& stored);

}  // namespace sheave::cli
