#pragma once
// Who pulls: the athlete's parameters, and how they are written on a command line.

#include <cstdint>
#include <string>
#include <string_view>

namespace sheave::sim {

struct AthleteSpec {
  std::string style = "cable-row";
  double one_rm_kg = 60.0;  ///< Over all cables, at the handle.
  std::uint32_t reps = 8;   ///< Prescription; 0: to failure.
  double hold_s = 0.0;      ///< At the peak.
  double rom_m = 0.50;
  double start_m = 0.15;  ///< Cable out where the pull begins.
  double tempo_concentric_s = 0.9;
  double tempo_eccentric_s = 1.8;
  std::uint32_t let_go_rep = 0;  ///< Lets the handle go in the middle of this rep's pull; 0: never.
  double day_form = 0.0;         ///< Factor on the 1RM; 0: drawn from the seed, 1 +- 0.04.
  bool absent = false;           ///< Never comes.
};

/// Parses "key=value,key=value"; keys as the fields above, `absent` alone or with 0/1. `style` first sets the defaults of that
/// style (cable-row, face-pull: 30 kg, 10 reps, 0.42 m, 1 s hold).
/// @return false with `error` naming the key and the remedy.
bool parse_athlete(std::string_view text, AthleteSpec& spec, std::string& error);

}  // namespace sheave::sim
