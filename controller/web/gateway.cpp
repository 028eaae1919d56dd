#include "controller/web/gateway.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <list>
#include <utility>

#include "controller/web/connection.hpp"

namespace sheave::web {

using boost::asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr auto kAcceptAgain = std::chrono::milliseconds(100);  // after the system ran out of descriptors, or with all connections taken
constexpr auto kStopWithin = std::chrono::seconds(1);          // for clients to take what they are still being told

}  // namespace

/// One port and its connections. Kept alive by what it waits for.
class Gateway::Listener : public std::enable_shared_from_this<Listener> {
 public:
  Listener(Site& site, std::shared_ptr<boost::asio::ssl::context> tls)
      : site_(site), tls_(std::move(tls)), acceptor_(site.io), again_(site.io) {}

  error_code open(const tcp::endpoint& endpoint) {
    error_code error;
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(static_cast<int>(kMaxConnections), error);
    if (!error) accept();
    return error;
  }
  unsigned short port() const { return acceptor_.local_endpoint().port(); }

  /// Ends what waits; what is being answered may go on for kStopWithin.
  void stop() {
    error_code ignored;
    acceptor_.close(ignored);
    each(&Connection::finish);
    again_.expires_after(kStopWithin);
    again_.async_wait([self = shared_from_this()](const error_code&) { self->each(&Connection::close); });
  }
  /// Nothing is left to be told.
  void end() { again_.cancel(); }

 private:
  void accept() {
    acceptor_.async_accept([self = shared_from_this()](const error_code& error, tcp::socket socket) {
      if (!self->acceptor_.is_open()) return;
      if (!error) self->take(std::move(socket));
      if (error || self->connections_.size() >= kMaxConnections) return self->accept_later();
      self->accept();
    });
  }

  /// Meanwhile callers wait in the system's queue.
  void accept_later() {
    again_.expires_after(kAcceptAgain);
    again_.async_wait([self = shared_from_this()](const error_code&) {
      if (!self->acceptor_.is_open()) return;
      if (self->connections_.size() >= kMaxConnections) return self->accept_later();
      self->accept();
    });
  }

  void take(tcp::socket socket) {
    const auto place = connections_.emplace(connections_.end());
    const auto connection = std::make_shared<Connection>(site_, std::move(socket), tls_.get(),
                                                         [self = shared_from_this(), place] { self->connections_.erase(place); });
    *place = connection;
    connection->start();
  }

  void each(void (Connection::*what)()) {
    const auto open = connections_;  // closing one takes it out of the list
    for (const auto& weak : open) {
      if (const auto connection = weak.lock()) ((*connection).*what)();
    }
  }

  Site& site_;
  std::shared_ptr<boost::asio::ssl::context> tls_;
  tcp::acceptor acceptor_;
  boost::asio::steady_timer again_;
  std::list<std::weak_ptr<Connection>> connections_;
};

Gateway::Gateway(boost::asio::io_context& io, GatewayOptions options)
    : site_{io,
            grpc::GenericStub(std::move(options.channel)),
            std::move(options.files),
            std::move(options.origins),
            std::move(options.gate),
            options.downloads} {
  site_.on_call_gone = [this] { check_stopped(); };
}

Gateway::~Gateway() = default;

Status Gateway::listen(const std::string& address, std::shared_ptr<boost::asio::ssl::context> tls) {
  const std::size_t colon = address.rfind(':');
  std::string host = address.substr(0, colon);
  if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  if (host == "localhost") host = "127.0.0.1";
  error_code error;
  const auto ip = boost::asio::ip::make_address(host, error);
  const bool secure = tls != nullptr;
  const auto listener = std::make_shared<Listener>(site_, std::move(tls));
  if (!error) error = listener->open({ip, static_cast<unsigned short>(std::stoi(address.substr(colon + 1)))});
  if (error) {
    return Status::error(StatusCode::kUnavailable, "LISTEN_FAILED",
                         "cannot listen on " + address + ": " + error.message() + ". Choose another address in [web].");
  }
  listeners_.push_back(listener);
  addresses_.push_back({address.substr(0, colon + 1) + std::to_string(listener->port()), secure});
  return {};
}

void Gateway::stop(std::function<void()> done) {
  on_stopped_ = std::move(done);
  for (const auto& listener : listeners_) listener->stop();
  check_stopped();
}

void Gateway::check_stopped() {
  if (!on_stopped_ || site_.calls > 0) return;
  for (const auto& listener : listeners_) listener->end();
  boost::asio::post(site_.io, std::exchange(on_stopped_, nullptr));
}

}  // namespace sheave::web
