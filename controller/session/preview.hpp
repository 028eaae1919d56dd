#pragma once
// What a program will feel like, before anybody pulls: the shipped plugins, run over a movement as the prescription wants it and
// over results that are supposed.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "controller/core/machine.hpp"
#include "controller/core/status.hpp"
#include "controller/safety/envelope.hpp"
#include "controller/session/plugin_source.hpp"
#include "controller/session/program.hpp"
#include "controller/session/records.hpp"

namespace sheave::session {

/// Places of a curve: even shares of the range, 0 and 1 included.
inline constexpr std::size_t kPreviewPlaces = 51;

/// Every rep is the same way out and back; from rep to rep its speed falls evenly.
struct PreviewMovement {
  double rom_m = 0;
  double concentric_s = 0, hold_s = 0, eccentric_s = 0;  ///< Of the first rep.
  std::uint32_t reps = 0;
  double last_rep_slower = 0;  ///< The last rep's loss of speed, a share.
};

/// Tension at each place [N], all cables together.
struct ForceCurve {
  std::array<double, kPreviewPlaces> pull_n{}, return_n{};
};

/// One set as it is supposed, and the load that the progression gave it.
struct PreviewSet {
  std::uint32_t visit = 1, index = 1;  ///< From 1; `index` in its visit.
  SetKind kind = SetKind::kWorking;
  double load_kg = 0;
  std::uint32_t reps = 0;  ///< Counted.
  double start_s = 0;      ///< Since the visit's first set began.
  double duration_s = 0;
  std::string reason;  ///< Of this load; empty where it was given.
};

struct Preview {
  double load_kg = 0;
  PreviewMovement movement;
  std::vector<ForceCurve> links;            ///< Tension after each link of the chain, in the first rep.
  ForceCurve felt, felt_last;               ///< What the envelope leaves of the last link: the first rep and the last one.
  std::vector<PreviewSet> highest, lowest;  ///< Empty without a progression.
};

struct PreviewSettings {
  const Machine& machine;
  double peak_force_n;              ///< Per cable, as the drive said.
  safety::EnvelopeConfig envelope;  ///< Of this machine.
  std::optional<double> load_kg;    ///< Of the first set; none: where the program begins with somebody unknown.
};

/// Takes some milliseconds. Reasons as PluginSource's, LOAD_ABOVE_LIMIT, LOAD_NOT_A_STEP, PLUGIN_FAILED. [main]
Result<Preview> make_preview(const Program& program, const PreviewSettings& settings, PluginSource& plugins);

}  // namespace sheave::session
