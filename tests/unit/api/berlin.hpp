#pragma once
// A machine in Berlin, wherever the test runs.

#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <string>

namespace sheave::api {

/// Sets the process's zone for its life and puts the old one back.
class InBerlin {
 public:
  InBerlin() {
    if (const char* zone = std::getenv("TZ")) before_ = zone;
    ::setenv("TZ", "Europe/Berlin", 1);
    ::tzset();
  }
  ~InBerlin() {
    before_.empty() ? ::unsetenv("TZ") : ::setenv("TZ", before_.c_str(), 1);
    ::tzset();
  }
  InBerlin(const InBerlin&) = delete;
  InBerlin& operator=(const InBerlin&) = delete;

 private:
  std::string before_;
};

inline std::int64_t local(int year, int month, int day, int hour, int minute = 0) {
  std::tm tm{};
  tm.tm_year = year - 1900;
  tm.tm_mon = month - 1;
  tm.tm_mday = day;
  tm.tm_hour = hour;
  tm.tm_min = minute;
  tm.tm_isdst = -1;
  return std::mktime(&tm);
}

}  // namespace sheave::api
