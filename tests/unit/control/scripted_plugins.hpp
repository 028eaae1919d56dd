#pragma once
// Plugins that do what a test says, and a timer that says what a test wants.

#include <functional>
#include <optional>
#include <span>

#include "controller/plugin_host/slots.hpp"
#include "sheave_sdk.hpp"

namespace sheave::test {

class ScriptedExercise final : public sdk::Exercise {
 public:
  static constexpr sdk::About kAbout{
      .id = "scripted-exercise", .name = "s", .vendor = "v", .version = "1", .description = "d", .max_tick_us = 1};
  static inline std::function<sdk::Tick(const sdk::ExerciseView&, sdk::ExerciseActions&)> script;
  sdk::Tick on_tick(const sdk::ExerciseView& in, sdk::ExerciseActions& out) override { return script(in, out); }
};

class ScriptedLoad final : public sdk::LoadProfile {
 public:
  static constexpr sdk::About kAbout{
      .id = "scripted-load", .name = "s", .vendor = "v", .version = "1", .description = "d", .max_tick_us = 1};
  static inline std::function<sdk::Tick(const sdk::LoadView&, std::span<double>)> script;
  static inline std::optional<sdk::LoadBound> says;
  static inline double gain_seen, fixed_seen;  ///< Of the last tick.
  sdk::Tick on_tick(const sdk::LoadView& in, std::span<double> tension_n) override {
    gain_seen = gain, fixed_seen = fixed;
    return script(in, tension_n);
  }
  sdk::Param<double> gain{*this, {.id = 1, .name = "gain", .unit = "1", .help = "h", .min = 0.0, .max = 2.0, .initial = 1.0, .live = true}};
  sdk::Param<double> fixed{*this, {.id = 2, .name = "fixed", .unit = "1", .help = "h", .min = 0.0, .max = 2.0, .initial = 1.0}};
  std::optional<sdk::LoadBound> bound() const override { return says; }
};

/// Each call takes what the test says; 0: no time passes.
struct ScriptedTimer final : plugin_host::CallTimer {
  std::int64_t now_ns() noexcept override { return time_ns += call_ns; }
  std::int64_t time_ns = 0, call_ns = 0;
};

}  // namespace sheave::test
