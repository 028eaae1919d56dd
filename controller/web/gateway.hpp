#pragma once
// The web of one machine: the built pages and gRPC-Web, on the main thread. Every service of the API is reached through its in-process
// channel, so that there is no second implementation and no proxy.
//
// Unlike gRPC's own Stop, a Stop through here waits for the main thread; should that hang, the tick takes the load off by itself.

#include <grpcpp/channel.h>

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "controller/core/status.hpp"
#include "controller/web/site.hpp"

namespace boost::asio::ssl {
class context;
}  // namespace boost::asio::ssl

namespace sheave::web {

struct GatewayOptions {
  std::shared_ptr<grpc::Channel> channel;  ///< To the API in this process.
  StaticFiles files;
  std::vector<std::string> origins;  ///< See Site.
  Gate gate;
  api::Downloads* downloads = nullptr;  ///< See Site; outlives the gateway.
};

struct Address {
  std::string text;  ///< "127.0.0.1:8080"
  bool secure = false;
};

/// Everything is [main].
class Gateway {
 public:
  static constexpr std::size_t kMaxConnections = 64;  ///< Of each listener, so that callers from afar cannot keep the kiosk out.

  Gateway(boost::asio::io_context& io, GatewayOptions options);
  /// @pre stop() told `done`, or no connection was ever accepted.
  ~Gateway();
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;

  /// "127.0.0.1:8080" or "[::1]:8080"; port 0: any. @param tls null: plain. Reason LISTEN_FAILED.
  Status listen(const std::string& address, std::shared_ptr<boost::asio::ssl::context> tls);
  /// Of each listener, with the real port.
  const std::vector<Address>& addresses() const noexcept { return addresses_; }

  /// Accepts no more, ends what waits, and calls `done` when every call is over. Call after the API was stopped: that ends its streams.
  void stop(std::function<void()> done);

 private:
  class Listener;
  void check_stopped();

  Site site_;
  std::vector<Address> addresses_;
  std::vector<std::shared_ptr<Listener>> listeners_;
  std::function<void()> on_stopped_;
};

}  // namespace sheave::web
