#include "controller/control/signal_check.hpp"

#include <algorithm>
#include <cmath>

#include "controller/core/units.hpp"

namespace sheave::control {

namespace {
constexpr double kBelowHome_m = 0.05, kBeyondTravel_m = 0.20;  // a home stop gives, a cable stretches
constexpr double kSpeedFactor = 1.5;                           // of the drive's own greatest: an estimate may overshoot
constexpr double kSpeedAtLeast_mps = 6.0;                      // where the drive did not say
constexpr double kStep_m = 0.005;                              // resolution and noise
constexpr double kTensionFactor = 2.0, kTensionMin_n = -200.0;
constexpr int kRejectedMost = 3;

// A link that stood still answers once more with what was, and then with what is: little host time between, and far more of the drive's.
// Its clock is believed for no longer than a living link can be silent, so that a clock gone wrong excuses no jump across the room.
constexpr double kDriveClockMost_s = 0.1;
}  // namespace

SignalCheck::SignalCheck(const Machine& machine, const hal::StackInfo& info) noexcept
    : travel_m_(std::max(machine.travel_m, info.travel_m)),
      speed_max_mps_(std::max(kSpeedAtLeast_mps, kSpeedFactor * info.max_speed_mps)),
      tension_max_n_(kTensionFactor * info.peak_force_n) {}

bool SignalCheck::plausible(const hal::AxisState& state) const noexcept {
  if (!std::isfinite(state.extension_m) || !std::isfinite(state.velocity_mps) || !std::isfinite(state.tension_n)) return false;
  if (state.extension_m < -kBelowHome_m || state.extension_m > travel_m_ + kBeyondTravel_m) return false;
  if (std::abs(state.velocity_mps) > speed_max_mps_) return false;
  if (state.tension_n < kTensionMin_n || state.tension_n > tension_max_n_) return false;
  if (!has_last_) return true;
  const double drive_s = static_cast<double>(state.sample_time_us - last_sample_time_us_) * 1e-6;  // unsigned: right across the wrap
  const double since_last_s = std::max(seconds(since_last_ns_), std::min(drive_s, kDriveClockMost_s));
  return std::abs(state.extension_m - last_extension_m_) <= kStep_m + speed_max_mps_ * since_last_s;
}

SignalCheck::Result SignalCheck::check(const hal::AxisState& state, std::int64_t dt_ns) noexcept {
  since_last_ns_ += dt_ns;
  if (!state.fresh) return {};
  if (plausible(state)) {
    has_last_ = true;
    last_extension_m_ = state.extension_m;
    last_sample_time_us_ = state.sample_time_us;
    since_last_ns_ = 0;
    rejected_ = 0;
    return {.usable = true, .jumping = false};
  }
  const bool jumping = ++rejected_ >= kRejectedMost;
  if (jumping) has_last_ = false;  // the supervisor has latched it; after a reset the new place is as good as any
  return {.usable = false, .jumping = jumping};
}

}  // namespace sheave::control
