#pragma once
// Modbus TCP, server side, for one drive. Answers a request the moment it is complete, from whatever client: a drive does not know
// its master.

#include <memory>

#include "sim/stack/faults.hpp"
#include "sim/stack/register_map.hpp"
#include "sim/stack/server.hpp"

namespace sheave::sim {

struct Endpoint {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: any.
};

/// "tcp:HOST:PORT". @return false with `error`.
bool parse_endpoint(const std::string& text, Endpoint& endpoint, std::string& error);

class TcpServer final : public Server {
 public:
  /// @return null with `error` naming the address and the remedy. `map` outlives the server.
  static std::unique_ptr<TcpServer> listen(const Endpoint& endpoint, RegisterMap& map, const WireFaults& faults, std::string& error);
  ~TcpServer() override;
  TcpServer(const TcpServer&) = delete;
  TcpServer& operator=(const TcpServer&) = delete;

  std::uint16_t port() const noexcept { return endpoint_.port; }

  std::string address() const override;
  void collect(std::vector<pollfd>& waits) const override;
  std::size_t wait_count() const noexcept override { return 1 + clients_.size(); }
  void serve(std::span<const pollfd> waits, std::int64_t now_ns) override;
  std::int64_t send_due(std::int64_t now_ns) override;

 private:
  struct Client;

  TcpServer(int descriptor, const Endpoint& endpoint, RegisterMap& map, const WireFaults& faults);
  void accept_client();
  void receive(Client& client, std::int64_t now_ns);
  std::size_t answer(Client& client, std::span<const std::uint8_t> bytes, std::int64_t now_ns);
  void send(Client& client, std::span<const std::uint8_t> frame) const;

  int listener_;
  Endpoint endpoint_;  // the port is the true one
  RegisterMap& map_;
  WireFaults faults_;
  std::vector<std::unique_ptr<Client>> clients_;
};

}  // namespace sheave::sim
