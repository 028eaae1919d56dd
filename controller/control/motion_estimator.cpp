#include "controller/control/motion_estimator.hpp"

#include <algorithm>
#include <cmath>

#include "controller/core/units.hpp"

namespace sheave::control {
namespace {

constexpr double kAccelerationHolds_s = 0.020;

}  // namespace

void MotionEstimator::reset() noexcept { *this = MotionEstimator(memory_s_); }

AxisMotion MotionEstimator::predict(std::int64_t now_ns) const noexcept {
  const std::int64_t age_ns = now_ns - sample_seen_ns_;
  AxisMotion motion = started_ ? ahead(seconds(std::clamp(age_ns, std::int64_t{0}, kPredictLimit_ns))) : AxisMotion{};
  motion.valid = started_ && age_ns <= kPredictLimit_ns;
  return motion;
}

AxisMotion MotionEstimator::update(const hal::AxisState& state, std::int64_t now_ns, std::int64_t dt_ns) noexcept {
  if (!state.fresh) return predict(now_ns);
  const std::int64_t age_ns = now_ns - sample_seen_ns_;
  if (!started_ || dt_ns <= 0 || age_ns > kPredictLimit_ns || age_ns <= 0) {
    start(state, now_ns);
    return ahead(0.0);
  }
  const double dt_s = sample_interval_s(state.sample_time_us, now_ns);
  const AxisMotion predicted = ahead(dt_s);
  const double error_m = state.extension_m - predicted.extension_m;
  if (dt_s != gains_.dt_s) gains_ = gains_for(dt_s);
  extension_m_ = predicted.extension_m + gains_.position * error_m;
  velocity_mps_ = predicted.velocity_mps + gains_.velocity_per_s * error_m;
  acceleration_mps2_ += gains_.acceleration_per_s2 * error_m;
  sample_time_us_ = state.sample_time_us;
  sample_seen_ns_ = now_ns;
  return ahead(0.0);
}

MotionEstimator::Gains MotionEstimator::gains_for(double dt_s) const noexcept {
  const double keep = memory_s_ / (memory_s_ + dt_s);  // exp(-dt/memory) to first order, and exact enough at any rate
  const double fade = 1.0 - keep;
  return {dt_s, 1.0 - keep * keep * keep, 1.5 * fade * fade * (1.0 + keep) / dt_s, fade * fade * fade / (dt_s * dt_s)};
}

void MotionEstimator::start(const hal::AxisState& state, std::int64_t now_ns) noexcept {
  extension_m_ = state.extension_m;
  velocity_mps_ = state.velocity_mps;
  acceleration_mps2_ = 0.0;
  sample_time_us_ = state.sample_time_us;
  sample_seen_ns_ = now_ns;
  started_ = true;
}

double MotionEstimator::sample_interval_s(std::uint32_t sample_time_us, std::int64_t now_ns) const noexcept {
  const double host_s = seconds(now_ns - sample_seen_ns_);
  const double drive_s = static_cast<double>(sample_time_us - sample_time_us_) * 1e-6;  // unsigned: right across the wrap
  return std::clamp(drive_s, 0.5 * host_s, 2.0 * host_s);
}

// The acceleration is believed for the time of two slow samples only: held for 50 ms it would overshoot every turnaround.
AxisMotion MotionEstimator::ahead(double s) const noexcept {
  const double curve_s = std::min(s, kAccelerationHolds_s);
  return {extension_m_ + velocity_mps_ * s + 0.5 * acceleration_mps2_ * curve_s * curve_s, velocity_mps_ + acceleration_mps2_ * curve_s,
          acceleration_mps2_, started_};
}

}  // namespace sheave::control
