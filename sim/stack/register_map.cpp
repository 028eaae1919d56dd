#include "sim/stack/register_map.hpp"

#include <algorithm>
#include <array>

namespace sheave::sim {

namespace {

constexpr std::uint16_t kCommandAt = 0x0000, kStatusAt = 0x0100, kConfigAt = 0x0200, kIdentityAt = 0x0300, kPanelAt = 0x0400,
                        kInputsAt = 0x0410;
constexpr std::size_t kCommandSize = 9, kStatusSize = 18, kConfigSize = 10, kIdentitySize = 12, kPanelSize = 2, kInputsSize = 1;
constexpr std::size_t kHomeRegister = 9;

constexpr std::uint16_t kMagic = 0x4B44;  // "KD"
constexpr std::uint16_t kSimulated = 1;   // of a real drive 0
constexpr std::uint16_t kMapVersion = 1;
constexpr std::uint16_t kPanelPresent = 0x8000;

std::uint16_t high(std::uint32_t value) { return static_cast<std::uint16_t>(value >> 16U); }
std::uint16_t low(std::uint32_t value) { return static_cast<std::uint16_t>(value & 0xFFFFU); }
std::uint16_t high(std::int32_t value) { return high(static_cast<std::uint32_t>(value)); }
std::uint16_t low(std::int32_t value) { return low(static_cast<std::uint32_t>(value)); }
std::uint16_t word(std::int16_t value) { return static_cast<std::uint16_t>(value); }
std::int32_t joined(std::uint16_t upper, std::uint16_t lower) {
  return static_cast<std::int32_t>((static_cast<std::uint32_t>(upper) << 16U) | lower);
}

std::array<std::uint16_t, kCommandSize> command_image(const DriveCommand& c) {
  return {c.seq, c.controlword, word(c.mode), high(c.target), low(c.target), c.retract_mmps, c.payout_mmps, c.slope_10nps, c.force_limit_n};
}

std::array<std::uint16_t, kStatusSize> status_image(const DriveStatus& s) {
  return {s.seq_echo,
          s.statusword,
          s.error_code,
          word(s.mode_display),
          high(s.position_um),
          low(s.position_um),
          high(s.velocity_umps),
          low(s.velocity_umps),
          high(s.force_mn),
          low(s.force_mn),
          high(s.sample_time_us),
          low(s.sample_time_us),
          word(s.torque_permille),
          s.bus_voltage_dv,
          s.motor_temperature_dc,
          s.drive_temperature_dc,
          s.limit_bits,
          s.watchdog_left_ms};
}

std::array<std::uint16_t, kConfigSize> config_image(const DriveConfig& c) {
  return {c.watchdog_ms,          static_cast<std::uint16_t>(c.reaction),
          c.release_ramp_ms,      c.hold_force_n,
          c.safety_damping_nspm,  high(c.position_min_um),
          low(c.position_min_um), high(c.position_max_um),
          low(c.position_max_um), 0};
}

std::array<std::uint16_t, kIdentitySize> identity_image(const DriveRating& r) {
  const auto rated_mn = static_cast<std::uint32_t>(r.rated_force_n * 1e3);
  const auto peak_mn = static_cast<std::uint32_t>(r.peak_force_n * 1e3);
  const auto travel_um = static_cast<std::uint32_t>(r.travel_m * 1e6);
  return {kMagic,          kMapVersion,    high(r.serial),
          low(r.serial),   high(rated_mn), low(rated_mn),
          high(peak_mn),   low(peak_mn),   static_cast<std::uint16_t>(r.max_speed_mps * 1e3),
          high(travel_um), low(travel_um), kSimulated};
}

std::array<std::uint16_t, kPanelSize> panel_image(const Panel& p) {
  return {static_cast<std::uint16_t>(p.lamp), static_cast<std::uint16_t>((p.beep_seq << 8U) | static_cast<unsigned>(p.beep))};
}

bool within(std::uint16_t address, std::size_t count, std::uint16_t block, std::size_t size) {
  return address >= block && address + count <= block + size;
}

template <std::size_t N>
Exception copy_out(const std::array<std::uint16_t, N>& image, std::size_t offset, std::span<std::uint16_t> values) {
  std::copy_n(image.begin() + static_cast<std::ptrdiff_t>(offset), values.size(), values.begin());
  return Exception::kNone;
}

template <std::size_t N>
void merge(std::array<std::uint16_t, N>& image, std::size_t offset, std::span<const std::uint16_t> values) {
  std::copy(values.begin(), values.end(), image.begin() + static_cast<std::ptrdiff_t>(offset));
}

Exception exception_of(Drive::ConfigResult result) {
  if (result == Drive::ConfigResult::kBusy) return Exception::kBusy;
  return result == Drive::ConfigResult::kOutOfRange ? Exception::kValue : Exception::kNone;
}

}  // namespace

Exception RegisterMap::read(std::uint16_t address, std::span<std::uint16_t> values) const noexcept {
  const Drive& drive = rig_.drive();
  const std::size_t count = values.size();
  if (within(address, count, kCommandAt, kCommandSize)) return copy_out(command_image(drive.command()), address - kCommandAt, values);
  if (within(address, count, kStatusAt, kStatusSize)) return copy_out(status_image(drive.status()), address - kStatusAt, values);
  if (within(address, count, kConfigAt, kConfigSize)) return copy_out(config_image(drive.config()), address - kConfigAt, values);
  if (within(address, count, kIdentityAt, kIdentitySize)) return copy_out(identity_image(drive.rating()), address - kIdentityAt, values);
  if (within(address, count, kPanelAt, kPanelSize)) return copy_out(panel_image(panel_), address - kPanelAt, values);
  if (within(address, count, kInputsAt, kInputsSize)) {
    const unsigned bits = kPanelPresent | (panel_.handle_button ? 1U : 0U) | (panel_.pedal ? 2U : 0U);
    return copy_out(std::array<std::uint16_t, 1>{static_cast<std::uint16_t>(bits)}, 0, values);
  }
  return Exception::kAddress;
}

Exception RegisterMap::write(std::uint16_t address, std::span<const std::uint16_t> values) noexcept {
  const std::size_t count = values.size();
  if (within(address, count, kCommandAt, kCommandSize)) return write_command(address - kCommandAt, values);
  if (within(address, count, kConfigAt, kConfigSize)) return write_config(address - kConfigAt, values);
  if (within(address, count, kPanelAt, kPanelSize)) return write_panel(address - kPanelAt, values);
  return Exception::kAddress;
}

Exception RegisterMap::write_command(std::uint16_t offset, std::span<const std::uint16_t> values) noexcept {
  auto r = command_image(rig_.drive().command());
  merge(r, offset, values);
  const DriveCommand command{.seq = r[0],
                             .controlword = r[1],
                             .mode = static_cast<std::int16_t>(r[2]),
                             .target = joined(r[3], r[4]),
                             .retract_mmps = r[5],
                             .payout_mmps = r[6],
                             .slope_10nps = r[7],
                             .force_limit_n = r[8]};
  return rig_.drive().write(command) ? Exception::kNone : Exception::kValue;
}

Exception RegisterMap::write_config(std::uint16_t offset, std::span<const std::uint16_t> values) noexcept {
  auto r = config_image(rig_.drive().config());
  merge(r, offset, values);
  if (r[kHomeRegister] > 1) return Exception::kValue;
  const DriveConfig config{.watchdog_ms = r[0],
                           .reaction = static_cast<CommLossReaction>(r[1]),
                           .release_ramp_ms = r[2],
                           .hold_force_n = r[3],
                           .safety_damping_nspm = r[4],
                           .position_min_um = joined(r[5], r[6]),
                           .position_max_um = joined(r[7], r[8])};
  const Drive::ConfigResult result = rig_.drive().configure(config);
  if (result == Drive::ConfigResult::kDone && r[kHomeRegister] == 1) return exception_of(rig_.drive().home());
  return exception_of(result);
}

Exception RegisterMap::write_panel(std::uint16_t offset, std::span<const std::uint16_t> values) noexcept {
  auto r = panel_image(panel_);
  merge(r, offset, values);
  const unsigned beep = r[1] & 0xFFU;
  if (r[0] > static_cast<unsigned>(hal::Lamp::kSelfTest) || beep > static_cast<unsigned>(hal::Beep::kAlarm)) return Exception::kValue;
  panel_.lamp = static_cast<hal::Lamp>(r[0]);
  panel_.beep = static_cast<hal::Beep>(beep);
  panel_.beep_seq = static_cast<std::uint8_t>(r[1] >> 8U);
  return Exception::kNone;
}

}  // namespace sheave::sim
