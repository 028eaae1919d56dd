#pragma once
// A program is data: exercise, prescription, load chain, progression, set-up.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "controller/control/port.hpp"
#include "controller/core/status.hpp"
#include "controller/session/workout.hpp"

namespace sheave::session {

using ParamValues = std::map<std::string, double>;  // by parameter name; what is not named takes the plugin's default

struct PluginUse {
  std::string id;
  ParamValues params;
  bool own_curve = false;  ///< Of a load link: at_0 to at_100 are the person's, from their strength test; `params` where there is none.
};

enum class TestKind : std::uint8_t { kNone, kIsokinetic, kIsometric };

/// A program that measures strength over the range instead of training it. It has no progression: the load under the test stays.
struct StrengthTestSpec {
  TestKind kind = TestKind::kNone;
  double speed_mps = 0.0;      ///< Isokinetic: what a link of the chain holds.
  std::vector<double> places;  ///< Isometric: share of the range that each set holds, in order.
  double hold_s = 0.0;         ///< Isometric: how long a hold may last.
  /// @param set of the session, from 1. @pre isometric
  double place_of(std::uint32_t set) const noexcept { return places[(set - 1) % places.size()]; }
};

struct SetUp {
  double pulley_height_m = 0;  ///< Above the floor; what the machine's notches are made of.
  std::string pulley;          ///< In words: "low, at the height of the seat".
  std::string attachment;      ///< "close-grip handle", "rope".
  std::string stance;
  std::vector<std::string> steps;
  std::vector<std::string> cues;
};

/// A lighter set before the working sets; never judged.
struct WarmUp {
  double load_share = 0.5;  ///< Of the working load.
  std::uint32_t reps = 8;
};

struct Prescription {
  std::uint32_t sets = 3;                     ///< Working sets; 0: open, as many as the person likes.
  std::uint32_t rep_bottom = 0, rep_top = 0;  ///< 0: no range, where the sets are open.
  double rest_s = 0;
  double tempo_concentric_s = 0, tempo_hold_s = 0, tempo_eccentric_s = 0;  ///< 0: free
  bool one_sided = false;                     ///< Each set is done with the left side, then with the right, at one load.
  std::vector<WarmUp> warm_ups = {};          ///< In order.
  control::SpeedLossEnd speed_loss_end = {};  ///< Ends a set; none by default.
  bool open() const noexcept { return sets == 0; }
};

struct Program {
  std::string id;  ///< kebab-case: "face-pull-muscle"; the exercise's own id names its default program.
  std::string name, summary;
  std::string exercise_name;  ///< For people: "Cable row".
  std::string goal;           ///< "strength", "muscle", "technique", "power", "free"
  std::vector<std::string> muscles;
  PluginUse exercise;
  std::vector<PluginUse> load_chain;
  PluginUse progression;  ///< Without an id where the sets are open or a test: the weight stays as the person sets it.
  Prescription prescription;
  StrengthTestSpec test;
  SetUp set_up;
  double start_load_kg = 0;  ///< For somebody unknown; total at the handle.
  double min_rom_m = 0.10;   ///< Movements below it are no reps.
  std::string source;        ///< File it came from, or "api".
  std::string etag;          ///< Changes with every change.
};

/// Reads and checks one TOML program. Errors name file, line, field and remedy; reasons PROGRAM_SYNTAX, PROGRAM_FIELD.
Result<Program> parse_program(const std::string& toml, const std::string& source);

/// What a range of motion was measured with: the exercise and where the machine stood for it. The same for all programs that agree on it.
std::string set_up_key(const Program& program);

/// All *.toml below `folder`. A broken file is refused by name; the others load. So is a workout whose programs are not all there.
struct Catalog {
  std::vector<Program> programs;  ///< Sorted by id.
  std::vector<Workout> workouts;  ///< Likewise. No id is a program's and a workout's.
  std::vector<Status> refused;
  const Program* find(const std::string& id) const noexcept;
  const Workout* find_workout(const std::string& id) const noexcept;
  /// Takes over what `other` has and this has not; what both have is refused by name.
  void merge(Catalog other);
  /// Refuses each workout that names a program which is not there. After the last merge().
  void check_workouts();
};
Catalog load_catalog(const std::string& folder);

}  // namespace sheave::session
