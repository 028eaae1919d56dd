#include "sim/stack/tcp_server.hpp"

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <ctime>
#include <deque>
#include <limits>

#include "sim/stack/modbus_pdu.hpp"

namespace sheave::sim {

namespace {

constexpr std::size_t kMbap = 7;         // transaction 2, protocol 2, length 2, unit 1
constexpr std::size_t kMaxClients = 16;  // a drive serves a few masters; more are turned away
constexpr int kBacklog = 16;

std::uint16_t word_at(std::span<const std::uint8_t> bytes, std::size_t at) {
  return static_cast<std::uint16_t>((bytes[at] << 8U) | bytes[at + 1]);
}

std::uint16_t bound_port(int descriptor) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  if (address.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
  return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

int bind_listener(const addrinfo& address) {
  const int descriptor = ::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0) return -1;
  const int on = 1;
  setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (::bind(descriptor, address.ai_addr, address.ai_addrlen) == 0 && ::listen(descriptor, kBacklog) == 0) return descriptor;
  const int why = errno;
  ::close(descriptor);
  errno = why;
  return -1;
}

}  // namespace

struct TcpServer::Client {
  struct Delayed {
    std::int64_t due_ns;
    std::vector<std::uint8_t> frame;
  };

  explicit Client(int fd) : descriptor(fd) {}
  ~Client() { ::close(descriptor); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  int descriptor;
  bool broken = false;
  std::size_t filled = 0;
  std::array<std::uint8_t, 2048> buffer{};
  std::deque<Delayed> delayed;
};

std::int64_t monotonic_ns() noexcept {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::int64_t>(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

bool parse_endpoint(const std::string& text, Endpoint& endpoint, std::string& error) {
  const std::size_t colon = text.rfind(':');
  if (text.starts_with("tcp:") && colon > 4 && colon != std::string::npos) {
    const char* first = text.data() + colon + 1;
    const char* last = text.data() + text.size();
    const auto [end, failed] = std::from_chars(first, last, endpoint.port);
    endpoint.host = text.substr(4, colon - 4);
    if (failed == std::errc() && end == last && first != last) return true;
  }
  error = fmt::format("listen: \"{}\" is not tcp:HOST:PORT, for example tcp:127.0.0.1:1502", text);
  return false;
}

std::unique_ptr<TcpServer> TcpServer::listen(const Endpoint& endpoint, RegisterMap& map, const WireFaults& faults, std::string& error) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int failed = getaddrinfo(endpoint.host.c_str(), std::to_string(endpoint.port).c_str(), &hints, &found);
  if (failed != 0) {
    error = fmt::format("listen: no address for host \"{}\": {}", endpoint.host, gai_strerror(failed));
    return nullptr;
  }
  const int descriptor = bind_listener(*found);
  const int why = errno;
  freeaddrinfo(found);
  if (descriptor < 0) {
    error = fmt::format("listen: cannot listen on {}:{}: {}.{}", endpoint.host, endpoint.port, std::strerror(why),
                        why == EADDRINUSE ? " Another simulator or drive has this port; take another one, or 0 for any." : "");
    return nullptr;
  }
  return std::unique_ptr<TcpServer>(new TcpServer(descriptor, {endpoint.host, bound_port(descriptor)}, map, faults));
}

TcpServer::TcpServer(int descriptor, const Endpoint& endpoint, RegisterMap& map, const WireFaults& faults)
    : listener_(descriptor), endpoint_(endpoint), map_(map), faults_(faults) {}

std::string TcpServer::address() const { return fmt::format("tcp:{}:{}", endpoint_.host, endpoint_.port); }

TcpServer::~TcpServer() { ::close(listener_); }

void TcpServer::collect(std::vector<pollfd>& waits) const {
  waits.push_back({listener_, POLLIN, 0});
  for (const auto& client : clients_) waits.push_back({client->descriptor, POLLIN, 0});
}

void TcpServer::serve(std::span<const pollfd> waits, std::int64_t now_ns) {
  const std::size_t known = clients_.size();
  for (std::size_t i = 0; i < known && i + 1 < waits.size(); ++i) {
    if (waits[i + 1].revents != 0) receive(*clients_[i], now_ns);
  }
  std::erase_if(clients_, [](const auto& client) { return client->broken; });
  if (!waits.empty() && waits[0].revents != 0) accept_client();
}

void TcpServer::accept_client() {
  const int descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (descriptor < 0) return;
  const int on = 1;
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  auto client = std::make_unique<Client>(descriptor);
  if (clients_.size() < kMaxClients) clients_.push_back(std::move(client));
}

void TcpServer::receive(Client& client, std::int64_t now_ns) {
  const auto got = ::recv(client.descriptor, client.buffer.data() + client.filled, client.buffer.size() - client.filled, 0);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) {
    client.broken = true;
    return;
  }
  if (pulled_) return;
  client.filled += static_cast<std::size_t>(got);
  std::size_t used = 0;
  while (!client.broken) {
    const std::size_t taken = answer(client, std::span(client.buffer).subspan(used, client.filled - used), now_ns);
    if (taken == 0) break;
    used += taken;
  }
  std::copy(client.buffer.begin() + static_cast<std::ptrdiff_t>(used), client.buffer.begin() + static_cast<std::ptrdiff_t>(client.filled),
            client.buffer.begin());
  client.filled -= used;
}

/// Answers the first frame of `bytes`. @return its size, 0 where it is not complete or the stream is no Modbus.
std::size_t TcpServer::answer(Client& client, std::span<const std::uint8_t> bytes, std::int64_t now_ns) {
  if (bytes.size() < kMbap) return 0;
  const std::size_t length = word_at(bytes, 4);
  if (word_at(bytes, 2) != 0 || length < 2 || length > kMaxPdu + 1) {
    client.broken = true;  // no way to find the next frame in such a stream
    return 0;
  }
  if (bytes.size() < kMbap - 1 + length) return 0;
  std::array<std::uint8_t, kMbap + kMaxPdu> reply{};
  const std::size_t size = answer_pdu(map_, bytes.subspan(kMbap, length - 1), std::span(reply).subspan(kMbap));
  std::copy_n(bytes.begin(), kMbap, reply.begin());
  reply[4] = static_cast<std::uint8_t>((size + 1) >> 8U);
  reply[5] = static_cast<std::uint8_t>((size + 1) & 0xFFU);
  reply[6] = faults_.unit(reply[6]);
  const std::span frame = std::span(reply).first(kMbap + size);
  if (!faults_.pass(frame)) return kMbap - 1 + length;
  // Behind one that is late already: a stream keeps its order.
  if (const std::int64_t delay_ns = faults_.delay_ns(); delay_ns > 0 || !client.delayed.empty()) {
    client.delayed.push_back({now_ns + delay_ns, {frame.begin(), frame.end()}});
  } else {
    send(client, frame);
  }
  return kMbap - 1 + length;
}

void TcpServer::send(Client& client, std::span<const std::uint8_t> frame) const {
  if (pulled_) return;
  // A client that does not read its answers is cut off; waiting for it would stop the plant.
  const auto sent = ::send(client.descriptor, frame.data(), frame.size(), MSG_NOSIGNAL);
  if (sent != static_cast<ssize_t>(frame.size())) client.broken = true;
}

std::int64_t TcpServer::send_due(std::int64_t now_ns) {
  std::int64_t next = std::numeric_limits<std::int64_t>::max();
  for (auto& client : clients_) {
    while (!client->delayed.empty() && client->delayed.front().due_ns <= now_ns) {
      send(*client, client->delayed.front().frame);
      client->delayed.pop_front();
    }
    if (!client->delayed.empty()) next = std::min(next, client->delayed.front().due_ns);
  }
  return next;
}

}  // namespace sheave::sim
