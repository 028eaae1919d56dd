#include "hal/modbus/mbap.hpp"

#include <algorithm>
#include <cstring>

namespace sheave::hal::modbus {

std::size_t put_frame(std::uint8_t* out, std::uint16_t id, std::uint8_t unit, std::span<const std::uint8_t> pdu) noexcept {
  const std::size_t length = pdu.size() + 1;  // the unit counts
  out[0] = static_cast<std::uint8_t>(id >> 8);
  out[1] = static_cast<std::uint8_t>(id);
  out[2] = out[3] = 0;  // protocol: Modbus
  out[4] = static_cast<std::uint8_t>(length >> 8);
  out[5] = static_cast<std::uint8_t>(length);
  out[6] = unit;
  std::copy(pdu.begin(), pdu.end(), out + kMbapSize);
  return kMbapSize + pdu.size();
}

std::span<std::uint8_t> FrameReader::space() noexcept {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  return std::span(buffer_).subspan(end_);
}

FrameReader::Result FrameReader::next(Frame& frame) noexcept {
  const std::size_t available = end_ - begin_;
  if (available < kMbapSize) return Result::kIncomplete;
  const std::uint8_t* at = buffer_.data() + begin_;
  const std::size_t length = static_cast<std::size_t>(at[4] << 8 | at[5]);
  // The shortest answer is an exception: unit, function, code.
  if (at[2] != 0 || at[3] != 0 || length < 3 || length > kMaxPdu + 1) return Result::kGarbage;
  const std::size_t size = kMbapSize - 1 + length;
  if (available < size) return Result::kIncomplete;
  frame.id = static_cast<std::uint16_t>(at[0] << 8 | at[1]);
  frame.unit = at[6];
  frame.pdu = {at + kMbapSize, length - 1};
  begin_ += size;
  return Result::kFrame;
}

}  // namespace sheave::hal::modbus
