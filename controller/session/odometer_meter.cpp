#include "controller/session/odometer_meter.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "controller/safety/policy.hpp"

namespace sheave::session {

namespace {

constexpr double kStep_m = 0.005;        // ten times the ripple of a held cable, a hundredth of a pull
constexpr double kTurn_m = 0.05;         // a shorter way back is no pull: half of the shortest rep that is counted
constexpr double kLongestFrame_s = 1.0;  // frames that were lost longer ago than that say nothing of the time between

}  // namespace

void OdometerMeter::Axis::follow(double extension_m, double tension_n, Odometer& total) {
  if (!std::isfinite(extension_m)) return;
  if (!std::exchange(known, true)) anchor_m = turning_m = extension_m;
  turn(extension_m);
  const double step_m = extension_m - anchor_m;
  if (std::fabs(step_m) < kStep_m) return;
  anchor_m = extension_m;
  total.cable_m += std::fabs(step_m);
  if (step_m > 0 && std::isfinite(tension_n)) total.work_j += step_m * std::fmax(0.0, tension_n);
}

void OdometerMeter::Axis::turn(double extension_m) {
  turning_m = outward ? std::fmax(turning_m, extension_m) : std::fmin(turning_m, extension_m);
  if (std::fabs(extension_m - turning_m) < kTurn_m) return;
  if (outward) ++cycles;  // out and on the way back
  outward = !outward;
  turning_m = extension_m;
}

void OdometerMeter::add(const control::Frame* frames, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const control::Frame& frame = frames[i];
    const double dt_s = last_ns_ != 0 ? seconds(frame.time_ns - last_ns_) : 0.0;
    last_ns_ = frame.time_ns;
    if (safety::is_powered(frame.state)) total_.powered_s += std::clamp(dt_s, 0.0, kLongestFrame_s);
    for (std::size_t axis = 0; axis < frame.axis_count && axis < axes_.size(); ++axis) {
      axes_[axis].follow(frame.axes[axis].extension_m, frame.axes[axis].tension_n, total_);
    }
  }
}

Odometer OdometerMeter::take() {
  for (Axis& axis : axes_) total_.cycles = std::max(total_.cycles, std::exchange(axis.cycles, 0));
  return std::exchange(total_, {});
}

}  // namespace sheave::session
