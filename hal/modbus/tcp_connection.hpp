#pragma once
// A TCP connection that makes itself without blocking and always has the same, low descriptor number (low_descriptor.hpp).

#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <vector>

#include "hal/modbus/endpoint.hpp"
#include "hal/modbus/low_descriptor.hpp"

namespace sheave::hal::modbus {

class TcpConnection {
 public:
  explicit TcpConnection(Endpoint endpoint);
  ~TcpConnection();
  TcpConnection(const TcpConnection&) = delete;
  TcpConnection& operator=(const TcpConnection&) = delete;

  /// The reserved number, whether connected or not; -1 where none below 1024 was left.
  int descriptor() const noexcept { return low_.number(); }
  bool up() const noexcept { return state_ == State::kUp; }
  const Endpoint& endpoint() const noexcept { return endpoint_; }

  /// Looks the host up, tries its addresses and waits. Returns an empty string, or why it failed, for a person. [main]
  std::string connect(std::int64_t deadline_ns);

  /// Carries a reconnect on by one step, without waiting; attempts are spaced by a growing pause. Needs one connect() that
  /// succeeded before. Returns true in the call in which the connection comes up. [control]
  bool advance(std::int64_t now_ns) noexcept;

  /// Closes; the number stays reserved. [control]
  void drop(std::int64_t now_ns) noexcept;

 private:
  enum class State : std::uint8_t { kDown, kConnecting, kUp };
  struct Address {
    sockaddr_storage storage{};
    socklen_t size = 0;
  };

  int begin(const Address& address) noexcept;  // errno, or 0: on its way or up
  bool wait(std::int64_t time_ns) noexcept;    // until connected or not
  int finish() noexcept;                       // errno, or 0: up
  void give_up(std::int64_t now_ns) noexcept;

  Endpoint endpoint_;
  Address address_;  // the one that worked
  LowDescriptor low_;
  int socket_ = -1;  // while connecting
  State state_ = State::kDown;
  std::int64_t attempt_until_ns_ = 0;
  std::int64_t next_attempt_ns_ = 0;
  std::int64_t pause_ns_ = 0;
};

}  // namespace sheave::hal::modbus
