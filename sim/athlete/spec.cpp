#include "sim/athlete/spec.hpp"

#include <fmt/format.h>

#include <array>

#include "sim/key_value.hpp"

namespace sheave::sim {

namespace {

struct Key {
  std::string_view name;
  double low, high;
  void (*set)(AthleteSpec&, double);
};

constexpr std::array<Key, 10> kKeys{{
    {"one_rm_kg", 1.0, 500.0, [](AthleteSpec& s, double v) { s.one_rm_kg = v; }},
    {"reps", 0.0, 200.0, [](AthleteSpec& s, double v) { s.reps = static_cast<std::uint32_t>(v); }},
    {"hold_s", 0.0, 30.0, [](AthleteSpec& s, double v) { s.hold_s = v; }},
    {"rom_m", 0.05, 2.0, [](AthleteSpec& s, double v) { s.rom_m = v; }},
    {"start_m", 0.0, 1.5, [](AthleteSpec& s, double v) { s.start_m = v; }},
    {"tempo_concentric_s", 0.2, 20.0, [](AthleteSpec& s, double v) { s.tempo_concentric_s = v; }},
    {"tempo_eccentric_s", 0.2, 20.0, [](AthleteSpec& s, double v) { s.tempo_eccentric_s = v; }},
    {"let_go_rep", 0.0, 200.0, [](AthleteSpec& s, double v) { s.let_go_rep = static_cast<std::uint32_t>(v); }},
    {"day_form", 0.5, 1.5, [](AthleteSpec& s, double v) { s.day_form = v; }},
    {"absent", 0.0, 1.0, [](AthleteSpec& s, double v) { s.absent = v != 0.0; }},
}};

bool apply_style(std::string_view style, AthleteSpec& spec) {
  if (style == "cable-row") {
    spec = AthleteSpec{};
    return true;
  }
  if (style != "face-pull") return false;
  spec = AthleteSpec{};
  spec.style = "face-pull";
  spec.one_rm_kg = 30.0;
  spec.reps = 10;
  spec.hold_s = 1.0;
  spec.rom_m = 0.42;
  spec.tempo_concentric_s = 0.8;
  spec.tempo_eccentric_s = 1.6;
  return true;
}

}  // namespace

bool parse_athlete(std::string_view text, AthleteSpec& spec, std::string& error) {
  // The style sets defaults, so it goes first wherever it stands.
  const bool style_known = for_each_pair(text, [&](std::string_view key, std::string_view value) {
    if (key != "style" || apply_style(value, spec)) return true;
    error = fmt::format("athlete: no style \"{}\"; there are cable-row and face-pull", value);
    return false;
  });
  return style_known && for_each_pair(text, [&](std::string_view name, std::string_view value) {
           if (name == "style") return true;
           for (const Key& key : kKeys) {
             double parsed = 0.0;
             if (key.name != name) continue;
             if (parse_number(value, key.low, key.high, parsed)) {
               key.set(spec, parsed);
               return true;
             }
             error = fmt::format("athlete: {}={} is not a number from {:g} to {:g}", name, value, key.low, key.high);
             return false;
           }
           error = fmt::format("athlete: no key \"{}\"; there are style", name);
           for (const Key& key : kKeys) error += fmt::format(", {}", key.name);
           return false;
         });
}

}  // namespace sheave::sim
