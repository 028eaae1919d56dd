#include "controller/app/cli/follow.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>
#include <vector>

#include "controller/app/cli/commands.hpp"
#include "controller/app/cli/events.hpp"
#include "controller/app/cli/going_on.hpp"
#include "controller/app/cli/json.hpp"
#include "controller/app/cli/member.hpp"
#include "controller/app/cli/present.hpp"
#include "controller/app/cli/session_view.hpp"
#include "controller/app/cli/watch_stream.hpp"
#include "controller/session/ids.hpp"

namespace sheave::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kLiveRate_hz = 20;                // as fast as a terminal is worth reading
constexpr std::chrono::milliseconds kRedraw{100};  // the countdown's
constexpr std::chrono::seconds kFirstAnswer{10};
constexpr std::chrono::seconds kMendsItself{30};  // a drive that restarted, a cable that was plugged in again

double now_s() { return std::chrono::duration<double>(Clock::now().time_since_epoch()).count(); }

v1::WatchRequest watch_request(bool samples) {
  v1::WatchRequest request;
  request.set_machine(kThisMachine);
  for (const v1::WatchKind kind : {v1::WATCH_KIND_REPS, v1::WATCH_KIND_SETS, v1::WATCH_KIND_STATE, v1::WATCH_KIND_PROPOSALS,
                                   v1::WATCH_KIND_FAULTS, v1::WATCH_KIND_CUES}) {
    request.add_kinds(kind);
  }
  if (samples) request.add_kinds(v1::WATCH_KIND_SAMPLES);
  request.set_sample_rate_hz(samples ? kLiveRate_hz : 0);
  return request;
}

/// The stream's first message: from its cursor on nothing of the session to come is missed.
void await_connection(EventQueue& queue) {
  while (true) {
    const std::optional<Event> event = queue.pop(kFirstAnswer);
    if (!event) throw Failure("The controller does not answer. See its log; Stop works even when it hangs.");
    if (event->kind == Event::Kind::kFailed) throw Failure(event->message, grpc::StatusCode::UNAVAILABLE);
    if (event->kind == Event::Kind::kInterrupted) throw Failure("Interrupted before anything was started.");
    if (event->kind == Event::Kind::kWatch) return;
  }
}

/// Of the sets that a program plans: each working set, and the probe that found the load. A set that is done side by side is one.
bool counts_as_planned(const v1::Set& set) {
  if (set.side() == v1::SET_SIDE_LEFT) return false;
  const bool found_load = set.kind() == v1::SET_KIND_PROBE && set.proposal().next_kind() == v1::SET_KIND_WORKING;
  return set.kind() == v1::SET_KIND_WORKING || found_load;
}

class Follower {
 public:
  /// @param again a fault ends it at once: it will be begun anew.
  Follower(Client& client, Screen& screen, const Options& options, const Patience& patience, Keyboard& keyboard, EventQueue& queue,
           const v1::Session& session, bool again)
      : client_(client),
        screen_(screen),
        options_(options),
        patience_(patience),
        keyboard_(keyboard),
        queue_(queue),
        session_(session),
        view_(session.name(), keyboard.there()),
        again_(again) {}

  int run() {
    while (!view_.finished()) {
      const std::optional<Event> event = queue_.pop(kRedraw);
      if (event) handle(*event);
      if (!interrupted_) go_on();
      if (interrupted_ && Clock::now() - interrupted_at_ > patience_.for_end) break;
      say_counted();
      screen_.draw(view_.live(screen_.look(), now_s()));
    }
    say_counted();
    screen_.draw({});
    return report();
  }

  /// A fault ended it, and nobody did.
  bool failed_by_fault() const noexcept { return (view_.faulted() || given_up_) && !stopped_by_person_; }  // it is told once it is stored

