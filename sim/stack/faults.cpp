#include "sim/stack/faults.hpp"

#include <fmt/format.h>

#include <charconv>

#include "sim/key_value.hpp"

namespace sheave::sim {

namespace {

constexpr double kLongest_s = 1e6;
constexpr std::string_view kKeys =
    "drop, garbage, swap, delay_ms, late, late_every, sto_at_s, reboot_at_s, drive_fault_at_s=SECONDS:CODE, pull_in_rep, pull_for_s, "
    "watchdog_off";

bool parse_code(std::string_view text, std::uint16_t& code) {
  const bool hex = text.starts_with("0x");
  if (hex) text.remove_prefix(2);
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), code, hex ? 16 : 10);
  return failed == std::errc() && end == text.data() + text.size() && code != 0;
}

bool parse_pair(std::string_view key, std::string_view value, FaultSpec& spec) {
  if (key == "drop") return parse_number(value, 0.0, 1.0, spec.drop);
  if (key == "garbage") return parse_number(value, 0.0, 1.0, spec.garbage);
  if (key == "swap") return parse_number(value, 0.0, 1.0, spec.swap);
  if (key == "late") return parse_number(value, 0.0, 1.0, spec.late);
  if (key == "pull_in_rep") return parse_number(value, 1.0, 1000.0, spec.pull_in_rep);
  if (key == "pull_for_s") return parse_number(value, 0.0, kLongest_s, spec.pull_for_s);
  if (key == "late_every") return parse_number(value, 1.0, 1e9, spec.late_every);
  if (key == "delay_ms") return parse_number(value, 0.0, 10'000.0, spec.delay_ms);
  if (key == "sto_at_s") return parse_number(value, 0.0, kLongest_s, spec.sto_at_s);
  if (key == "reboot_at_s") return parse_number(value, 0.0, kLongest_s, spec.reboot_at_s);
  if (key == "watchdog_off") return spec.watchdog_off = true;
  if (key != "drive_fault_at_s") return false;
  const std::size_t colon = value.find(':');
  return colon != std::string_view::npos && parse_number(value.substr(0, colon), 0.0, kLongest_s, spec.drive_fault_at_s) &&
         parse_code(value.substr(colon + 1), spec.drive_fault_code);
}

bool reached(double at_s, double time_s, double previous_s) { return at_s >= 0.0 && time_s >= at_s && previous_s < at_s; }

}  // namespace

bool parse_faults(std::string_view text, FaultSpec& spec, std::string& error) {
  return for_each_pair(text, [&](std::string_view key, std::string_view value) {
    if (parse_pair(key, value, spec)) return true;
    error = fmt::format("fault: cannot understand {}={}; there are {}", key, value, kKeys);
    return false;
  });
}

void DriveFaults::arm(Drive& drive) const noexcept {
  if (spec_.watchdog_off) drive.disable_watchdog();
}

void DriveFaults::apply(Drive& drive, double time_s, double previous_s) const noexcept {
  if (reached(spec_.sto_at_s, time_s, previous_s)) drive.set_sto(true);
  if (reached(spec_.reboot_at_s, time_s, previous_s)) drive.reboot();
  if (reached(spec_.drive_fault_at_s, time_s, previous_s)) drive.trip(spec_.drive_fault_code);
}

bool WireFaults::pass(std::span<std::uint8_t> reply) noexcept {
  if (spec_.drop > 0.0 && random_.chance(spec_.drop)) return false;
  if (spec_.garbage > 0.0 && random_.chance(spec_.garbage)) {
    for (std::uint8_t& byte : reply) byte = static_cast<std::uint8_t>(random_.next());
  }
  return true;
}

std::int64_t WireFaults::delay_ns() noexcept {
  if (spec_.delay_ms <= 0.0) return 0;
  if (spec_.late_every > 0.0 && ++replies_ % static_cast<std::uint64_t>(spec_.late_every) != 0) return 0;
  if (spec_.late < 1.0 && !random_.chance(spec_.late)) return 0;
  return static_cast<std::int64_t>(spec_.delay_ms * 1e6);
}

std::uint8_t WireFaults::unit(std::uint8_t truly) noexcept {
  if (spec_.swap <= 0.0 || !random_.chance(spec_.swap)) return truly;
  return truly == 1 ? 2 : 1;
}

}  // namespace sheave::sim
