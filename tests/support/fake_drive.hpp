#pragma once
// A KDR-1 as far as the wire shows it, on a TCP port of its own: registers, the CiA 402 states, and a hook that may spoil any
// answer. Written from the Modbus specification, without the HAL's code, so that a mistake there cannot cancel out.

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace sheave::test {

using Bytes = std::vector<std::uint8_t>;

class FakeDrive {
 public:
  /// One request and the answer that is about to be sent.
  struct Turn {
    Bytes request;  ///< The whole frame, MBAP header included.
    Bytes reply;    ///< The good answer's frame; the hook may change, lengthen or clear it.
    bool close = false;
    std::uint8_t function() const { return request[7]; }
    std::uint16_t word(std::size_t at) const { return static_cast<std::uint16_t>(request[at] << 8 | request[at + 1]); }
    /// A request of the cycle, not one beside it.
    bool is_cycle() const { return function() == 0x17; }
  };
  using Hook = std::function<void(Turn&)>;  ///< Called on the drive's thread.

  FakeDrive();
  ~FakeDrive();
  FakeDrive(const FakeDrive&) = delete;
  FakeDrive& operator=(const FakeDrive&) = delete;

  std::string endpoint() const;
  std::uint16_t port() const { return port_; }

  void set_hook(Hook hook);
  void set(std::uint16_t address, std::uint16_t value);
  std::uint16_t get(std::uint16_t address) const;
  /// Writes to this register are answered well and not done.
  void make_deaf(std::uint16_t address);
  /// Registers from here on do not exist: exception 02.
  void remove_from(std::uint16_t address);
  /// Closes every connection and stops listening, until come_back() listens on the same port again.
  void go_away();
  void come_back();
  int connections() const { return connections_; }

  /// One request, as a frame with its MBAP header, and the answer after the hook; empty: none. For lines of another kind. [any]
  Bytes turn(const Bytes& request, bool& close);

 private:
  void listen_on(std::uint16_t port);
  void run();
  void serve(int connection, Bytes& buffer, bool& open);
  Bytes answer(const Bytes& request);
  Bytes read(std::uint16_t address, std::uint16_t count) const;
  void write(std::uint16_t address, const std::uint8_t* values, std::uint16_t count);
  void step_state(std::uint16_t controlword);

  mutable std::mutex mutex_;
  std::map<std::uint16_t, std::uint16_t> registers_;
  std::uint16_t deaf_ = 0xFFFF;
  std::uint16_t end_ = 0x0420;
  std::shared_ptr<Hook> hook_;  // shared, not copied per call: a hook may keep state
  int listener_ = -1;
  int wake_ = -1;
  std::uint16_t port_ = 0;
  bool away_ = false;
  std::atomic<bool> listening_{true};
  std::atomic<int> connections_{0};
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace sheave::test
