#pragma once
// Modbus TCP framing: puts the MBAP header before a PDU, and takes frames out of a byte stream that arrives in any pieces.
// Ours, because libmodbus sends transaction id 0 on its raw path and does not match the ids of what it receives.
// Source: Modbus Messaging on TCP/IP Implementation Guide V1.0b, 3.1.3.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "hal/modbus/pdu.hpp"

namespace sheave::hal::modbus {

inline constexpr std::size_t kMbapSize = 7;  // id, protocol, length, unit
inline constexpr std::size_t kMaxTcpFrame = kMbapSize + kMaxPdu;

/// Writes header and PDU to `out`, which must hold kMbapSize + pdu.size(). Returns the bytes written.
std::size_t put_frame(std::uint8_t* out, std::uint16_t id, std::uint8_t unit, std::span<const std::uint8_t> pdu) noexcept;

struct Frame {
  std::uint16_t id = 0;
  std::uint8_t unit = 0;
  std::span<const std::uint8_t> pdu;  ///< Valid until the next call to space() or discard().
};

/// Reassembles frames. Never allocates. [control]
class FrameReader {
 public:
  enum class Result : std::uint8_t { kFrame, kIncomplete, kGarbage };

  /// Room for what arrives next; never empty after next() said kIncomplete. Call received() with what was put there.
  std::span<std::uint8_t> space() noexcept;
  void received(std::size_t bytes) noexcept { end_ += bytes; }

  /// kGarbage: these bytes are no Modbus TCP header; the stream is out of step until discard().
  Result next(Frame& frame) noexcept;

  void discard() noexcept { begin_ = end_ = 0; }

 private:
  std::array<std::uint8_t, 4 * kMaxTcpFrame> buffer_{};  // several pipelined or late answers in one recv()
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace sheave::hal::modbus
