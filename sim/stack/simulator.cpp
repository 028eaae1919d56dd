#include "sim/stack/simulator.hpp"

#include <poll.h>

#include <algorithm>
#include <ctime>

namespace sheave::sim {

namespace {

constexpr std::int64_t kStep_ns = 1'000'000;
static_assert(static_cast<double>(kStep_ns) == kStep_s * 1e9);

// A process that was stopped for longer than this does not catch up; the world did not stand still meanwhile.
constexpr std::int64_t kMostLate_ns = 1'000'000'000;

// The drive's clock is not the host's. It wraps 20 s after the start, so that every run crosses the wrap.
constexpr std::uint32_t kFirstSample_us = 0U - 20'000'000U;

CableParams cable_of(const SimulatorConfig& config) {
  if (!config.machine_spread) return CableParams{};
  Random random(config.seed ^ 0x6D616368U);  // apart from the athlete's
  return CableParams::drawn(random);
}

DriveRating rating_of(std::size_t cable) {
  DriveRating rating;
  rating.serial += static_cast<std::uint32_t>(cable);
  return rating;
}

}  // namespace

struct Simulator::Axis {
  Axis(const SimulatorConfig& config, std::size_t cable, Panel& panel)
      : athlete(config.athlete, config.seed, 1.0 / static_cast<double>(config.cables())),
        rig(rating_of(cable), cable_of(config), athlete, kFirstSample_us),
        map(rig, panel) {}

  Athlete athlete;
  Rig rig;
  RegisterMap map;
};

std::size_t SimulatorConfig::cables() const noexcept {
  std::size_t count = listeners.size();
  for (const SerialSpec& line : lines) count += line.units;
  return count;
}

Simulator::Simulator(const SimulatorConfig& config) : faults_(config.faults), drive_faults_(config.faults) {
  for (std::size_t i = 0; i < config.cables(); ++i) {
    axes_.push_back(std::make_unique<Axis>(config, i, panel_));
    drive_faults_.arm(axes_.back()->rig.drive());
    if (config.trace) axes_.back()->athlete.follow(*config.trace, config.trace_now);
  }
}

Simulator::~Simulator() = default;

bool Simulator::serve_on(const SimulatorConfig& config, std::string& error) {
  std::size_t cable = 0;
  for (const Endpoint& endpoint : config.listeners) {
    auto server = TcpServer::listen(endpoint, axes_[cable]->map, WireFaults(config.faults, config.seed + cable), error);
    if (!server) return false;
    ++cable;
    tcp_servers_.push_back(server.get());
    servers_.push_back(std::move(server));
  }
  for (const SerialSpec& line : config.lines) {
    const WireFaults faults(config.faults, config.seed + cable);
    std::vector<RegisterMap*> maps;
    for (std::uint32_t unit = 0; unit < line.units; ++unit) maps.push_back(&axes_[cable++]->map);
    auto server = RtuServer::open(line, std::move(maps), faults, error);
    if (!server) return false;
    servers_.push_back(std::move(server));
  }
  return true;
}

std::unique_ptr<Simulator> Simulator::create(const SimulatorConfig& config, std::string& error) {
  std::unique_ptr<Simulator> simulator(new Simulator(config));
  if (!simulator->serve_on(config, error)) return nullptr;
  if (!config.log_path.empty()) {
    simulator->log_ = LogWriter::open(config.log_path, error);
    if (!simulator->log_) return nullptr;
  }
  return simulator;
}

std::vector<std::uint16_t> Simulator::ports() const {
  std::vector<std::uint16_t> ports;
  for (const TcpServer* server : tcp_servers_) ports.push_back(server->port());
  return ports;
}

std::vector<std::string> Simulator::addresses() const {
  std::vector<std::string> addresses;
  for (const auto& server : servers_) addresses.push_back(server->address());
  return addresses;
}

void Simulator::run(int stop_descriptor) {
  std::vector<pollfd> waits;
  next_ns_ = monotonic_ns() + kStep_ns;
  for (;;) {
    waits.clear();
    waits.push_back({stop_descriptor, POLLIN, 0});
    std::int64_t wake_ns = next_ns_;
    std::int64_t now_ns = monotonic_ns();
    for (const auto& server : servers_) {
      wake_ns = std::min(wake_ns, server->send_due(now_ns));
      server->collect(waits);
    }
    const std::int64_t left_ns = std::max<std::int64_t>(0, wake_ns - now_ns);
    const timespec timeout{.tv_sec = left_ns / 1'000'000'000, .tv_nsec = left_ns % 1'000'000'000};
    const int ready = ppoll(waits.data(), waits.size(), &timeout, nullptr);
    if (waits[0].revents != 0) return;

    // Clients before the plant: after a stall, what a living master sent meanwhile must count before its watchdog expires.
    if (ready > 0) {
      std::size_t at = 1;
      for (const auto& server : servers_) {
        const std::size_t count = server->wait_count();
        server->serve(std::span<const pollfd>(waits).subspan(at, count), monotonic_ns());
        at += count;
      }
    }
    now_ns = monotonic_ns();
    if (now_ns >= next_ns_) catch_up(now_ns);
  }
}

void Simulator::catch_up(std::int64_t now_ns) {
  if (now_ns - next_ns_ > kMostLate_ns) {
    skipped_s_ += static_cast<double>(now_ns - next_ns_) * 1e-9;
    next_ns_ = now_ns;
  }
  for (; next_ns_ <= now_ns; next_ns_ += kStep_ns) step(next_ns_);
}

void Simulator::step(std::int64_t time_ns) {
  const double previous_s = static_cast<double>(steps_) * kStep_s;
  const double time_s = static_cast<double>(++steps_) * kStep_s;
  for (std::size_t i = 0; i < axes_.size(); ++i) {
    Rig& rig = axes_[i]->rig;
    drive_faults_.apply(rig.drive(), time_s, previous_s);
    rig.step(panel_);
    if (!log_) continue;
    const CableState& cable = rig.cable();
    const Truth truth = rig.hand().truth();
    log_->push({.time_ns = time_ns,
                .cable = static_cast<std::uint32_t>(i),
                .athlete_rep = truth.reps,
                .extension_m = static_cast<float>(cable.handle_m),
                .velocity_mps = static_cast<float>(cable.handle_mps),
                .motor_force_n = static_cast<float>(cable.motor_force_n),
                .handle_force_n = static_cast<float>(cable.hand_force_n),
                .commanded_force_n = static_cast<float>(rig.drive().commanded_force_n()),
                .athlete_strength_n = static_cast<float>(truth.strength_n),
                .drive_state = rig.drive().state(),
                .lamp = panel_.lamp,
                .athlete_doing = truth.doing,
                .cable_pulled = pulled_});
  }
  if (faults_.pull_in_rep > 0) pull_cable(time_s);
}

/// While the handle is on its way out under load: the moment at which a lost drive is felt most.
void Simulator::pull_cable(double time_s) {
  constexpr double kUnderWay_mps = 0.3;
  const Rig& rig = axes_.front()->rig;
  const bool now =
      panel_.lamp == hal::Lamp::kActive && rig.hand().truth().reps + 1 == faults_.pull_in_rep && rig.cable().handle_mps > kUnderWay_mps;
  if (pulled_at_s_ < 0.0 && now) {
    pulled_at_s_ = time_s;
    pulled_ = true;
    servers_.back()->pull(true);
  }
  if (pulled_ && faults_.pull_for_s > 0.0 && time_s - pulled_at_s_ >= faults_.pull_for_s) {
    pulled_ = false;
    servers_.back()->pull(false);
  }
}

}  // namespace sheave::sim
