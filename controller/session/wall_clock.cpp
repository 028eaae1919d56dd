#include "controller/session/wall_clock.hpp"

#include <sys/timex.h>

#include <chrono>

namespace sheave::session {

double days_since(const WallTime& then, const WallTime& now) noexcept {
  constexpr double kNsPerDay = 86400e9;
  const bool sure = then.synchronized && now.synchronized && now.unix_ns >= then.unix_ns;
  return sure ? static_cast<double>(now.unix_ns - then.unix_ns) / kNsPerDay : kUnknown;
}

WallTime SystemWallClock::now() const {
  WallTime time;
  time.unix_ns = std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  timex discipline{};
  const int state = adjtimex(&discipline);
  time.synchronized = state >= 0 && state != TIME_ERROR && (discipline.status & STA_UNSYNC) == 0;
  return time;
}

}  // namespace sheave::session
