#include "controller/session/program.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "controller/control/port.hpp"
#include "controller/session/strength_curve.hpp"
#include "controller/session/toml_reader.hpp"

namespace sheave::session {

namespace {

// Ranges are those a person at a cable machine can mean; whoever needs more means a typing error.
constexpr double kMaxLoad_kg = 200.0;
constexpr double kMaxRom_m = 2.0;
constexpr double kMaxRest_s = 1800.0;
constexpr double kMaxTempo_s = 30.0;
constexpr double kMaxPulleyHeight_m = 3.0;
constexpr std::uint32_t kMaxSets = 20;
constexpr double kMaxReps = 100.0;
constexpr double kMinWarmUpShare = 0.1, kMaxWarmUpShare = 0.95;
constexpr std::uint32_t kMaxWarmUpReps = 20;
constexpr std::size_t kMaxWarmUps = 5;
constexpr double kMinLossShare = 0.02, kMaxLossShare = 0.8;  // less is what two good reps differ by, more is no set any more
constexpr std::uint32_t kMaxLossReps = 5;
constexpr double kLeastHoldPlace = 0.1, kLeastHold_s = 2.0;  // force builds up in about one second, and one is measured

/// FNV-1a, 64 bit: names a version of a text; protects against nothing.
std::string digest(const std::string& text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return fmt::format("{:016x}", hash);
}

/// The reader goes on: a link of the chain has more to say.
PluginUse read_use(TomlReader& reader) {
  PluginUse use;
  use.id = reader.id("plugin");
  if (const toml::table* params = reader.table("params", false)) {
    use.params = reader.inside(*params, "params").all_numbers();
  }
  return use;
}

PluginUse read_plugin(TomlReader reader) {
  PluginUse use = read_use(reader);
  reader.finish();
  return use;
}

PluginUse read_link(TomlReader reader) {
  PluginUse use = read_use(reader);
  use.own_curve = reader.choice("curve", {"given", "own"}, "given") == "own";
  reader.finish();
  if (use.own_curve) give_curve(use, CurveShares{}, Given::kWhereNotStated);
  return use;
}

PluginUse read_plugin(TomlReader& reader, std::string_view key) {
  const toml::table* table = reader.table(key, true);
  return table != nullptr ? read_plugin(reader.inside(*table, key)) : PluginUse{};
}

std::vector<PluginUse> read_chain(TomlReader& reader) {
  std::vector<PluginUse> chain;
  const toml::array* links = reader.array("load");
  if (links == nullptr) return chain;
  if (links->size() > control::kMaxChain) {
    reader.problem(links, "load", fmt::format("has {} links; a chain has at most {}", links->size(), control::kMaxChain));
  }
  for (std::size_t i = 0; i < links->size(); ++i) {
    chain.push_back(read_link(reader.inside(*links->get_as<toml::table>(i), fmt::format("load[{}]", i))));
  }
  return chain;
}

std::vector<WarmUp> read_warm_ups(TomlReader& reader) {
  std::vector<WarmUp> warm_ups;
  const toml::array* list = reader.array("warm_up", false);
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    TomlReader entry = reader.inside(*list->get_as<toml::table>(i), fmt::format("warm_up[{}]", i));
    warm_ups.push_back({entry.number("load_share", kMinWarmUpShare, kMaxWarmUpShare), entry.whole("reps", 1, kMaxWarmUpReps)});
    entry.finish();
  }
  if (warm_ups.size() > kMaxWarmUps)
    reader.problem(nullptr, "warm_up", fmt::format("has {} sets; at most {}", warm_ups.size(), kMaxWarmUps));
  return warm_ups;
}

control::SpeedLossEnd read_end(TomlReader reader) {
  control::SpeedLossEnd end;
  end.loss_share = reader.number("loss_share", kMinLossShare, kMaxLossShare);
  end.reps = reader.whole("reps", 1, kMaxLossReps);
  end.peak = reader.choice("speed", {"mean", "peak"}, "mean") == "peak";
  reader.finish();
  return end;
}

Prescription read_prescription(const toml::table& table, TomlReader reader) {
  Prescription prescription;
  prescription.sets = reader.whole("sets", 0, kMaxSets);
  if (prescription.open()) {
    if (table.size() > 1) {
      reader.problem(table.get("sets"), "sets", "is 0, which means open sets: remove reps, rest_s and tempo, or write how many sets");
    }
    return prescription;
  }
  if (const auto reps = reader.numbers("reps", 2, 1, kMaxReps, true); !reps.empty()) {
    prescription.rep_bottom = static_cast<std::uint32_t>(reps[0]);
    prescription.rep_top = static_cast<std::uint32_t>(reps[1]);
    if (prescription.rep_bottom != reps[0] || prescription.rep_top != reps[1] || reps[0] > reps[1]) {
      reader.problem(nullptr, "reps", "must be two whole numbers, the smaller one first: [6, 8]");
    }
  }
  prescription.rest_s = reader.number("rest_s", 0, kMaxRest_s);
  if (const auto tempo = reader.numbers("tempo", 3, 0, kMaxTempo_s, false); !tempo.empty()) {
    prescription.tempo_concentric_s = tempo[0];
    prescription.tempo_hold_s = tempo[1];
    prescription.tempo_eccentric_s = tempo[2];
  }
  prescription.one_sided = reader.choice("sides", {"both", "each"}, "both") == "each";
  prescription.warm_ups = read_warm_ups(reader);
  if (const toml::table* end = reader.table("end", false)) prescription.speed_loss_end = read_end(reader.inside(*end, "end"));
  reader.finish();
  return prescription;
}

SetUp read_set_up(TomlReader reader) {
  SetUp set_up;
  set_up.pulley_height_m = reader.number("pulley_height_m", 0, kMaxPulleyHeight_m);
  set_up.pulley = reader.text("pulley");
  set_up.attachment = reader.text("attachment");
  set_up.stance = reader.text("stance");
  set_up.steps = reader.texts("steps");
  set_up.cues = reader.texts("cues");
  reader.finish();
  return set_up;
}

/// @pre prescription and load chain are read.
StrengthTestSpec read_test(const toml::table& table, TomlReader reader, const Program& program) {
  StrengthTestSpec test;
  const auto stated = [&](const char* param) -> std::optional<double> {
    for (const PluginUse& link : program.load_chain) {
      if (const auto at = link.params.find(param); at != link.params.end()) return at->second;
    }
    reader.problem(&table, "kind", fmt::format("needs a load profile in the chain that states {}", param));
    return std::nullopt;
  };
  if (reader.choice("kind", {"isokinetic", "isometric"}) == "isometric") {
    test.kind = TestKind::kIsometric;
    test.places = reader.numbers("places", std::max(1U, program.prescription.sets), kLeastHoldPlace, 1.0, true);
    test.hold_s = reader.number("hold_s", kLeastHold_s, seconds(control::kLongestHold_ns));
    stated("at_share");
  } else {
    test.kind = TestKind::kIsokinetic;
    test.speed_mps = stated("speed_mps").value_or(0.0);
  }
  reader.finish();
  if (program.prescription.open()) reader.problem(&table, "kind", "measures so many sets: say how many in prescription.sets");
  return test;
}

Program read_program(const toml::table& root, const std::string& source, std::vector<std::string>& problems) {
  TomlReader reader(root, source, "", problems);
  Program program;
  program.id = reader.id("id");
  program.name = reader.text("name");
  program.summary = reader.text("summary");
  program.exercise_name = reader.text("exercise_name");
  program.goal = reader.choice("goal", {"strength", "muscle", "technique", "power", "free"});
  program.muscles = reader.texts("muscles");
  program.start_load_kg = reader.number("start_load_kg", 0.25, kMaxLoad_kg);
  program.min_rom_m = reader.number("min_rom_m", 0.05, kMaxRom_m, program.min_rom_m);
  program.exercise = read_plugin(reader, "exercise");
  program.load_chain = read_chain(reader);
  if (const toml::table* table = reader.table("prescription", true)) {
    program.prescription = read_prescription(*table, reader.inside(*table, "prescription"));
  }
  const toml::table* test = reader.table("test", false);
  if (test != nullptr) program.test = read_test(*test, reader.inside(*test, "test"), program);
  if (!program.prescription.open() && test == nullptr) {
    program.progression = read_plugin(reader, "progression");
  } else if (const toml::table* table = reader.table("progression", false)) {
    reader.problem(table, "progression",
                   test != nullptr ? "cannot choose a weight for a test, which keeps it: remove it"
                                   : "cannot choose a weight for open sets (prescription.sets = 0), which keep the person's: remove it");
  }
  if (const toml::table* table = reader.table("set_up", true)) program.set_up = read_set_up(reader.inside(*table, "set_up"));
  reader.finish();
  program.source = source;
  return program;
}

}  // namespace

