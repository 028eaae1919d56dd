#include "controller/session/samples.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace sheave::session {

namespace {

static_assert(std::endian::native == std::endian::little, "the packing copies values as they lie in memory");

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kHeaderSize = 12;
constexpr std::size_t kSampleSize = 8;
constexpr std::size_t kAxisSize = 24;
constexpr double kCorrection_n = 0.05;  // a bit; +-1,638 N fit

template <typename T>
void put(std::vector<std::uint8_t>& bytes, T value) {
  const auto* raw = reinterpret_cast<const std::uint8_t*>(&value);
  bytes.insert(bytes.end(), raw, raw + sizeof value);
}

template <typename T>
T get(const std::uint8_t*& at) {
  T value;
  std::memcpy(&value, at, sizeof value);
  at += sizeof value;
  return value;
}

}  // namespace

void append_sample(std::vector<std::uint8_t>& bytes, const control::Frame& frame, std::size_t axis_count, std::int64_t first_ns) {
  if (bytes.empty()) {
    put(bytes, kVersion);
    put(bytes, static_cast<std::uint8_t>(axis_count));
    put(bytes, std::uint16_t{0});
    put(bytes, first_ns);
  }
  put(bytes, static_cast<std::uint32_t>((frame.time_ns - first_ns) / 1000));
  put(bytes, static_cast<std::uint8_t>(frame.state));
  put(bytes, std::uint8_t{0});
  put(bytes, frame.counted_reps);
  for (std::size_t i = 0; i < axis_count; ++i) {
    const control::AxisFrame& axis = frame.axes[i];
    for (const float value : {axis.extension_m, axis.velocity_mps, axis.tension_n, axis.commanded_n, axis.rom_share}) put(bytes, value);
    put(bytes, static_cast<std::uint8_t>(axis.phase));
    put(bytes, static_cast<std::uint8_t>(axis.fresh));
    put(bytes, static_cast<std::int16_t>(std::lround(std::clamp(axis.correction_n / kCorrection_n, -32767.0, 32767.0))));
  }
}

Result<std::vector<control::Frame>> decode_samples(const SampleBlob& blob) {
  std::vector<control::Frame> frames;
  if (blob.bytes.empty()) return frames;
  const auto unreadable = Status::error(StatusCode::kInternal, "SAMPLES_UNREADABLE",
                                        "the recording of set " + std::to_string(blob.set_index) + " of session " + blob.session_id +
                                            " is damaged or of a newer version; update the controller");
  if (blob.bytes.size() < kHeaderSize) return unreadable;
  const std::uint8_t* at = blob.bytes.data();
  const auto version = get<std::uint8_t>(at);
  const auto axis_count = get<std::uint8_t>(at);
  get<std::uint16_t>(at);
  const auto first_ns = get<std::int64_t>(at);
  const std::size_t size = kSampleSize + axis_count * kAxisSize;
  if (version != kVersion || axis_count == 0 || axis_count > kMaxAxes || (blob.bytes.size() - kHeaderSize) % size != 0) return unreadable;
  frames.resize((blob.bytes.size() - kHeaderSize) / size);
  for (control::Frame& frame : frames) {
    frame.time_ns = first_ns + std::int64_t{get<std::uint32_t>(at)} * 1000;
    frame.state = static_cast<safety::MachineState>(get<std::uint8_t>(at));
    get<std::uint8_t>(at);
    frame.counted_reps = get<std::uint16_t>(at);
    frame.axis_count = axis_count;
    for (std::size_t i = 0; i < axis_count; ++i) {
      control::AxisFrame& axis = frame.axes[i];
      for (float* value : {&axis.extension_m, &axis.velocity_mps, &axis.tension_n, &axis.commanded_n, &axis.rom_share})
        *value = get<float>(at);
      axis.phase = static_cast<Phase>(get<std::uint8_t>(at));
      axis.fresh = get<std::uint8_t>(at) != 0;
      axis.correction_n = static_cast<float>(get<std::int16_t>(at) * kCorrection_n);
    }
  }
  return frames;
}

}  // namespace sheave::session
