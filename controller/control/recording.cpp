#include "controller/control/recording.hpp"

#include <charconv>
#include <cmath>
#include <fstream>
#include <optional>
#include <string_view>

namespace sheave::control {
namespace {

constexpr const char* kTimeColumn = "t_s";
constexpr const char* kPositionColumn = "position_m";

std::string_view trimmed(std::string_view text) {
  constexpr const char* kBlank = " \t\r\"";
  const auto first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  for (;;) {
    const auto comma = line.find(',');
    cells.push_back(trimmed(line.substr(0, comma)));
    if (comma == std::string_view::npos) return cells;
    line.remove_prefix(comma + 1);
  }
}

std::optional<double> number(std::string_view text) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::size_t> column(const std::vector<std::string_view>& header, std::string_view name) {
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i] == name) return i;
  }
  return std::nullopt;
}

Status wrong(const std::string& file, std::size_t line, const char* reason, const std::string& what) {
  return Status::error(StatusCode::kInvalidArgument, reason, file + ", line " + std::to_string(line) + ": " + what);
}

}  // namespace

Result<Recording> read_recording(const std::string& file) {
  std::ifstream in(file);
  if (!in) {
    return Status::error(StatusCode::kNotFound, "RECORDING_NOT_FOUND", file + " cannot be opened: check the path and that it may be read");
  }
  std::string text;
  std::getline(in, text);
  const std::string header_text = text;
  const auto header = cells_of(header_text);
  const auto time_at = column(header, kTimeColumn), position_at = column(header, kPositionColumn);
  if (!time_at || !position_at) {
    return wrong(file, 1, "RECORDING_COLUMN",
                 std::string("column ") + (time_at ? kPositionColumn : kTimeColumn) +
                     " is missing: the first line must name the columns t_s (seconds) and position_m (metres), separated by commas");
  }
  Recording recording{file, {}, {}};
  for (std::size_t line = 2; std::getline(in, text); ++line) {
    if (trimmed(text).empty()) continue;
    const auto cells = cells_of(text);
    if (cells.size() <= std::max(*time_at, *position_at)) {
      return wrong(file, line, "RECORDING_COLUMN",
                   "has " + std::to_string(cells.size()) + " columns, fewer than the header: complete or remove it");
    }
    const auto t = number(cells[*time_at]), x = number(cells[*position_at]);
    if (!t || !x) {
      const std::string_view cell = t ? cells[*position_at] : cells[*time_at];
      return wrong(file, line, "RECORDING_NUMBER",
                   "\"" + std::string(cell) + "\" is no finite number in column " + (t ? kPositionColumn : kTimeColumn) +
                       ": correct or remove the line");
    }
    if (!recording.time_s.empty() && *t <= recording.time_s.back()) {
      return wrong(file, line, "RECORDING_TIME",
                   "t_s " + std::string(cells[*time_at]) + " is not after the line before: sort by time and remove duplicates");
    }
    recording.time_s.push_back(*t);
    recording.position_m.push_back(*x);
  }
  if (recording.time_s.size() < 2) {
    return Status::error(StatusCode::kInvalidArgument, "RECORDING_EMPTY", file + " has fewer than two samples: record a movement first");
  }
  return recording;
}

}  // namespace sheave::control