Result<Program> parse_program(const std::string& toml, const std::string& source) {
  std::vector<std::string> problems;
  Program program;
  try {
    program = read_program(toml::parse(toml, source), source, problems);
  } catch (const toml::parse_error& e) {
    return Status::error(StatusCode::kInvalidArgument, "PROGRAM_SYNTAX",
                         fmt::format("{}:{}: this is not TOML: {}", source, e.source().begin.line, e.description()));
  }
  if (!problems.empty()) {
    return Status::error(StatusCode::kInvalidArgument, "PROGRAM_FIELD", fmt::format("{}", fmt::join(problems, "\n")));
  }
  program.etag = digest(toml);
  return program;
}

std::string set_up_key(const Program& program) {
  return fmt::format("{}, {:.2f} m, {}", program.exercise_name, program.set_up.pulley_height_m, program.set_up.attachment);
}

namespace {

/// Where `id` is or belongs in a list sorted by id.
template <typename List>
auto place_of(List& list, const std::string& id) {
  return std::lower_bound(list.begin(), list.end(), id, [](const auto& item, const std::string& key) { return item.id < key; });
}

template <typename List>
const typename List::value_type* find_in(const List& list, const std::string& id) noexcept {
  const auto at = place_of(list, id);
  return at != list.end() && at->id == id ? &*at : nullptr;
}

}  // namespace

