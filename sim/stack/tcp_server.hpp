#pragma once
// Modbus TCP, server side, for one drive. Non-blocking throughout: a client that stalls, floods or sends rubbish costs the plant
// nothing. Answers a request the moment it is complete, from whatever client: a drive does not know its master.

#include <poll.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/stack/faults.hpp"
#include "sim/stack/register_map.hpp"

namespace sheave::sim {

struct Endpoint {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: any.
};

/// "tcp:HOST:PORT". @return false with `error`.
bool parse_endpoint(const std::string& text, Endpoint& endpoint, std::string& error);

class TcpServer {
 public:
  /// @return null with `error` naming the address and the remedy. `map` outlives the server.
  static std::unique_ptr<TcpServer> listen(const Endpoint& endpoint, RegisterMap& map, const WireFaults& faults, std::string& error);
  ~TcpServer();
  TcpServer(const TcpServer&) = delete;
  TcpServer& operator=(const TcpServer&) = delete;

  std::uint16_t port() const noexcept { return port_; }

  /// Appends what to wait for.
  void collect(std::vector<pollfd>& waits) const;
  std::size_t wait_count() const noexcept { return 1 + clients_.size(); }
  /// Takes what is there. `waits` are those that collect() appended, with their events.
  void serve(std::span<const pollfd> waits);
  /// Sends delayed replies that are due. @return when the next one is, or INT64_MAX.
  std::int64_t send_due(std::int64_t now_ns);

 private:
  struct Client;

  TcpServer(int descriptor, std::uint16_t port, RegisterMap& map, const WireFaults& faults);
  void accept_client();
  void receive(Client& client);
  std::size_t answer(Client& client, std::span<const std::uint8_t> bytes);
  static void send(Client& client, std::span<const std::uint8_t> frame);

  int listener_;
  std::uint16_t port_;
  RegisterMap& map_;
  WireFaults faults_;
  std::vector<std::unique_ptr<Client>> clients_;
};

/// CLOCK_MONOTONIC.
std::int64_t monotonic_ns() noexcept;

}  // namespace sheave::sim
