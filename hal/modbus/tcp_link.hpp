#pragma once
// Modbus TCP. The cycle's frames are ours (mbap.hpp); libmodbus owns the context and the traffic while opening.
//
// A late answer is recognized by its transaction id and dropped, without reconnecting. A connection that breaks, or brings nothing
// valid for a second, is made anew in the background of the following periods.

#include "hal/modbus/link.hpp"
#include "hal/modbus/mbap.hpp"
#include "hal/modbus/tcp_connection.hpp"

namespace sheave::hal::modbus {

class TcpLink final : public Link {
 public:
  /// @param max_outstanding requests that the device takes before it has answered the first, 1 to kMaxStarted.
  TcpLink(Endpoint endpoint, std::size_t max_outstanding);
  ~TcpLink() override;

  const std::string& name() const noexcept override { return name_; }
  std::string connect(std::int64_t deadline_ns) override;
  void disconnect() noexcept override;

  void begin(std::int64_t now_ns) noexcept override;
  void start(Transaction& transaction) noexcept override;
  void flush(std::int64_t now_ns) noexcept override;
  bool pump(std::int64_t now_ns) noexcept override;
  int descriptor() const noexcept override { return connection_.descriptor(); }
  std::uint32_t generation() const noexcept override { return generation_; }

 private:
  void come_up() noexcept;
  void lose(std::int64_t now_ns) noexcept;
  void take_frames() noexcept;
  void take(const Frame& frame) noexcept;
  void garbage() noexcept;
  bool settled() const noexcept;

  TcpConnection connection_;
  std::string name_;
  std::size_t max_outstanding_;

  std::array<Transaction*, kMaxStarted> started_{};  // in order; answered ones stay until begin()
  std::size_t started_count_ = 0;
  std::size_t framed_count_ = 0;    // of these, put into out_
  std::size_t answered_count_ = 0;  // of these, no longer pending

  std::array<std::uint8_t, kMaxStarted * kMaxTcpFrame> out_{};
  std::size_t out_begin_ = 0;
  std::size_t out_end_ = 0;
  FrameReader in_;
  bool out_of_step_ = false;  // after garbage: what lies in the socket belongs to no frame

  std::uint16_t next_id_ = 1;
  std::uint32_t generation_ = 0;
  std::int64_t unanswered_since_ns_ = 0;  // 0: every request was followed by something valid
};

}  // namespace sheave::hal::modbus
