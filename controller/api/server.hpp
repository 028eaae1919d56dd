#pragma once
// The API on one port: all services on gRPC's callback API, health, and limits.

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "controller/api/context.hpp"
#include "controller/api/remote_access.hpp"

namespace grpc {
class Channel;
}  // namespace grpc

namespace sheave::api {

/// Each with its reason; what is not a limit of the machine but of the link is in server.cpp.
struct ServerLimits {
  std::size_t max_watchers = 64;  ///< A gym's screens and phones; a stream costs its outbox. Raised by the fan-out bench.
};

/// Made, started and stopped on [main]; handlers run on gRPC's threads and on [main] through `Context::post`.
class Server {
 public:
  Server(Context context, ServerLimits limits);
  /// @pre stop() was called and told `done`, or start() failed or was never called.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Listens on "127.0.0.1:7400", "[::1]:7400" or "unix:/path"; port 0: any. Reasons LISTEN_FAILED, LISTEN_NOT_LOCAL: without
  /// TLS nothing but this host is served. Other hosts are served as `remote` says. Starts gRPC's threads: raise no thread's priority
  /// before.
  Status start(const std::string& address, const RemoteAccess* remote = nullptr);

  /// Where it listens, with the real port. After start().
  const std::string& address() const noexcept { return address_; }
  /// Likewise, for other hosts; empty: they are not served.
  const std::string& remote_address() const noexcept { return remote_address_; }

  /// A channel to the services that leaves no process, for the gateway. Between start() and stop().
  std::shared_ptr<grpc::Channel> in_process_channel();

  /// Ends the streams of callers whose token was revoked since the last time. Cheap: for a timer. After start(), until stop().
  void recheck_callers();

  /// Ends all streams, refuses new calls and lets running ones end. The caller goes on serving `Context::post` until `done` comes
  /// through it: answers need the main thread.
  void stop(std::function<void()> done);

 private:
  struct Services;
  Context context_;
  ServerLimits limits_;
  std::string address_, remote_address_;
  std::unique_ptr<Services> services_;
  std::thread stopper_;
};

}  // namespace sheave::api
