#pragma once
// When the bytes of an RS-485 line are on it. A pseudo terminal moves any number of bytes at once and knows no speed; this is the
// clock that it lacks. Pure: time is an argument.

#include <cstddef>
#include <cstdint>
#include <string>

namespace sheave::sim {

struct SerialSpec {
  std::string path;  ///< Of the link to the pseudo terminal that is made.
  std::uint32_t baud = 115200;
  char parity = 'E';             ///< N, E or O; one stop bit always.
  bool fixed_gap = false;        ///< 1.75 ms above 19200 baud; else 3.5 characters.
  double turnaround_us = 300.0;  ///< From the end of the silence after a request to the first bit of the answer.
  std::uint32_t units = 1;       ///< Drives on the line, with the units 1, 2.
};

/// One pair of wires. All times CLOCK_MONOTONIC [ns].
class SerialLine {
 public:
  explicit SerialLine(const SerialSpec& spec) noexcept;

  std::int64_t character_ns() const noexcept { return character_ns_; }
  std::int64_t gap_ns() const noexcept { return gap_ns_; }

  /// `bytes` were handed to the line at `now_ns`. @return when the last of them is over.
  std::int64_t carry(std::int64_t now_ns, std::size_t bytes) noexcept;
  /// Until when it carries something.
  std::int64_t busy_until_ns() const noexcept { return busy_until_ns_; }
  /// When the silence after the last byte has lasted for a frame's end.
  std::int64_t silent_at_ns() const noexcept { return busy_until_ns_ + gap_ns_; }

 private:
  std::int64_t character_ns_, gap_ns_;
  std::int64_t busy_until_ns_ = 0;
};

}  // namespace sheave::sim
