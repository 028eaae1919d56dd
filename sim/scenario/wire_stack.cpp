#include "sim/scenario/wire_stack.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <limits>
#include <thread>

#include "sim/stack/rtu_server.hpp"
#include "sim/stack/tcp_server.hpp"

namespace sheave::sim {

namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

// A loopback may hand a segment over a moment after send() has returned. Time stands still for so long before it goes on with an answer
// outstanding; a terminal's bytes are there when poll() looks.
constexpr std::int64_t kPatience_ns = 2'000'000;
// While a stack is opened, in real time: a client that is to come to a terminal shows only when it is looked for.
constexpr std::int64_t kLookAgain_ns = 1'000'000;

std::string line_path(std::size_t line) {
  static std::atomic<unsigned> made{0};
  return std::filesystem::temp_directory_path() / fmt::format("sheave-wire-{}-{}-{}", ::getpid(), ++made, line);
}

}  // namespace

WireStack::WireStack(const VirtualStackConfig& config, WireConfig wire) : SimulatedStack(config), wire_(std::move(wire)) {
  for (std::size_t i = 0; i < config_.axis_count; ++i) maps_.push_back(std::make_unique<RegisterMap>(rig(i), panel_));
  servers_.resize(line_count());
  pulled_.resize(line_count());
  for (std::size_t line = 0; line < line_count(); ++line) places_.push_back(wire_.kind == "rtu" ? line_path(line) : std::string());
}

WireStack::~WireStack() { WireStack::close(); }

std::size_t WireStack::line_count() const noexcept {
  return wire_.kind == "rtu" && wire_.lines > 0 ? std::min(wire_.lines, maps_.size()) : maps_.size();
}

bool WireStack::listen(std::size_t line, std::string& error) {
  const WireFaults faults(wire_.faults, config_.seed + line);
  if (wire_.kind == "rtu") {
    SerialSpec spec;
    spec.path = places_[line];
    spec.baud = wire_.baud;
    std::vector<RegisterMap*> units;
    for (std::size_t axis = line; axis < maps_.size(); axis += line_count()) units.push_back(maps_[axis].get());
    spec.units = static_cast<std::uint32_t>(units.size());
    servers_[line] = RtuServer::open(spec, std::move(units), faults, error);
    return servers_[line] != nullptr;
  }
  Endpoint endpoint;
  if (!places_[line].empty() && !parse_endpoint("tcp:" + places_[line], endpoint, error)) return false;
  auto server = TcpServer::listen(endpoint, *maps_[line], faults, error);
  if (!server) return false;
  places_[line] = fmt::format("{}:{}", endpoint.host, server->port());
  servers_[line] = std::move(server);
  return true;
}

hal::OpenError WireStack::open(std::uint32_t timeout_ms) {
  run_to(kBoot_ns);
  hal::OpenError failed{hal::OpenError::Kind::kConfig, {}};
  for (std::size_t line = 0; line < line_count(); ++line) {
    if (!listen(line, failed.message)) return failed;
  }
  hal::ModbusConfig config;
  config.kind = wire_.kind;
  config.endpoints = places_;
  config.baud = wire_.baud;
  config.profile_path = wire_.profile_path;
  config.cables = config_.axis_count;
  hal::ModbusStackOrError made = hal::make_modbus_stack(config, *this);
  if (!made.stack) return made.error;
  stack_ = std::move(made.stack);

  std::atomic<bool> opening{true};
  std::thread drives([&] {
    std::int64_t patience_ns = 0;
    while (opening) {
      wire_ns_ = monotonic_ns();
      const std::int64_t due_ns = serve(patience_ns, {});
      patience_ns = std::clamp<std::int64_t>(due_ns - monotonic_ns(), 0, kLookAgain_ns);
    }
  });
  hal::OpenError result = stack_->open(timeout_ms);
  opening = false;
  drives.join();
  wire_ns_ = began_ns_ = monotonic_ns();
  config_.period_ns = std::max(config_.period_ns, stack_->info().period_ns);
  pass();  // until a loop runs; the line needs its silence after the last answer too
  return result;
}

void WireStack::close() noexcept {
  if (stack_) stack_->close();
}

/// All that is due or has come by now. @return when something is due next.
std::int64_t WireStack::serve(std::int64_t patience_ns, std::span<pollfd> links) {
  for (;;) {
    std::int64_t next = kNever;
    waits_.assign(links.begin(), links.end());
    for (const auto& server : servers_) {
      if (!server) continue;
      next = std::min(next, server->send_due(wire_ns_));
      server->collect(waits_);
    }
    const timespec patience{.tv_sec = 0, .tv_nsec = patience_ns};
    const int ready = ::ppoll(waits_.data(), waits_.size(), &patience, nullptr);
    std::copy_n(waits_.begin(), links.size(), links.begin());
    if (ready <= 0) return next;
    std::size_t at = links.size();
    bool served = false;
    for (const auto& server : servers_) {
      if (!server) continue;
      const std::span mine = std::span(waits_).subspan(at, server->wait_count());
      at += mine.size();
      if (std::none_of(mine.begin(), mine.end(), [](const pollfd& each) { return each.revents != 0; })) continue;
      server->serve(mine, wire_ns_);
      served = true;
    }
    if (!served) return next;
  }
}

void WireStack::wait(std::span<pollfd> links, std::int64_t until_ns) noexcept {
  const std::int64_t patience_ns = wire_.kind == "tcp" && !silent() ? kPatience_ns : 0;
  for (;;) {
    const std::int64_t next_ns = serve(patience_ns, links);
    if (std::any_of(links.begin(), links.end(), [](const pollfd& each) { return each.revents != 0; })) return;
    if (wire_ns_ >= until_ns) return;
    advance(std::min(std::max(next_ns, wire_ns_ + 1), until_ns));
  }
}

void WireStack::advance(std::int64_t time_ns) noexcept {
  wire_ns_ = time_ns;
  run_to(kBoot_ns + wire_ns_ - began_ns_);
}

void WireStack::exchange(std::span<const hal::AxisCommand> commands, std::span<hal::AxisState> states, std::int64_t) noexcept {
  const std::int64_t began_ns = wire_ns_;
  constexpr std::int64_t kTickMost_ns = 200'000;
  stack_->exchange(commands, states, began_ns + config_.period_ns - std::min(config_.period_ns / 5, kTickMost_ns));
  while (wire_ns_ < began_ns + config_.period_ns) advance(std::clamp(serve(0, {}), wire_ns_ + 1, began_ns + config_.period_ns));
  serve(0, {});
}

void WireStack::pass() noexcept { advance(wire_ns_ + config_.period_ns); }

bool WireStack::silent() const noexcept {
  for (std::size_t line = 0; line < servers_.size(); ++line) {
    if (!servers_[line] || pulled_[line]) return true;
  }
  return false;
}

void WireStack::pull(std::size_t line) {
  pulled_[line] = true;
  if (servers_[line]) servers_[line]->pull(true);
}

void WireStack::plug(std::size_t line) {
  pulled_[line] = false;
  if (servers_[line]) servers_[line]->pull(false);
}

void WireStack::remove(std::size_t line) { servers_[line].reset(); }

void WireStack::restore(std::size_t line) {
  std::string error;
  listen(line, error);
}

}  // namespace sheave::sim
