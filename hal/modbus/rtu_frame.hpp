#pragma once
// Modbus RTU framing: address and CRC around a PDU, and finding the one answer that is awaited in a stream of bytes.
//
// On a byte stream the silence between frames is gone, so a frame is found by what it must look like: address, function, length and
// checksum. Noise before it, an answer of another unit, or half a frame of earlier are passed over.
// Source: Modbus over Serial Line V1.02, 2.5.1 and 6.2.2.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "hal/modbus/pdu.hpp"
#include "hal/modbus/serial_timing.hpp"

namespace sheave::hal::modbus {

inline constexpr std::size_t kMaxRtuFrame = kRtuOverhead + kMaxPdu;

/// CRC-16 of the specification: polynomial 0xA001 reflected, start 0xFFFF; sent low byte first. Over a frame with its CRC it is 0.
std::uint16_t crc16(std::span<const std::uint8_t> bytes) noexcept;

/// Writes address, PDU and CRC to `out`, which must hold kRtuOverhead + pdu.size(). Returns the bytes written.
std::size_t put_rtu_frame(std::uint8_t* out, std::uint8_t unit, std::span<const std::uint8_t> pdu) noexcept;

/// What an answer looks like.
struct AnswerShape {
  std::uint8_t unit = 0, function = 0;  ///< Unit 0: none, nobody answers a broadcast.
  std::size_t size = 0;                 ///< Of the whole frame, where it is a good one.

  static AnswerShape of(const Transaction& transaction) noexcept {
    return {transaction.unit, transaction.request.function(), kRtuOverhead + transaction.request.reply_size};
  }
  bool operator==(const AnswerShape&) const = default;
};

/// Collects what arrives. Never allocates. [control]
class RtuReader {
 public:
  /// Room for what arrives next; never empty. Call received() with what was put there.
  std::span<std::uint8_t> space() noexcept;
  void received(std::size_t bytes) noexcept { end_ += bytes; }

  /// Finds a whole answer to `awaited`, an exception included, and gives its PDU, valid until the next call to space(). Everything
  /// up to its end is taken out. Empty: not there yet. Whole answers that look like one of the `late` are taken out on the way.
  std::span<const std::uint8_t> find(const Transaction& awaited, std::span<const AnswerShape> late = {}) noexcept;

  /// Keeps the beginning of a late answer, whose rest is to come, and drops the rest as passed over.
  void keep_late(std::span<const AnswerShape> late) noexcept;

  /// Late answers that find() took out since the last call.
  std::size_t take_late() noexcept;

  /// Bytes that find() passed over since the last call: noise, or frames of others.
  std::size_t take_passed_over() noexcept;

  std::size_t size() const noexcept { return end_ - begin_; }
  bool empty() const noexcept { return begin_ == end_; }
  void discard() noexcept { begin_ = end_ = 0; }

 private:
  std::size_t whole_at(std::size_t at, const AnswerShape& shape) const noexcept;
  bool begun_at(std::size_t at, const AnswerShape& shape) const noexcept;

  std::array<std::uint8_t, 4 * kMaxRtuFrame> buffer_{};
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t passed_over_ = 0;
  std::size_t late_ = 0;
};

}  // namespace sheave::hal::modbus
