#pragma once
// A rule of the plugin ABI as a named test. Each runs in a process of its own (runner.hpp), replayable by its seed.

#include <cstdint>
#include <span>
#include <string>

namespace sheave::validator {

enum class Verdict : std::uint8_t {
  kPassed,
  kWarning,  ///< Kept in form, not in spirit: told, not failed.
  kSkipped,  ///< Does not concern this kind of plugin.
  kFailed,
  kCrashed,
  kTimedOut,
};

struct Outcome {
  Verdict verdict = Verdict::kPassed;
  std::string message;  ///< What happened; empty where all is well.
};

inline Outcome failed(std::string message) { return {Verdict::kFailed, std::move(message)}; }
inline Outcome skipped(std::string message) { return {Verdict::kSkipped, std::move(message)}; }

/// What a rule is tried on.
struct Subject {
  std::string file;
  std::string plugin;  ///< Id; empty for a rule about the file.
  std::uint64_t seed = 1;
};

enum class Scope : std::uint8_t { kFile, kPlugin };

struct Rule {
  const char* name;      ///< kebab-case
  const char* sentence;  ///< The rule, as a plugin's author should read it.
  Scope scope;
  Outcome (*run)(const Subject& subject);  ///< In the child: may crash or hang with the plugin.
};

/// Of the file as a library, of a plugin's life, and of its ticks or decisions.
std::span<const Rule> file_rules();
std::span<const Rule> life_rules();
std::span<const Rule> work_rules();

}  // namespace sheave::validator
