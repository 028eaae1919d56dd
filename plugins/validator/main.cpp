// sheave-plugin-check: tries a plugin file on every rule of the ABI. Exit 0: all kept; 1: not all; 2: asked wrongly.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "plugins/validator/runner.hpp"

namespace {

using sheave::validator::Report;
using sheave::validator::Rule;
using sheave::validator::Verdict;

void print_json(const std::string& file, const Report& report) {
  const nlohmann::json line{{"type", "rule"},
                            {"file", file},
                            {"plugin", report.plugin},
                            {"rule", report.rule},
                            {"rule_text", report.sentence},
                            {"status", name(report.outcome.verdict)},
                            {"message", report.outcome.message},
                            {"seed", report.seed}};
  std::puts(line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
}

void print_line(const Report& report) {
  std::printf("%-9s  %-18s  %s\n", name(report.outcome.verdict), report.plugin.empty() ? "(file)" : report.plugin.c_str(),
              report.rule.c_str());
  if (!report.outcome.message.empty()) std::printf("           %s\n", report.outcome.message.c_str());
  if (!report.ok()) {
    const std::string plugin = report.plugin.empty() ? "" : " --plugin " + report.plugin;
    std::printf("           The rule: %s\n           Again: --rule %s%s --seed %llu\n", report.sentence.c_str(), report.rule.c_str(),
                plugin.c_str(), static_cast<unsigned long long>(report.seed));
  }
}

void list_rules() {
  for (const auto rules : {sheave::validator::file_rules(), sheave::validator::life_rules(), sheave::validator::work_rules()}) {
    for (const Rule& rule : rules) std::printf("%-26s %s\n", rule.name, rule.sentence);
  }
}

bool known(const std::string& rule_name) {
  const auto all = {sheave::validator::file_rules(), sheave::validator::life_rules(), sheave::validator::work_rules()};
  return std::ranges::any_of(
      all, [&](const auto rules) { return std::ranges::any_of(rules, [&](const Rule& r) { return r.name == rule_name; }); });
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Tries a Sheave plugin on every rule of the plugin ABI, each in a process of its own."};
  sheave::validator::Options options;
  bool json = false, list = false, no_fork = false;
  app.add_option("file", options.file, "The plugin's shared object (.so)");
  app.add_option("--rule", options.only_rule, "Only this rule");
  app.add_option("--plugin", options.only_plugin, "Only this plugin of the file");
  app.add_option("--seed", options.seed, "Of all random inputs; a failed rule prints it");
  app.add_option("--timeout", options.timeout_s, "Seconds per rule")->check(CLI::Range(0.01, 3600.0));
  app.add_flag("--json", json, "One object per line");
  app.add_flag("--list", list, "Name all rules and stop");
  app.add_flag("--no-fork", no_fork, "In this process, for a debugger");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (list) return list_rules(), 0;
  options.fork = !no_fork;
  if (!std::filesystem::is_regular_file(options.file)) {
    std::fprintf(stderr, "sheave-plugin-check: there is no file \"%s\"; name a plugin's .so\n", options.file.c_str());
    return 2;
  }
  if (!options.only_rule.empty() && !known(options.only_rule)) {
    std::fprintf(stderr, "sheave-plugin-check: there is no rule \"%s\"; --list names all\n", options.only_rule.c_str());
    return 2;
  }
  options.file = std::filesystem::absolute(options.file).string();
  const auto reports = sheave::validator::check(options, [&](const Report& report) {
    json ? print_json(options.file, report) : print_line(report);
    std::fflush(stdout);
  });
  const auto broken = std::ranges::count_if(reports, [](const Report& r) { return !r.ok(); });
  if (!json) std::printf("%zu rules tried, %td broken\n", reports.size(), broken);
  return broken == 0 && !reports.empty() ? 0 : 1;
}
