#include "sim/plant/drive.hpp"

#include <algorithm>

#include "sim/plant/hand.hpp"

namespace sheave::sim {

namespace {

using hal::DriveState;

constexpr std::uint32_t kBootPeriods = 50;  // 50 ms of self-test before the state machine listens
constexpr std::uint16_t kNoPayoutLimit = 65535;

// Stiffness of the drive's velocity limiter. On 7 kg it closes at 430 rad/s, where 1 ms of torque lag and half a period of
// sampling leave 50 degrees of phase: as stiff as a let-go under peak force allows without ringing.
constexpr double kLimiter_nspm = 3000.0;

// Copper losses at rated force settle 65 degrees above ambient, time constant a quarter of an hour; warning at 110.
constexpr double kAmbient_c = 25.0;
constexpr double kRatedRise_c = 65.0;
constexpr double kWarmUp_s = 900.0;
constexpr double kHot_c = 110.0;
constexpr std::uint16_t kDriveTemperature_dc = 380;
constexpr std::uint16_t kBusVoltage_dv = 3250;

constexpr std::uint16_t kBitFaultReset = 1U << 7U;

bool shutdown(std::uint16_t word) { return (word & 0x07U) == 0x06U; }
bool switch_on(std::uint16_t word) { return (word & 0x0FU) == 0x07U; }
bool enable_operation(std::uint16_t word) { return (word & 0x0FU) == 0x0FU; }
bool disable_voltage(std::uint16_t word) { return (word & 0x02U) == 0; }
bool quick_stop(std::uint16_t word) { return (word & 0x06U) == 0x02U; }

std::uint16_t state_bits(DriveState state) {
  switch (state) {
    case DriveState::kSwitchOnDisabled:
      return 0x0040;
    case DriveState::kReadyToSwitchOn:
      return 0x0021;
    case DriveState::kSwitchedOn:
      return 0x0023;
    case DriveState::kOperationEnabled:
      return 0x0027;
    case DriveState::kQuickStop:
      return 0x0007;
    case DriveState::kFaultReaction:
      return 0x000F;
    case DriveState::kFault:
      return 0x0008;
    default:
      return 0x0000;
  }
}

std::int32_t rounded(double value) { return static_cast<std::int32_t>(value < 0.0 ? value - 0.5 : value + 0.5); }

}  // namespace

Drive::Drive(const DriveRating& rating, std::uint32_t first_sample_us) noexcept
    : rating_(rating), inverse_rated_(1.0 / rating.rated_force_n), sample_time_us_(first_sample_us), boot_left_(kBootPeriods) {}

bool Drive::write(const DriveCommand& command) noexcept {
  if (command.mode != 0 && command.mode != 3 && command.mode != 10) return false;
  const double low = command.mode == 3 ? -rating_.max_speed_mps * 1e6 : 0.0;
  const double high = command.mode == 3 ? rating_.max_speed_mps * 1e6 : rating_.peak_force_n * 1e3;
  if (command.target < low || command.target > high) return false;
  if (command.retract_mmps > rating_.max_speed_mps * 1e3) return false;
  if (command.force_limit_n > rating_.peak_force_n) return false;

  if (command.seq != command_.seq) unfed_periods_ = 0;
  // An edge must survive until the next period even where the master has already taken the bit back.
  if ((command.controlword & kBitFaultReset) != 0 && (command_.controlword & kBitFaultReset) == 0) reset_edge_ = true;
  command_ = command;
  target_n_ = command.mode == 10 ? command.target * 1e-3 : 0.0;
  target_mps_ = command.mode == 3 ? command.target * 1e-6 : 0.0;
  retract_mps_ = command.retract_mmps * 1e-3;
  payout_mps_ = command.payout_mmps == kNoPayoutLimit ? 1e9 : command.payout_mmps * 1e-3;
  slope_step_n_ = command.slope_10nps * 10.0 * kStep_s;
  return true;
}

Drive::ConfigResult Drive::configure(const DriveConfig& config) noexcept {
  if (config.watchdog_ms < 20 || config.watchdog_ms > 1000) return ConfigResult::kOutOfRange;
  if (config.reaction < CommLossReaction::kSto || config.reaction > CommLossReaction::kSs1Brake) return ConfigResult::kOutOfRange;
  if (config.release_ramp_ms < 1 || config.release_ramp_ms > 2000) return ConfigResult::kOutOfRange;
  if (config.hold_force_n > 50 || config.safety_damping_nspm > 1000) return ConfigResult::kOutOfRange;
  if (config.position_min_um >= config.position_max_um) return ConfigResult::kOutOfRange;
  if (power_on()) return ConfigResult::kBusy;
  config_ = config;
  if (watchdog_broken_) config_.watchdog_ms = 0;
  return ConfigResult::kDone;
}

Drive::ConfigResult Drive::home() noexcept {
  if (power_on()) return ConfigResult::kBusy;
  origin_m_ = sense_.position_m;
  return ConfigResult::kDone;
}

bool Drive::power_on() const noexcept {
  return state_ == DriveState::kSwitchedOn || state_ == DriveState::kOperationEnabled || state_ == DriveState::kQuickStop ||
         state_ == DriveState::kFaultReaction;
}

double Drive::step(const DriveSense& sense) noexcept {
  sense_ = sense;
  sample_time_us_ += 1000;
  limits_ = 0;
  walk();
  if (state_ == DriveState::kOperationEnabled) {
    const double position_um = (sense_.position_m - origin_m_) * 1e6;
    if (config_.watchdog_ms != 0 && ++unfed_periods_ >= config_.watchdog_ms) {
      fault(kErrorHeartbeat, config_.reaction);
    } else if (position_um < config_.position_min_um || position_um > config_.position_max_um) {
      fault(kErrorPosition, CommLossReaction::kDampedRelease);
    }
  }
  if (state_ == DriveState::kOperationEnabled) {
    output_n_ = driven_n();
  } else if (release_ != Release::kNone) {
    output_n_ = released_n();
  } else {
    output_n_ = 0.0;
  }
  warm_up();
  return output_n_;
}

// One transition per period. Anything but the bit patterns of CiA 402 leaves the state where it is.
void Drive::walk() noexcept {
  const std::uint16_t word = command_.controlword;
  const bool reset = reset_edge_;
  reset_edge_ = false;
  if (boot_left_ > 0) {
    if (--boot_left_ == 0) state_ = DriveState::kSwitchOnDisabled;
    return;
  }
  if (state_ == DriveState::kFault || state_ == DriveState::kFaultReaction) {
    if (sto_) release_ = Release::kNone;
    if (sto_ && state_ == DriveState::kFaultReaction) state_ = DriveState::kFault;
    // After a lost master the drive is not given back to a set-point that was left standing.
    const bool set_point_low = target_n_ <= config_.hold_force_n;
    if (state_ == DriveState::kFault && reset && set_point_low && !sto_) {
      state_ = DriveState::kSwitchOnDisabled;
      error_code_ = 0;
      release_ = Release::kNone;
      brake_ = false;
    }
    return;
  }
  if (sto_ || (disable_voltage(word) && state_ != DriveState::kSwitchOnDisabled)) {
    state_ = DriveState::kSwitchOnDisabled;
    release_ = Release::kNone;
    return;
  }
  switch (state_) {
    case DriveState::kSwitchOnDisabled:
      if (shutdown(word)) state_ = DriveState::kReadyToSwitchOn;
      break;
    case DriveState::kReadyToSwitchOn:
      if (quick_stop(word)) state_ = DriveState::kSwitchOnDisabled;
      if (switch_on(word) || enable_operation(word)) state_ = DriveState::kSwitchedOn;
      break;
    case DriveState::kSwitchedOn:
      if (quick_stop(word)) state_ = DriveState::kSwitchOnDisabled;
      if (shutdown(word)) state_ = DriveState::kReadyToSwitchOn;
      if (enable_operation(word)) {
        state_ = DriveState::kOperationEnabled;
        active_mode_ = command_.mode;
        setpoint_n_ = 0.0;
        unfed_periods_ = 0;
      }
      break;
    case DriveState::kOperationEnabled:
      if (shutdown(word)) state_ = DriveState::kReadyToSwitchOn;
      if (switch_on(word)) state_ = DriveState::kSwitchedOn;
      if (quick_stop(word)) {
        state_ = DriveState::kQuickStop;
        begin_release(Release::kRamp);
      }
      break;
    default:
      break;
  }
}

void Drive::trip(std::uint16_t error_code) noexcept { fault(error_code, CommLossReaction::kSto); }

void Drive::fault(std::uint16_t error_code, CommLossReaction reaction) noexcept {
  if (state_ == DriveState::kFault || state_ == DriveState::kFaultReaction) return;
  error_code_ = error_code;
  state_ = reaction == CommLossReaction::kSto ? DriveState::kFault : DriveState::kFaultReaction;
  if (reaction == CommLossReaction::kSto) release_ = Release::kNone;
  if (reaction == CommLossReaction::kDampedRelease) begin_release(Release::kRamp);
  if (reaction == CommLossReaction::kSs1Brake) begin_release(Release::kBrake);
}

void Drive::begin_release(Release kind) noexcept {
  release_ = kind;
  // From what the motor makes, not from what was asked: a release never starts with a rise.
  output_n_ = std::min(output_n_, sense_.motor_force_n);
  ramp_n_ = output_n_;
  ramp_step_n_ = std::max(ramp_n_ - config_.hold_force_n, 0.0) / config_.release_ramp_ms;
}

double Drive::released_n() noexcept {
  const double floor_n = release_ == Release::kBrake || state_ == DriveState::kQuickStop ? 0.0 : config_.hold_force_n;
  ramp_n_ = std::max(ramp_n_ - ramp_step_n_, std::min(floor_n, ramp_n_));
  const double retracting_mps = std::max(0.0, -sense_.velocity_mps);
  const double damped = ramp_n_ - config_.safety_damping_nspm * retracting_mps;
  // Damping only takes force away and never gives it back: the force falls or stays, whatever the person does.
  const double force = std::max(0.0, std::min(output_n_, velocity_capped_n(damped)));
  if (ramp_n_ <= floor_n + 1e-9) {
    if (release_ == Release::kBrake) {
      brake_ = true;
      release_ = Release::kNone;
    }
    if (state_ == DriveState::kQuickStop) {
      state_ = DriveState::kSwitchOnDisabled;
      release_ = Release::kNone;
    }
    if (state_ == DriveState::kFaultReaction) state_ = DriveState::kFault;
  }
  return force;
}

double Drive::velocity_capped_n(double force_n) noexcept {
  const double cap = kLimiter_nspm * (retract_mps_ + sense_.velocity_mps);  // falls as the cable retracts
  if (force_n <= cap) return force_n;
  limits_ |= kLimitRetract;
  return std::max(0.0, cap);
}

double Drive::driven_n() noexcept {
  const double limit = command_.force_limit_n;
  if (active_mode_ == 3) {
    const double wanted = kLimiter_nspm * (std::min(target_mps_, retract_mps_) + sense_.velocity_mps);
    return std::clamp(command_.mode == 3 ? wanted : 0.0, 0.0, limit);
  }
  if (active_mode_ == 0) active_mode_ = command_.mode;
  // Between force and velocity mode there is no way but through disabling: target_n_ is 0 in any other mode than 10.
  const double target = active_mode_ == 10 ? target_n_ : 0.0;
  const double fall = slope_step_n_ > 0.0 ? slope_step_n_ : setpoint_n_;
  const double change = target - setpoint_n_;
  if (change > slope_step_n_ || -change > fall) limits_ |= kLimitSlope;
  setpoint_n_ += std::clamp(change, -fall, slope_step_n_);
  if (setpoint_n_ > limit) {
    setpoint_n_ = limit;
    limits_ |= kLimitForce;
  }
  double force = velocity_capped_n(setpoint_n_);
  const double resist = kLimiter_nspm * (sense_.velocity_mps - payout_mps_);
  if (resist > force) {
    limits_ |= kLimitPayout;
    force = std::min(resist, limit);
  }
  return force;
}

double Drive::commanded_force_n() const noexcept { return state_ == DriveState::kOperationEnabled ? target_n_ : 0.0; }

void Drive::warm_up() noexcept {
  const double share = output_n_ * inverse_rated_;
  motor_c_ += (kAmbient_c + kRatedRise_c * share * share - motor_c_) * (kStep_s / kWarmUp_s);
}

void Drive::reboot() noexcept {
  Drive fresh(rating_);
  fresh.sto_ = sto_;  // a wire, not a parameter
  fresh.watchdog_broken_ = watchdog_broken_;
  if (watchdog_broken_) fresh.config_.watchdog_ms = 0;
  fresh.origin_m_ = origin_m_;  // the encoder is absolute
  fresh.sense_ = sense_;
  *this = fresh;
}

DriveStatus Drive::status() const noexcept {
  DriveStatus s;
  s.seq_echo = command_.seq;
  s.error_code = error_code_;
  s.mode_display = active_mode_;
  s.position_um = rounded((sense_.position_m - origin_m_) * 1e6);
  s.velocity_umps = rounded(sense_.velocity_mps * 1e6);
  s.force_mn = rounded(sense_.motor_force_n * 1e3);
  s.sample_time_us = sample_time_us_;
  s.torque_permille = static_cast<std::int16_t>(rounded(sense_.motor_force_n * 1e3 / rating_.rated_force_n));
  s.bus_voltage_dv = kBusVoltage_dv;
  s.motor_temperature_dc = static_cast<std::uint16_t>(motor_c_ * 10.0);
  s.drive_temperature_dc = kDriveTemperature_dc;
  const bool hot = motor_c_ > kHot_c;
  s.limit_bits = static_cast<std::uint16_t>(limits_ | (hot ? kWarnMotorHot : 0U));
  const bool armed = state_ == DriveState::kOperationEnabled;
  const std::uint32_t used_ms = armed ? unfed_periods_ : 0;
  s.watchdog_left_ms = static_cast<std::uint16_t>(config_.watchdog_ms > used_ms ? config_.watchdog_ms - used_ms : 0);

  unsigned word = state_bits(state_) | 0x0010U | 0x0200U;  // bus voltage present, remote
  if (hot) word |= 1U << 7U;
  const double off_target = target_n_ - sense_.motor_force_n;
  if (armed && off_target < 5.0 && off_target > -5.0) word |= 1U << 10U;
  if (limits_ != 0) word |= 1U << 11U;
  if (armed) word |= 1U << 12U;
  if (sense_.slack) word |= 1U << 13U;
  if (sto_) word |= 1U << 14U;
  if (brake_) word |= 1U << 15U;
  s.statusword = static_cast<std::uint16_t>(word);
  return s;
}

}  // namespace sheave::sim
