#pragma once
// Opening hours and the machine's local time.

#include <cstdint>
#include <string>
#include <vector>

#include "controller/session/upkeep.hpp"

namespace sheave::api {

/// A moment as the clock on the wall shows it.
struct LocalTime {
  std::string date;  ///< "2026-11-21"
  int weekday = 1;   ///< 1 Monday to 7 Sunday.
  int minute = 0;    ///< Of the day.
  std::int32_t utc_offset_s = 0;
};

/// In the zone of this computer, as TZ or /etc/localtime say. [any]
LocalTime local_time(std::int64_t unix_s);

/// Midnight at the beginning of the day `days` before the one of `unix_s`; 0: of that day.
std::int64_t local_midnight(std::int64_t unix_s, int days);

/// "Europe/Berlin"; empty where the system does not say.
std::string time_zone_name();

/// Seconds of `minutes` from `minute` of a weekday in which the house is open.
int open_seconds(const std::vector<session::OpenHours>& opening, int weekday, int minute, int minutes);

inline constexpr std::int64_t kSlice_s = 900;  // every time zone's offset is a whole multiple of it

/// Opening time between two moments, to a slice. Nothing where `to` is not after `from`. At most a year is looked at.
double open_time_s(const std::vector<session::OpenHours>& opening, std::int64_t from_unix_s, std::int64_t to_unix_s);

/// Reason OPENING_INVALID, OPENING_TWICE.
Status check_opening(const std::vector<session::OpenHours>& opening);

}  // namespace sheave::api
