#pragma once
// Runs rules, each in a child process with a time limit, so that a plugin that crashes or hangs fails a rule and not the run.

#include <functional>
#include <string>
#include <vector>

#include "plugins/validator/rule.hpp"

namespace sheave::validator {

struct Options {
  std::string file{};
  std::string only_rule{};    ///< Empty: all.
  std::string only_plugin{};  ///< Empty: all.
  std::uint64_t seed = 1;
  double timeout_s = 10.0;  ///< Per rule.
  bool fork = true;         ///< False: in this process, for a debugger.
};

struct Report {
  std::string rule, sentence, plugin;
  std::uint64_t seed = 0;
  Outcome outcome;
  bool ok() const noexcept { return outcome.verdict < Verdict::kFailed; }
};

const char* name(Verdict verdict) noexcept;

/// Every rule that `options` ask for, told to `on_report` as it ends. A file that the host refuses is tried on the file rules only.
std::vector<Report> check(const Options& options, const std::function<void(const Report&)>& on_report);

}  // namespace sheave::validator
