#include "controller/session/sample_recorder.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "controller/session/samples.hpp"

namespace sheave::session {
namespace {

control::Frame frame(std::uint64_t tick, std::int64_t period_ns = kNsPerMs) {
  control::Frame f;
  f.tick = tick;
  f.time_ns = static_cast<std::int64_t>(tick) * period_ns;
  f.plan_id = 7;
  f.axis_count = 1;
  f.state = safety::MachineState::kActive;
  f.counted_reps = 3;
  f.axes[0].extension_m = static_cast<float>(tick) * 0.001F;
  f.axes[0].rom_share = std::nanf("");
  f.axes[0].phase = Phase::kEccentric;
  f.axes[0].fresh = true;
  f.axes[0].correction_n = -13.25F;
  return f;
}

std::vector<control::Frame> record(SampleRecorder& recorder, const std::vector<control::Frame>& frames, SampleBlob& blob) {
  recorder.begin("s", 1, 7);
  recorder.add(frames.data(), frames.size());
  blob = recorder.finish();
  const auto decoded = decode_samples(blob);
  EXPECT_TRUE(decoded.ok());
  return *decoded;
}

TEST(SampleRecorder, ThinsAKilohertzToAHundredHertzAndKeepsTheValues) {
  SampleRecorder recorder(kNsPerMs, 1);
  std::vector<control::Frame> frames;
  for (std::uint64_t tick = 1000; tick < 2000; ++tick) frames.push_back(frame(tick));
  SampleBlob blob;
  const auto kept = record(recorder, frames, blob);
  EXPECT_DOUBLE_EQ(blob.rate_hz, 100.0);
  EXPECT_EQ(blob.lost, 0U);
  ASSERT_EQ(kept.size(), 100U);
  EXPECT_EQ(kept[1].time_ns - kept[0].time_ns, 10 * kNsPerMs);
  EXPECT_FLOAT_EQ(kept[1].axes[0].extension_m, 1.01F);
  EXPECT_TRUE(std::isnan(kept[1].axes[0].rom_share));
  EXPECT_EQ(kept[1].axes[0].phase, Phase::kEccentric);
  EXPECT_TRUE(kept[1].axes[0].fresh);
  EXPECT_FLOAT_EQ(kept[1].axes[0].correction_n, -13.25F);
  EXPECT_EQ(kept[1].counted_reps, 3);
  EXPECT_EQ(kept[1].state, safety::MachineState::kActive);
}

TEST(SampleRecorder, KeepsEveryTickOfASlowLoop) {
  SampleRecorder recorder(20 * kNsPerMs, 1);
  SampleBlob blob;
  const auto kept = record(recorder, {frame(1, 20 * kNsPerMs), frame(2, 20 * kNsPerMs), frame(3, 20 * kNsPerMs)}, blob);
  EXPECT_DOUBLE_EQ(blob.rate_hz, 50.0);
  EXPECT_EQ(kept.size(), 3U);
}

TEST(SampleRecorder, CountsWhatIsMissing) {
  SampleRecorder recorder(kNsPerMs, 1);
  SampleBlob blob;
  const auto kept = record(recorder, {frame(100), frame(110), frame(150), frame(160)}, blob);
  EXPECT_EQ(kept.size(), 4U);
  EXPECT_EQ(blob.lost, 3U);
}

TEST(SampleRecorder, TakesFramesOfItsPlanOnly) {
  SampleRecorder recorder(kNsPerMs, 1);
  control::Frame other = frame(100);
  other.plan_id = 8;
  SampleBlob blob;
  EXPECT_TRUE(record(recorder, {other}, blob).empty());
}

TEST(Samples, ADamagedBlobIsRefused) {
  SampleRecorder recorder(kNsPerMs, 1);
  SampleBlob blob;
  record(recorder, {frame(100)}, blob);
  SampleBlob cut = blob;
  cut.bytes.pop_back();
  EXPECT_EQ(decode_samples(cut).status().reason, "SAMPLES_UNREADABLE");
  SampleBlob newer = blob;
  newer.bytes[0] = 9;
  EXPECT_EQ(decode_samples(newer).status().reason, "SAMPLES_UNREADABLE");
}

}  // namespace
}  // namespace sheave::session
