#include "hal/modbus/tcp_connection.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "hal/modbus/clock.hpp"

namespace sheave::hal::modbus {
namespace {

// A drive that answers at all on a local network does so within milliseconds; a rebooting one needs seconds.
constexpr std::int64_t kAttemptNs = 500 * kNsPerMs;
constexpr std::int64_t kFirstPauseNs = 20 * kNsPerMs;
constexpr std::int64_t kLongestPauseNs = 1000 * kNsPerMs;

std::string explain(const Endpoint& endpoint, int error) {
  const std::string where = "cannot connect to " + endpoint.host + ":" + std::to_string(endpoint.port) + ": ";
  switch (error) {
    case ECONNREFUSED:
      return where + "connection refused. Is the drive on and the address right?";
    case ETIMEDOUT:
      return where + "no answer in time. Is the drive on, its cable plugged in and the address right?";
    case EHOSTUNREACH:
    case ENETUNREACH:
      return where + "no route to it. Is this computer on the drive's network and the address right?";
    case EMFILE:
    case ENFILE:
      return where + "too many open files. Raise the limit on open files (ulimit -n).";
    default:
      return where + std::strerror(error) + ". Check the address in the link section of the configuration.";
  }
}

}  // namespace

TcpConnection::TcpConnection(Endpoint endpoint) : endpoint_(std::move(endpoint)) {}

TcpConnection::~TcpConnection() {
  if (socket_ >= 0) ::close(socket_);
}

int TcpConnection::begin(const Address& address) noexcept {
  socket_ = ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP);
  if (socket_ < 0) return errno;
  state_ = State::kConnecting;
  const auto* where = reinterpret_cast<const sockaddr*>(&address.storage);
  if (::connect(socket_, where, address.size) == 0 || errno == EINPROGRESS) return 0;
  return errno;
}

bool TcpConnection::wait(std::int64_t time_ns) noexcept {
  pollfd waiting{socket_, POLLOUT, 0};
  const timespec left = time_left(time_ns, 0);
  return ::ppoll(&waiting, 1, &left, nullptr) == 1;
}

int TcpConnection::finish() noexcept {
  int error = 0;
  socklen_t size = sizeof error;
  if (::getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &size) != 0) return errno;
  if (error != 0) return error;
  // A request of 41 bytes must leave at once, not wait for the acknowledgement of the one before.
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (!low_.put(socket_)) return errno;
  socket_ = -1;
  state_ = State::kUp;
  pause_ns_ = 0;
  return 0;
}

void TcpConnection::give_up(std::int64_t now_ns) noexcept {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  state_ = State::kDown;
  pause_ns_ = std::clamp(2 * pause_ns_, kFirstPauseNs, kLongestPauseNs);
  next_attempt_ns_ = now_ns + pause_ns_;
}

std::string TcpConnection::connect(std::int64_t deadline_ns) {
  if (!low_.reserved()) return explain(endpoint_, EMFILE);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int error = ::getaddrinfo(endpoint_.host.c_str(), std::to_string(endpoint_.port).c_str(), &hints, &found); error != 0)
    return "cannot find the host \"" + endpoint_.host + "\": " + ::gai_strerror(error) + ". Check the address in the link section.";
  int error = EHOSTUNREACH;
  for (const addrinfo* each = found; each != nullptr && !up(); each = each->ai_next) {
    address_.size = each->ai_addrlen;
    std::memcpy(&address_.storage, each->ai_addr, each->ai_addrlen);
    error = begin(address_);
    if (error == 0) error = wait(deadline_ns - monotonic_now_ns()) ? finish() : ETIMEDOUT;
    if (error != 0) give_up(monotonic_now_ns());
  }
  ::freeaddrinfo(found);
  return up() ? std::string() : explain(endpoint_, error);
}

bool TcpConnection::advance(std::int64_t now_ns) noexcept {
  if (state_ == State::kDown && now_ns >= next_attempt_ns_) {
    attempt_until_ns_ = now_ns + kAttemptNs;
    if (begin(address_) != 0) give_up(now_ns);
  }
  if (state_ != State::kConnecting) return false;
  if (wait(0)) {
    if (finish() == 0) return true;
    give_up(now_ns);
  } else if (now_ns >= attempt_until_ns_) {
    give_up(now_ns);
  }
  return false;
}

void TcpConnection::drop(std::int64_t now_ns) noexcept {
  if (state_ == State::kUp) low_.clear();
  give_up(now_ns);
}

}  // namespace sheave::hal::modbus
