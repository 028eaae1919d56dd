#include "tests/support/fake_drive.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace sheave::test {
namespace {

constexpr std::uint16_t kStatusword = 0x0101;

void append(Bytes& bytes, std::uint16_t value) {
  bytes.push_back(static_cast<std::uint8_t>(value >> 8));
  bytes.push_back(static_cast<std::uint8_t>(value));
}

}  // namespace

FakeDrive::FakeDrive() {
  registers_ = {{0x0300, 0x4B44},      {0x0301, 1},      {0x0303, 4711}, {0x0304, 0x0007}, {0x0305, 0xA120},  // 500 N rated
                {0x0306, 0x000F},      {0x0307, 0x4240}, {0x0308, 2600}, {0x0309, 0x0026}, {0x030A, 0x25A0},  // 1000 N, 2.6 m/s, 2.5 m
                {kStatusword, 0x0240}, {0x0410, 0x8000}};
  wake_ = ::eventfd(0, EFD_CLOEXEC);
  listen_on(0);
  thread_ = std::thread([this] { run(); });
}

FakeDrive::~FakeDrive() {
  stop_ = true;
  ::eventfd_write(wake_, 1);
  thread_.join();
  if (listener_ >= 0) ::close(listener_);
  ::close(wake_);
}

void FakeDrive::listen_on(std::uint16_t port) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 8) != 0)
    throw std::runtime_error("fake drive: cannot listen");
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
}

std::string FakeDrive::endpoint() const { return "127.0.0.1:" + std::to_string(port_); }

void FakeDrive::set_hook(Hook hook) {
  const std::lock_guard lock(mutex_);
  hook_ = hook ? std::make_shared<Hook>(std::move(hook)) : nullptr;
}

void FakeDrive::set(std::uint16_t address, std::uint16_t value) {
  const std::lock_guard lock(mutex_);
  registers_[address] = value;
}

std::uint16_t FakeDrive::get(std::uint16_t address) const {
  const std::lock_guard lock(mutex_);
  const auto found = registers_.find(address);
  return found == registers_.end() ? std::uint16_t{0} : found->second;
}

void FakeDrive::make_deaf(std::uint16_t address) {
  const std::lock_guard lock(mutex_);
  deaf_ = address;
}

void FakeDrive::remove_from(std::uint16_t address) {
  const std::lock_guard lock(mutex_);
  end_ = address;
}

void FakeDrive::go_away() {
  {
    const std::lock_guard lock(mutex_);
    away_ = true;
  }
  ::eventfd_write(wake_, 1);
  while (listening_) std::this_thread::yield();
}

void FakeDrive::come_back() {
  {
    const std::lock_guard lock(mutex_);
    away_ = false;
  }
  ::eventfd_write(wake_, 1);
}

void FakeDrive::run() {
  struct Peer {
    int fd;
    Bytes buffer;
  };
  std::vector<Peer> peers;
  while (!stop_) {
    bool away = false;
    {
      const std::lock_guard lock(mutex_);
      away = away_;
    }
    if (away && listener_ >= 0) {
      ::close(listener_);
      listener_ = -1;
      for (const Peer& peer : peers) ::close(peer.fd);
      peers.clear();
      connections_ = 0;
      listening_ = false;
    }
    if (!away && listener_ < 0) {
      listen_on(port_);
      listening_ = true;
    }

    std::vector<pollfd> waiting{{wake_, POLLIN, 0}, {listener_, POLLIN, 0}};
    for (const Peer& peer : peers) waiting.push_back({peer.fd, POLLIN, 0});
    ::poll(waiting.data(), waiting.size(), -1);
    if (waiting[0].revents != 0) {
      eventfd_t ignored = 0;
      ::eventfd_read(wake_, &ignored);
    }
    for (std::size_t i = peers.size(); i-- > 0;) {
      if (waiting[2 + i].revents == 0) continue;
      bool open = true;
      serve(peers[i].fd, peers[i].buffer, open);
      if (open) continue;
      ::close(peers[i].fd);
      peers.erase(peers.begin() + static_cast<std::ptrdiff_t>(i));
      --connections_;
    }
    if (waiting[1].revents != 0) {
      const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      const int on = 1;
      ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      peers.push_back({fd, {}});
      ++connections_;
    }
  }
  for (const Peer& peer : peers) ::close(peer.fd);
}

