#pragma once
// Keeps the samples of the running set, thinned to at least 100 Hz (the tick rate where that is lower), and counts the gaps.

#include <cstdint>

#include "controller/control/port.hpp"
#include "controller/session/records.hpp"

namespace sheave::session {

/// All [main].
class SampleRecorder {
 public:
  SampleRecorder(std::int64_t period_ns, std::size_t axis_count);

  void begin(const std::string& session_id, std::uint32_t set_index, std::uint64_t plan_id);
  /// Frames of other plans are not looked at.
  void add(const control::Frame* frames, std::size_t count);
  /// The recording so far; empty `bytes` where there was none. The recorder is idle after it.
  SampleBlob finish();
  bool running() const noexcept { return plan_id_ != 0; }

 private:
  std::uint64_t stride_;  // ticks from one kept sample to the next
  std::int64_t period_ns_;
  std::size_t axis_count_;
  SampleBlob blob_;
  std::uint64_t plan_id_ = 0;
  std::uint64_t next_tick_ = 0;  // the first tick that is due
  std::int64_t first_ns_ = 0;
};

}  // namespace sheave::session
