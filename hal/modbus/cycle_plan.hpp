#pragma once
// The cycle's requests, made once from the profile, and how a command and a state lie in them. At the drum.

#include "hal/cable_stack.hpp"
#include "hal/modbus/device_profile.hpp"
#include "hal/modbus/pdu.hpp"

namespace sheave::hal::modbus {

class CyclePlan {
 public:
  /// @param peak_force_n, max_speed_mps of the drive. More is never commanded: it would refuse the whole block.
  CyclePlan(const DeviceProfile& profile, double peak_force_n, double max_speed_mps);

  /// FC23 alone, or FC16 followed by FC3. The write comes first in both.
  std::size_t request_count() const noexcept { return request_count_; }
  const Request& request(std::size_t index) const noexcept { return requests_[index]; }

  /// Fills the written registers of request 0. All of them, every time. A value that is no number becomes the field's safe one,
  /// and false is returned. [control]
  bool put(std::uint8_t* written, std::uint16_t seq, std::uint16_t controlword, const AxisCommand& command) const noexcept;

  /// Which write the device had accepted last when it answered. `read`: the read registers of the last request. [control]
  std::uint16_t seq_echo(const std::uint8_t* read) const noexcept;

  /// Where seq_echo() lies in the last request's answer, counted from the function code.
  std::size_t echo_at() const noexcept { return requests_[request_count_ - 1].read_at + 2 * std::size_t{read_.seq_echo.offset}; }

  /// All but `fresh`, `missed` and what the profile reads apart. [control]
  void get(const std::uint8_t* read, AxisState& state) const noexcept;

 private:
  WriteLayout write_;
  ReadLayout read_;
  StatusMasks status_;
  WordOrder order_;
  std::array<Request, 2> requests_{};
  std::size_t request_count_ = 0;
};

/// How long a serial line with `units` such drives is busy in one period: their cycles, and one request beside them.
std::int64_t serial_wire_ns(const DeviceProfile& profile, const SerialTiming& timing, std::size_t units);

}  // namespace sheave::hal::modbus
