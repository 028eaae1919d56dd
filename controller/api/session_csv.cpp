#include "controller/api/session_csv.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>

#include "controller/core/units.hpp"

namespace sheave::api {
namespace {

constexpr const char* kColumns =
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE,Weight Unit,Speeds m/s";
constexpr int kRpeMost = 10;
constexpr std::int64_t kNsPerMinute = 60 * kNsPerS;

bool has_ended(const session::SetRecord& set) { return set.end != session::SetEndReason::kUnknown; }

/// Calls `each(part, set)` for every set that ended.
template <typename Each>
void for_ended(const std::vector<CsvPart>& parts, Each each) {
  for (const CsvPart& part : parts) {
    for (const session::SetRecord& set : part.sets) {
      if (has_ended(set)) each(part, set);
    }
  }
}

std::string local(const session::WallTime& time, const char* format) {
  const std::time_t seconds = time.unix_ns / kNsPerS;
  std::tm tm{};
  localtime_r(&seconds, &tm);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), format, &tm);
  return text.data();
}

std::string first_time(const std::vector<CsvPart>& parts, const char* format) {
  std::string text;
  for_ended(parts, [&](const CsvPart&, const session::SetRecord& set) {
    if (text.empty() && set.started.unix_ns != 0) text = local(set.started, format);
  });
  return text;
}

/// From the first set's begin to the last one's end.
std::int64_t minutes_of(const std::vector<CsvPart>& parts) {
  std::int64_t from_ns = 0, to_ns = 0;
  for_ended(parts, [&](const CsvPart&, const session::SetRecord& set) {
    if (from_ns == 0) from_ns = set.started.unix_ns;
    to_ns = set.started.unix_ns + std::llround(set.duration_s * static_cast<double>(kNsPerS));
  });
  return std::max<std::int64_t>(0, (to_ns - from_ns + kNsPerMinute / 2) / kNsPerMinute);
}

std::string field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

/// Of the reps that counted; what is not known stays empty between its spaces.
std::string speeds(const session::SetRecord& set) {
  std::vector<std::string> known;
  for (const Rep& rep : set.reps) {
    if (rep.verdict == RepVerdict::kCounted)
      known.push_back(std::isfinite(rep.mean_speed_mps) ? fmt::format("{:.3f}", rep.mean_speed_mps) : "");
  }
  return fmt::format("{}", fmt::join(known, " "));
}

/// "38 kg from rep 4"; one column has room for the weight that a set began with.
std::string lighter_note(const session::SetRecord& set) {
  std::vector<std::string> notes;
  for (const session::Lightening& less : set.lightened)
    notes.push_back(fmt::format("{} kg from rep {}", less.load_kg, less.after_reps + 1));
  return fmt::format("{}", fmt::join(notes, "; "));
}

}  // namespace

std::string session_csv(const std::vector<CsvPart>& parts) {
  const std::string date = first_time(parts, "%Y-%m-%d %H:%M:%S");
  const std::int64_t minutes = minutes_of(parts);
  std::string csv = fmt::format("{}\r\n", kColumns);
  for_ended(parts, [&](const CsvPart& part, const session::SetRecord& set) {
    const std::string rpe = set.answer_rir ? std::to_string(kRpeMost - *set.answer_rir) : "";
    csv += fmt::format("{},{},{}m,{},{},{},{},0,{:.0f},{},,{},kg,{}\r\n", date, field(part.workout), minutes, field(part.exercise),
                       set.index, set.load_kg, set.counted, set.duration_s, lighter_note(set), rpe, speeds(set));
  });
  return csv;
}

bool has_ended_sets(const CsvPart& part) { return std::ranges::any_of(part.sets, has_ended); }

std::string day_of(const std::vector<CsvPart>& parts) { return first_time(parts, "%Y-%m-%d"); }

}  // namespace sheave::api