void FakeDrive::serve(int connection, Bytes& buffer, bool& open) {
  std::uint8_t chunk[4096];
  const auto got = ::recv(connection, chunk, sizeof chunk, 0);
  if (got <= 0) {
    open = false;
    return;
  }
  buffer.insert(buffer.end(), chunk, chunk + got);
  while (open && buffer.size() >= 7) {
    const std::size_t size = 6 + static_cast<std::size_t>(buffer[4] << 8 | buffer[5]);
    if (buffer.size() < size) return;
    const Bytes request(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(size));
    buffer.erase(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(size));
    bool close = false;
    const Bytes reply = turn(request, close);
    if (!reply.empty()) ::send(connection, reply.data(), reply.size(), MSG_NOSIGNAL);
    if (close) open = false;
  }
}

Bytes FakeDrive::turn(const Bytes& request, bool& close) {
  Turn turn;
  turn.request = request;
  std::shared_ptr<Hook> hook;
  {
    const std::lock_guard lock(mutex_);
    turn.reply = answer(turn.request);
    hook = hook_;
  }
  if (hook) (*hook)(turn);
  close = turn.close;
  return turn.reply;
}

Bytes FakeDrive::answer(const Bytes& request) {
  const auto word = [&](std::size_t at) { return static_cast<std::uint16_t>(request[at] << 8 | request[at + 1]); };
  const std::uint8_t function = request[7];
  const std::uint16_t address = word(8);
  const std::uint16_t count = word(10);
  Bytes pdu{function};
  if (address + count > end_) {
    pdu = {static_cast<std::uint8_t>(function | 0x80), 2};
  } else if (function == 3) {
    const Bytes values = read(address, count);
    pdu.push_back(static_cast<std::uint8_t>(values.size()));
    pdu.insert(pdu.end(), values.begin(), values.end());
  } else if (function == 16) {
    write(address, request.data() + 13, count);
    append(pdu, address);
    append(pdu, count);
  } else if (function == 23) {
    write(word(12), request.data() + 17, word(14));
    const Bytes values = read(address, count);
    pdu.push_back(static_cast<std::uint8_t>(values.size()));
    pdu.insert(pdu.end(), values.begin(), values.end());
  } else {
    pdu = {static_cast<std::uint8_t>(function | 0x80), 1};
  }
  Bytes frame{request[0], request[1], 0, 0};
  append(frame, static_cast<std::uint16_t>(pdu.size() + 1));
  frame.push_back(request[6]);
  frame.insert(frame.end(), pdu.begin(), pdu.end());
  return frame;
}

Bytes FakeDrive::read(std::uint16_t address, std::uint16_t count) const {
  Bytes values;
  for (std::uint16_t i = 0; i < count; ++i) {
    const auto found = registers_.find(static_cast<std::uint16_t>(address + i));
    append(values, found == registers_.end() ? std::uint16_t{0} : found->second);
  }
  return values;
}

void FakeDrive::write(std::uint16_t address, const std::uint8_t* values, std::uint16_t count) {
  for (std::uint16_t i = 0; i < count; ++i) {
    const auto at = static_cast<std::uint16_t>(address + i);
    if (at != deaf_) registers_[at] = static_cast<std::uint16_t>(values[2 * i] << 8 | values[2 * i + 1]);
  }
  if (address != 0x0000) return;
  registers_[0x0100] = registers_[0x0000];  // the echo
  step_state(registers_[0x0001]);
}

void FakeDrive::step_state(std::uint16_t controlword) {
  std::uint16_t& status = registers_[kStatusword];
  const std::uint16_t state = status & 0x6F;
  const auto become = [&](std::uint16_t next) { status = static_cast<std::uint16_t>((status & ~0x6F) | next); };
  if ((status & 0x4F) == 0x08) {
    if ((controlword & 0x80) != 0) become(0x40);
  } else if (controlword == 0x00) {
    become(0x40);
  } else if (controlword == 0x02) {
    become(state == 0x27 ? 0x07 : 0x40);
  } else if (controlword == 0x06) {
    become(0x21);
  } else if (controlword == 0x07 && (state == 0x21 || state == 0x27)) {
    become(0x23);
  } else if (controlword == 0x0F && (state == 0x23 || state == 0x27)) {
    become(0x27);
  }
}

}  // namespace sheave::test
