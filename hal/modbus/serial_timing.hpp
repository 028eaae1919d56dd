#pragma once
// How long things take on a serial line. Pure arithmetic; source: Modbus over Serial Line V1.02, 2.5.1.1 (character, silence).

#include <cstddef>
#include <cstdint>

namespace sheave::hal::modbus {

enum class Parity : char { kNone = 'N', kEven = 'E', kOdd = 'O' };

/// The silence that ends a frame.
enum class FrameGap : std::uint8_t {
  kCharacters,  ///< 3.5 characters at every speed.
  kFixed,       ///< 1.75 ms above 19200 baud, as the specification recommends.
};

/// What one line is like. The turnaround is the device's: from the silence that ends the request to the answer's first bit.
struct SerialTiming {
  std::uint32_t baud = 115200;
  Parity parity = Parity::kEven;
  FrameGap gap = FrameGap::kCharacters;
  std::int64_t turnaround_ns = 0;

  /// Start bit, eight data bits, parity if any, one stop bit.
  std::int64_t characters_ns(std::size_t count) const noexcept;
  std::int64_t gap_ns() const noexcept;

  /// From the request's first bit to the next request's: both frames, the silence after each, and the turnaround.
  /// @param request_pdu, reply_pdu without address and checksum.
  std::int64_t exchange_ns(std::size_t request_pdu, std::size_t reply_pdu) const noexcept;
};

inline constexpr std::size_t kRtuOverhead = 3;  ///< Address and checksum.

/// The shortest control period on a line that is busy for `wire_ns` of it: 3 % more, for the clocks of both ends and the host's
/// wake-up, in whole 10 us. Never shorter than `least_ns`.
std::int64_t period_for(std::int64_t wire_ns, std::int64_t least_ns) noexcept;

}  // namespace sheave::hal::modbus
