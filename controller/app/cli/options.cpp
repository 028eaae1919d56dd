#include "controller/app/cli/options.hpp"

#include <CLI/CLI.hpp>

#include <array>
#include <ostream>
#include <utility>

#include "controller/app/cli/text.hpp"

namespace sheave::cli {
namespace {

void add_start(CLI::App& app, StartOptions& start) {
  CLI::App* command =
      app.add_subcommand("start", "Start a program or a workout: the machine calibrates, arms each set and chooses the next weight");
  command->add_option("program", start.program, "Program or workout, as `sheave programs` names it")->required();
  command->add_option("--load-kg", start.load_kg, "First set's load at the handle, all cables together")->check(CLI::NonNegativeNumber);
  command->add_option("--rest", start.rest_s, "Seconds of rest between sets, instead of the program's")->check(CLI::NonNegativeNumber);
  command->add_option("--sets", start.sets, "Working sets, instead of the program's")->check(CLI::PositiveNumber);
  command->add_option("--member", start.member, "Whose history it goes to: number, with --pin; without it nothing is remembered");
  command->add_option("--pin", start.pin, "PIN of the member's number");
  command->add_flag("--join", start.join, "Take turns with who trains already; `sheave turn` changes turns");
  command->add_flag("--follow", start.follow, "Show the session until it ends; Ctrl-C takes the load off");
  CLI::Option* once =
      command->add_flag("--once", start.once, "Accept every proposed weight as it comes, follow, and exit with the session");
  command
      ->add_option("--again", start.again, "Where a fault comes up and nobody is there: reset it and begin the session anew, so many times")
      ->needs(once)
      ->check(CLI::Range(0, 10));
}

void add_plugin_lists(CLI::App& app, Options& options) {
  constexpr std::array<std::pair<const char*, const char*>, 4> kLists = {{
      {"plugins", "Exercises, load profiles and progressions with their parameters (live: may change in a set)"},
      {"exercises", "The plugins that judge reps"},
      {"profiles", "The plugins that make the load: constant, chains, eccentric and more"},
      {"progressions", "The plugins that choose the next weight"},
  }};
  for (const auto& [name, help] : kLists) {
    app.add_subcommand(name, help)->add_option("--plugins", options.plugins, "Folders of plugins to read instead of asking the controller");
  }
}

void add_watch(CLI::App& app, WatchOptions& watch) {
  CLI::App* command = app.add_subcommand("watch", "Show what happens at the machine, until Ctrl-C");
  command->add_flag("--reps", watch.reps, "Reps");
  command->add_flag("--samples", watch.samples, "Position, velocity and tension as they are measured");
  command->add_option("--rate", watch.rate_hz, "Samples a second, at most the control rate")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
}

void add_preview(CLI::App& app, PreviewOptions& preview) {
  CLI::App* command = app.add_subcommand("preview", "What a program will feel like; works without a controller too");
  command->add_option("program", preview.program, "Program, as `sheave programs` names it, or a .toml file")->required();
  command->add_option("--svg", preview.svg, "File to draw it into: forces over the range, sets and rests, the loads to come");
  command->add_option("--load-kg", preview.load_kg, "First set's load, instead of where the program begins")->check(CLI::NonNegativeNumber);
}

void add_replay(CLI::App& app, ReplayOptions& replay) {
  CLI::App* command = app.add_subcommand("replay", "Count the reps of a recorded movement with the shipped detector; prints JSON lines");
  command->add_option("--csv", replay.csv, "Recording with columns t_s and position_m")->required();
  command->add_option("--exercise", replay.exercise, "Judge as this exercise does; without it every whole movement counts");
  command->add_flag("--flip", replay.flip, "The recording's position falls while pulling");
  command->add_option("--min-rom", replay.min_rom_m, "Metres; shorter movements are no reps")->check(CLI::PositiveNumber);
}

void add_upkeep(CLI::App& app, UpkeepOptions& upkeep) {
  CLI::App* order = app.add_subcommand("out-of-order", "Take the machine out of use once a running set has ended, or give it back");
  CLI::Option* reason = order->add_option("--reason", upkeep.reason, "Why, as members will read it: \"cable worn\"");
  order->add_flag("--clear", upkeep.clear, "It may be used again")->excludes(reason);
  order->add_option("--who", upkeep.who, "Who says so; without it the user of this shell");

  app.add_subcommand("upkeep", "Odometer, what maintenance is due, and what was done");
  CLI::App* service = app.add_subcommand("service", "Sign a maintenance off: it counts from here again. The record is never changed");
  service->add_option("part", upkeep.part, "Which, as `sheave upkeep` names it");
  CLI::Option* replaced = service->add_flag("--replaced", upkeep.replaced, "The part was replaced");
  service->add_flag("--note-only", upkeep.note_only, "Nothing was done that counts; the note is kept")->excludes(replaced);
  service->add_option("--note", upkeep.note, "What was seen or done");
  service->add_option("--who", upkeep.who, "Who did it; without it the user of this shell");

  app.add_subcommand("support-bundle", "Configuration without secrets, versions, faults, service records and the log, for who helps you")
      ->add_option("file", upkeep.file, "FILE.tar.gz")
      ->required();
}

void add_member(CLI::App& app, Options& options) {
  MemberOptions& member = options.member;
  CLI::App* command = app.add_subcommand("member", "Enrol, show, export or erase who trains here");
  command->require_subcommand(1);
  CLI::App* create = command->add_subcommand("create", "Enrol somebody; the machine gives the number");
  create->add_option("--alias", member.alias, "What screens call them");
  create->add_option("--pin", member.pin, "4 to 8 digits, for their number");
  create->add_option("--tag", member.tag, "As the reader gives it");
  const auto named = [&](const char* name, const char* help) {
    CLI::App* action = command->add_subcommand(name, help);
    action->add_option("who", member.who, "Number")->required();
    return action;
  };
  for (CLI::App* action :
       {create, named("show", "What they did last time, per program"), named("export", "Everything stored about them, as JSON lines"),
        named("erase", "The person and every link to them, for good; the machine's use stays counted")}) {
    action->callback([&member, action] { member.action = action->get_name(); });
  }
  app.add_subcommand("confirm", "Pulley and attachment are changed: go on with the workout")
      ->add_option("--notch", options.notch, "Where the pulley stands, kept for the member")
      ->check(CLI::Range(1, 100));
  app.add_subcommand("turn", "Give a session that shares the machine the turn, at rest")
      ->add_option("session", options.session, "Session id")
      ->required();
  CLI::App* not_me = app.add_subcommand("not-me", "Give a session to another member, or to nobody, until a day after its end");
  not_me->add_option("session", options.session, "Session id; without it the newest");
  not_me->add_option("--member", member.who, "Whose it is: number, with --pin; without it nobody's");
  not_me->add_option("--pin", member.pin, "PIN of the member's number");
}

void add_token(CLI::App& app, TokenOptions& token) {
  CLI::App* command = app.add_subcommand("token", "Who may call this machine from other hosts; to be run on the machine");
  command->require_subcommand(1);
  command->add_option("--tokens", token.file, "The machine's file of credentials")->capture_default_str();
  CLI::App* create = command->add_subcommand("create", "Make a token and show it, once");
  create->add_option("name", token.name, "Whose it is: front-desk")->required();
  create->add_option("--scope", token.scope, "What it is for")
      ->required()
      ->check(CLI::IsMember({"display", "kiosk", "app", "trainer", "operator", "service"}));
  command->add_subcommand("list", "Names, scopes and ages; the tokens themselves are kept nowhere");
  CLI::App* revoke = command->add_subcommand("revoke", "Refuse a token from now on");
  revoke->add_option("name", token.name, "As `token list` names it")->required();
  for (CLI::App* action : {create, command->get_subcommand("list"), revoke}) {
    action->callback([&token, action] { token.action = action->get_name(); });
  }
}

void add_usage(CLI::App& app, UsageOptions& usage) {
  const CLI::Validator day(
      [](const std::string& text) { return begin_of_day(text) ? "" : "\"" + text + "\" is no day; write it as 2026-11-21."; }, "DAY");
  CLI::App* command = app.add_subcommand("usage", "Sets, reps and time by hour and program, and the machine's odometer");
  command->add_option("--since", usage.since, "First day, as 2026-11-21; without it 30 days ago")->check(day);
  command->add_option("--until", usage.until, "Last day; without it today")->check(day);
  command->add_flag("--csv", usage.csv, "Comma-separated values, first line the names with units");
}

}  // namespace

std::optional<int> parse(int argc, const char* const* argv, Options& options, std::ostream& out, std::ostream& err) {
  CLI::App app("Controls a Sheave machine and shows what it does.", "sheave");
  app.require_subcommand(1);
  app.fallthrough();
  app.set_help_flag("-h,--help", "Say this");
  app.add_option("--address", options.address, "HOST:PORT of the controller")->envname("SHEAVE_ADDRESS")->capture_default_str();
  app.add_option("--ca", options.ca, "Certificate (PEM) to know a controller on another host by; with it TLS is spoken")
      ->envname("SHEAVE_CA");
  app.add_option("--token", options.token, "Credential for a controller on another host; better given in SHEAVE_TOKEN")
      ->envname("SHEAVE_TOKEN");
  app.add_flag("--json", options.json, "One JSON object per line, field names as in the API");
  app.add_flag("--lb", options.pounds, "Loads in pounds");

  CLI::App* programs = app.add_subcommand("programs", "What can be trained; works without a controller too");
  programs->add_option("--catalog", options.catalog, "Folder of programs to read instead of asking the controller");
  add_plugin_lists(app, options);
  add_preview(app, options.preview);
  app.add_subcommand("status", "State of machine, link and loop, and what is wrong");
  add_start(app, options.start);
  app.add_subcommand("load", "Set the load of the set to come, or lower that of the running one")
      ->add_option("kg", options.load_kg, "At the handle, all cables together, in kilograms")
      ->required()
      ->check(CLI::NonNegativeNumber);
  CLI::App* tune = app.add_subcommand("tune", "Change a live parameter of a load profile of the present session, also in a set");
  tune->add_option("profile", options.profile, "Load profile of the program: eccentric, chains, ...")->required();
  tune->add_option("parameter", options.parameter, "As `sheave profiles` names it; only those that it calls live")->required();
  tune->add_option("value", options.value, "In the parameter's own unit")->required();
  app.add_subcommand("finish", "End the session: what runs ends, the load comes off, and the session is stored");
  app.add_subcommand("stop", "Take the load off now; anyone may, at any time");
  app.add_subcommand("lower", "Lower the load gently and end the set");
  add_watch(app, options.watch);
  app.add_subcommand("sets", "Sets of a session, each with its reps and the next weight's reason")
      ->add_option("session", options.session, "Session id or name; without it the newest");
  CLI::App* explain = app.add_subcommand("explain", "Why the weight after a set is what it is, with the rule and the numbers behind it");
  explain->add_option("set", options.set, "Number of the set; without it the newest")->check(CLI::PositiveNumber);
  explain->add_option("--session", options.session, "Session id or name; without it the newest");
  app.add_subcommand("strength", "What your sets say: what you could pull once, reps left by speed, today's form")
      ->add_option("exercise", options.program, "Program, as in `sheave programs`; without it that of the newest session");
  add_usage(app, options.usage);
  app.add_subcommand("reset", "Acknowledge a fault: the machine leaves its safe state once nothing is wrong");
  app.add_subcommand("ready", "Say that you are: go on after a Stop or a fault, which this acknowledges, or when it is your turn");
  add_upkeep(app, options.upkeep);
  app.add_subcommand("self-test", "Measure forces, friction and mass; about a minute, idle machine, follow what it says");
  add_replay(app, options.replay);
  add_member(app, options);
  add_token(app, options.token_command);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error, out, err) == 0 ? kExitOk : kExitUsage;
  }
  options.command = app.get_subcommands().front()->get_name();
  return std::nullopt;
}

}  // namespace sheave::cli
