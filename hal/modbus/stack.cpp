#include "hal/modbus/stack.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "hal/modbus/clock.hpp"
#include "hal/modbus/drive_axis.hpp"
#include "hal/modbus/rtu_link.hpp"
#include "hal/modbus/tcp_link.hpp"

namespace sheave::hal {
namespace modbus {
namespace {

/// Where a cable's drive is.
struct Place {
  std::size_t link = 0;
  std::uint8_t unit = 1;
};

/// Everything that make_modbus_stack() finds out.
struct Parts {
  DeviceProfile profile;
  std::vector<std::unique_ptr<Link>> links;
  std::vector<Place> places;  // one per cable
  std::int64_t period_ns = 0;
  std::int64_t wire_ns = 0;
};

class ModbusStack final : public CableStack {
 public:
  ModbusStack(Parts parts, Pulley pulley, WireTime& time) : parts_(std::move(parts)), pulley_(pulley), time_(time) {}

  ~ModbusStack() override { ModbusStack::close(); }

  OpenError open(std::uint32_t timeout_ms) override;
  void close() noexcept override;
  const StackInfo& info() const noexcept override { return info_; }
  void exchange(std::span<const AxisCommand> commands, std::span<AxisState> states, std::int64_t deadline_ns) noexcept override;
  void set_panel(const PanelCommand& command) noexcept override;
  PanelState panel() const noexcept override;
  bool verified() const noexcept override;
  LinkCounters counters() const noexcept override;

 private:
  OpenError open_axis(const Place& place, std::int64_t deadline_ns);
  void await_answers(std::int64_t deadline_ns) noexcept;