 private:
  /// What has to be done so that the session goes on, or that it does not.
  void go_on() {
    const bool entered = keyboard_.entered();
    const HoldUp hold_up = view_.hold_up();
    if (again_ && (view_.faulted() || hold_up == HoldUp::kLatched)) {
      if (!std::exchange(given_up_, true)) finish();
    } else if (hold_up != HoldUp::kNone) {
      if (entered) say_ready(hold_up);
      if (!keyboard_.there() && now_s() - *view_.held_up_since_s() > static_cast<double>(patience_.for_help.count())) give_up();
    } else if (view_.tap_due()) {  // says that the set-up is as it should be, too
      if (entered || (options_.start.once && !std::exchange(tapped_, true))) say_armed();
    } else if (view_.set_up_due() && (entered || options_.start.once)) {
      confirm_set_up();
    }
    if (!view_.tap_due()) tapped_ = false;
    await_reset(hold_up);
  }

  /// As a tap on the machine's screen: a fault is acknowledged first, and once the machine has left its safe state the set may start.
  void say_ready(HoldUp hold_up) {
    if (hold_up == HoldUp::kLatched) {
      acknowledge(client_);
      ready_until_ = Clock::now() + kResetTime;
    } else {
      say_armed();
    }
  }

  void await_reset(HoldUp hold_up) {
    if (!ready_until_) return;
    if (hold_up != HoldUp::kLatched) {
      ready_until_.reset();
      if (hold_up == HoldUp::kPaused) say_armed();
    } else if (Clock::now() > *ready_until_) {
      ready_until_.reset();
      std::fprintf(stderr, "sheave: the machine stays off until what stands above is mended.\n");
    }
  }

  void say_armed() {
    try {
      arm(client_, session_.name());
    } catch (const Failure& failure) {
      if (failure.code != grpc::StatusCode::FAILED_PRECONDITION) throw;
      std::fprintf(stderr, "sheave: %s\n", failure.what());
    }
  }

  void confirm_set_up() {
    v1::ConfirmSetUpRequest request;
    request.set_name(session_.name());
    client_.call(&v1::SessionService::Stub::ConfirmSetUp, request);
  }

  void handle(const Event& event) {
    switch (event.kind) {
      case Event::Kind::kWatch:
        on_watch(event.watch);
        break;
      case Event::Kind::kLost:
        std::fprintf(stderr, "sheave: %s\n", event.message.c_str());
        break;
      case Event::Kind::kFailed:
        throw Failure(event.message, grpc::StatusCode::UNAVAILABLE);
      case Event::Kind::kInterrupted:
        interrupt();
        break;
      case Event::Kind::kResized:
        screen_.resize();
        break;
    }
  }

  void on_watch(const v1::WatchResponse& event) {
    const std::vector<std::string> lines = view_.on(screen_.look(), event, now_s());
    if (!options_.json) {
      for (const std::string& line : lines) screen_.print(line);
    } else if (view_.concerns(event) && (!event.has_snapshot() || !lines.empty())) {  // a snapshot is a line where it says something new
      for (const std::string& line : json_lines(event)) screen_.print(line);
    }
    if (options_.start.once && event.has_proposal() && view_.concerns(event)) accept(event.proposal().proposal());
  }

  void say_counted() {
    if (options_.json) return;  // there each stands by itself
    for (const std::string& line : view_.counted(screen_.look(), now_s())) screen_.print(line);
  }

  void accept(const v1::Proposal& proposal) {
    if (proposal.accepted() || proposal.stop()) return;
    v1::AcceptProposalRequest request;
    request.set_name(session_.name());
    request.set_etag(proposal.etag());
    try {
      client_.call(&v1::SessionService::Stub::AcceptProposal, request);
    } catch (const Failure& failure) {
      // Too late, or another one stands already: silence is consent to what may be done without asking.
      if (failure.code != grpc::StatusCode::FAILED_PRECONDITION && failure.code != grpc::StatusCode::ABORTED) throw;
    }
  }

  void interrupt() {
    if (interrupted_) throw Failure("Interrupted twice: left the session as it is. `sheave stop` takes the load off.");
    faulted_before_ = view_.faulted();  // the Stop to come is ours
    stopped_by_person_ = true;
    begin_end();
    screen_.draw({});
    // The load that another has in hand is not ours to take.
    if (!view_.waits() && stop(client_, screen_, options_) != kExitOk) std::fprintf(stderr, "sheave: Stop was not confirmed.\n");
    finish();
  }