const Program* Catalog::find(const std::string& id) const noexcept { return find_in(programs, id); }
const Workout* Catalog::find_workout(const std::string& id) const noexcept { return find_in(workouts, id); }

void Catalog::merge(Catalog other) {
  std::move(other.refused.begin(), other.refused.end(), std::back_inserter(refused));
  const auto take = [this](auto& list, auto& from) {
    for (auto& item : from) {
      const Program* program = find(item.id);
      const Workout* workout = find_workout(item.id);
      if (program == nullptr && workout == nullptr) {
        list.insert(place_of(list, item.id), std::move(item));
        continue;
      }
      refused.push_back(Status::error(StatusCode::kAlreadyExists, "PROGRAM_FIELD",
                                      fmt::format("{}: id: \"{}\" is the id of {} too; give it another", item.source, item.id,
                                                  program != nullptr ? program->source : workout->source)));
    }
  };
  take(programs, other.programs);
  take(workouts, other.workouts);
}

void Catalog::check_workouts() {
  std::erase_if(workouts, [this](const Workout& workout) {
    const auto missing =
        std::find_if(workout.parts.begin(), workout.parts.end(), [this](const WorkoutPart& p) { return find(p.program_id) == nullptr; });
    if (missing == workout.parts.end()) return false;
    refused.push_back(Status::error(StatusCode::kNotFound, "PROGRAM_FIELD",
                                    fmt::format("{}: part.program: there is no program \"{}\"; `sheave programs` lists those there are",
                                                workout.source, missing->program_id)));
    return true;
  });
}

Catalog load_catalog(const std::string& folder) {
  namespace fs = std::filesystem;
  Catalog catalog;
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator it(folder, fs::directory_options::skip_permission_denied, error), end; !error && it != end;
       it.increment(error)) {
    if (it->path().extension() == ".toml") files.push_back(it->path());
  }
  if (error) {
    catalog.refused.push_back(
        Status::error(StatusCode::kNotFound, "CATALOG_UNREADABLE",
                      fmt::format("the catalog folder {} cannot be read ({}); check its path", folder, error.message())));
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    Catalog one;
    if (is_workout(text.str())) {
      Result<Workout> workout = parse_workout(text.str(), file.string());
      workout ? one.workouts.push_back(*std::move(workout)) : one.refused.push_back(workout.status());
    } else {
      Result<Program> program = parse_program(text.str(), file.string());
      program ? one.programs.push_back(*std::move(program)) : one.refused.push_back(program.status());
    }
    catalog.merge(std::move(one));
  }
  return catalog;
}

}  // namespace sheave::session
