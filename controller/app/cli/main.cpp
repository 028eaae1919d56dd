// sheave: the command line client.

#include <array>
#include <cstdio>
#include <exception>
#include <iostream>
#include <string_view>
#include <utility>

#include "controller/app/cli/commands.hpp"

namespace {

using namespace sheave::cli;

using Command = int (*)(Client&, Screen&, const Options&);

constexpr std::array<std::pair<std::string_view, Command>, 29> kCommands = {{
    {"programs", show_programs},
    {"plugins", show_plugins},
    {"exercises", show_plugins},
    {"profiles", show_plugins},
    {"progressions", show_plugins},
    {"preview", preview},
    {"status", show_status},
    {"stop", stop},
    {"lower", lower},
    {"reset", reset},
    {"usage", show_usage},
    {"out-of-order", out_of_order},
    {"upkeep", show_upkeep},
    {"service", record_service},
    {"support-bundle", support_bundle},
    {"self-test", self_test},
    {"start", start},
    {"ready", ready},
    {"load", set_load},
    {"tune", tune},
    {"finish", finish},
    {"sets", show_sets},
    {"explain", explain_set},
    {"strength", show_strength},
    {"watch", watch},
    {"member", member},
    {"confirm", confirm},
    {"turn", turn},
    {"not-me", not_me},
}};

int run(const Options& options) {
  Screen screen(stdout, look_of(stdout, options.json, options.pounds));
  if (options.command == "replay") return replay(screen, options);
  if (options.command == "token") {
    const std::string& action = options.token_command.action;
    return action == "create" ? create_token(screen, options)
           : action == "list" ? list_tokens(screen, options)
                              : revoke_token(screen, options);
  }
  Client client(options.address, {options.ca, options.token});
  for (const auto& [name, command] : kCommands) {
    if (name == options.command) return command(client, screen, options);
  }
  return kExitUsage;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (const auto code = parse(argc, argv, options, std::cout, std::cerr)) return *code;
  try {
    return run(options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "sheave: %s\n", error.what());
    return kExitFailed;
  }
}
