#pragma once
// What the simulator serves its drives on: TCP (tcp_server.hpp) or a serial line (rtu_server.hpp). Non-blocking throughout: a client
// that stalls, floods or sends rubbish costs the plant nothing.

#include <poll.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace sheave::sim {

class Server {
 public:
  virtual ~Server() = default;

  /// As --listen takes it: "tcp:127.0.0.1:1502", "rtu:/tmp/line".
  virtual std::string address() const = 0;

  /// Appends what to wait for: wait_count() entries.
  virtual void collect(std::vector<pollfd>& waits) const = 0;
  virtual std::size_t wait_count() const noexcept = 0;
  /// Takes what is there. `waits` are those that collect() appended, with their events.
  virtual void serve(std::span<const pollfd> waits, std::int64_t now_ns) = 0;
  /// Does what is due: answers and parts of them. @return when the next is, or INT64_MAX.
  virtual std::int64_t send_due(std::int64_t now_ns) = 0;

  /// Pulls the cable out, or plugs it in again: meanwhile what comes is lost, and what would go. Nobody is told.
  void pull(bool out) noexcept { pulled_ = out; }

 protected:
  bool pulled_ = false;
};

/// CLOCK_MONOTONIC.
std::int64_t monotonic_ns() noexcept;

}  // namespace sheave::sim
