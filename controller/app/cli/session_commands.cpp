// `sheave start`, `sets`, `watch`.

#include <fmt/format.h>

#include <cstdio>

#include "controller/app/cli/commands.hpp"
#include "controller/app/cli/events.hpp"
#include "controller/app/cli/explain.hpp"
#include "controller/app/cli/follow.hpp"
#include "controller/app/cli/going_on.hpp"
#include "controller/app/cli/hold_up.hpp"
#include "controller/app/cli/json.hpp"
#include "controller/app/cli/present.hpp"
#include "controller/app/cli/watch_stream.hpp"

namespace sheave::cli {
namespace {

const std::string kPresentSession = std::string(kThisMachine) + "/sessions/-";
constexpr std::chrono::hours kUntilSomethingHappens{1};

v1::WatchRequest request_of(const WatchOptions& options) {
  v1::WatchRequest request;
  request.set_machine(kThisMachine);
  if (options.reps) request.add_kinds(v1::WATCH_KIND_REPS);
  if (options.samples) request.add_kinds(v1::WATCH_KIND_SAMPLES);
  if (options.samples) request.set_sample_rate_hz(options.rate_hz);
  return request;
}

std::string sample_line(const v1::Sample& sample) {
  std::string text = fmt::format("{:.3f} s", static_cast<double>(sample.time_ns()) * 1e-9);
  for (const v1::AxisSample& axis : sample.axes()) {
    text += fmt::format("  {:.3f} m {:+.2f} m/s {:.0f} N (commanded {:.0f})", axis.extension_m(), axis.velocity_mps(), axis.tension_n(),
                        axis.commanded_n());
  }
  return text;
}

std::vector<std::string> lines_of(const Look& look, const v1::WatchResponse& event) {
  switch (event.event_case()) {
    case v1::WatchResponse::kSnapshot:
      return {snapshot_line(look, event.snapshot())};
    case v1::WatchResponse::kRep:
      return {rep_line(look, event.rep())};
    case v1::WatchResponse::kSet:
      return {set_line(look, event.set())};
    case v1::WatchResponse::kProposal:
      return {proposal_line(look, event.proposal().proposal())};
    case v1::WatchResponse::kFault:
      return {fault_line(look, event.fault())};
    case v1::WatchResponse::kCue:
      return {"cue: " + words(event.cue().id())};
    case v1::WatchResponse::kSamples: {
      std::vector<std::string> lines;
      for (const v1::Sample& sample : event.samples().samples()) lines.push_back(sample_line(sample));
      return lines;
    }
    default:
      return {};
  }
}

}  // namespace

int start(Client& client, Screen& screen, const Options& options) {
  if (options.start.follow || options.start.once) return follow(client, screen, options);
  const v1::Session session = begin_session(client, options.start);
  screen.print(options.json ? json_line("session", session)
                            : session.name() + " runs " + id_of(session.program()) +
                                  (session.load_total_kg() > 0 ? ", first set " + load(screen.look(), session.load_total_kg()) : "") +
                                  ". Go to the machine; `sheave watch` shows it.");
  return kExitOk;
}

int ready(Client& client, Screen& screen, const Options& options) {
  const v1::Snapshot now = snapshot_of(client);
  if (!now.has_session() || now.stage() == v1::STAGE_FINISHED) {
    throw Failure("There is no session to go on with: `sheave start` begins one, `sheave reset` acknowledges a fault.");
  }
  if (is_latched(now)) clear_fault(client, kBackTime);
  const auto session = arm(client, now.session().name());
  screen.print(options.json ? json_line("session", session) : "It goes on: take the handle out and hold it still.");
  return kExitOk;
}

int set_load(Client& client, Screen& screen, const Options& options) {
  v1::SetLoadRequest request;
  request.set_name(kPresentSession);
  request.set_load_total_kg(options.load_kg);
  const auto session = client.call(&v1::SessionService::Stub::SetLoad, request);
  screen.print(options.json ? json_line("session", session) : session.name() + ": " + load(screen.look(), session.load_total_kg()));
  return kExitOk;
}

int tune(Client& client, Screen& screen, const Options& options) {
  v1::SetProfileParameterRequest request;
  request.set_name(kPresentSession);
  request.set_profile(options.profile);
  request.set_parameter(options.parameter);
  request.set_value(options.value);
  const auto session = client.call(&v1::SessionService::Stub::SetProfileParameter, request);
  screen.print(options.json ? json_line("session", session)
                            : fmt::format("{}: {} of {} is {:g}", session.name(), options.parameter, options.profile, options.value));
  return kExitOk;
}

int finish(Client& client, Screen& screen, const Options& options) {
  v1::FinishSessionRequest request;
  request.set_name(kPresentSession);
  const auto session = client.call(&v1::SessionService::Stub::FinishSession, request);
  if (options.json) {
    screen.print(json_line("session", session));
    return kExitOk;
  }
  print_report(client, screen, session, sets_of(client, session.name()));
  return kExitOk;
}

int show_sets(Client& client, Screen& screen, const Options& options) {
  const auto stored = sets_of(client, options.session);
  if (options.json) {
    for (const v1::Set& set : stored.sets()) screen.print(json_line("set", set));
    return kExitOk;
  }
  v1::GetSessionRequest request;
  request.set_name(stored.session());
  const auto session = client.call(&v1::SessionService::Stub::GetSession, request);
  print_report(client, screen, session, stored);
  return kExitOk;
}

int explain_set(Client& client, Screen& screen, const Options& options) {
  const auto stored = sets_of(client, options.session);
  const std::vector<v1::Set> sets(stored.sets().begin(), stored.sets().end());
  const Explanation explanation = explain(sets, options.set);
  if (explanation.set == nullptr) {
    throw Failure(options.set > 0 ? fmt::format("this session has no set {}; `sheave sets` lists those there are", options.set)
                                  : "no weight was chosen in this session yet; one is after each set");
  }
  if (!explanation.set->has_proposal()) {
    throw Failure(fmt::format("no weight was chosen after {}: it was a warm-up, half of a one-sided set, or the last",
                              name_of_set(*explanation.set)));
  }
  if (options.json) {
    screen.print(json_line("explanation", explanation_data(explanation)));
  } else {
    for (const std::string& line : explanation_lines(screen.look(), explanation)) screen.print(line);
  }
  return kExitOk;
}

int watch(Client& client, Screen& screen, const Options& options) {
  EventQueue queue;
  const Signals signals(queue);
  const WatchStream stream(client, request_of(options.watch), queue);
  const bool state = !options.watch.reps && !options.watch.samples;  // every stream begins with a snapshot, asked for or not
  std::string last_state;
  while (true) {
    const std::optional<Event> event = queue.pop(kUntilSomethingHappens);
    if (!event) continue;
    if (event->kind == Event::Kind::kInterrupted) return kExitOk;
    if (event->kind == Event::Kind::kFailed) throw Failure(event->message, grpc::StatusCode::UNAVAILABLE);
    if (event->kind == Event::Kind::kLost) std::fprintf(stderr, "sheave: %s\n", event->message.c_str());
    if (event->kind != Event::Kind::kWatch || (event->watch.has_snapshot() && !state)) continue;
    std::vector<std::string> lines = options.json ? json_lines(event->watch) : lines_of(screen.look(), event->watch);
    if (event->watch.has_snapshot() && !options.json) {  // what counts seconds only is no news
      if (lines.front() == last_state) continue;
      last_state = lines.front();
    }
    for (const std::string& line : lines) screen.print(line);
  }
}

}  // namespace sheave::cli
