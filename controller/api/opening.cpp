#include "controller/api/opening.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <set>

namespace sheave::api {
namespace {

constexpr int kDay_min = 24 * 60, kMinute_s = 60;
constexpr std::int64_t kYear_s = 366 * 86'400;

std::tm local_tm(std::int64_t unix_s) {
  const auto time = static_cast<std::time_t>(unix_s);
  std::tm local{};
  localtime_r(&time, &local);
  return local;
}

}  // namespace

LocalTime local_time(std::int64_t unix_s) {
  const std::tm local = local_tm(unix_s);
  return {fmt::format("{:04}-{:02}-{:02}", local.tm_year + 1900, local.tm_mon + 1, local.tm_mday), local.tm_wday == 0 ? 7 : local.tm_wday,
          local.tm_hour * 60 + local.tm_min, static_cast<std::int32_t>(local.tm_gmtoff)};
}

std::int64_t local_midnight(std::int64_t unix_s, int days) {
  std::tm local = local_tm(unix_s);
  local.tm_mday -= days;
  local.tm_hour = local.tm_min = local.tm_sec = 0;
  local.tm_isdst = -1;  // that day's own
  return std::mktime(&local);
}

std::string time_zone_name() {
  if (const char* zone = std::getenv("TZ"); zone != nullptr && *zone != '\0') return *zone == ':' ? zone + 1 : zone;
  std::error_code error;
  const std::string link = std::filesystem::read_symlink("/etc/localtime", error).string();
  constexpr std::string_view kFolder = "zoneinfo/";
  const std::size_t at = link.find(kFolder);
  return error || at == std::string::npos ? std::string() : link.substr(at + kFolder.size());
}

int open_seconds(const std::vector<session::OpenHours>& opening, int weekday, int minute, int minutes) {
  int open_s = 0;
  for (const session::OpenHours& day : opening) {
    if (day.weekday != weekday) continue;
    open_s += kMinute_s * std::max(0, std::min(minute + minutes, day.close_minute) - std::max(minute, day.open_minute));
  }
  return open_s;
}

double open_time_s(const std::vector<session::OpenHours>& opening, std::int64_t from_unix_s, std::int64_t to_unix_s) {
  if (opening.empty()) return 0;
  from_unix_s = std::max(from_unix_s, to_unix_s - kYear_s);
  double open_s = 0;
  for (std::int64_t at = from_unix_s / kSlice_s * kSlice_s; at < to_unix_s; at += kSlice_s) {
    const LocalTime local = local_time(at);
    const double inside = static_cast<double>(std::min(to_unix_s, at + kSlice_s) - std::max(from_unix_s, at)) / kSlice_s;
    open_s += inside * open_seconds(opening, local.weekday, local.minute, kSlice_s / kMinute_s);
  }
  return open_s;
}

Status check_opening(const std::vector<session::OpenHours>& opening) {
  std::set<int> seen;
  for (const session::OpenHours& day : opening) {
    if (day.weekday < 1 || day.weekday > 7 || day.open_minute < 0 || day.close_minute <= day.open_minute || day.close_minute > kDay_min) {
      return Status::error(
          StatusCode::kInvalidArgument, "OPENING_INVALID",
          fmt::format("Opening hours of weekday {} from minute {} to {}: weekday is 1 (Monday) to 7, and the day closes after "
                      "it opens, at minute 1440 at the latest.",
                      day.weekday, day.open_minute, day.close_minute));
    }
    if (!seen.insert(day.weekday).second) {
      return Status::error(StatusCode::kInvalidArgument, "OPENING_TWICE",
                           fmt::format("Weekday {} is named twice in the opening hours; name it once.", day.weekday));
    }
  }
  return {};
}

}  // namespace sheave::api
