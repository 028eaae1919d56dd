#include "hal/modbus/rtu_frame.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

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

/// The size of the whole, intact frame of that shape that begins there; 0: none does.
std::size_t RtuReader::whole_at(std::size_t at, const AnswerShape& shape) const noexcept {
  if (buffer_[at] != shape.unit) return 0;
  const bool good = buffer_[at + 1] == shape.function;
  if (!good && buffer_[at + 1] != (shape.function | kExceptionBit)) return 0;
  const std::size_t size = good ? shape.size : kExceptionFrame;
  return at + size <= end_ && crc16({buffer_.data() + at, size}) == 0 ? size : 0;
}

/// Whether a good frame of that shape may begin there whose end has not come yet.
bool RtuReader::begun_at(std::size_t at, const AnswerShape& shape) const noexcept {
  if (shape.unit == 0 || buffer_[at] != shape.unit || at + shape.size <= end_) return false;
  return at + 1 == end_ || buffer_[at + 1] == shape.function;
}

std::span<const std::uint8_t> RtuReader::find(const Transaction& awaited, std::span<const AnswerShape> late) noexcept {
  const AnswerShape wanted = AnswerShape::of(awaited);
  // Within what may be a longer frame nothing shorter is looked for: the checksum of five bytes in the midst of an answer fits by chance
  // now and then (measured: a falling position's, as an exception, three times in an hour of two drives at 1 Mbaud).
  std::size_t begun = 0;
  for (std::size_t at = begin_; at + kExceptionFrame <= end_; ++at) {
    if (const std::size_t size = whole_at(at, wanted); size > 0 && size >= begun) {
      passed_over_ += at - begin_;
      begin_ = at + size;
      return {buffer_.data() + at + 1, size - kRtuOverhead};
    }
    std::size_t late_size = 0;
    for (const AnswerShape& shape : late) late_size = std::max(late_size, shape.unit == 0 ? 0 : whole_at(at, shape));
    if (late_size > 0 && late_size >= begun) {
      passed_over_ += at - begin_;
      begin_ = at + late_size;
      at = begin_ - 1;
      ++late_;
      continue;
    }
    if (begun_at(at, wanted)) begun = std::max(begun, wanted.size);
    for (const AnswerShape& shape : late)
      if (begun_at(at, shape)) begun = std::max(begun, shape.size);
  }
  return {};
}

void RtuReader::keep_late(std::span<const AnswerShape> late) noexcept {
  std::size_t at = begin_;
  const auto begins_here = [&](const AnswerShape& shape) { return begun_at(at, shape); };
  while (at < end_ && std::none_of(late.begin(), late.end(), begins_here)) ++at;
  passed_over_ += at - begin_;
  begin_ = at;
}

std::size_t RtuReader::take_late() noexcept { return std::exchange(late_, 0); }

std::size_t RtuReader::take_passed_over() noexcept { return std::exchange(passed_over_, 0); }

}  // namespace sheave::hal::modbus
