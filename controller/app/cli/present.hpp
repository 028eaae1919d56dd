#pragma once
// What a person reads of each message of the API. Pure: a message and a look in, text out.

#include <string>
#include <vector>

#include "controller/app/cli/text.hpp"
#include "sheave/v1/program.pb.h"
#include "sheave/v1/self_test.pb.h"
#include "sheave/v1/session.pb.h"
#include "sheave/v1/usage.pb.h"
#include "sheave/v1/watch.pb.h"

namespace sheave::cli {

/// One movement: count, range, velocities, force, load, velocity loss; for what did not count, why.
std::string rep_line(const Look& look, const v1::Rep& rep);
/// What stands above the rep lines of a live set.
std::string rep_head(const Look& look);
/// "set 2 of 3", or "set 2" where as many are done as the person likes; "warm-up", "trial set".
std::string place_of_set(const v1::Snapshot& snapshot);
/// What is true now, in one line: "active, cable-row: working, set 2 of 3, 42.25 kg, 3 reps".
std::string snapshot_line(const Look& look, const v1::Snapshot& snapshot);
/// "set 2", "trial set 1", "warm-up 1", by its place among all of the session: what commands take.
std::string name_of_set(const v1::Set& set);
/// "Set done: 8 reps at 42.25 kg ..., ended: racked."
std::string set_line(const Look& look, const v1::Set& set);
/// "changed: eccentric return_share 1.1, eccentric return_share 1.2 from 0:12 on"; empty: all was as the program says.
std::string tuned_text(const v1::Set& set);
/// "lighter: 38 kg from rep 4 on"; empty: it kept its load.
std::string lightened_text(const Look& look, const v1::Set& set);
/// The next weight, its step, and the reason in words and as code.
std::string proposal_line(const Look& look, const v1::Proposal& proposal);
std::string fault_line(const Look& look, const v1::Fault& fault);
/// What the machine has moved in its life.
std::string odometer_line(const v1::Odometer& odometer);
/// What a self-test found: what a set takes out of the hand, and how true the force is. One cable per line.
std::vector<std::string> self_test_lines(const v1::SelfTestResult& result);
/// How to set the machine up for `program`.
std::vector<std::string> set_up_lines(const Look& look, const v1::Program& program);
/// What the plugin is, and for each of its parameters: default with unit, range, "live" where it may change in a set, what it does.
std::vector<std::string> plugin_lines(const Look& look, const v1::Plugin& plugin);
/// What a program feels like in a few lines: forces out and back, and between which loads it can move.
std::vector<std::string> preview_lines(const Look& look, const v1::PreviewProgramResponse& preview);

/// The whole session: a table that names every set, and below each set the weight step with its reason.
/// @param program its name for people. @param sets with their reps.
std::vector<std::string> report_lines(const Look& look, const std::string& program, const v1::Session& session,
                                      const std::vector<v1::Set>& sets);

}  // namespace sheave::cli
