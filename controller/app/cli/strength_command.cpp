// `sheave strength`

#include <fmt/format.h>

#include <string>

#include "controller/app/cli/commands.hpp"
#include "controller/app/cli/json.hpp"
#include "controller/app/cli/strength_view.hpp"
#include "sheave/v1/session.grpc.pb.h"
#include "sheave/v1/telemetry.grpc.pb.h"

namespace sheave::cli {
namespace {

constexpr int kSessionsBack = 100;

/// The newest session of a program; the newest of all where none is named.
std::string session_of(Client& client, const std::string& program) {
  if (program.empty()) return "machines/-/sessions/-";
  v1::ListSessionsRequest request;
  request.set_parent("machines/-");
  request.set_page_size(kSessionsBack);
  const v1::ListSessionsResponse listed = client.call(&v1::SessionService::Stub::ListSessions, request);
  for (const v1::Session& session : listed.sessions()) {
    if (session.program() == program || session.program() == "programs/" + program) return session.name();
  }
  throw Failure(fmt::format("no session of \"{}\" among the last {}; `sheave programs` names what there is", program, kSessionsBack));
}

}  // namespace

int show_strength(Client& client, Screen& screen, const Options& options) {
  v1::GetStrengthRequest request;
  request.set_name(session_of(client, options.program));
  const v1::Strength strength = client.call(&v1::TelemetryService::Stub::GetStrength, request);
  if (options.json) {
    screen.print(json_line("strength", strength));
    return kExitOk;
  }
  for (const std::string& text : strength_lines(screen.look(), strength)) screen.print(text);
  return kExitOk;
}

}  // namespace sheave::cli
