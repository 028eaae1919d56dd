#pragma once
// One link to one or more drives: one libmodbus context and its descriptor. TCP (tcp_link.hpp) or a serial line (rtu_link.hpp), where
// start() queues and pump() sends one request after another; what is above does not know which.
//
// Two ways to use it, never at once: read() and write() wait, through libmodbus, for opening on [main]; begin(), start(), flush()
// and pump() are the cycle's, on [control], and never wait.

#include <modbus/modbus.h>

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <string>

#include "hal/modbus/pdu.hpp"

namespace sheave::hal::modbus {

/// Counted since the link was made. [control]
struct LinkTally {
  std::uint64_t stale_dropped = 0;
  std::uint64_t protocol_errors = 0;
  std::uint64_t reconnects = 0;
};

class Link {
 public:
  virtual ~Link() = default;
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  /// As a person knows it: "127.0.0.1:1502", "/dev/ttyUSB0".
  virtual const std::string& name() const noexcept = 0;

  /// Returns an empty string, or why there is no connection, for a person. [main]
  virtual std::string connect(std::int64_t deadline_ns) = 0;
  virtual void disconnect() noexcept = 0;

  enum class Answer : std::uint8_t {
    kGood,
    kException,  ///< The device refused; last_exception().
    kSilent,     ///< Nothing came in time.
    kClosed,     ///< The other end closed the connection.
    kGarbage,    ///< What came is no Modbus.
  };

  /// Reads or writes a run of holding registers and waits for the answer. [main]
  Answer read(std::uint8_t unit, std::uint16_t address, std::span<std::uint16_t> values, std::int64_t deadline_ns);
  Answer write(std::uint8_t unit, std::uint16_t address, std::span<const std::uint16_t> values, std::int64_t deadline_ns);
  std::uint8_t last_exception() const noexcept { return last_exception_; }

  /// Opens a period: abandons what the last one left unanswered and carries a reconnect on. [control]
  virtual void begin(std::int64_t now_ns) noexcept = 0;

  /// Hands a request over. `transaction` stays with the link until its outcome is no longer kPending, at the latest until the
  /// next begin(); at most kMaxStarted in a period. [control]
  virtual void start(Transaction& transaction) noexcept = 0;

  /// Sends what was started, as far as the link takes it now. [control]
  virtual void flush(std::int64_t now_ns) noexcept = 0;

  /// Takes in what has come, without waiting. Returns whether to wait on: an answer is still to come, or a request still to go
  /// out, at wake_ns() at the latest. [control]
  virtual bool pump(std::int64_t now_ns) noexcept = 0;

  /// When to call pump() even if nothing has come; kNever where only input matters. [control]
  virtual std::int64_t wake_ns() const noexcept { return kNever; }
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

  /// Whether this period has room for a request beside the cycle. [control]
  virtual bool has_room_beside() const noexcept { return true; }

  /// What goes beside is sent after the cycle; else it may go ahead of it at no cost. Constant. [any]
  virtual bool cycle_first() const noexcept { return false; }

  /// To wait on for input; constant for the link's life. [control]
  virtual int descriptor() const noexcept = 0;

  /// Grows with each reconnect: whoever was on the other end may not be the same, or may have lost its memory. [control]
  virtual std::uint32_t generation() const noexcept = 0;

  const LinkTally& tally() const noexcept { return tally_; }

  static constexpr std::size_t kMaxStarted = 8;  // two axes on one link, each the cycle's two requests and one beside it

 protected:
  struct FreeContext {
    void operator()(modbus_t* context) const noexcept { ::modbus_free(context); }
  };
  using Context = std::unique_ptr<modbus_t, FreeContext>;

  /// Takes a context; sets what stock libmodbus gets wrong: the byte timeout that overrides the response timeout, and recovery.
  explicit Link(Context context) noexcept;

  modbus_t* context() const noexcept { return context_.get(); }

  /// How often read() and write() ask before they give up. More than once only where a late answer cannot be taken for another's. [main]
  virtual int tries() const noexcept { return 1; }

  /// Before each read() and write(): waits until nothing of an earlier exchange can be taken for the answer. [main]
  virtual void settle(std::int64_t) noexcept {}

  LinkTally tally_;

 private:
  Answer ask(std::uint8_t unit, std::size_t wanted, std::int64_t deadline_ns, const std::function<int()>& request);
  Answer prepare(std::uint8_t unit, std::int64_t deadline_ns) noexcept;
  Answer judge(int result, std::size_t wanted) noexcept;

  Context context_;
  std::uint8_t last_exception_ = 0;
};

}  // namespace sheave::hal::modbus
