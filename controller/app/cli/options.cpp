#include "controller/app/cli/options.hpp"

#include <CLI/CLI.hpp>

#include <ostream>

namespace sheave::cli {
namespace {

void add_start(CLI::App& app, StartOptions& start) {
  CLI::App* command = app.add_subcommand("start", "Start a program: the machine calibrates, arms each set and chooses the next weight");
  command->add_option("program", start.program, "Program, as `sheave programs` names it")->required();
  command->add_option("--load-kg", start.load_kg, "First set's load at the handle, all cables together")->check(CLI::NonNegativeNumber);
  command->add_option("--rest", start.rest_s, "Seconds of rest between sets, instead of the program's")->check(CLI::NonNegativeNumber);
  command->add_option("--sets", start.sets, "Working sets, instead of the program's")->check(CLI::PositiveNumber);
  command->add_option("--member", start.member, "Whose history it goes to; without it nothing is remembered");
  command->add_flag("--follow", start.follow, "Show the session until it ends; Ctrl-C takes the load off");
  command->add_flag("--once", start.once, "Accept every proposed weight as it comes, follow, and exit with the session");
}

void add_watch(CLI::App& app, WatchOptions& watch) {
  CLI::App* command = app.add_subcommand("watch", "Show what happens at the machine, until Ctrl-C");
  command->add_flag("--reps", watch.reps, "Reps");
  command->add_flag("--samples", watch.samples, "Position, velocity and tension as they are measured");
  command->add_option("--rate", watch.rate_hz, "Samples a second, at most the control rate")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
}

void add_replay(CLI::App& app, ReplayOptions& replay) {
  CLI::App* command = app.add_subcommand("replay", "Count the reps of a recorded movement with the shipped detector; prints JSON lines");
  command->add_option("--csv", replay.csv, "Recording with columns t_s and position_m")->required();
  command->add_option("--exercise", replay.exercise, "Judge as this exercise does; without it every whole movement counts");
  command->add_flag("--flip", replay.flip, "The recording's position falls while pulling");
  command->add_option("--min-rom", replay.min_rom_m, "Metres; shorter movements are no reps")->check(CLI::PositiveNumber);
}

}  // namespace

std::optional<int> parse(int argc, const char* const* argv, Options& options, std::ostream& out, std::ostream& err) {
  CLI::App app("Controls a Sheave machine and shows what it does.", "sheave");
  app.require_subcommand(1);
  app.fallthrough();
  app.set_help_flag("-h,--help", "Say this");
  app.add_option("--address", options.address, "HOST:PORT of the controller")->envname("SHEAVE_ADDRESS")->capture_default_str();
  app.add_flag("--json", options.json, "One JSON object per line, field names as in the API");
  app.add_flag("--lb", options.pounds, "Loads in pounds");

  CLI::App* programs = app.add_subcommand("programs", "What can be trained; works without a controller too");
  programs->add_option("--catalog", options.catalog, "Folder of programs to read instead of asking the controller");
  CLI::App* plugins = app.add_subcommand("plugins", "Exercises, load profiles and progressions; works without a controller too");
  plugins->add_option("--plugins", options.plugins, "Folders of plugins to read instead of asking the controller");
  app.add_subcommand("status", "State of machine, link and loop, and what is wrong");
  add_start(app, options.start);
  app.add_subcommand("stop", "Take the load off now; anyone may, at any time");
  app.add_subcommand("lower", "Lower the load gently and end the set");
  add_watch(app, options.watch);
  app.add_subcommand("sets", "Sets of a session, each with its reps and the next weight's reason")
      ->add_option("session", options.session, "Session id or name; without it the newest");
  app.add_subcommand("usage", "Sets, reps and time by program, and the machine's odometer")
      ->add_flag("--csv", options.csv, "Comma-separated values, first line the names with units");
  app.add_subcommand("reset", "Acknowledge a fault: the machine leaves its safe state once nothing is wrong");
  add_replay(app, options.replay);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error, out, err) == 0 ? kExitOk : kExitUsage;
  }
  options.command = app.get_subcommands().front()->get_name();
  return std::nullopt;
}

}  // namespace sheave::cli
