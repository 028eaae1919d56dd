#pragma once
// Modbus PDUs (function code and data; no address, no checksum), and a transaction: one request and what became of it.
// Source: Modbus Application Protocol V1.1b3.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace sheave::hal::modbus {

inline constexpr std::size_t kMaxPdu = 253;  // the specification's

inline constexpr std::uint8_t kReadHolding = 0x03;
inline constexpr std::uint8_t kWriteMultiple = 0x10;
inline constexpr std::uint8_t kReadWriteMultiple = 0x17;
inline constexpr std::uint8_t kExceptionBit = 0x80;

inline constexpr std::uint16_t kMaxReadRegisters = 125;
inline constexpr std::uint16_t kMaxWriteRegisters = 121;  // FC23's; FC16 would allow two more

/// A run of holding registers.
struct RegisterBlock {
  std::uint16_t address = 0;
  std::uint16_t count = 0;
};

/// A request made ready once, of which only the written registers change.
struct Request {
  std::array<std::uint8_t, kMaxPdu> bytes{};
  std::size_t size = 0;
  std::size_t written_at = 0;  ///< Where the written registers' bytes begin; 0 where nothing is written.
  std::size_t reply_size = 0;  ///< Of a good answer.
  std::size_t read_at = 0;     ///< Where the read registers' bytes begin in the answer; 0 where nothing is read.

  std::uint8_t function() const noexcept { return bytes[0]; }
  std::uint8_t* written() noexcept { return bytes.data() + written_at; }
};

/// @pre 1 <= count <= kMaxReadRegisters, kMaxWriteRegisters.
Request read_request(RegisterBlock read) noexcept;
Request write_request(RegisterBlock write) noexcept;
Request read_write_request(RegisterBlock read, RegisterBlock write) noexcept;

enum class Outcome : std::uint8_t {
  kIdle,       ///< Not started.
  kPending,    ///< On its way.
  kDone,       ///< A good answer lies in `reply`.
  kException,  ///< The device refused; `exception`.
  kMalformed,  ///< An answer with our id from another unit, to another function, or of another length.
  kUnsent,     ///< There is no connection, or it takes no more bytes.
  kAbandoned,  ///< Not answered in its period.
};

struct Transaction {
  std::uint8_t unit = 1;
  Request request;
  std::array<std::uint8_t, kMaxPdu> reply{};
  Outcome outcome = Outcome::kIdle;
  std::uint8_t exception = 0;
  std::uint16_t id = 0;  ///< The link's.

  /// Beside the cycle: nobody waits for it, and on a serial line its answer may come after the period's tick.
  bool beside = false;

  /// Where not 0: the register at this place of the answer must hold `echo`, or it answers an earlier request. Links whose frames
  /// have no id of their own tell the answers apart by it.
  std::size_t echo_at = 0;
  std::uint16_t echo = 0;

  bool echoes(std::span<const std::uint8_t> pdu) const noexcept {
    return echo_at == 0 || static_cast<std::uint16_t>(pdu[echo_at] << 8 | pdu[echo_at + 1]) == echo;
  }

  const std::uint8_t* read() const noexcept { return reply.data() + request.read_at; }
};

/// Judges an answer to `transaction` and copies it in if it is good. Returns the outcome, which it also sets. [control]
Outcome accept_reply(Transaction& transaction, std::uint8_t unit, std::span<const std::uint8_t> pdu) noexcept;

}  // namespace sheave::hal::modbus
