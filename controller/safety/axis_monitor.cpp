#include "controller/safety/axis_monitor.hpp"

#include <algorithm>
#include <cmath>

namespace sheave::safety {

namespace {

constexpr std::int64_t kEnableWithin_ns = kNsPerS;  // the CiA 402 walk takes four exchanges; a brake up to 0.3 s
constexpr std::uint16_t kHeartbeatError = 0x8130;   // CiA 301: life guard or heartbeat error
constexpr double kExcess_n = 60.0, kExcessShare = 0.25;
constexpr double kRunOut_m = 0.01;  // of the cable's end; the envelope has taken the load off before
constexpr double kWarm_c = 90.0, kTooHot_c = 110.0;
constexpr double kBusTrip_v = 410.0;  // brake resistors of 230 V drives act at 380-400 V

// Encoder against its own velocity: sums that forget with 0.2 s, so that 30 mm means movement above 0.15 m/s.
constexpr double kForget_s = 0.2, kPredicted_m = 0.03, kStuckShare = 0.1, kSignShare = 0.3;

constexpr double kSpeedMargin_mps = 0.25;  // what the retract limit may be passed by (invariant I4)
constexpr double kSpeedSettle_mps2 = 3.0;  // how fast the allowance follows a lowered limit: the drive has to brake first
constexpr double kPayOutShare = 1.25;      // of the drive's own greatest speed

// A handle let go: 60 kg on a 7 kg drum is 84 m/s2; a person returning as fast as they can stays below 15 m/s2. A reference follows the
// speed down at no more than kFall_mps2; what is kFallBehind_mps faster than it has been falling: after 3 ms under 60 kg, 8 ms under 30.
// From the drive's own velocity, not from an estimated acceleration: that one also swings when the loop was late.
constexpr double kFall_mps2 = 20.0, kFallBehind_mps = 0.15, kFall_mps = -0.4;
// A light load falls slower than that but ends at the limiter.
constexpr double kAtLimitShare = 0.85;
constexpr std::int64_t kAtLimitFor_ns = 50 * kNsPerMs;
constexpr double kPulledBack_mps = -0.3, kAlmostHome_m = 0.05;
constexpr double kSlack_n = 10.0, kSlackCommanded_n = 30.0;

}  // namespace

void AxisMonitor::step(const AxisInput& axis, MachineState state, std::int64_t dt_ns, ConditionSet& found) noexcept {
  found.set(Condition::kEncoderJump, axis.jumping);
  if (!axis.fresh) {
    gap_ns_ += dt_ns;
    return;
  }
  check_drive(axis, state, dt_ns, found);
  if (!axis.usable) {
    gap_ns_ += dt_ns;
    return;
  }
  check_encoder(axis, dt_ns + gap_ns_, found);
  check_speed(axis, dt_ns, found);
  check_handle(axis, state, dt_ns + gap_ns_, found);
  gap_ns_ = 0;
}

void AxisMonitor::check_drive(const AxisInput& axis, MachineState state, std::int64_t dt_ns, ConditionSet& found) noexcept {
  found.set(Condition::kSafeTorqueOff, axis.sto_active);
  const bool fault = axis.drive == hal::DriveState::kFault || axis.drive == hal::DriveState::kFaultReaction;
  const bool expired = fault && axis.error_code == kHeartbeatError;
  found.set(Condition::kDriveFault, fault && !expired);
  found.set(Condition::kDriveExpired, expired);
  found.set(Condition::kSecondMaster, axis.foreign_command);

  const bool enabled = axis.drive == hal::DriveState::kOperationEnabled;
  if (is_powered(state)) {
    enabling_ns_ = enabled ? 0 : enabling_ns_ + dt_ns;
    found.set(Condition::kDriveDropped, !enabled && (was_enabled_ || enabling_ns_ > kEnableWithin_ns));
    was_enabled_ = enabled;
  } else {
    was_enabled_ = false;
    enabling_ns_ = 0;
  }

  const double temperature_c = std::max(std::isnan(axis.motor_temperature_c) ? 0.0 : axis.motor_temperature_c,
                                        std::isnan(axis.drive_temperature_c) ? 0.0 : axis.drive_temperature_c);
  found.set(Condition::kDriveWarm, temperature_c > kWarm_c);
  found.set(Condition::kDriveTooHot, temperature_c > kTooHot_c);
  found.set(Condition::kBusOvervoltage, axis.bus_voltage_v > kBusTrip_v);  // false for unknown
  found.set(Condition::kTensionExcess, axis.tension_n > axis.commanded_n * (1.0 + kExcessShare) + kExcess_n);
}

void AxisMonitor::check_encoder(const AxisInput& axis, std::int64_t dt_ns, ConditionSet& found) noexcept {
  found.set(Condition::kCableRunOut, axis.extension_m > config_.travel_m - kRunOut_m);
  const double dt_s = seconds(dt_ns);
  const double keep = std::max(0.0, 1.0 - dt_s / kForget_s);
  moved_m_ = moved_m_ * keep + (has_last_ ? axis.extension_m - last_extension_m_ : 0.0);
  predicted_m_ = predicted_m_ * keep + axis.velocity_mps * dt_s;
  last_extension_m_ = axis.extension_m;
  has_last_ = true;

  const double moved = std::abs(moved_m_), predicted = std::abs(predicted_m_);
  const double more = std::max(moved, predicted), less = std::min(moved, predicted);
  if (more < kPredicted_m) return;
  found.set(Condition::kEncoderStuck, less < kStuckShare * more);
  found.set(Condition::kEncoderSign, moved_m_ * predicted_m_ < 0.0 && less > kSignShare * more);
}

void AxisMonitor::check_speed(const AxisInput& axis, std::int64_t dt_ns, ConditionSet& found) noexcept {
  const double limit_mps = std::min(axis.retract_limit_mps, config_.retract_limit_mps);
  allowed_mps_ = std::max(limit_mps, allowed_mps_ - kSpeedSettle_mps2 * seconds(dt_ns));
  const bool retracts = axis.velocity_mps < -(allowed_mps_ + kSpeedMargin_mps);
  const bool pays_out = max_speed_mps_ > 0.0 && axis.velocity_mps > kPayOutShare * max_speed_mps_;
  found.set(Condition::kOverspeed, retracts || pays_out);
}

void AxisMonitor::check_handle(const AxisInput& axis, MachineState state, std::int64_t dt_ns, ConditionSet& found) noexcept {
  follow_mps_ = std::max(axis.velocity_mps, follow_mps_ - kFall_mps2 * seconds(dt_ns));
  if (!axis.active || !is_loaded(state)) {
    at_limit_ns_ = 0;
    return;
  }
  const bool falls = axis.velocity_mps < kFall_mps && axis.velocity_mps < follow_mps_ - kFallBehind_mps;
  const bool at_limit = axis.velocity_mps < -kAtLimitShare * config_.retract_limit_mps;
  at_limit_ns_ = at_limit ? at_limit_ns_ + dt_ns : 0;
  found.set(Condition::kHandleDropped, falls || at_limit_ns_ >= kAtLimitFor_ns);
  found.set(Condition::kPulledBack, axis.velocity_mps < kPulledBack_mps || axis.extension_m < kAlmostHome_m);
  // Near home the envelope has made the load light already, and a handle racked quickly outruns the cable's creep.
  const bool slack = axis.slack || (axis.tension_n < kSlack_n && axis.commanded_n > kSlackCommanded_n);
  found.set(Condition::kSlack, slack && axis.extension_m > kAlmostHome_m);
  // While the cable runs in fast, the drive's velocity limiter acts as it should; only against a pull is it news.
  found.set(Condition::kDriveLimited, axis.limited && axis.velocity_mps > -0.5 * config_.retract_limit_mps);
}

}  // namespace sheave::safety