  void give_up() {
    std::fprintf(stderr, "sheave: the session has been held up for %lld s; finishing it.\n",
                 static_cast<long long>(patience_.for_help.count()));
    begin_end();
    finish();
  }

  void begin_end() {
    interrupted_ = true;
    interrupted_at_ = Clock::now();
    client_.end_within(patience_.for_all);
  }

  void finish() {
    v1::FinishSessionRequest request;
    request.set_name(session_.name());
    client_.call(&v1::SessionService::Stub::FinishSession, request);
  }

  /// Empty where every planned set was done; where none are planned, where what was done ended well: Ctrl-C is how one goes then.
  std::string what_failed(const v1::Session& session, const v1::ListSetsResponse& stored) const {
    if (interrupted_ && !stopped_by_person_) return "The session was held up, and nobody went on with it.";
    if (interrupted_ && view_.sets_planned() > 0) return "Interrupted: the session was stopped.";
    for (const v1::Set& set : stored.sets()) {
      const auto end = set.end_reason();
      if (end == v1::SET_END_REASON_RACKED || end == v1::SET_END_REASON_FAILED || end == v1::SET_END_REASON_EXERCISE) continue;
      return fmt::format("{} ended by {}.", upper_first(name_of_set(set)), words(v1::SetEndReason_Name(end), "SET_END_REASON_"));
    }
    if (interrupted_ ? faulted_before_ : view_.faulted() || given_up_) return "A fault came up during the session.";
    if (session.state() != v1::SESSION_STATE_FINISHED) return "The session was not finished: " + session.end_note();
    const bool ended_by_progression = stored.sets_size() > 0 && stored.sets().rbegin()->proposal().stop();
    const auto done = std::ranges::count_if(stored.sets(), counts_as_planned);
    if (done < view_.sets_planned() && !ended_by_progression) {
      return fmt::format("{} of {} planned sets were done.", done, view_.sets_planned());
    }
    return stored.sets_size() == 0 ? "No set was done." : "";
  }

  int report() {
    v1::GetSessionRequest request;
    request.set_name(session_.name());
    const auto session = client_.call(&v1::SessionService::Stub::GetSession, request);
    const auto stored = sets_of(client_, session_.name());
    if (options_.json) {
      screen_.print(json_line("session", session));
    } else {
      screen_.print("");
      print_report(client_, screen_, session, stored);
    }
    const std::string failed = what_failed(session, stored);
    if (failed.empty()) return kExitOk;
    std::fprintf(stderr, "sheave: %s\n", failed.c_str());
    return kExitFailed;
  }

  Client& client_;
  Screen& screen_;
  const Options& options_;
  const Patience patience_;
  Keyboard& keyboard_;
  EventQueue& queue_;
  v1::Session session_;
  SessionView view_;
  const bool again_;
  std::optional<Clock::time_point> ready_until_;  // somebody said so while the machine was off
  bool tapped_ = false;                           // for this turn
  bool interrupted_ = false, given_up_ = false, stopped_by_person_ = false, faulted_before_ = false;
  Clock::time_point interrupted_at_;
};

void print_set_up(Client& client, Screen& screen, const std::string& program) {
  v1::GetProgramRequest request;
  request.set_name(program);
  for (const std::string& line : set_up_lines(screen.look(), client.call(&v1::ProgramService::Stub::GetProgram, request)))
    screen.print(line);
}

/// A program's id is never a workout's.
bool is_workout(Client& client, const std::string& id) {
  const auto listed = client.call(&v1::ProgramService::Stub::ListWorkouts, v1::ListWorkoutsRequest{});
  return std::any_of(listed.workouts().begin(), listed.workouts().end(),
                     [&](const v1::Workout& workout) { return workout.name() == id || id_of(workout.name()) == id; });
}

