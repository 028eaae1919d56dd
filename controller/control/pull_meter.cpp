#include "controller/control/pull_meter.hpp"

#include <algorithm>
#include <cmath>

#include "controller/control/rep_detector.hpp"

namespace sheave::control {

namespace {

// The fastest tenth of a second of a pull is nearly flat, so that this costs 1 % of the peak; one jittered sample of a slow link would
// otherwise double it.
constexpr double kPeakMemory_s = 0.020;

}  // namespace

void PullMeter::restart(const DetectorInput& in) noexcept {
  sums_ = PullSums();
  sums_.start_m = sums_.end_m = last_m_ = in.extension_m;
  sums_.start_ns = sums_.end_ns = in.now_ns;
  pause_s_ = 0.0;
  smooth_mps_ = in.velocity_mps;
  step_m_ = kFirstStep_m;
  mark_count_ = 0;
}

void PullMeter::add(const DetectorInput& in) noexcept {
  const double dt_s = seconds(in.dt_ns);
  const double moved_m = in.extension_m - last_m_;
  last_m_ = in.extension_m;
  sums_.end_m = in.extension_m;
  sums_.end_ns = in.now_ns;
  sums_.duration_s += dt_s;
  sums_.commanded_ns += in.commanded_n * dt_s;
  sums_.measured_ns += in.measured_n * dt_s;
  sums_.work_j += in.measured_n * moved_m;
  sums_.apart_s += in.sides_apart * dt_s;
  sums_.apart_share = in.sides_apart;
  if (in.acceleration_mps2 > -kGravity_mps2) {
    sums_.propulsive_m += moved_m;
    sums_.propulsive_s += dt_s;
  }
  smooth_mps_ += (in.velocity_mps - smooth_mps_) * dt_s / (dt_s + kPeakMemory_s);
  sums_.peak_speed_mps = std::max(sums_.peak_speed_mps, smooth_mps_);
  sums_.peak_force_n = std::max(sums_.peak_force_n, in.measured_n);
  sums_.peak_power_w = std::max(sums_.peak_power_w, in.measured_n * smooth_mps_);
  sums_.assisted = sums_.assisted || in.assisted;
  pause_s_ = std::abs(in.velocity_mps) < kMoving_mps ? pause_s_ + dt_s : 0.0;
  sums_.longest_pause_s = std::max(sums_.longest_pause_s, pause_s_);
  mark(in.extension_m - sums_.start_m, in.now_ns);
}

void PullMeter::mark(double distance_m, std::int64_t now_ns) noexcept {
  while (distance_m >= step_m_ * static_cast<double>(mark_count_ + 1)) {
    if (mark_count_ == kMarks) {  // keep every second mark
      for (std::size_t i = 0; i < kMarks / 2; ++i) marks_ns_[i] = marks_ns_[2 * i + 1];
      mark_count_ = kMarks / 2;
      step_m_ *= 2.0;
      continue;
    }
    marks_ns_[mark_count_++] = now_ns;
  }
}

std::int64_t PullMeter::reached_ns(double distance_m, const PullSums& end) const noexcept {
  const double steps = std::max(distance_m, 0.0) / step_m_;
  const std::size_t before = std::min(static_cast<std::size_t>(steps), mark_count_);
  const double from_m = step_m_ * static_cast<double>(before);
  const std::int64_t from_ns = before == 0 ? sums_.start_ns : marks_ns_[before - 1];
  const double to_m = before < mark_count_ ? from_m + step_m_ : std::max(end.end_m - end.start_m, from_m);
  const std::int64_t to_ns = before < mark_count_ ? marks_ns_[before] : end.end_ns;
  if (to_m <= from_m) return std::min(from_ns, end.end_ns);
  const double part = std::clamp((distance_m - from_m) / (to_m - from_m), 0.0, 1.0);
  return std::min(from_ns + static_cast<std::int64_t>(part * static_cast<double>(to_ns - from_ns)), end.end_ns);
}

}  // namespace sheave::control
