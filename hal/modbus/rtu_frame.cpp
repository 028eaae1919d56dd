#include "hal/modbus/rtu_frame.hpp"

#include <algorithm>
#include <cstring>

namespace sheave::hal::modbus {
namespace {

constexpr std::size_t kExceptionFrame = kRtuOverhead + 2;

constexpr std::array<std::uint16_t, 256> make_table() {
  std::array<std::uint16_t, 256> table{};
  for (unsigned i = 0; i < table.size(); ++i) {
    unsigned crc = i;
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 1U) != 0 ? (crc >> 1U) ^ 0xA001U : crc >> 1U;
    table[i] = static_cast<std::uint16_t>(crc);
  }
  return table;
}
constexpr auto kTable = make_table();

}  // namespace

std::uint16_t crc16(std::span<const std::uint8_t> bytes) noexcept {
  std::uint16_t crc = 0xFFFF;
  for (const std::uint8_t byte : bytes) crc = static_cast<std::uint16_t>(crc >> 8U ^ kTable[(crc ^ byte) & 0xFFU]);
  return crc;
}

std::size_t put_rtu_frame(std::uint8_t* out, std::uint8_t unit, std::span<const std::uint8_t> pdu) noexcept {
  out[0] = unit;
  std::copy(pdu.begin(), pdu.end(), out + 1);
  const std::uint16_t crc = crc16({out, 1 + pdu.size()});
  out[1 + pdu.size()] = static_cast<std::uint8_t>(crc);
  out[2 + pdu.size()] = static_cast<std::uint8_t>(crc >> 8U);
  return kRtuOverhead + pdu.size();
}

std::span<std::uint8_t> RtuReader::space() noexcept {
  // Only a line that babbles fills this up; what is oldest cannot be part of an answer any more.
  if (end_ - begin_ > buffer_.size() / 2) {
    const std::size_t too_old = end_ - begin_ - kMaxRtuFrame;
    begin_ += too_old;
    passed_over_ += too_old;
  }
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  return std::span(buffer_).subspan(end_);
}

std::span<const std::uint8_t> RtuReader::find(const Transaction& awaited) noexcept {
  const std::uint8_t function = awaited.request.function();
  for (std::size_t at = begin_; at + kExceptionFrame <= end_; ++at) {
    if (buffer_[at] != awaited.unit) continue;
    const bool good = buffer_[at + 1] == function;
    if (!good && buffer_[at + 1] != (function | kExceptionBit)) continue;
    const std::size_t size = good ? kRtuOverhead + awaited.request.reply_size : kExceptionFrame;
    if (at + size > end_ || crc16({buffer_.data() + at, size}) != 0) continue;
    passed_over_ += at - begin_;
    begin_ = at + size;
    return {buffer_.data() + at + 1, size - kRtuOverhead};
  }
  return {};
}

std::size_t RtuReader::take_passed_over() noexcept {
  const std::size_t bytes = passed_over_;
  passed_over_ = 0;
  return bytes;
}

}  // namespace sheave::hal::modbus
