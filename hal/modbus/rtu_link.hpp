#pragma once
// Modbus RTU: one serial line with one or two units. The cycle's frames are ours (rtu_frame.hpp); libmodbus owns the context and the
// traffic while opening.
//
// One request is on the line at a time, and none before the line was silent for as long as a frame's end takes. An RTU frame has no
// id, so an answer counts only when address, function, length and checksum fit and, in the cycle, the sequence number it echoes:
// libmodbus 3.1.6 after one late answer takes each answer for the next request's, for ever. Whatever else arrives is passed over.

#include "hal/modbus/link.hpp"
#include "hal/modbus/rtu_frame.hpp"
#include "hal/modbus/serial_port.hpp"

namespace sheave::hal::modbus {

class RtuLink final : public Link {
 public:
  /// @pre is_serial_speed(timing.baud)
  RtuLink(std::string path, const SerialTiming& timing);
  ~RtuLink() override;

  const std::string& name() const noexcept override { return port_.path(); }
  std::string connect(std::int64_t deadline_ns) override;
  void disconnect() noexcept override;

  void begin(std::int64_t now_ns) noexcept override;
  void start(Transaction& transaction) noexcept override;
  void flush(std::int64_t now_ns) noexcept override;
  bool pump(std::int64_t now_ns) noexcept override;
  std::int64_t wake_ns() const noexcept override;
  bool has_room_beside() const noexcept override;
  bool cycle_first() const noexcept override { return true; }
  int descriptor() const noexcept override { return port_.descriptor(); }
  std::uint32_t generation() const noexcept override { return generation_; }

 private:
  void settle(std::int64_t deadline_ns) noexcept override;
  void come_up(std::int64_t now_ns) noexcept;
  void lose(std::int64_t now_ns) noexcept;
  void reopen(std::int64_t now_ns) noexcept;
  bool receive(std::int64_t now_ns) noexcept;
  void take_answers(std::int64_t now_ns) noexcept;
  void answered(std::int64_t now_ns) noexcept;
  void give_up_current() noexcept;
  bool cycle_waits() const noexcept;
  void note_noise() noexcept;
  int tries() const noexcept override { return 3; }  // a line loses an answer now and then; what opening asks may be asked again

  SerialPort port_;
  SerialTiming timing_;

  std::array<Transaction*, kMaxStarted> started_{};  // in order
  std::size_t started_count_ = 0;
  std::size_t current_ = 0;  // the next to send, or the one that is on the line
  bool on_line_ = false;
  std::int64_t give_up_ns_ = 0;     // of the one on the line
  std::int64_t busy_until_ns_ = 0;  // the end of the silence after the last byte that came or went

  RtuReader in_;
  // What answers given up look like, newest first: they may still come, late, and are then neither awaited nor noise.
  std::array<AnswerShape, kMaxStarted> late_{};
  std::uint32_t quiet_periods_left_ = 0;  // in which nothing goes beside the cycle

  std::uint32_t generation_ = 0;
  std::int64_t unanswered_since_ns_ = 0;  // 0: every request was answered
  std::int64_t next_attempt_ns_ = 0, pause_ns_ = 0;
};

}  // namespace sheave::hal::modbus
