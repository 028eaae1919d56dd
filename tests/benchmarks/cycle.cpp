// The control cycle on the wire: CableStack::exchange() with one and with two cables, against what anything could do with the same bytes.
//
// A child process answers as the reference stack does; all ways to ask it take turns in short blocks of the same run, so that whatever
// else the computer does falls on all of them alike. bus.py runs it.

#include <modbus/modbus.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "hal/modbus/clock.hpp"
#include "hal/modbus/stack.hpp"
#include "tests/benchmarks/figure.hpp"
#include "tests/benchmarks/mb2hal.hpp"
#include "tests/benchmarks/responder.hpp"
#include "tests/support/paths.hpp"

namespace sheave::bench {
namespace {

using hal::modbus::kNsPerS;
using hal::modbus::monotonic_now_ns;

constexpr int kBlocks = 400;
constexpr int kCyclesPerBlock = 100;

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
  void send() {
    if (::send(fd_, request_.data(), request_.size(), 0) != static_cast<ssize_t>(request_.size())) die("send");
  }
  void receive() {
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

/// One cable after the other, as libmodbus does it.
class Libmodbus {
 public:
  Libmodbus(std::uint16_t port, std::size_t cables) {
    for (std::size_t i = 0; i < cables; ++i) contexts_.push_back(std::make_unique<BareLibmodbus>(port));
  }
  void cycle() {
    for (const auto& each : contexts_) each->cycle();
  }

 private:
  std::vector<std::unique_ptr<BareLibmodbus>> contexts_;
};

/// All requests before any answer is read.
class Raw {
 public:
  Raw(std::uint16_t port, std::size_t cables) {
    for (std::size_t i = 0; i < cables; ++i) connections_.push_back(std::make_unique<RawTcp>(port));
  }
  void cycle() {
    for (const auto& each : connections_) each->send();
    for (const auto& each : connections_) each->receive();
  }

 private:
  std::vector<std::unique_ptr<RawTcp>> connections_;
};

class Ours {
 public:
  Ours(std::uint16_t port, std::size_t cables) : cables_(cables) {
    hal::ModbusConfig config;
    config.cables = cables;
    config.endpoints.assign(cables, "127.0.0.1:" + std::to_string(port));
    config.profile_path = SHEAVE_BINARY_DIR "/profiles/kdr-1.toml";
    hal::ModbusStackOrError made = hal::make_modbus_stack(config);
    hal::OpenError error = std::move(made.error);
    if (!error) error = made.stack->open(5000);
    if (error) {
      std::fprintf(stderr, "cycle: %s\n", error.message.c_str());
      std::exit(1);
    }
    stack_ = std::move(made.stack);
  }
  void cycle() {
    stack_->exchange({commands_.data(), cables_}, {states_.data(), cables_}, monotonic_now_ns() + kNsPerS);
    for (std::size_t i = 0; i < cables_; ++i) {
      if (!states_[i].fresh) die("an exchange was missed");
    }
  }

 private:
  std::unique_ptr<hal::CableStack> stack_;
  std::size_t cables_;
  std::array<hal::AxisCommand, hal::kMaxAxes> commands_;
  std::array<hal::AxisState, hal::kMaxAxes> states_;
};

template <class Way>
double block_us(Way& way) {
  const std::int64_t begin = monotonic_now_ns();
  for (int i = 0; i < kCyclesPerBlock; ++i) way.cycle();
  return static_cast<double>(monotonic_now_ns() - begin) / (1e3 * kCyclesPerBlock);
}

/// @return the median cycle of ours [us].
double measure(Responder& responder, std::size_t cables, Mb2hal* mb2hal) {
  Ours ours(responder.port(), cables);
  Libmodbus bare(responder.port(), cables);
  Raw raw(responder.port(), cables);
  std::vector<double> ours_us, bare_us, raw_us, mb2hal_us;
  for (int i = 0; i < kBlocks; ++i) {
    ours_us.push_back(block_us(ours));
    bare_us.push_back(block_us(bare));
    raw_us.push_back(block_us(raw));
    if (mb2hal != nullptr) mb2hal_us.push_back(mb2hal->block_us(responder));
  }
  const double cycle_us = percentile(ours_us, 0.5);
  const std::string name = cables == 1 ? "bus.one_cable" : "bus.two_cables";
  const auto print = [&](const char* what, double value, const char* unit, double limit, const char* reference) {
    print_figure((name + what).c_str(), value, unit, limit, reference);
  };
  print(".over_libmodbus", cycle_us / percentile(bare_us, 0.5), "ratio", 1.10, "bare libmodbus FC23 of the same bytes, cable after cable");
  print(".over_raw_tcp", cycle_us / percentile(raw_us, 0.5), "ratio", 1.5, "TCP ping-pong of the same bytes, all sent before any is read");
  if (mb2hal != nullptr) {
    print(".over_mb2hal", cycle_us / percentile(mb2hal_us, 0.5), "ratio", 0.70, "LinuxCNC mb2hal, FC16 and FC3 of the same registers");
  }
  print(".cycle_median", cycle_us, "us", 1000, "the control period at 1 kHz");
  return cycle_us;
}

}  // namespace
}  // namespace sheave::bench

int main() {
  using namespace sheave::bench;
  Responder responder;
  const std::unique_ptr<Mb2hal> mb2hal = Mb2hal::start(responder.port());
  if (!mb2hal) std::fprintf(stderr, "cycle: no mb2hal here, so no figure against it; apt-get install linuxcnc-uspace brings it\n");
  const double one_us = measure(responder, 1, mb2hal.get());
  const double two_us = measure(responder, 2, nullptr);
  print_figure("bus.two_cables.over_one", two_us / one_us, "ratio", 2.0,
               "one cable; asked one after the other they would take twice as long");
  return 0;
}
