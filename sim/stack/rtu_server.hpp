#pragma once
// Modbus RTU, server side, on a pseudo terminal: one line, one or two drives. Bytes take the time that they take on a wire, in both
// directions; a request ends with the silence after it; one that begins before the line was silent, or while an answer is on it, is
// lost, as it is on a real one.

#include <array>
#include <deque>
#include <memory>

#include "hal/cable_stack.hpp"
#include "sim/stack/faults.hpp"
#include "sim/stack/register_map.hpp"
#include "sim/stack/serial_line.hpp"
#include "sim/stack/server.hpp"

namespace sheave::sim {

class RtuServer final : public Server {
 public:
  /// Makes the terminal and links `spec.path` to it. @param maps one per unit; they outlive the server.
  /// @return null with `error` naming the path and the remedy.
  static std::unique_ptr<RtuServer> open(const SerialSpec& spec, std::vector<RegisterMap*> maps, const WireFaults& faults,
                                         std::string& error);
  ~RtuServer() override;
  RtuServer(const RtuServer&) = delete;
  RtuServer& operator=(const RtuServer&) = delete;

  std::string address() const override { return "rtu:" + spec_.path; }
  void collect(std::vector<pollfd>& waits) const override;
  std::size_t wait_count() const noexcept override { return 1; }
  void serve(std::span<const pollfd> waits, std::int64_t now_ns) override;
  std::int64_t send_due(std::int64_t now_ns) override;

 private:
  static constexpr std::size_t kMaxFrame = 256;  // the specification's

  RtuServer(const SerialSpec& spec, int master, int slave, std::vector<RegisterMap*> maps, const WireFaults& faults);
  void receive(std::int64_t now_ns);
  void end_request();
  void answer(RegisterMap& map);
  void send_part(std::int64_t now_ns);
  void hand_on(std::span<const std::uint8_t> bytes, std::int64_t now_ns);
  void write(std::span<const std::uint8_t> bytes) const;
  std::int64_t send_line(std::int64_t now_ns);
  bool speed_fits() const;

  SerialSpec spec_;
  int master_, slave_;  // the slave's end is held open, so that a client that goes leaves a line behind
  std::vector<RegisterMap*> maps_;
  WireFaults faults_;
  SerialLine line_;

  std::array<std::uint8_t, kMaxFrame> request_{};
  std::size_t request_size_ = 0;
  bool spoilt_ = false;        // the request that comes in is none
  bool request_open_ = false;  // bytes have come since the last silence

  std::array<std::uint8_t, kMaxFrame> reply_{};
  std::size_t reply_size_ = 0, reply_sent_ = 0;
  std::int64_t reply_starts_ns_ = 0;  // its first bit
  std::int64_t held_for_ns_ = 0;      // by the adapter, after it was on the wire

  struct Held {
    std::int64_t due_ns;
    std::vector<std::uint8_t> bytes;
  };
  std::deque<Held> held_;
};

/// "rtu:PATH[,baud=N][,parity=N|E|O][,gap=characters|fixed][,turnaround_us=N][,units=1|2]". @return false with `error`.
bool parse_serial(const std::string& text, SerialSpec& spec, std::string& error);

}  // namespace sheave::sim
