#pragma once
// The recordings beside the tree, as their manifest.json tells of them.

#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "tests/support/paths.hpp"

namespace sheave::test {

/// One that is counted exactly.
struct Scored {
  std::string id, file, source;
  std::uint32_t reps = 0;
  bool flip = false;
  std::optional<double> min_rom_m;
};

inline void PrintTo(const Scored& s, std::ostream* os) { *os << s.id; }

inline nlohmann::json recorded_sets() {
  std::ifstream in(SHEAVE_RECORDINGS "/manifest.json");
  return nlohmann::json::parse(in).at("sets");
}

inline std::string recorded_file(const std::string& file) { return std::string(SHEAVE_RECORDINGS "/") + file; }

inline std::vector<Scored> scored() {
  std::vector<Scored> all;
  for (const auto& set : recorded_sets()) {
    if (!set.value("scored", false)) continue;
    const std::string source = set.at("source_repo");
    Scored s{set.at("id"), set.at("file"), source.substr(0, source.find(' ')), set.at("true_reps"), set.value("flip", false), {}};
    if (set.contains("rom_gate_m")) s.min_rom_m = set.at("rom_gate_m").get<double>();
    all.push_back(s);
  }
  return all;
}

}  // namespace sheave::test
