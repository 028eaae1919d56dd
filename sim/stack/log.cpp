#include "sim/stack/log.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <iterator>

namespace sheave::sim {

namespace {

const char* name(hal::DriveState state) {
  static constexpr const char* kNames[] = {"unknown",     "not-ready",         "switch-on-disabled", "ready-to-switch-on",
                                           "switched-on", "operation-enabled", "quick-stop",         "fault-reaction",
                                           "fault"};
  return kNames[static_cast<std::size_t>(state)];
}

const char* name(hal::Lamp lamp) {
  static constexpr const char* kNames[] = {"off", "rest", "ready", "calibrate", "engage", "active", "unloading", "fault", "self-test"};
  return kNames[static_cast<std::size_t>(lamp)];
}

constexpr const char* kHeader =
    "time_s,cable,extension_m,velocity_mps,motor_force_n,handle_force_n,commanded_force_n,drive_state,lamp,athlete_doing,athlete_rep,"
    "athlete_strength_n,cable_pulled\n";

}  // namespace

std::unique_ptr<LogWriter> LogWriter::open(const std::string& path, std::string& error) {
  std::FILE* file = std::fopen(path.c_str(), "we");
  if (file == nullptr) {
    error = fmt::format("log: cannot write {}: {}", path, std::strerror(errno));
    return nullptr;
  }
  std::fputs(kHeader, file);
  return std::unique_ptr<LogWriter>(new LogWriter(file));
}

LogWriter::LogWriter(std::FILE* file)
    : file_(file), rows_(std::make_unique<std::array<LogRow, kRows>>()), thread_([this] { write_rows(); }) {}

LogWriter::~LogWriter() {
  closing_ = true;
  wake_.fetch_add(1);
  wake_.notify_one();
  thread_.join();
  std::fclose(file_);
}

void LogWriter::push(const LogRow& row) noexcept {
  const std::uint64_t tail = tail_.load(std::memory_order_relaxed);
  if (tail - head_.load(std::memory_order_acquire) == kRows) {
    lost_.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  (*rows_)[tail % kRows] = row;
  tail_.store(tail + 1, std::memory_order_release);
  if ((tail + 1) % kBatch != 0) return;
  wake_.fetch_add(1);
  wake_.notify_one();
}

void LogWriter::write_rows() {
  fmt::memory_buffer text;
  for (;;) {
    const std::uint64_t seen = wake_.load();
    const bool last = closing_.load();
    const std::uint64_t end = tail_.load(std::memory_order_acquire);
    for (std::uint64_t i = head_.load(std::memory_order_relaxed); i != end; ++i) {
      const LogRow& r = (*rows_)[i % kRows];
      fmt::format_to(std::back_inserter(text), "{:.6f},{},{:.6f},{:.5f},{:.3f},{:.3f},{:.3f},{},{},{},{},{:.1f},{:d}\n",
                     static_cast<double>(r.time_ns) * 1e-9, r.cable, r.extension_m, r.velocity_mps, r.motor_force_n, r.handle_force_n,
                     r.commanded_force_n, name(r.drive_state), name(r.lamp), r.athlete_doing, r.athlete_rep, r.athlete_strength_n,
                     r.cable_pulled);
    }
    const std::uint64_t rows = end - head_.load(std::memory_order_relaxed);
    head_.store(end, std::memory_order_release);
    const bool written = std::fwrite(text.data(), 1, text.size(), file_) == text.size() && std::fflush(file_) == 0;
    if (!written) lost_.fetch_add(rows, std::memory_order_relaxed);
    text.clear();
    if (last) return;
    wake_.wait(seen);
  }
}

}  // namespace sheave::sim
