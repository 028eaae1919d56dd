#include "peak_hold.hpp"

#include <cmath>

namespace sheave::exercises {

void PeakHold::update(double position, double speed_mps, std::int64_t dt_ns, const HoldRule& rule) noexcept {
  if (position > peak_) peak_ = position;
  if (peak_ > anchor_ + rule.band) hold_s_ = 0.0;
  if (position < peak_ - rule.band || std::abs(speed_mps) > rule.slow_mps) return;
  if (hold_s_ == 0.0) anchor_ = peak_;
  hold_s_ += static_cast<double>(dt_ns) * 1e-9;
}

void PeakHold::follow(const Handle& handle, std::int64_t dt_ns, const HoldRule& rule) noexcept {
  constexpr double kBandWithoutRange_m = 0.02;  // 5 % of a usual face pull's 0.4 m
  if (!std::isnan(handle.rom_share)) return update(handle.rom_share, handle.speed_mps, dt_ns, rule);
  update(handle.extension_m, handle.speed_mps, dt_ns, {kBandWithoutRange_m, rule.slow_mps});
}

}  // namespace sheave::exercises
