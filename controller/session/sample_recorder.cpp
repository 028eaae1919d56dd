#include "controller/session/sample_recorder.hpp"

#include <algorithm>
#include <utility>

#include "controller/session/samples.hpp"

namespace sheave::session {

namespace {
constexpr std::int64_t kMaxSpacing_ns = 10 * kNsPerMs;  // 100 Hz, the least that a bar-speed curve is read from
}

SampleRecorder::SampleRecorder(std::int64_t period_ns, std::size_t axis_count)
    : stride_(static_cast<std::uint64_t>(std::max<std::int64_t>(1, kMaxSpacing_ns / std::max<std::int64_t>(1, period_ns)))),
      period_ns_(period_ns),
      axis_count_(axis_count) {}

void SampleRecorder::begin(const std::string& session_id, std::uint32_t set_index, std::uint64_t plan_id) {
  blob_ = {};
  blob_.session_id = session_id;
  blob_.set_index = set_index;
  blob_.axis_count = static_cast<std::uint32_t>(axis_count_);
  blob_.rate_hz = 1e9 / (static_cast<double>(stride_) * static_cast<double>(period_ns_));
  plan_id_ = plan_id;
  next_tick_ = 0;
}

void SampleRecorder::add(const control::Frame* frames, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const control::Frame& frame = frames[i];
    if (plan_id_ == 0 || frame.plan_id != plan_id_) continue;
    if (blob_.bytes.empty()) {
      first_ns_ = frame.time_ns;
      next_tick_ = frame.tick;
    }
    if (frame.tick < next_tick_) continue;
    // A frame that is due but never came leaves a hole of whole strides.
    blob_.lost += (frame.tick - next_tick_) / stride_;
    append_sample(blob_.bytes, frame, axis_count_, first_ns_);
    next_tick_ = frame.tick + stride_;
  }
}

SampleBlob SampleRecorder::finish() {
  plan_id_ = 0;
  return std::exchange(blob_, {});
}

}  // namespace sheave::session
