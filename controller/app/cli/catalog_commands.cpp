// `sheave programs`, `plugins` and the lists of one kind of them: from the controller, or from the folders where none runs.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string_view>

#include "controller/api/convert_program.hpp"
#include "controller/app/cli/commands.hpp"
#include "controller/app/cli/folders.hpp"
#include "controller/app/cli/json.hpp"
#include "controller/app/cli/present.hpp"
#include "controller/plugin_host/registry.hpp"
#include "controller/session/program.hpp"
#include "plugins/abi/sheave/ext/exercise.h"
#include "plugins/abi/sheave/ext/load_profile.h"
#include "plugins/abi/sheave/ext/progression.h"

namespace sheave::cli {
namespace {

constexpr std::chrono::seconds kAskFirst{2};  // a controller nearby answers in milliseconds

/// What there is to train.
struct Listed {
  v1::ListProgramsResponse programs;
  v1::ListWorkoutsResponse workouts;
};

Listed programs_of_folder(const std::string& folder) {
  if (!std::filesystem::is_directory(folder)) {
    throw Failure("There is no folder " + folder + " of programs. Name the right one with --catalog.");
  }
  session::Catalog catalog = session::load_catalog(folder);
  catalog.check_workouts();
  Listed listed;
  for (const session::Program& program : catalog.programs) api::to_pb(program, "", listed.programs.add_programs());
  for (const session::Workout& workout : catalog.workouts) {
    api::to_pb(
        workout, catalog, [](const session::Program&) { return std::string(); }, listed.workouts.add_workouts());
  }
  for (const Status& refused : catalog.refused) std::fprintf(stderr, "sheave: %s\n", refused.message.c_str());
  return listed;
}

Listed programs_of_controller(Client& client) {
  Listed all;
  v1::ListProgramsRequest request;
  do {
    const auto page = client.call(&v1::ProgramService::Stub::ListPrograms, request, kAskFirst);
    all.programs.MergeFrom(page);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  all.workouts = client.call(&v1::ProgramService::Stub::ListWorkouts, v1::ListWorkoutsRequest{}, kAskFirst);
  return all;
}

/// What a command of this name lists: the kind, and whom to ask for it.
struct PluginList {
  std::string_view command;
  const char* kind;  // as the ABI names it; empty: all
  grpc::Status (v1::ProgramService::Stub::*ask)(grpc::ClientContext*, const v1::ListPluginsRequest&, v1::ListPluginsResponse*);
};

using Programs = v1::ProgramService::Stub;
constexpr std::array kPluginLists = {
    PluginList{"plugins", "", &Programs::ListPlugins},
    PluginList{"exercises", SHEAVE_EXT_EXERCISE, &Programs::ListExercises},
    PluginList{"profiles", SHEAVE_EXT_LOAD_PROFILE, &Programs::ListLoadProfiles},
    PluginList{"progressions", SHEAVE_EXT_PROGRESSION, &Programs::ListProgressions},
};

v1::ListPluginsResponse plugins_of_folders(const std::vector<std::string>& folders, const char* kind) {
  plugin_host::Registry registry;
  registry.scan(folders);
  v1::ListPluginsResponse listed;
  api::to_pb(registry, kind, &listed);
  return listed;
}

std::string prescription_of(const v1::Program& program) {
  const v1::Prescription& p = program.prescription();
  if (p.sets() == 0) return "as many sets and reps as you like";
  return fmt::format("{} x {}-{}, rest {}", p.sets(), p.rep_bottom(), p.rep_top(), clock(static_cast<double>(p.rest().seconds())));
}

/// Under a heading for each exercise, its programs: id, goal, prescription and start load in columns as wide as the longest.
void print_by_exercise(Screen& screen, const v1::ListProgramsResponse& listed) {
  std::vector<const v1::Program*> programs;
  int id_columns = 0, goal_columns = 0;
  for (const v1::Program& program : listed.programs()) {
    programs.push_back(&program);
    id_columns = std::max(id_columns, columns_of(id_of(program.name())));
    goal_columns = std::max(goal_columns, columns_of(program.goal()));
  }
  std::ranges::stable_sort(programs, {}, &v1::Program::exercise_name);

  const Look& look = screen.look();
  constexpr int kIndent = 2, kGap = 2;
  std::string_view heading;
  for (const v1::Program* program : programs) {
    if (program->exercise_name() != heading) {
      heading = program->exercise_name();
      screen.print(paint(look, Ink::kBold, heading));
    }
    const std::string blanks(kIndent, ' ');
    screen.print(blanks + left(id_of(program->name()), id_columns + kGap) + left(program->goal(), goal_columns + kGap) +
                 prescription_of(*program) + ", from " + load(look, program->start_load_total_kg()));
    if (!program->summary().empty())
      screen.print(blanks + blanks + paint(look, Ink::kDim, wrap(program->summary(), look.width - 3 * kIndent, 2 * kIndent)));
    if (!program->unavailable_reason().empty()) screen.print(blanks + paint(look, Ink::kCaution, program->unavailable_reason()));
  }
}

void print_workouts(Screen& screen, const v1::ListWorkoutsResponse& listed) {
  const Look& look = screen.look();
  if (listed.workouts_size() > 0) screen.print(paint(look, Ink::kBold, "Workouts"));
  for (const v1::Workout& workout : listed.workouts()) {
    std::string parts;
    for (const v1::WorkoutPart& part : workout.parts()) {
      parts += fmt::format("{}{} {} x {}-{}", parts.empty() ? "" : ", ", part.program().exercise_name(), part.sets(),
                           part.program().prescription().rep_bottom(), part.program().prescription().rep_top());
    }
    screen.print("  " + id_of(workout.name()) + "  " + workout.goal());
    screen.print("    " + wrap(parts, look.width - 6, 4));
    if (!workout.summary().empty()) screen.print("    " + paint(look, Ink::kDim, wrap(workout.summary(), look.width - 6, 4)));
    for (const std::string& sign : workout.signs()) screen.print("    \"" + sign + "\"");
    if (!workout.unavailable_reason().empty()) screen.print("  " + paint(look, Ink::kCaution, workout.unavailable_reason()));
  }
}

}  // namespace

int show_programs(Client& client, Screen& screen, const Options& options) {
  const std::string folder = options.catalog.empty() ? catalog_folder() : options.catalog;
  const auto offline = [&] { return programs_of_folder(folder); };
  const auto listed =
      options.catalog.empty() ? ask_or<Listed>(client, "showing what is in " + folder, programs_of_controller, offline) : offline();
  if (options.json) {
    for (const v1::Program& program : listed.programs.programs()) screen.print(json_line("program", program));
    for (const v1::Workout& workout : listed.workouts.workouts()) screen.print(json_line("workout", workout));
  } else {
    print_by_exercise(screen, listed.programs);
    print_workouts(screen, listed.workouts);
  }
  return kExitOk;
}

int show_plugins(Client& client, Screen& screen, const Options& options) {
  const PluginList list = *std::ranges::find(kPluginLists, std::string_view(options.command), &PluginList::command);
  const std::vector<std::string> folders = options.plugins.empty() ? std::vector<std::string>{plugin_folder()} : options.plugins;
  const auto offline = [&] { return plugins_of_folders(folders, list.kind); };
  const auto ask = [&](Client& from) { return from.call(list.ask, v1::ListPluginsRequest{}, kAskFirst); };
  const auto listed =
      options.plugins.empty() ? ask_or<v1::ListPluginsResponse>(client, "showing what is in " + folders.front(), ask, offline) : offline();
  for (const v1::Plugin& plugin : listed.plugins()) {
    if (options.json) {
      screen.print(json_line("plugin", plugin));
      continue;
    }
    for (const std::string& line : plugin_lines(screen.look(), plugin)) screen.print(line);
  }
  for (const v1::RefusedPlugin& refused : listed.refused()) {
    screen.print(options.json ? json_line("refused_plugin", refused)
                              : paint(screen.look(), Ink::kStop, "refused ") + refused.file() + ": " + refused.message());
  }
  return kExitOk;
}

}  // namespace sheave::cli
