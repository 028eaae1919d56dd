#include "hal/modbus/stack.hpp"

#include <poll.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "hal/modbus/clock.hpp"
#include "hal/modbus/drive_axis.hpp"
#include "hal/modbus/tcp_link.hpp"

namespace sheave::hal {
namespace modbus {
namespace {

class ModbusStack final : public CableStack {
 public:
  ModbusStack(DeviceProfile profile, std::vector<std::unique_ptr<Link>> links, Pulley pulley)
      : profile_(std::move(profile)), links_(std::move(links)), pulley_(pulley) {}

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
  OpenError open_axis(Link& link, std::int64_t deadline_ns);
  void await_answers(std::int64_t deadline_ns) noexcept;

  DeviceProfile profile_;
  std::vector<std::unique_ptr<Link>> links_;  // one per axis
  Pulley pulley_;
  std::vector<DriveAxis> axes_;  // empty while closed
  StackInfo info_;
};

OpenError ModbusStack::open_axis(Link& link, std::int64_t deadline_ns) {
  if (std::string why = link.connect(deadline_ns); !why.empty()) return {OpenError::Kind::kConnect, std::move(why)};
  DriveFacts facts;
  if (OpenError error = commission(link, profile_, deadline_ns, facts)) return error;
  axes_.emplace_back(link, profile_, facts, pulley_);

  // Two cables are as strong, as fast and as long as the lesser of them.
  const bool first = axes_.size() == 1;
  const auto lesser = [&](double& known, double other) { known = first ? other : std::min(known, other); };
  lesser(info_.rated_force_n, facts.rated_force_n / pulley_.ratio);
  lesser(info_.peak_force_n, facts.peak_force_n / pulley_.ratio);
  lesser(info_.max_speed_mps, facts.max_speed_mps * pulley_.ratio);
  lesser(info_.travel_m, facts.travel_m * pulley_.ratio);
  info_.serials.push_back(facts.serial);
  return {};
}

OpenError ModbusStack::open(std::uint32_t timeout_ms) {
  close();
  const std::int64_t deadline_ns = monotonic_now_ns() + timeout_ms * kNsPerMs;
  info_ = {};
  info_.model = profile_.model;
  info_.period_ns = profile_.period_ns;
  info_.watchdog_ms = profile_.watchdog_ms;
  info_.drive_velocity_limit = profile_.drive_limits_velocity;
  axes_.reserve(links_.size());
  for (const auto& link : links_) {
    if (OpenError error = open_axis(*link, deadline_ns)) {
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
    exchange({stop.data(), axes_.size()}, {states.data(), axes_.size()}, monotonic_now_ns() + kAttemptNs);
  }
  axes_.clear();
  info_.verified = false;
  for (const auto& link : links_) link->disconnect();
}

void ModbusStack::exchange(std::span<const AxisCommand> commands, std::span<AxisState> states, std::int64_t deadline_ns) noexcept {
  const std::int64_t now = monotonic_now_ns();
  for (const auto& link : links_) link->begin(now);
  const std::size_t count = std::min({axes_.size(), commands.size(), states.size()});
  for (std::size_t i = 0; i < count; ++i) axes_[i].begin(commands[i]);
  for (const auto& link : links_) link->flush(now);
  await_answers(deadline_ns);
  for (std::size_t i = 0; i < count; ++i) axes_[i].finish(states[i]);
}

void ModbusStack::await_answers(std::int64_t deadline_ns) noexcept {
  std::array<pollfd, kMaxAxes> waiting{};
  std::array<bool, kMaxAxes> pending{};
  pending.fill(true);
  for (;;) {
    nfds_t count = 0;
    for (std::size_t i = 0; i < links_.size(); ++i)
      if (pending[i]) waiting[count++] = {links_[i]->descriptor(), POLLIN, 0};
    if (count == 0) return;
    const timespec left = time_left(deadline_ns, monotonic_now_ns());
    ::ppoll(waiting.data(), count, &left, nullptr);
    // Also after the deadline: what has come by then counts, so that a silent drive costs the other one nothing.
    const std::int64_t now = monotonic_now_ns();
    for (std::size_t i = 0; i < links_.size(); ++i) pending[i] = pending[i] && links_[i]->pump(now);
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
  for (const auto& link : links_) {
    sum.stale_dropped += link->tally().stale_dropped;
    sum.protocol_errors += link->tally().protocol_errors;
    sum.reconnects += link->tally().reconnects;
  }
  return sum;
}

}  // namespace
}  // namespace modbus

ModbusStackOrError make_modbus_stack(const ModbusConfig& config) {
  const auto refuse = [](std::string message) { return ModbusStackOrError{nullptr, {OpenError::Kind::kConfig, std::move(message)}}; };
  if (config.kind != "tcp") return refuse("link.kind is \"" + config.kind + "\"; this build speaks \"tcp\" only.");
  if (config.cables < 1 || config.cables > kMaxAxes)
    return refuse("machine.cables is " + std::to_string(config.cables) + "; a machine has 1 or 2.");
  if (config.endpoints.size() != config.cables)
    return refuse("link.endpoints has " + std::to_string(config.endpoints.size()) + " addresses for " + std::to_string(config.cables) +
                  " cables. Give one \"HOST:PORT\" per cable.");
  if (!(std::isfinite(config.pulley_ratio) && config.pulley_ratio > 0))
    return refuse("machine.pulley_ratio must be above 0: handle metres per drum metre.");
  std::string error;
  std::optional<modbus::DeviceProfile> profile = modbus::load_profile(config.profile_path, error);
  if (!profile) return refuse(std::move(error));
  std::vector<std::unique_ptr<modbus::Link>> links;
  for (const std::string& text : config.endpoints) {
    const std::optional<modbus::Endpoint> endpoint = modbus::parse_endpoint(text);
    if (!endpoint) return refuse("link.endpoints: \"" + text + "\" is no address. Write it as HOST:PORT, for example 127.0.0.1:1502.");
    links.push_back(std::make_unique<modbus::TcpLink>(*endpoint, profile->max_outstanding));
  }
  return {std::make_unique<modbus::ModbusStack>(std::move(*profile), std::move(links), modbus::Pulley{config.pulley_ratio}), {}};
}

}  // namespace sheave::hal
