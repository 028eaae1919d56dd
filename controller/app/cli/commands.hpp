#pragma once
// The commands of `sheave`. Each prints to `screen`, throws Failure with one clear message, and returns the exit code.

#include "controller/app/cli/client.hpp"
#include "controller/app/cli/options.hpp"
#include "controller/app/cli/screen.hpp"

namespace sheave::cli {

int show_programs(Client& client, Screen& screen, const Options& options);
/// `plugins`, or those of one kind: `exercises`, `profiles`, `progressions`.
int show_plugins(Client& client, Screen& screen, const Options& options);
/// Asks the controller, or, where none answers, runs the plugins beside this program.
int preview(Client& client, Screen& screen, const Options& options);

int show_status(Client& client, Screen& screen, const Options& options);
int stop(Client& client, Screen& screen, const Options& options);
int lower(Client& client, Screen& screen, const Options& options);
int reset(Client& client, Screen& screen, const Options& options);
int self_test(Client& client, Screen& screen, const Options& options);
int show_usage(Client& client, Screen& screen, const Options& options);

int out_of_order(Client& client, Screen& screen, const Options& options);
int show_upkeep(Client& client, Screen& screen, const Options& options);
int record_service(Client& client, Screen& screen, const Options& options);
int support_bundle(Client& client, Screen& screen, const Options& options);

/// The person is ready: acknowledges what is latched, and lets what comes next of the present session start.
int ready(Client& client, Screen& screen, const Options& options);
int start(Client& client, Screen& screen, const Options& options);
/// `load`: of the present session's set to come, or, lower, of the running one.
int set_load(Client& client, Screen& screen, const Options& options);
/// `tune`: a live parameter of a load profile of the present session.
int tune(Client& client, Screen& screen, const Options& options);
int finish(Client& client, Screen& screen, const Options& options);
int show_sets(Client& client, Screen& screen, const Options& options);
/// Why the weight after a set is what it is.
int explain_set(Client& client, Screen& screen, const Options& options);
/// What the sets of a session's person say of their strength.
int show_strength(Client& client, Screen& screen, const Options& options);
/// `member create`, `show`, `erase`, `export`.
int member(Client& client, Screen& screen, const Options& options);
/// Pulley and attachment of the present session are as they should be.
int confirm(Client& client, Screen& screen, const Options& options);
int turn(Client& client, Screen& screen, const Options& options);
int not_me(Client& client, Screen& screen, const Options& options);
int watch(Client& client, Screen& screen, const Options& options);

/// These need no controller. `token create`, `list` and `revoke`: of the file of the machine they run on.
int create_token(Screen& screen, const Options& options);
int list_tokens(Screen& screen, const Options& options);
int revoke_token(Screen& screen, const Options& options);
int replay(Screen& screen, const Options& options);

}  // namespace sheave::cli
