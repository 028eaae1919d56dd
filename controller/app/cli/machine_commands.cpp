// `sheave status`, `stop`, `lower`, `reset`, `usage`.

#include <fmt/format.h>

#include <cstdio>
#include <ctime>

#include "controller/app/cli/commands.hpp"
#include "controller/app/cli/going_on.hpp"
#include "controller/app/cli/hold_up.hpp"
#include "controller/app/cli/json.hpp"
#include "controller/app/cli/present.hpp"

namespace sheave::cli {
namespace {

std::string state_words(v1::MachineState state) { return words(v1::MachineState_Name(state), "MACHINE_STATE_"); }

void print_machine(Screen& screen, const v1::Machine& machine) {
  const Look& look = screen.look();
  const auto line = [&](const char* label, const std::string& text) {
    screen.print("  " + paint(look, Ink::kDim, left(label, 10)) + text);
  };
  screen.print(paint(look, Ink::kBold, machine.display_name()) + " (" + machine.name() + "): " + state_words(machine.state()));
  line("model",
       fmt::format("{}, {} cable{}, up to {} in steps of {}", machine.model().empty() ? "unknown" : machine.model(), machine.cable_count(),
                   machine.cable_count() == 1 ? "" : "s", load(look, machine.load_max_total_kg()), load(look, machine.increment_kg())));
  const v1::LinkStatus& link = machine.link();
  line("link", fmt::format("{}, {}, {} exchanges, {} missed, {} protocol errors, {} reconnects", link.description(),
                           link.verified() ? "limits verified" : "limits NOT verified", link.exchanges(), link.missed(),
                           link.protocol_errors(), link.reconnects()));
  const v1::LoopStatus& loop = machine.loop();
  line("loop", fmt::format("{:.1f} ms, {}, {} ticks, {} overruns, late {:.0f} us (worst {:.0f}), tick {:.1f} us", loop.period_ms(),
                           loop.realtime() ? "real time" : "not real time", loop.ticks(), loop.overruns(), loop.lateness_mean_us(),
                           loop.lateness_max_us(), loop.tick_mean_us()));
  line("software", machine.software_version());
  if (machine.has_out_of_order()) {
    const v1::OutOfOrder& order = machine.out_of_order();
    screen.print("  " + paint(look, Ink::kStop, "out of order") +
                 fmt::format(" since {}, {}: {}", local_time(order.since().seconds()), order.who(), order.reason()));
  }
  if (machine.has_self_test()) {
    for (const std::string& text : self_test_lines(machine.self_test())) {
      line("self-test", local_time(machine.self_test().time().seconds()) + ", " + text);
    }
  } else {
    line("self-test", "never; `sheave self-test` measures friction and mass, and the next set is truer by it");
  }
  for (const v1::Fault& fault : machine.active_faults()) screen.print("  " + fault_line(look, fault));
}

void print_session(Screen& screen, const v1::Snapshot& snapshot) {
  if (!snapshot.has_session()) {
    screen.print("  no session");
    return;
  }
  screen.print("  " + snapshot_line(screen.look(), snapshot) + " (" + snapshot.session().name() + ")");
  if (!snapshot.note().empty()) screen.print("  " + paint(screen.look(), Ink::kCaution, snapshot.note()));
}

/// Says what Stop or Lower brought about, as measured; fails unless the load is seen to be off.
template <typename Response>
int say_unloaded(Screen& screen, const Options& options, const char* what, const Response& response) {
  if (options.json) {
    screen.print(json_line(what, response));
  } else {
    const std::string force =
        response.has_measured_force_n() ? fmt::format("{:.0f} N measured", response.measured_force_n()) : "force unknown";
    screen.print(
        fmt::format("{}: {}, {}, machine in {}", what,
                    response.confirmed() ? "the load is off" : paint(screen.look(), Ink::kStop, "NOT confirmed, use the red button"), force,
                    state_words(response.machine_state())));
  }
  return response.confirmed() ? kExitOk : kExitFailed;
}

/// What `options` ask for, in hours; over more than a year in days (of UTC), for the controller tells 10,000 stretches at most. As CSV in
/// hours always.
template <typename Request>
Request usage_request(const UsageOptions& options) {
  constexpr std::int64_t kHour_s = 3600, kDay_s = 24 * kHour_s;
  const std::int64_t now_s = std::time(nullptr);
  const std::int64_t until_s = options.until.empty() ? now_s + 1 : begin_of_day(options.until, 1).value_or(now_s);
  const std::int64_t since_s = options.since.empty() ? until_s - 30 * kDay_s : begin_of_day(options.since).value_or(now_s);
  if (until_s <= since_s) throw Failure("--until lies before --since: nothing was done between them.");
  Request request;
  request.set_machine(kThisMachine);
  request.mutable_start_time()->set_seconds(since_s);
  request.mutable_end_time()->set_seconds(until_s);
  if constexpr (requires { request.mutable_bucket(); }) {
    request.mutable_bucket()->set_seconds(until_s - since_s > 366 * kDay_s ? kDay_s : kHour_s);
  } else if (until_s - since_s > 400 * kDay_s) {
    throw Failure("As CSV use is told by the hour, for 400 days at most: name a nearer --since, or an earlier --until.");
  }
  return request;
}

void export_csv(Client& client, const UsageOptions& options) {
  grpc::ClientContext context;
  v1::UsageService::Stub stub(client.channel());
  const auto reader = stub.ExportCsv(&context, usage_request<v1::ExportCsvRequest>(options));
  v1::ExportCsvResponse part;
  while (reader->Read(&part)) std::fwrite(part.chunk().data(), 1, part.chunk().size(), stdout);
  std::fflush(stdout);
  client.check(reader->Finish());
}

}  // namespace

int show_status(Client& client, Screen& screen, const Options& options) {
  v1::GetMachineRequest request;
  request.set_name(kThisMachine);
  const auto machine = client.call(&v1::MachineService::Stub::GetMachine, request);
  const v1::Snapshot snapshot = snapshot_of(client);
  if (options.json) {
    screen.print(json_line("machine", machine));
    screen.print(json_line("snapshot", snapshot));
  } else {
    print_machine(screen, machine);
    print_session(screen, snapshot);
  }
  return kExitOk;
}

int stop(Client& client, Screen& screen, const Options& options) {
  v1::StopRequest request;
  request.set_machine(kThisMachine);
  return say_unloaded(screen, options, "stop", client.call(&v1::ControlService::Stub::Stop, request));
}

int lower(Client& client, Screen& screen, const Options& options) {
  v1::LowerRequest request;
  request.set_machine(kThisMachine);
  return say_unloaded(screen, options, "lower", client.call(&v1::ControlService::Stub::Lower, request));
}

int reset(Client& client, Screen& screen, const Options& options) {
  acknowledge(client);
  v1::Snapshot last;
  const bool left = await_snapshot(
      client, kResetTime, [](const v1::Snapshot& now) { return !is_latched(now); }, last);
  v1::GetMachineRequest request;
  request.set_name(kThisMachine);
  const auto machine = client.call(&v1::MachineService::Stub::GetMachine, request);
  if (options.json) {
    screen.print(json_line("machine", machine));
  } else {
    print_machine(screen, machine);
  }
  if (left) return kExitOk;
  std::fprintf(stderr, "sheave: the machine stays off until what stands above is mended.\n");
  return kExitFailed;
}

int show_usage(Client& client, Screen& screen, const Options& options) {
  if (options.usage.csv) {
    export_csv(client, options.usage);
    return kExitOk;
  }
  const auto usage = client.call(&v1::UsageService::Stub::QueryUsage, usage_request<v1::QueryUsageRequest>(options.usage));
  const Look& look = screen.look();
  if (!options.json) {
    screen.print(paint(look, Ink::kDim,
                       left("from", 18) + left("program", 26) + right("sessions", 9) + right("sets", 6) + right("reps", 7) +
                           right("moved", 12) + right("work", 10) + right("active", 9)));
  }
  for (const v1::UsageBucket& bucket : usage.buckets()) {
    screen.print(options.json ? json_line("usage_bucket", bucket)
                              : left(local_time(bucket.start_time().seconds()), 18) + left(id_of(bucket.program()), 26) +
                                    right(std::to_string(bucket.sessions()), 9) + right(std::to_string(bucket.sets()), 6) +
                                    right(std::to_string(bucket.reps()), 7) + right(load(look, bucket.volume_kg()), 12) +
                                    right(fmt::format("{:.1f} kJ", bucket.work_j() / 1000), 10) + right(clock(bucket.active_s()), 9));
  }
  const v1::Odometer& odometer = usage.odometer();
  screen.print(options.json ? json_line("odometer", odometer) : odometer_line(odometer));
  return kExitOk;
}

}  // namespace sheave::cli
