// `sheave token`: who may call this machine from other hosts. Works on the machine's own file; needs no controller.

#include <fmt/format.h>

#include <ctime>

#include "controller/api/tokens.hpp"
#include "controller/app/cli/commands.hpp"
#include "controller/app/cli/text.hpp"

namespace sheave::cli {
namespace {

void check(const Status& status) {
  if (!status.ok()) throw Failure(status.message);
}

}  // namespace

int create_token(Screen& screen, const Options& options) {
  const TokenOptions& wanted = options.token_command;
  const auto scope = api::parse_scope(wanted.scope);  // the command line took no other
  const auto token = api::create_token(wanted.file, wanted.name, *scope, std::time(nullptr));
  check(token.status());
  if (options.json) {
    screen.print(fmt::format(R"({{"name":"{}","scope":"{}","token":"{}"}})", wanted.name, wanted.scope, *token));
  } else {
    screen.print(*token);
    std::fputs("It is shown this once. Give it to whoever calls: SHEAVE_TOKEN=..., or the page's sign-in.\n", stderr);
  }
  return kExitOk;
}

int list_tokens(Screen& screen, const Options& options) {
  const auto tokens = api::load_tokens(options.token_command.file);
  check(tokens.status());
  for (const api::TokenEntry& token : *tokens) {
    if (options.json) {
      screen.print(
          fmt::format(R"({{"name":"{}","scope":"{}","created_unix_s":{}}})", token.name, api::name_of(token.scope), token.created_unix_s));
    } else {
      screen.print(left(token.name, 24) + left(std::string(api::name_of(token.scope)), 10) + local_time(token.created_unix_s));
    }
  }
  return kExitOk;
}

int revoke_token(Screen& screen, const Options& options) {
  check(api::revoke_token(options.token_command.file, options.token_command.name));
  if (!options.json) screen.print(fmt::format("{} is refused from its next call on", options.token_command.name));
  return kExitOk;
}

}  // namespace sheave::cli
