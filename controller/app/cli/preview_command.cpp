// `sheave preview`: what a program will feel like, in words, as numbers (--json) and as a drawing (--svg).

#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <sstream>

#include "controller/api/convert_preview.hpp"
#include "controller/api/convert_program.hpp"
#include "controller/app/cli/commands.hpp"
#include "controller/app/cli/folders.hpp"
#include "controller/app/cli/json.hpp"
#include "controller/app/cli/present.hpp"
#include "controller/app/cli/preview_svg.hpp"
#include "controller/plugin_host/registry.hpp"
#include "controller/session/preview.hpp"

namespace sheave::cli {
namespace {

constexpr double kReferencePeak_n = 1000.0;  // per cable: the drive of the reference stack, where no machine is there to ask

bool is_file(const std::string& program) { return program.ends_with(".toml"); }

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file || text.str().empty()) throw Failure("The program file " + path + " cannot be read. Check its path.");
  return text.str();
}

template <typename Value>
Value value_of(Result<Value> result) {
  if (!result.ok()) throw Failure(result.status().message);
  return *std::move(result);
}

v1::PreviewProgramResponse ask(Client& client, const PreviewOptions& options) {
  v1::PreviewProgramRequest request;
  if (is_file(options.program)) {
    request.set_toml(text_of(options.program));
  } else {
    request.set_name("programs/" + options.program);
  }
  if (options.load_kg) request.set_load_total_kg(*options.load_kg);
  return client.call(&v1::ProgramService::Stub::PreviewProgram, request);
}

session::Program program_of_folder(const std::string& id) {
  const std::string folder = catalog_folder();
  const session::Catalog catalog = session::load_catalog(folder);
  const session::Program* program = catalog.find(id);
  if (program == nullptr) throw Failure("There is no program \"" + id + "\" in " + folder + ". `sheave programs` names those there are.");
  return *program;
}

/// With the plugins beside this program, on the reference machine.
v1::PreviewProgramResponse without_controller(const PreviewOptions& options) {
  const session::Program program = is_file(options.program) ? value_of(session::parse_program(text_of(options.program), options.program))
                                                            : program_of_folder(options.program);
  plugin_host::Registry registry;
  registry.scan({plugin_folder()});
  const Machine machine;
  hal::StackInfo stack;
  stack.peak_force_n = kReferencePeak_n;
  stack.drive_velocity_limit = true;
  session::RegistryPlugins plugins(registry, machine.period_ns);
  const session::PreviewSettings settings{machine, kReferencePeak_n, safety::make_envelope_config(machine, stack), options.load_kg};
  const session::Preview preview = value_of(session::make_preview(program, settings, plugins));
  v1::PreviewProgramResponse response;
  api::to_pb(program, {}, response.mutable_program());
  api::to_pb(program, preview, &response);
  return response;
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream file(path);
  file << text << std::flush;
  if (!file) throw Failure("The file " + path + " cannot be written. Name one in a folder that is there and yours.");
}

}  // namespace

int preview(Client& client, Screen& screen, const Options& options) {
  const auto response = ask_or<v1::PreviewProgramResponse>(
      client, "showing it on the reference machine", [&](Client& from) { return ask(from, options.preview); },
      [&] { return without_controller(options.preview); });
  if (options.json) {
    screen.print(json_line("preview", response));
  } else {
    for (const std::string& line : preview_lines(screen.look(), response)) screen.print(line);
  }
  if (options.preview.svg.empty()) return kExitOk;
  write_file(options.preview.svg, preview_svg(screen.look(), response));
  if (!options.json) screen.print("Drawn in " + options.preview.svg + ".");
  return kExitOk;
}

}  // namespace sheave::cli
