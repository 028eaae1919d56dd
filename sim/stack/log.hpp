#pragma once
// The independent witness: what drive, cable and person did, every period, as CSV. Written by a thread of its own; the plant
// never waits for the disk.

#include <array>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>

#include "hal/cable_stack.hpp"

namespace sheave::sim {

struct LogRow {
  std::int64_t time_ns = 0;  ///< CLOCK_MONOTONIC of the period.
  std::uint32_t cable = 0;
  std::uint32_t athlete_rep = 0;
  float extension_m = 0, velocity_mps = 0, motor_force_n = 0, handle_force_n = 0, commanded_force_n = 0, athlete_strength_n = 0;
  hal::DriveState drive_state = hal::DriveState::kUnknown;
  hal::Lamp lamp = hal::Lamp::kOff;
  const char* athlete_doing = "";  ///< Static.
  bool cable_pulled = false;       ///< Of some link, by injection.
};

class LogWriter {
 public:
  /// @return null with `error`.
  static std::unique_ptr<LogWriter> open(const std::string& path, std::string& error);
  /// Writes what is left and closes.
  ~LogWriter();
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  /// [simulator] Never blocks; counts what does not fit.
  void push(const LogRow& row) noexcept;
  /// Rows that did not fit or that the disk refused.
  std::uint64_t lost() const noexcept { return lost_.load(std::memory_order_relaxed); }

 private:
  static constexpr std::size_t kRows = 65536;   // half a minute of two cables, for a disk that hangs
  static constexpr std::uint64_t kBatch = 256;  // rows per wake-up of the writer

  explicit LogWriter(std::FILE* file);
  void write_rows();

  std::FILE* file_;
  std::unique_ptr<std::array<LogRow, kRows>> rows_;
  alignas(64) std::atomic<std::uint64_t> head_{0};  // written by the writer
  alignas(64) std::atomic<std::uint64_t> tail_{0};  // written by the plant
  alignas(64) std::atomic<std::uint64_t> wake_{0};  // changes when there is something to do
  std::atomic<bool> closing_{false};
  std::atomic<std::uint64_t> lost_{0};
  std::thread thread_;
};

}  // namespace sheave::sim