  Parts parts_;
  Pulley pulley_;
  WireTime& time_;
  std::vector<DriveAxis> axes_;  // empty while closed
  std::size_t next_beside_ = 0;  // whose turn it is on a line that has room for one
  StackInfo info_;
};

OpenError ModbusStack::open_axis(const Place& place, std::int64_t deadline_ns) {
  Link& link = *parts_.links[place.link];
  DriveFacts facts;
  if (OpenError error = commission(link, parts_.profile, place.unit, deadline_ns, facts)) return error;
  axes_.emplace_back(link, parts_.profile, place.unit, facts, pulley_);

  // Two cables are as strong, as fast and as long as the lesser of them.
  const bool first = axes_.size() == 1;
  const auto lesser = [&](double& known, double other) { known = first ? other : std::min(known, other); };
  lesser(info_.rated_force_n, facts.rated_force_n / pulley_.ratio);
  lesser(info_.peak_force_n, facts.peak_force_n / pulley_.ratio);
  lesser(info_.max_speed_mps, facts.max_speed_mps * pulley_.ratio);
  lesser(info_.travel_m, facts.travel_m * pulley_.ratio);
  info_.simulated = facts.simulated && (first || info_.simulated);
  info_.serials.push_back(facts.serial);
  return {};
}

OpenError ModbusStack::open(std::uint32_t timeout_ms) {
  close();
  const std::int64_t deadline_ns = monotonic_now_ns() + timeout_ms * kNsPerMs;
  info_ = {};
  info_.model = parts_.profile.model;
  info_.period_ns = parts_.period_ns;
  info_.wire_ns = parts_.wire_ns;
  info_.watchdog_ms = parts_.profile.watchdog_ms;
  info_.drive_velocity_limit = parts_.profile.drive_limits_velocity;
  for (const auto& link : parts_.links) {
    std::string why = link->connect(deadline_ns);
    if (why.empty()) continue;
    close();
    return {OpenError::Kind::kConnect, std::move(why)};
  }
  axes_.reserve(parts_.places.size());
  for (const Place& place : parts_.places) {
    if (OpenError error = open_axis(place, deadline_ns)) {
      close();
      return error;
    }
  }
  info_.axis_count = axes_.size();
  info_.verified = true;
  return {};
}

void ModbusStack::close() noexcept {
  // A drive that is on is brought to rest by itself, not cut off under a load. Should no answer come, its watchdog does it.
  constexpr int kAttempts = 5;
  constexpr std::int64_t kAttemptNs = 20 * kNsPerMs;
  std::array<AxisCommand, kMaxAxes> stop{};
  std::array<AxisState, kMaxAxes> states{};
  const auto on = [](const DriveAxis& axis) { return axis.enabled(); };
  for (int i = 0; i < kAttempts && std::any_of(axes_.begin(), axes_.end(), on); ++i) {
    for (std::size_t axis = 0; axis < axes_.size(); ++axis) stop[axis].target = DriveTarget::kQuickStop;
    exchange({stop.data(), axes_.size()}, {states.data(), axes_.size()}, time_.now_ns() + kAttemptNs);
  }
  axes_.clear();
  info_.verified = false;
  for (const auto& link : parts_.links) link->disconnect();
}

void ModbusStack::exchange(std::span<const AxisCommand> commands, std::span<AxisState> states, std::int64_t deadline_ns) noexcept {
  const std::int64_t now = time_.now_ns();
  for (const auto& link : parts_.links) link->begin(now);
  const std::size_t count = std::min({axes_.size(), commands.size(), states.size()});
  for (std::size_t i = 0; i < count; ++i) axes_[i].begin(commands[i]);
  const std::size_t first = next_beside_;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t axis = (first + i) % count;
    if (axes_[axis].begin_beside()) next_beside_ = axis + 1;
  }
  for (const auto& link : parts_.links) link->flush(now);
  await_answers(deadline_ns);
  for (std::size_t i = 0; i < count; ++i) axes_[i].finish(states[i]);
}

void ModbusStack::await_answers(std::int64_t deadline_ns) noexcept {
  std::array<pollfd, kMaxAxes> waiting{};
  std::array<bool, kMaxAxes> pending{};
  pending.fill(true);
  for (;;) {
    std::size_t count = 0;
    std::int64_t wake_ns = deadline_ns;
    for (std::size_t i = 0; i < parts_.links.size(); ++i) {
      if (!pending[i]) continue;
      waiting[count++] = {parts_.links[i]->descriptor(), POLLIN, 0};
      wake_ns = std::min(wake_ns, parts_.links[i]->wake_ns());
    }
    if (count == 0) return;
    time_.wait({waiting.data(), count}, wake_ns);
    // Also after the deadline: what has come by then counts, so that a silent drive costs the other one nothing.
    const std::int64_t now = time_.now_ns();
    for (std::size_t i = 0; i < parts_.links.size(); ++i) pending[i] = pending[i] && parts_.links[i]->pump(now);
    if (now >= deadline_ns) return;
  }
}

void ModbusStack::set_panel(const PanelCommand& command) noexcept {
  for (DriveAxis& axis : axes_) axis.set_panel(command);
}

PanelState ModbusStack::panel() const noexcept {
  for (const DriveAxis& axis : axes_)
    if (axis.has_panel()) return axis.panel();
  return {};
}

bool ModbusStack::verified() const noexcept {
  return !axes_.empty() && std::all_of(axes_.begin(), axes_.end(), [](const DriveAxis& axis) { return axis.verified(); });
}

LinkCounters ModbusStack::counters() const noexcept {
  LinkCounters sum;
  for (const DriveAxis& axis : axes_) {
    sum.exchanges += axis.exchanges();
    sum.missed += axis.missed();
    sum.stale_dropped += axis.stale();
  }
  for (const auto& link : parts_.links) {
    sum.stale_dropped += link->tally().stale_dropped;
    sum.protocol_errors += link->tally().protocol_errors;
    sum.reconnects += link->tally().reconnects;
  }
  return sum;
}

/// Empty, or what is wrong with the link section.
std::string check_link(const ModbusConfig& config) {
  const bool serial = config.kind == "rtu";
  if (!serial && config.kind != "tcp") return "link.kind is \"" + config.kind + "\"; it must be \"tcp\" or \"rtu\".";
  if (config.cables < 1 || config.cables > kMaxAxes)
    return "machine.cables is " + std::to_string(config.cables) + "; a machine has 1 or 2.";
  if (config.endpoints.size() != config.cables && !(serial && config.endpoints.size() == 1))
    return "link.endpoints has " + std::to_string(config.endpoints.size()) + " addresses for " + std::to_string(config.cables) +
           (serial ? " cables. Give one serial port per cable, or one for both." : " cables. Give one \"HOST:PORT\" per cable.");
  if (!config.units.empty() && config.units.size() != config.cables)
    return "link.units has " + std::to_string(config.units.size()) + " entries for " + std::to_string(config.cables) +
           " cables. Give one per cable, or none.";
  if (!(std::isfinite(config.pulley_ratio) && config.pulley_ratio > 0))
    return "machine.pulley_ratio must be above 0: handle metres per drum metre.";
  if (!serial) return {};
  if (!is_serial_speed(config.baud))
    return "link.baud: unsupported baud " + std::to_string(config.baud) + ". There are " + serial_speeds() + ".";
  if (config.parity != 'N' && config.parity != 'E' && config.parity != 'O')
    return std::string("link.parity is \"") + config.parity + "\"; it must be \"N\", \"E\" or \"O\".";
  return {};
}

std::string place_drives(const ModbusConfig& config, Parts& parts) {
  for (std::size_t cable = 0; cable < config.cables; ++cable) {
    const std::size_t link = std::min(cable, config.endpoints.size() - 1);
    const int unit = config.units.empty() ? parts.profile.unit + static_cast<int>(cable - link) : config.units[cable];
    const int last = config.kind == "rtu" ? 247 : 255;
    if (unit < (config.kind == "rtu" ? 1 : 0) || unit > last)
      return "link.units: " + std::to_string(unit) + " is no unit; they end at " + std::to_string(last) + ".";
    for (const Place& other : parts.places)
      if (other.link == link && other.unit == unit)
        return "link.units: two cables on one line have the unit " + std::to_string(unit) + ". Give each its own.";
    parts.places.push_back({link, static_cast<std::uint8_t>(unit)});
  }
  return {};
}

std::string make_tcp_links(const ModbusConfig& config, Parts& parts) {
  parts.period_ns = parts.profile.period_ns;
  for (const std::string& text : config.endpoints) {
    const std::optional<Endpoint> endpoint = parse_endpoint(text);
    if (!endpoint) return "link.endpoints: \"" + text + "\" is no address. Write it as HOST:PORT, for example 127.0.0.1:1502.";
    parts.links.push_back(std::make_unique<TcpLink>(*endpoint, parts.profile.max_outstanding));
  }
  return {};
}

std::string make_rtu_links(const ModbusConfig& config, Parts& parts) {
  DeviceProfile& profile = parts.profile;
  if (!profile.serial.present)
    return "link.kind is \"rtu\", but the profile \"" + profile.model + "\" has no [transport.serial]: the drive has no serial line.";
  profile.slow_every = 1;  // every period has room for one
  if (config.baud < profile.serial.short_read_below) {
    if (std::string lost = shorten_read(profile, profile.serial.short_read_count); !lost.empty()) return config.profile_path + ": " + lost;
  }
  const SerialTiming timing{config.baud, static_cast<Parity>(config.parity), profile.serial.gap, profile.serial.turnaround_ns};
  const std::size_t units = config.cables / config.endpoints.size();
  parts.wire_ns = serial_wire_ns(profile, timing, units);
  parts.period_ns = period_for(parts.wire_ns, profile.period_ns);
  for (const std::string& path : config.endpoints) parts.links.push_back(std::make_unique<RtuLink>(path, timing));
  return {};
}

}  // namespace
}  // namespace modbus

ModbusStackOrError make_modbus_stack(const ModbusConfig& config, modbus::WireTime& time) {
  const auto refuse = [](std::string message) { return ModbusStackOrError{nullptr, {OpenError::Kind::kConfig, std::move(message)}}; };
  if (std::string wrong = modbus::check_link(config); !wrong.empty()) return refuse(std::move(wrong));
  std::string error;
  std::optional<modbus::DeviceProfile> profile = modbus::load_profile(config.profile_path, error);
  if (!profile) return refuse(std::move(error));
  modbus::Parts parts;
  parts.profile = std::move(*profile);
  error = config.kind == "rtu" ? modbus::make_rtu_links(config, parts) : modbus::make_tcp_links(config, parts);
  if (error.empty()) error = modbus::place_drives(config, parts);
  if (!error.empty()) return refuse(std::move(error));
  return {std::make_unique<modbus::ModbusStack>(std::move(parts), modbus::Pulley{config.pulley_ratio}, time), {}};
}

}  // namespace sheave::hal
