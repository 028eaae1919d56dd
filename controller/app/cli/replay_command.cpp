// `sheave replay`: a recording through the shipped estimator, detector and exercise. What it prints is data: always JSON lines.

#include "controller/control/replay.hpp"

#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "controller/api/convert_session.hpp"
#include "controller/app/cli/commands.hpp"
#include "controller/app/cli/folders.hpp"
#include "controller/app/cli/json.hpp"
#include "controller/plugin_host/registry.hpp"
#include "controller/plugin_host/slots.hpp"

namespace sheave::cli {
namespace {

// Nothing is loaded and nothing moves: limits that hold any recording.
constexpr plugin_host::ActivationContext kRecordingContext = {
    .axis_count = 1, .period_ns = kNsPerMs, .tension_max_n = 1000, .slew_max_nps = 1000, .extension_max_m = 10};

template <typename T>
T value_of(Result<T> result) {
  if (!result) throw Failure(result.status().message + " [" + result.status().reason + "]");
  return *std::move(result);
}

/// Null where no exercise is named.
std::unique_ptr<plugin_host::ExerciseSlot> exercise_slot(plugin_host::Registry& registry, const std::string& id) {
  if (id.empty()) return nullptr;
  registry.scan({plugin_folder()});
  return std::make_unique<plugin_host::ExerciseSlot>(value_of(registry.create(id, SHEAVE_EXT_EXERCISE, {}, kRecordingContext)));
}

void print_rep(Screen& screen, const Rep& rep) {
  v1::Rep message;
  api::to_pb(api::Names(""), "", 0, rep, &message);
  message.clear_name();  // of no machine and no session
  screen.print(json_line("rep", message));
}

}  // namespace

int replay(Screen& screen, const Options& options) {
  plugin_host::Registry registry;
  const auto exercise = exercise_slot(registry, options.replay.exercise);
  const control::ReplayResult result = value_of(control::replay({.csv_file = options.replay.csv,
                                                                 .flip = options.replay.flip,
                                                                 .min_rom_m = options.replay.min_rom_m,
                                                                 .exercise = exercise.get(),
                                                                 .period_ns = kRecordingContext.period_ns}));
  for (const Rep& rep : result.reps) print_rep(screen, rep);
  nlohmann::ordered_json set = {{"type", "set"},
                                {"reps", result.counted},
                                {"partial_reps", result.partial},
                                {"rejected", result.rejected},
                                {"exercise", options.replay.exercise},
                                {"csv", options.replay.csv}};
  if (result.rom.known()) set["rom"] = {{"start_m", result.rom.start_m}, {"end_m", result.rom.end_m}};
  set["ended_by_exercise"] = result.ended_by_exercise;
  set["samples"] = result.samples;
  set["duration_s"] = result.duration_s;
  set["longest_gap_s"] = result.longest_gap_s;
  screen.print(set.dump());
  return kExitOk;
}

}  // namespace sheave::cli
