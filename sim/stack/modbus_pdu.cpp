#include "sim/stack/modbus_pdu.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace sheave::sim {

namespace {

constexpr std::uint8_t kReadHolding = 3, kReadInput = 4, kWriteOne = 6, kWriteMany = 16, kReadWrite = 23, kEncapsulated = 43;
constexpr std::uint8_t kDeviceIdentification = 14;
constexpr std::uint16_t kMaxRead = 125, kMaxWrite = 123, kMaxReadWriteWrite = 121;

std::uint16_t word_at(std::span<const std::uint8_t> bytes, std::size_t at) {
  return static_cast<std::uint16_t>((bytes[at] << 8U) | bytes[at + 1]);
}

void put(std::span<std::uint8_t> bytes, std::size_t at, std::uint16_t value) {
  bytes[at] = static_cast<std::uint8_t>(value >> 8U);
  bytes[at + 1] = static_cast<std::uint8_t>(value & 0xFFU);
}

std::size_t refuse(std::span<std::uint8_t> reply, std::uint8_t function, Exception code) {
  reply[0] = function | 0x80U;
  reply[1] = static_cast<std::uint8_t>(code);
  return 2;
}

/// Count, bytes and registers from `at` on; false where the frame does not hold what it says.
bool unpack(std::span<const std::uint8_t> request, std::size_t at, std::uint16_t most, std::array<std::uint16_t, kMaxWrite>& values,
            std::size_t& count) {
  if (request.size() < at + 3) return false;
  count = word_at(request, at);
  if (count == 0 || count > most || request[at + 2] != count * 2 || request.size() != at + 3 + count * 2) return false;
  for (std::size_t i = 0; i < count; ++i) values[i] = word_at(request, at + 3 + i * 2);
  return true;
}

std::size_t read_reply(const RegisterMap& map, std::uint8_t function, std::uint16_t address, std::uint16_t count,
                       std::span<std::uint8_t> reply) {
  if (count == 0 || count > kMaxRead) return refuse(reply, function, Exception::kValue);
  std::array<std::uint16_t, kMaxRead> values{};
  const Exception code = map.read(address, std::span(values).first(count));
  if (code != Exception::kNone) return refuse(reply, function, code);
  reply[0] = function;
  reply[1] = static_cast<std::uint8_t>(count * 2);
  for (std::size_t i = 0; i < count; ++i) put(reply, 2 + i * 2, values[i]);
  return 2 + count * 2U;
}

std::size_t write_many(RegisterMap& map, std::span<const std::uint8_t> request, std::span<std::uint8_t> reply) {
  std::array<std::uint16_t, kMaxWrite> values{};
  std::size_t count = 0;
  if (!unpack(request, 3, kMaxWrite, values, count)) return refuse(reply, kWriteMany, Exception::kValue);
  const Exception code = map.write(word_at(request, 1), std::span<const std::uint16_t>(values).first(count));
  if (code != Exception::kNone) return refuse(reply, kWriteMany, code);
  std::copy_n(request.begin(), 5, reply.begin());
  return 5;
}

std::size_t read_write(RegisterMap& map, std::span<const std::uint8_t> request, std::span<std::uint8_t> reply) {
  std::array<std::uint16_t, kMaxWrite> values{};
  std::size_t count = 0;
  if (!unpack(request, 7, kMaxReadWriteWrite, values, count)) return refuse(reply, kReadWrite, Exception::kValue);
  // A read that will be refused must not leave the write done.
  const std::uint16_t read_count = word_at(request, 3);
  const std::size_t dry_run = read_reply(map, kReadWrite, word_at(request, 1), read_count, reply);
  if (reply[0] != kReadWrite) return dry_run;
  const Exception code = map.write(word_at(request, 5), std::span<const std::uint16_t>(values).first(count));
  if (code != Exception::kNone) return refuse(reply, kReadWrite, code);
  return read_reply(map, kReadWrite, word_at(request, 1), read_count, reply);
}

/// Basic identification: vendor, product, revision; one by one (code 4) or all three (code 1).
std::size_t identify(std::span<const std::uint8_t> request, std::span<std::uint8_t> reply) {
  static constexpr std::array<std::string_view, 3> kObjects{"Sheave", "KDR-1", "1.0"};
  if (request.size() != 4 || request[1] != kDeviceIdentification) return refuse(reply, kEncapsulated, Exception::kFunction);
  const std::uint8_t code = request[2];
  const bool one = code == 4;
  const std::uint8_t first = one || request[3] < kObjects.size() ? request[3] : std::uint8_t{0};
  if (code == 0 || code > 4) return refuse(reply, kEncapsulated, Exception::kValue);
  if (first >= kObjects.size()) return refuse(reply, kEncapsulated, Exception::kAddress);
  const std::size_t last = one ? first + 1U : kObjects.size();
  reply[0] = kEncapsulated;
  reply[1] = kDeviceIdentification;
  reply[2] = code;
  reply[3] = 0x81;  // basic, also one by one
  reply[4] = 0;     // nothing follows
  reply[5] = 0;
  reply[6] = static_cast<std::uint8_t>(last - first);
  std::size_t at = 7;
  for (std::size_t i = first; i < last; ++i) {
    reply[at++] = static_cast<std::uint8_t>(i);
    reply[at++] = static_cast<std::uint8_t>(kObjects[i].size());
    for (const char c : kObjects[i]) reply[at++] = static_cast<std::uint8_t>(c);
  }
  return at;
}

}  // namespace

std::size_t answer_pdu(RegisterMap& map, std::span<const std::uint8_t> request, std::span<std::uint8_t> reply) noexcept {
  const std::uint8_t function = request.empty() ? std::uint8_t{0} : request[0];
  switch (function) {
    case kReadHolding:
    case kReadInput:
      if (request.size() != 5) return refuse(reply, function, Exception::kValue);
      return read_reply(map, function, word_at(request, 1), word_at(request, 3), reply);
    case kWriteOne: {
      if (request.size() != 5) return refuse(reply, function, Exception::kValue);
      const std::uint16_t value = word_at(request, 3);
      const Exception code = map.write(word_at(request, 1), {&value, 1});
      if (code != Exception::kNone) return refuse(reply, function, code);
      std::copy_n(request.begin(), 5, reply.begin());
      return 5;
    }
    case kWriteMany:
      return write_many(map, request, reply);
    case kReadWrite:
      return read_write(map, request, reply);
    case kEncapsulated:
      return identify(request, reply);
    default:
      return refuse(reply, function, Exception::kFunction);
  }
}

}  // namespace sheave::sim
