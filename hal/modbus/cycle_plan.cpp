#include "hal/modbus/cycle_plan.hpp"

#include <algorithm>

#include "hal/modbus/cia402.hpp"
#include "hal/modbus/commission.hpp"

namespace sheave::hal::modbus {

CyclePlan::CyclePlan(const DeviceProfile& profile, double peak_force_n, double max_speed_mps)
    : write_(profile.write), read_(profile.read), status_(profile.status), order_(profile.word_order) {
  write_.tension.maximum = peak_force_n;
  write_.force_limit.maximum = peak_force_n;
  write_.retract_limit.maximum = max_speed_mps;
  if (profile.read_write) {
    requests_[request_count_++] = read_write_request(read_.block, write_.block);
  } else {
    requests_[request_count_++] = write_request(write_.block);
    requests_[request_count_++] = read_request(read_.block);
  }
}

bool CyclePlan::put(std::uint8_t* written, std::uint16_t seq, std::uint16_t controlword, const AxisCommand& command) const noexcept {
  store_counts(written, write_.seq, order_, seq);
  store_counts(written, write_.controlword, order_, controlword);
  if (write_.mode.present) store_counts(written, write_.mode, order_, write_.force_mode);
  bool good = store_command(written, write_.tension, order_, command.tension_n);
  good &= store_command(written, write_.force_limit, order_, command.force_limit_n);
  good &= store_command(written, write_.retract_limit, order_, command.retract_limit_mps);
  good &= store_command(written, write_.payout_limit, order_, command.payout_limit_mps);
  good &= store_command(written, write_.slope, order_, command.slope_nps);
  return good;
}

std::uint16_t CyclePlan::seq_echo(const std::uint8_t* read) const noexcept {
  return static_cast<std::uint16_t>(load_counts(read, read_.seq_echo, order_));
}

void CyclePlan::get(const std::uint8_t* read, AxisState& state) const noexcept {
  const auto counts = [&](const RegisterField& field) { return field.present ? load_counts(read, field, order_) : 0; };
  const auto statusword = static_cast<std::uint16_t>(counts(read_.statusword));
  state.extension_m = load_value(read, read_.extension, order_);
  state.velocity_mps = load_value(read, read_.velocity, order_);
  state.tension_n = load_value(read, read_.tension, order_);
  state.sample_time_us = static_cast<std::uint32_t>(counts(read_.sample_time));
  state.drive = drive_state(statusword);
  state.error_code = static_cast<std::uint16_t>(counts(read_.error_code));
  state.sto_active = (statusword & status_.sto) != 0;
  state.brake_engaged = (statusword & status_.brake) != 0;
  state.warning = (statusword & status_.warning) != 0;
  state.limited = (statusword & status_.limited) != 0;
  state.slack = (statusword & status_.slack) != 0;
  state.watchdog_left_ms = static_cast<std::uint16_t>(counts(read_.watchdog_left));
  if (read_.motor_temperature.present) state.motor_temperature_c = load_value(read, read_.motor_temperature, order_);
  if (read_.drive_temperature.present) state.drive_temperature_c = load_value(read, read_.drive_temperature, order_);
  if (read_.bus_voltage.present) state.bus_voltage_v = load_value(read, read_.bus_voltage, order_);
}

std::int64_t serial_wire_ns(const DeviceProfile& profile, const SerialTiming& timing, std::size_t units) {
  const auto exchange_ns = [&](const Request& request) { return timing.exchange_ns(request.size, request.reply_size); };
  const CyclePlan plan(profile, 0.0, 0.0);
  std::int64_t cycle_ns = 0;
  for (std::size_t i = 0; i < plan.request_count(); ++i) cycle_ns += exchange_ns(plan.request(i));
  const std::int64_t check_ns = exchange_ns(read_request({0, kMaxBesideRegisters}));
  const std::int64_t panel_ns = exchange_ns(write_request({0, kPanelOutputs}));
  return static_cast<std::int64_t>(units) * cycle_ns + std::max(check_ns, panel_ns);
}

}  // namespace sheave::hal::modbus
