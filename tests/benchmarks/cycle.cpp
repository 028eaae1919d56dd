// The control cycle on the wire: CableStack::exchange() with one cable, against what anything could do with the same bytes.
//
// A child process answers as the reference stack does; the three ways to ask it take turns in short blocks of the same run, so
// that whatever else the computer does falls on all of them alike.

#include <modbus/modbus.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "hal/modbus/clock.hpp"
#include "hal/modbus/stack.hpp"
#include "tests/benchmarks/figure.hpp"

namespace {

using sheave::hal::modbus::kNsPerMs;
using sheave::hal::modbus::kNsPerS;
using sheave::hal::modbus::monotonic_now_ns;

constexpr int kBlocks = 400;
constexpr int kCyclesPerBlock = 100;
constexpr std::uint16_t kWritten = 9;
constexpr std::uint16_t kRead = 18;

[[noreturn]] void die(const char* what) {
  std::fprintf(stderr, "cycle: %s: %s\n", what, std::strerror(errno));
  std::exit(1);
}

int listen_anywhere(std::uint16_t& port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* where = reinterpret_cast<sockaddr*>(&address);
  if (fd < 0 || ::bind(fd, where, size) != 0 || ::listen(fd, 8) != 0 || ::getsockname(fd, where, &size) != 0) die("cannot listen");
  port = ntohs(address.sin_port);
  return fd;
}

// --- the child -----------------------------------------------------------------------------------------------------------------

class Responder {
 public:
  Responder() {
    const std::array<std::uint16_t, 11> identity{0x4B44, 1, 0, 1, 0x000B, 0x71B0, 0x000F, 0x4240, 3000, 0x0026, 0x25A0};
    for (std::size_t i = 0; i < identity.size(); ++i) put(0x0300 + i, identity[i]);
    put(0x0101, 0x0240);
  }

  /// Answers the frame in `in`; returns the bytes put into `out`.
  std::size_t answer(const std::uint8_t* in, std::uint8_t* out) {
    const auto word = [&](std::size_t at) { return static_cast<std::size_t>(in[at] << 8 | in[at + 1]); };
    std::memcpy(out, in, 12);
    std::size_t size = 12;  // of a write's confirmation
    if (in[7] == 16) std::memcpy(&memory_[2 * word(8)], in + 13, 2 * word(10));
    if (in[7] == 23) {
      std::memcpy(&memory_[2 * word(12)], in + 17, 2 * word(14));
      std::memcpy(&memory_[2 * 0x0100], &memory_[0], 2);  // the echo
    }
    if (in[7] == 3 || in[7] == 23) {
      const std::size_t bytes = 2 * word(10);
      out[8] = static_cast<std::uint8_t>(bytes);
      std::memcpy(out + 9, &memory_[2 * word(8)], bytes);
      size = 9 + bytes;
    }
    out[4] = 0;
    out[5] = static_cast<std::uint8_t>(size - 6);
    return size;
  }

 private:
  void put(std::size_t at, std::uint16_t value) {
    memory_[2 * at] = static_cast<std::uint8_t>(value >> 8);
    memory_[2 * at + 1] = static_cast<std::uint8_t>(value);
  }
  std::array<std::uint8_t, 2 * 0x0500> memory_{};
};

/// Serves until the parent ends. Each request is one segment here, so one recv() is one frame or several whole ones.
[[noreturn]] void respond(int listener) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  Responder responder;
  std::vector<pollfd> open{{listener, POLLIN, 0}};
  std::array<std::uint8_t, 2048> in{};
  std::array<std::uint8_t, 512> out{};
  for (;;) {
    if (::poll(open.data(), open.size(), -1) <= 0) continue;
    for (std::size_t i = 1; i < open.size(); ++i) {
      if (open[i].revents == 0) continue;
      const auto got = ::recv(open[i].fd, in.data(), in.size(), 0);
      if (got <= 0) open[i].fd = -1;
      for (long at = 0; at + 8 <= got; at += 6 + in[static_cast<std::size_t>(at) + 5]) {
        const std::size_t size = responder.answer(&in[static_cast<std::size_t>(at)], out.data());
        if (::send(open[i].fd, out.data(), size, MSG_NOSIGNAL) < 0) open[i].fd = -1;
      }
    }
    if (open[0].revents == 0) continue;
    const int fd = ::accept(listener, nullptr, nullptr);
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    open.push_back({fd, POLLIN, 0});
  }
}

