// `sheave member`, `confirm`, `turn` and `not-me`: who trains, and whose turn it is.

#include <fmt/format.h>

#include "controller/app/cli/commands.hpp"
#include "controller/app/cli/json.hpp"
#include "controller/app/cli/member.hpp"
#include "controller/app/cli/present.hpp"
#include "sheave/v1/member.grpc.pb.h"

namespace sheave::cli {
namespace {

using Members = v1::MemberService::Stub;

std::string session_name(const std::string& id) {
  if (id.find('/') != std::string::npos) return id;
  return fmt::format("{}/sessions/{}", kThisMachine, id.empty() ? "-" : id.c_str());
}

std::string line_of(const v1::Member& member) {
  return fmt::format("Member {}{}{}  {}  {}", member.number(), member.alias().empty() ? "" : ", ", member.alias(),
                     member.has_pin() ? "PIN" : "no PIN", member.name()) +
         (member.tags() > 0 ? fmt::format("  {} tag{}", member.tags(), member.tags() == 1 ? "" : "s") : "");
}

void print_member(Screen& screen, const Options& options, const v1::Member& member) {
  screen.print(options.json ? json_line("member", member) : line_of(member));
}

std::string wanted_member(const MemberOptions& options) {
  return options.who.find('/') != std::string::npos ? options.who : fmt::format("members/{}", options.who);
}

int create(Client& client, Screen& screen, const Options& options) {
  v1::CreateMemberRequest request;
  request.set_alias(options.member.alias);
  request.set_pin(options.member.pin);
  request.set_tag(options.member.tag);
  print_member(screen, options, client.call(&Members::CreateMember, request));
  return kExitOk;
}

int show(Client& client, Screen& screen, const Options& options) {
  v1::GetMemberRequest request;
  request.set_name(wanted_member(options.member));
  print_member(screen, options, client.call(&Members::GetMember, request));
  v1::ListLastTimesRequest last;
  last.set_member(request.name());
  const auto listed = client.call(&Members::ListLastTimes, last);
  for (const v1::LastTime& time : listed.last_times()) {
    if (options.json) {
      screen.print(json_line("last_time", time));
      continue;
    }
    std::string sets;
    for (const v1::LastSet& set : time.sets()) {
      sets += fmt::format("{}{} x {}", sets.empty() ? "" : ", ", load(screen.look(), set.load_total_kg()), set.counted_reps());
    }
    const std::string notch = time.set_up().notch() > 0 ? fmt::format("notch {}, ", time.set_up().notch()) : "";
    screen.print(fmt::format("  {}{}{}", left(id_of(time.program()), 24), notch, sets));
  }
  return kExitOk;
}

int erase(Client& client, Screen& screen, const Options& options) {
  v1::EraseMemberRequest request;
  request.set_name(wanted_member(options.member));
  const auto erased = client.call(&Members::EraseMember, request);
  screen.print(options.json
                   ? json_line("erased", erased)
                   : fmt::format("Erased; {} session{} nobody's now.", erased.sessions(), erased.sessions() == 1 ? " is" : "s are"));
  return kExitOk;
}

int export_all(Client& client, Screen& screen, const Options& options) {
  v1::ExportMemberRequest request;
  request.set_name(wanted_member(options.member));
  grpc::ClientContext context;
  Members stub(client.channel());
  const auto parts = stub.ExportMember(&context, request);
  v1::ExportMemberResponse part;
  while (parts->Read(&part)) {
    screen.print(part.has_member() ? json_line("member", part.member()) : json_line("session", part.session()));
  }
  client.check(parts->Finish());
  return kExitOk;
}

}  // namespace

std::string resolve_member(Client& client, const std::string& who, const std::string& pin) {
  if (who.empty() || who.find('/') != std::string::npos) return who;
  if (who.find_first_not_of("0123456789") != std::string::npos || who.size() > 9) {
    throw Failure("\"" + who + "\" is no member: give a number with --pin, or the name that `sheave member show` prints.");
  }
  v1::ResolveCredentialRequest request;
  request.mutable_number()->set_number(std::stoi(who));
  request.mutable_number()->set_pin(pin);
  return client.call(&Members::ResolveCredential, request).handle();
}

int member(Client& client, Screen& screen, const Options& options) {
  const std::string& action = options.member.action;
  if (action == "create") return create(client, screen, options);
  if (action == "erase") return erase(client, screen, options);
  return action == "export" ? export_all(client, screen, options) : show(client, screen, options);
}

int confirm(Client& client, Screen& screen, const Options& options) {
  v1::ConfirmSetUpRequest request;
  request.set_name(session_name(""));
  if (options.notch > 0) request.set_notch(options.notch);
  const auto session = client.call(&v1::SessionService::Stub::ConfirmSetUp, request);
  screen.print(options.json ? json_line("session", session) : "Set up. Pull lightly, then train.");
  return kExitOk;
}

int turn(Client& client, Screen& screen, const Options& options) {
  v1::ActivateSessionRequest request;
  request.set_name(session_name(options.session));
  request.set_join(true);
  const auto session = client.call(&v1::SessionService::Stub::ActivateSession, request);
  screen.print(options.json ? json_line("session", session) : session.name() + " has the turn.");
  return kExitOk;
}

int not_me(Client& client, Screen& screen, const Options& options) {
  v1::ReassignSessionRequest request;
  request.set_name(session_name(options.session));
  request.set_member(resolve_member(client, options.member.who, options.member.pin));
  const auto session = client.call(&v1::SessionService::Stub::ReassignSession, request);
  screen.print(options.json ? json_line("session", session)
                            : session.name() + (session.member().empty() ? " is nobody's now." : " is " + session.member() + "'s now."));
  return kExitOk;
}

}  // namespace sheave::cli
