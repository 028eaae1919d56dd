#include "plugins/validator/runner.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <sstream>

#include "controller/plugin_host/registry.hpp"

namespace sheave::validator {
namespace {

using Clock = std::chrono::steady_clock;

/// The child's side: the plugin's own output goes nowhere, and no core is left behind.
[[noreturn]] void run_child(int out, const std::function<Outcome()>& work) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  const int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
  dup2(null, STDOUT_FILENO);
  dup2(null, STDERR_FILENO);
  const Outcome outcome = work();
  const std::string text = static_cast<char>('0' + static_cast<int>(outcome.verdict)) + outcome.message;
  const bool told = write(out, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  _exit(told ? 0 : 1);
}

/// All that the child wrote; false where it was not done by the deadline.
bool read_until(int in, Clock::time_point deadline, std::string& text) {
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd ready{in, POLLIN, 0};
    if (left <= 0 || poll(&ready, 1, static_cast<int>(left)) == 0) return false;
    char buffer[4096];
    const ssize_t n = read(in, buffer, sizeof buffer);
    if (n <= 0) return true;
    text.append(buffer, static_cast<std::size_t>(n));
  }
}

Outcome ended(pid_t child, const std::string& text) {
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) return {Verdict::kCrashed, std::string("ended by signal: ") + strsignal(WTERMSIG(status))};
  if (text.empty() || WEXITSTATUS(status) != 0) return {Verdict::kCrashed, "left the process without an answer"};
  return {static_cast<Verdict>(text[0] - '0'), text.substr(1)};
}

Outcome in_child(const std::function<Outcome()>& work, double timeout_s) {
  int pipe_ends[2];
  if (pipe2(pipe_ends, O_CLOEXEC) != 0) return failed("cannot make a pipe: " + std::string(std::strerror(errno)));
  const pid_t child = fork();
  if (child < 0) return failed("cannot make a process: " + std::string(std::strerror(errno)));
  if (child == 0) run_child(pipe_ends[1], work);
  close(pipe_ends[1]);
  const auto deadline = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(timeout_s));
  std::string text;
  const bool in_time = read_until(pipe_ends[0], deadline, text);
  close(pipe_ends[0]);
  if (in_time) return ended(child, text);
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  return {Verdict::kTimedOut, "not done in time"};
}

Outcome run(const Options& options, const std::function<Outcome()>& work) {
  return options.fork ? in_child(work, options.timeout_s) : work();
}

std::vector<std::string> plugin_ids(const Options& options) {
  const Outcome listed = run(options, [&] {
    plugin_host::Registry registry;
    registry.load(options.file);
    std::string ids;
    for (const plugin_host::PluginInfo& plugin : registry.plugins()) ids += plugin.id + "\n";
    return Outcome{Verdict::kPassed, ids};
  });
  std::vector<std::string> ids;
  std::istringstream lines(listed.verdict == Verdict::kPassed ? listed.message : "");
  for (std::string id; std::getline(lines, id);) ids.push_back(id);
  return ids;
}

}  // namespace

const char* name(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::kPassed:
      return "passed";
    case Verdict::kWarning:
      return "warning";
    case Verdict::kSkipped:
      return "skipped";
    case Verdict::kFailed:
      return "failed";
    case Verdict::kCrashed:
      return "crashed";
    case Verdict::kTimedOut:
      return "timed out";
  }
  return "unknown";
}

std::vector<Report> check(const Options& options, const std::function<void(const Report&)>& on_report) {
  std::vector<Report> reports;
  const auto try_rule = [&](const Rule& rule, const std::string& plugin) {
    if (!options.only_rule.empty() && options.only_rule != rule.name) return;
    const Subject subject{options.file, plugin, options.seed};
    reports.push_back({rule.name, rule.sentence, plugin, options.seed, run(options, [&] { return rule.run(subject); })});
    on_report(reports.back());
  };
  for (const Rule& rule : file_rules()) try_rule(rule, "");
  for (const std::string& id : plugin_ids(options)) {
    if (!options.only_plugin.empty() && options.only_plugin != id) continue;
    for (const Rule& rule : life_rules()) try_rule(rule, id);
    for (const Rule& rule : work_rules()) try_rule(rule, id);
  }
  return reports;
}

}  // namespace sheave::validator