// --- the three ways to ask -------------------------------------------------------------------------------------------------------

class RawTcp {
 public:
  explicit RawTcp(std::uint16_t port) {
    fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    if (::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) die("cannot connect");
    const int on = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    request_ = {0, 1, 0, 0, 0, 29, 1, 23, 1, 0, 0, kRead, 0, 0, 0, kWritten, 2 * kWritten};
  }
  ~RawTcp() { ::close(fd_); }
  void cycle() {
    if (::send(fd_, request_.data(), request_.size(), 0) != static_cast<ssize_t>(request_.size())) die("send");
    if (::recv(fd_, reply_.data(), reply_.size(), MSG_WAITALL) != static_cast<ssize_t>(reply_.size())) die("recv");
  }

 private:
  int fd_;
  std::array<std::uint8_t, 17 + 2 * kWritten> request_{};
  std::array<std::uint8_t, 9 + 2 * kRead> reply_{};
};

class BareLibmodbus {
 public:
  explicit BareLibmodbus(std::uint16_t port) : context_(::modbus_new_tcp("127.0.0.1", port)) {
    ::modbus_set_slave(context_, 1);
    if (::modbus_connect(context_) != 0) die("libmodbus cannot connect");
  }
  ~BareLibmodbus() {
    ::modbus_close(context_);
    ::modbus_free(context_);
  }
  void cycle() {
    ++written_[0];
    if (::modbus_write_and_read_registers(context_, 0, kWritten, written_.data(), 0x0100, kRead, read_.data()) != kRead) die("libmodbus");
  }

 private:
  modbus_t* context_;
  std::array<std::uint16_t, kWritten> written_{};
  std::array<std::uint16_t, kRead> read_{};
};

class Ours {
 public:
  explicit Ours(std::uint16_t port) {
    sheave::hal::ModbusConfig config;
    config.endpoints = {"127.0.0.1:" + std::to_string(port)};
    config.profile_path = SHEAVE_BINARY_DIR "/profiles/kdr-1.toml";
    sheave::hal::ModbusStackOrError made = sheave::hal::make_modbus_stack(config);
    sheave::hal::OpenError error = std::move(made.error);
    if (!error) error = made.stack->open(5000);
    if (error) {
      std::fprintf(stderr, "cycle: %s\n", error.message.c_str());
      std::exit(1);
    }
    stack_ = std::move(made.stack);
  }
  void cycle() {
    stack_->exchange({&command_, 1}, {&state_, 1}, monotonic_now_ns() + kNsPerS);
    if (!state_.fresh) die("an exchange was missed");
  }

 private:
  std::unique_ptr<sheave::hal::CableStack> stack_;
  sheave::hal::AxisCommand command_;
  sheave::hal::AxisState state_;
};

template <class Way>
double block_us(Way& way) {
  const std::int64_t begin = monotonic_now_ns();
  for (int i = 0; i < kCyclesPerBlock; ++i) way.cycle();
  return static_cast<double>(monotonic_now_ns() - begin) / (1e3 * kCyclesPerBlock);
}

}  // namespace

int main() {
  std::uint16_t port = 0;
  const int listener = listen_anywhere(port);
  const pid_t child = ::fork();
  if (child < 0) die("cannot fork");
  if (child == 0) respond(listener);
  ::close(listener);

  RawTcp raw(port);
  BareLibmodbus bare(port);
  Ours ours(port);
  std::vector<double> raw_us, bare_us, ours_us;
  for (int i = 0; i < kBlocks; ++i) {
    ours_us.push_back(block_us(ours));
    bare_us.push_back(block_us(bare));
    raw_us.push_back(block_us(raw));
  }
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);

  using sheave::bench::percentile;
  using sheave::bench::print_figure;
  const double cycle = percentile(ours_us, 0.5);
  print_figure("cycle_over_libmodbus", cycle / percentile(bare_us, 0.5), "ratio", 1.10, "bare libmodbus FC23 of the same bytes");
  print_figure("cycle_over_raw_tcp", cycle / percentile(raw_us, 0.5), "ratio", 1.5, "blocking TCP ping-pong of the same bytes");
  print_figure("cycle_median", cycle, "us", 1000, "the control period at 1 kHz");
  return 0;
}
