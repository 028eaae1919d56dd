#include "sim/scenario/virtual_stack.hpp"

#include <algorithm>
#include <string>

namespace sheave::sim {

namespace {

constexpr std::int64_t kMs_ns = 1'000'000;

// CiA 402, one transition per exchange.
std::uint16_t controlword_for(hal::DriveState state, const hal::AxisCommand& command) {
  if (state == hal::DriveState::kFault) return command.fault_reset ? 0x80 : 0x00;
  if (command.target == hal::DriveTarget::kQuickStop) return 0x02;
  if (command.target == hal::DriveTarget::kOff) return 0x00;
  switch (state) {
    case hal::DriveState::kSwitchOnDisabled:
      return 0x06;
    case hal::DriveState::kReadyToSwitchOn:
      return 0x07;
    case hal::DriveState::kSwitchedOn:
    case hal::DriveState::kOperationEnabled:
      return 0x0F;
    default:
      return 0x00;
  }
}

/// A value as a register of the wire holds it: rounded, and never more than fits.
std::int32_t held(double value, double most) {
  const double up = std::max(0.0, std::min(value, most)) + 0.5;  // rounds what is not negative; NaN becomes 0
  return static_cast<std::int32_t>(up);
}

std::uint16_t u16(double value, double most) { return static_cast<std::uint16_t>(held(value, most)); }

DriveCommand registers_of(const hal::AxisCommand& command, const Drive& drive) {
  const DriveRating& rating = drive.rating();
  DriveCommand r;
  r.seq = static_cast<std::uint16_t>(drive.command().seq + 1);
  r.controlword = controlword_for(drive.state(), command);
  r.mode = 10;
  r.target = held(command.tension_n * 1e3, rating.peak_force_n * 1e3);
  r.retract_mmps = u16(command.retract_limit_mps * 1e3, rating.max_speed_mps * 1e3);
  r.payout_mmps = u16(command.payout_limit_mps * 1e3, 65535.0);
  r.slope_10nps = u16(command.slope_nps * 0.1, 65535.0);
  r.force_limit_n = u16(command.force_limit_n, rating.peak_force_n);
  return r;
}

/// In place: every field is written.
void read_state(const Drive& drive, hal::AxisState& s) {
  const DriveStatus r = drive.status();
  s.fresh = true;
  s.missed = 0;
  s.extension_m = std::max(0.0, r.position_um * 1e-6);
  s.velocity_mps = r.velocity_umps * 1e-6;
  s.tension_n = r.force_mn * 1e-3;
  s.sample_time_us = r.sample_time_us;
  s.drive = drive.state();
  s.error_code = r.error_code;
  s.warning = (r.statusword & (1U << 7U)) != 0;
  s.limited = (r.statusword & (1U << 11U)) != 0;
  s.slack = (r.statusword & (1U << 13U)) != 0;
  s.sto_active = (r.statusword & (1U << 14U)) != 0;
  s.foreign_command = false;
  s.brake_engaged = (r.statusword & (1U << 15U)) != 0;
  s.watchdog_left_ms = r.watchdog_left_ms;
  s.motor_temperature_c = r.motor_temperature_dc * 0.1;
  s.drive_temperature_c = r.drive_temperature_dc * 0.1;
  s.bus_voltage_v = r.bus_voltage_dv * 0.1;
}

}  // namespace

hal::OpenError VirtualStack::open(std::uint32_t timeout_ms) {
  if (timeout_ms * kMs_ns < kBoot_ns) return {hal::OpenError::Kind::kConnect, "the drive needs 60 ms to boot; allow it more time"};
  run_to(time_ns() + kBoot_ns);
  info_ = {};
  for (std::size_t i = 0; i < config_.axis_count; ++i) {
    Drive& drive = rig(i).drive();
    if (drive.configure(config_.drive) != Drive::ConfigResult::kDone) {
      return {hal::OpenError::Kind::kConfig, "the drive refuses its configuration: a value is out of range, or its power stage is on"};
    }
    info_.serials.push_back(std::to_string(drive.rating().serial));
  }
  info_.axis_count = config_.axis_count;
  info_.rated_force_n = config_.rating.rated_force_n;
  info_.peak_force_n = config_.rating.peak_force_n;
  info_.max_speed_mps = config_.rating.max_speed_mps;
  info_.travel_m = config_.rating.travel_m;
  info_.period_ns = config_.period_ns;
  info_.watchdog_ms = config_.drive.watchdog_ms;
  info_.drive_velocity_limit = true;
  info_.verified = true;
  info_.model = "KDR-1 (virtual)";
  return {};
}

void VirtualStack::close() noexcept {
  for (std::size_t i = 0; i < config_.axis_count; ++i) {
    Drive& drive = rig(i).drive();
    drive.write(registers_of({}, drive));
  }
  info_.verified = false;
}

void VirtualStack::exchange(std::span<const hal::AxisCommand> commands, std::span<hal::AxisState> states, std::int64_t) noexcept {
  for (std::size_t i = 0; i < config_.axis_count; ++i) {
    Drive& drive = rig(i).drive();
    drive.write(registers_of(commands[i], drive));
    read_state(drive, states[i]);
    ++counters_.exchanges;
  }
  pass();
}

void VirtualStack::set_panel(const hal::PanelCommand& command) noexcept {
  panel_.lamp = command.lamp;
  panel_.beep = command.beep;
  panel_.beep_seq = command.beep_seq;
}

hal::PanelState VirtualStack::panel() const noexcept {
  return {.present = true, .handle_button = panel_.handle_button, .pedal = panel_.pedal};
}

}  // namespace sheave::sim