/// What took the place of `ended` in the same walk through a workout.
std::optional<v1::Session> next_part(Client& client, const v1::Session& ended) {
  if (ended.workout_run().empty()) return std::nullopt;
  v1::GetSessionRequest request;
  request.set_name(std::string(kThisMachine) + "/sessions/-");
  const auto present = client.call(&v1::SessionService::Stub::GetSession, request);
  if (present.name() == ended.name() || present.workout_run() != ended.workout_run()) return std::nullopt;
  return present;
}

}  // namespace

v1::Session begin_session(Client& client, const StartOptions& options) {
  v1::CreateSessionRequest create;
  create.set_parent(kThisMachine);
  create.set_request_id(session::random_uuid());
  const bool bare = options.program.find('/') == std::string::npos;
  if (is_workout(client, options.program)) {
    create.set_workout(bare ? "workouts/" + options.program : options.program);
  } else {
    create.set_program(bare ? "programs/" + options.program : options.program);
  }
  create.set_member(resolve_member(client, options.member, options.pin));
  if (options.load_kg) create.set_load_total_kg(*options.load_kg);
  if (options.sets) create.set_sets(*options.sets);
  if (options.rest_s) {
    const double whole = std::floor(*options.rest_s);
    create.mutable_rest()->set_seconds(static_cast<std::int64_t>(whole));
    create.mutable_rest()->set_nanos(static_cast<std::int32_t>((*options.rest_s - whole) * 1e9));
  }
  v1::ActivateSessionRequest activate;
  activate.set_join(options.join);
  activate.set_name(client.call(&v1::SessionService::Stub::CreateSession, create).name());
  return client.call(&v1::SessionService::Stub::ActivateSession, activate);
}

v1::ListSetsResponse sets_of(Client& client, const std::string& parent) {
  v1::ListSetsRequest request;
  const bool whole_name = parent.find('/') != std::string::npos;
  request.set_parent(whole_name ? parent : std::string(kThisMachine) + "/sessions/" + (parent.empty() ? "-" : parent));
  return client.call(&v1::SessionService::Stub::ListSets, request);
}

void print_report(Client& client, Screen& screen, const v1::Session& session, const v1::ListSetsResponse& stored) {
  const std::string id = id_of(session.program());
  std::string name = id;
  try {
    v1::GetProgramRequest request;
    request.set_name(session.program());
    name = client.call(&v1::ProgramService::Stub::GetProgram, request).display_name();
  } catch (const Failure& failure) {
    if (failure.code != grpc::StatusCode::NOT_FOUND) throw;  // no longer in the catalog: its id says what it was
  }
  for (const std::string& line : report_lines(screen.look(), name, session, {stored.sets().begin(), stored.sets().end()}))
    screen.print(line);
}

int follow(Client& client, Screen& screen, const Options& options, Keyboard keyboard, const Patience& patience) {
  EventQueue queue;
  const Signals signals(queue);
  const WatchStream stream(client, watch_request(screen.look().live), queue);
  await_connection(queue);
  int again = options.start.again;
  const auto mend = [&] {
    std::fprintf(stderr, "sheave: Resetting the fault, and beginning anew (%d more at the most).\n", --again);
    clear_fault(client, kMendsItself);
    queue.forget_watched();  // that fault is not the new session's
  };
  if (again > 0 && hold_up_of(snapshot_of(client)) == HoldUp::kLatched) mend();
  std::optional<v1::Session> session = begin_session(client, options.start);
  while (true) {
    if (options.json) {
      screen.print(json_line("session", *session));
    } else {
      print_set_up(client, screen, session->program());
    }
    Follower follower(client, screen, options, patience, keyboard, queue, *session, again > 0);
    const int code = follower.run();
    if (code != kExitOk && again > 0 && follower.failed_by_fault()) {
      mend();
      session = begin_session(client, options.start);
    } else if (code == kExitOk && (session = next_part(client, *session))) {
      if (!options.json) screen.print("");
    } else {
      return code;
    }
  }
}

}  // namespace sheave::cli
