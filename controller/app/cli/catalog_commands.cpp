// `sheave programs` and `sheave plugins`: from the controller, or from the folders where none runs.

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <functional>

#include "controller/api/convert_program.hpp"
#include "controller/app/cli/commands.hpp"
#include "controller/app/cli/folders.hpp"
#include "controller/app/cli/json.hpp"
#include "controller/plugin_host/registry.hpp"
#include "controller/session/program.hpp"

namespace sheave::cli {
namespace {

constexpr std::chrono::seconds kAskFirst{2};  // a controller nearby answers in milliseconds

v1::ListProgramsResponse programs_of_folder(const std::string& folder) {
  if (!std::filesystem::is_directory(folder)) {
    throw Failure("There is no folder " + folder + " of programs. Name the right one with --catalog.");
  }
  const session::Catalog catalog = session::load_catalog(folder);
  v1::ListProgramsResponse listed;
  for (const session::Program& program : catalog.programs) api::to_pb(program, "", listed.add_programs());
  for (const Status& refused : catalog.refused) std::fprintf(stderr, "sheave: %s\n", refused.message.c_str());
  return listed;
}

v1::ListProgramsResponse programs_of_controller(Client& client) {
  v1::ListProgramsResponse all;
  v1::ListProgramsRequest request;
  do {
    const auto page = client.call(&v1::ProgramService::Stub::ListPrograms, request, kAskFirst);
    all.MergeFrom(page);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return all;
}

v1::ListPluginsResponse plugins_of_folders(const std::vector<std::string>& folders) {
  plugin_host::Registry registry;
  registry.scan(folders);
  v1::ListPluginsResponse listed;
  for (const plugin_host::PluginInfo& plugin : registry.plugins()) api::to_pb(plugin, listed.add_plugins());
  for (const plugin_host::Refused& refused : registry.refused()) {
    v1::RefusedPlugin* to = listed.add_refused();
    to->set_file(refused.file);
    to->set_message(refused.message);
  }
  return listed;
}

/// Asks the controller; where none answers, says so on stderr and takes `offline`.
template <typename Response>
Response ask_or(Client& client, const std::string& folder, Response (*ask)(Client&), const std::function<Response()>& offline) {
  try {
    return ask(client);
  } catch (const Failure& failure) {
    if (failure.code != grpc::StatusCode::UNAVAILABLE) throw;
    std::fprintf(stderr, "sheave: no controller answers at %s; showing what is in %s\n", client.address().c_str(), folder.c_str());
    return offline();
  }
}

std::string prescription_of(const v1::Program& program) {
  const v1::Prescription& p = program.prescription();
  return fmt::format("{} x {}-{}, rest {}", p.sets(), p.rep_bottom(), p.rep_top(), clock(static_cast<double>(p.rest().seconds())));
}

}  // namespace

int show_programs(Client& client, Screen& screen, const Options& options) {
  const std::string folder = options.catalog.empty() ? catalog_folder() : options.catalog;
  const auto offline = [&] { return programs_of_folder(folder); };
  const auto listed =
      options.catalog.empty() ? ask_or<v1::ListProgramsResponse>(client, folder, programs_of_controller, offline) : offline();
  for (const v1::Program& program : listed.programs()) {
    if (options.json) {
      screen.print(json_line("program", program));
      continue;
    }
    const std::string id = program.name().substr(program.name().find('/') + 1);
    screen.print(paint(screen.look(), Ink::kBold, left(id, 24)) + left(program.exercise_name(), 14) + left(program.goal(), 12) +
                 prescription_of(program) + ", from " + load(screen.look(), program.start_load_total_kg()));
    if (!program.summary().empty())
      screen.print("  " + paint(screen.look(), Ink::kDim, wrap(program.summary(), screen.look().width - 4, 2)));
    if (!program.unavailable_reason().empty()) screen.print("  " + paint(screen.look(), Ink::kCaution, program.unavailable_reason()));
  }
  return kExitOk;
}

int show_plugins(Client& client, Screen& screen, const Options& options) {
  const std::vector<std::string> folders = options.plugins.empty() ? std::vector<std::string>{plugin_folder()} : options.plugins;
  const auto offline = [&] { return plugins_of_folders(folders); };
  const auto ask = [](Client& from) { return from.call(&v1::ProgramService::Stub::ListPlugins, v1::ListPluginsRequest{}, kAskFirst); };
  const auto listed = options.plugins.empty() ? ask_or<v1::ListPluginsResponse>(client, folders.front(), ask, offline) : offline();
  for (const v1::Plugin& plugin : listed.plugins()) {
    if (options.json) {
      screen.print(json_line("plugin", plugin));
      continue;
    }
    screen.print(paint(screen.look(), Ink::kBold, left(plugin.id(), 22)) + left(plugin.kind(), 14) + plugin.version() + "  " +
                 plugin.description());
    for (const v1::ParameterSpec& parameter : plugin.parameters()) {
      screen.print(
          paint(screen.look(), Ink::kDim,
                fmt::format("    {} = {:g} ({:g} to {:g}{}): {}", parameter.name(), parameter.default_value(), parameter.min_value(),
                            parameter.max_value(), parameter.unit().empty() ? "" : " " + parameter.unit(), parameter.help())));
    }
  }
  for (const v1::RefusedPlugin& refused : listed.refused()) {
    screen.print(options.json ? json_line("refused_plugin", refused)
                              : paint(screen.look(), Ink::kStop, "refused ") + refused.file() + ": " + refused.message());
  }
  return kExitOk;
}

}  // namespace sheave::cli
