// sheave-sim: a cable machine with a person at it, behind Modbus TCP or RTU.

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "sim/stack/simulator.hpp"

namespace {

using namespace sheave::sim;

// Below the controller's: where both share a core, the controller asks first.
constexpr int kPriority = 40;

struct Options {
  std::vector<std::string> listen{"tcp:127.0.0.1:1502"};
  std::string athlete, trace, log;
  std::vector<std::string> faults;
  std::uint64_t seed = 1;
  bool flip = false, trace_now = false, spread = false;
};

void declare(CLI::App& app, Options& o) {
  app.add_option("--listen", o.listen,
                 "tcp:HOST:PORT, port 0 takes any; or "
                 "rtu:PATH[,baud=115200][,parity=N|E|O][,gap=characters|fixed][,turnaround_us=300][,units=1|2],\n"
                 "a serial line that is made at PATH; repeat for the second cable")
      ->capture_default_str();
  app.add_option("--athlete", o.athlete,
                 "key=value,...: style=cable-row|face-pull, one_rm_kg, reps (0: to failure), hold_s, rom_m, start_m, "
                 "tempo_concentric_s, tempo_eccentric_s, let_go_rep, day_form, absent");
  app.add_option("--seed", o.seed, "Of everything random; the same seed gives the same person on the same day")->capture_default_str();
  app.add_option("--trace", o.trace, "CSV t_s,position_m[,...]: recorded movement drives the handle when the lamp says active");
  app.add_flag("--flip", o.flip, "Feed max - position, for recordings that start high");
  app.add_flag("--trace-now", o.trace_now, "Follow the recording at once, without the lamp");
  app.add_option("--log", o.log, "CSV of what cable and person truly did, every millisecond");
  app.add_option("--fault", o.faults,
                 "key=value,...: drop, garbage, swap (the other unit's address), late (probability), late_every (so many-th reply), "
                 "delay_ms, sto_at_s, reboot_at_s, "
                 "drive_fault_at_s=SECONDS:CODE, "
                 "pull_in_rep (the last link's cable, in the middle of that rep), pull_for_s, watchdog_off; may be repeated");
  app.add_flag("--machine-spread", o.spread, "Draw the machine's friction from the measured spread instead of the nominal 17 N");
}

/// @return nothing, with `error`.
std::optional<SimulatorConfig> configure(const Options& o, std::string& error) {
  SimulatorConfig config;
  for (const std::string& text : o.listen) {
    const bool good = text.starts_with("rtu:") ? parse_serial(text, config.lines.emplace_back(), error)
                                               : parse_endpoint(text, config.listeners.emplace_back(), error);
    if (!good) return std::nullopt;
  }
  if (config.cables() > sheave::hal::kMaxAxes) {
    error = "listen: a machine has one or two cables";
    return std::nullopt;
  }
  if (!parse_athlete(o.athlete, config.athlete, error)) return std::nullopt;
  for (const std::string& text : o.faults) {
    if (!parse_faults(text, config.faults, error)) return std::nullopt;
  }
  if (!o.trace.empty()) {
    config.trace = Trace::load(o.trace, o.flip, error);
    if (!config.trace) return std::nullopt;
  }
  config.seed = o.seed;
  config.trace_now = o.trace_now;
  config.machine_spread = o.spread;
  config.log_path = o.log;
  return config;
}

/// A late drive looks like a broken one, so ask for real time and go on without.
void ask_for_real_time() {
  prctl(PR_SET_TIMERSLACK, 1UL);
  const sched_param param{.sched_priority = kPriority};
  const int failed = pthread_setschedparam(pthread_self(), SCHED_FIFO, &param);
  if (failed != 0)
    std::fprintf(stderr, "sheave-sim: no real-time scheduling (%s); replies may come late under load\n", std::strerror(failed));
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"A simulated cable machine with a person at it, behind Modbus TCP or RTU", "sheave-sim"};
  Options options;
  declare(app, options);
  CLI11_PARSE(app, argc, argv);

  // Blocked before any thread starts, so that the signal comes as an event of the loop.
  sigset_t stops;
  sigemptyset(&stops);
  sigaddset(&stops, SIGTERM);
  sigaddset(&stops, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stops, nullptr);
  const int stop_descriptor = signalfd(-1, &stops, SFD_CLOEXEC);

  std::string error;
  const auto config = configure(options, error);
  auto simulator = config ? Simulator::create(*config, error) : nullptr;
  if (!simulator) {
    std::fprintf(stderr, "sheave-sim: %s\n", error.c_str());
    return 1;
  }
  for (const std::string& address : simulator->addresses()) std::printf("listening %s\n", address.c_str());
  std::fflush(stdout);

  ask_for_real_time();
  simulator->run(stop_descriptor);
  close(stop_descriptor);
  if (simulator->skipped_s() > 0)
    std::fprintf(stderr, "sheave-sim: stood still for %.3f s that are missing in the log\n", simulator->skipped_s());
  if (simulator->log_rows_lost() > 0) {
    std::fprintf(stderr, "sheave-sim: %llu rows of the log are lost\n", static_cast<unsigned long long>(simulator->log_rows_lost()));
    return 1;
  }
  return 0;
}
