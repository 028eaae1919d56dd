#include "hal/modbus/pdu.hpp"

#include <algorithm>

namespace sheave::hal::modbus {
namespace {

void append(Request& request, std::uint16_t value) noexcept {
  request.bytes[request.size++] = static_cast<std::uint8_t>(value >> 8);
  request.bytes[request.size++] = static_cast<std::uint8_t>(value);
}

void append(Request& request, RegisterBlock block) noexcept {
  append(request, block.address);
  append(request, block.count);
}

void append_room_for(Request& request, RegisterBlock write) noexcept {
  request.bytes[request.size++] = static_cast<std::uint8_t>(2 * write.count);
  request.written_at = request.size;
  request.size += 2 * std::size_t{write.count};
}

void expect_registers(Request& request, RegisterBlock read) noexcept {
  request.read_at = 2;  // function, byte count
  request.reply_size = request.read_at + 2 * std::size_t{read.count};
}

}  // namespace

Request read_request(RegisterBlock read) noexcept {
  Request request;
  request.bytes[request.size++] = kReadHolding;
  append(request, read);
  expect_registers(request, read);
  return request;
}

Request write_request(RegisterBlock write) noexcept {
  Request request;
  request.bytes[request.size++] = kWriteMultiple;
  append(request, write);
  append_room_for(request, write);
  request.reply_size = 5;  // function, address, count
  return request;
}

Request read_write_request(RegisterBlock read, RegisterBlock write) noexcept {
  Request request;
  request.bytes[request.size++] = kReadWriteMultiple;
  append(request, read);
  append(request, write);
  append_room_for(request, write);
  expect_registers(request, read);
  return request;
}

Outcome accept_reply(Transaction& transaction, std::uint8_t unit, std::span<const std::uint8_t> pdu) noexcept {
  const Request& request = transaction.request;
  transaction.outcome = Outcome::kMalformed;
  if (unit != transaction.unit || pdu.size() < 2) return transaction.outcome;
  if (pdu[0] == (request.function() | kExceptionBit) && pdu.size() == 2) {
    transaction.exception = pdu[1];
    return transaction.outcome = Outcome::kException;
  }
  if (pdu[0] != request.function() || pdu.size() != request.reply_size) return transaction.outcome;
  if (request.read_at != 0 && pdu[1] != pdu.size() - request.read_at) return transaction.outcome;
  if (request.read_at == 0 && !std::equal(pdu.begin(), pdu.end(), request.bytes.begin())) return transaction.outcome;
  std::copy(pdu.begin(), pdu.end(), transaction.reply.begin());
  return transaction.outcome = Outcome::kDone;
}

}  // namespace sheave::hal::modbus
