#pragma once
// The cycle's clock and its waiting. Given to the stack, so that the shipped links also run in a simulator's virtual time.

#include <poll.h>

#include <cstdint>
#include <span>

namespace sheave::hal::modbus {

class WireTime {
 public:
  virtual ~WireTime() = default;

  /// [control]
  virtual std::int64_t now_ns() noexcept = 0;

  /// Returns once one of `links` has input, at the latest at `until_ns`; may return earlier. [control]
  virtual void wait(std::span<pollfd> links, std::int64_t until_ns) noexcept = 0;
};

/// The host's monotonic clock and ppoll(). [any]
WireTime& host_wire_time() noexcept;

}  // namespace sheave::hal::modbus
