#pragma once
// Runs a recorded movement through the shipped estimator, detector and exercise: what the machine would have counted.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "controller/control/recording.hpp"
#include "controller/core/motion.hpp"
#include "controller/core/status.hpp"
#include "controller/core/units.hpp"

namespace sheave::plugin_host {
class ExerciseSlot;
}

namespace sheave::control {

/// Without a smallest range given, what is shorter is no rep: above the set-up moves of about 0.1 m that real recordings hold.
inline constexpr double kReplayMinRom_m = 0.13;

struct ReplayOptions {
  std::string csv_file = {};
  bool flip = false;  ///< Feed max - position: for movements that start high, so that the pull is away from the stop.

  /// The smallest range that counts. Where given it is the only gate; where not, it is kReplayMinRom_m and 40 % of the recording's
  /// usual range, because nobody said what a full rep is.
  std::optional<double> min_rom_m = {};

  /// Judges the movements; activated for one cable and `period_ns`, not started. Null: every movement that passes the gate counts.
  /// With an exercise the recording's own usual range (its median, from a first run) stands in for the calibrated one, and the
  /// exercise's verdict alone decides about shares of it.
  plugin_host::ExerciseSlot* exercise = nullptr;

  std::int64_t period_ns = kNsPerMs;
};

struct ReplayCue {
  double time_s = 0.0;
  std::uint32_t cue = 0;  ///< sheave_cue_t
};

struct ReplayResult {
  /// In order, with their verdicts. Times are nanoseconds since the first sample; positions as fed (flipped; shifted up where the
  /// recording goes below zero); forces, loads and work are unknown.
  std::vector<Rep> reps;
  std::vector<ReplayCue> cues;
  std::uint32_t counted = 0, partial = 0, rejected = 0;
  bool ended_by_exercise = false;  ///< The rest of the recording was not looked at.
  Rom rom;                         ///< The recording's own; unknown where nothing was found.
  std::size_t samples = 0;
  double duration_s = 0.0;
  double longest_gap_s = 0.0;
};

/// Reasons: as read_recording(), RECORDING_TOO_LONG (a day), PLUGIN_FAILED (the exercise answered a tick with an error). [any]
Result<ReplayResult> replay(const ReplayOptions& options);

/// The same for a recording in memory; `options.csv_file` is not read.
Result<ReplayResult> replay(const Recording& recording, const ReplayOptions& options);

}  // namespace sheave::control
