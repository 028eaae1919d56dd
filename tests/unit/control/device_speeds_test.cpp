// Speeds against a device's own, rep by rep, under the definition that the device has (tests/support/device_speeds.hpp).

#include "tests/support/device_speeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace sheave::test {
namespace {

double median(std::vector<double> values) {
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
  return values[values.size() / 2];
}

template <typename Of>
std::vector<double> errors(const std::vector<DeviceRep>& reps, Of of) {
  std::vector<double> all;
  for (const DeviceRep& rep : reps) all.push_back(of(rep));
  return all;
}

TEST(DeviceSpeeds, AgreeWithTheDevicesOwn) {
  std::vector<DeviceRep> reps = device_reps();
  ASSERT_GE(reps.size(), 100u);
  const auto mean = [](const DeviceRep& rep) { return rep.ours_mean_mps / rep.mean_mps - 1.0; };
  EXPECT_NEAR(median(errors(reps, mean)), 0.0, 0.02);
  EXPECT_NEAR(median(errors(reps, [](const DeviceRep& rep) { return rep.ours_mean_time_mps / rep.mean_mps - 1.0; })), -0.13, 0.02)
      << "the mean over time is another thing";
  EXPECT_NEAR(median(errors(reps, [](const DeviceRep& rep) { return rep.ours_peak_mps / rep.peak_mps - 1.0; })), -0.09, 0.03)
      << "what was recorded is an average over 16 ticks";
  // Where the device's range is the recorded one and the 6 cm it never sends, rep by rep.
  std::erase_if(reps, [](const DeviceRep& rep) { return std::abs(rep.missing_m - 0.06) > 0.015; });
  ASSERT_GE(reps.size(), 60u);
  EXPECT_LE(median(errors(reps, [&](const DeviceRep& rep) { return std::abs(mean(rep)); })), 0.055);
}

}  // namespace
}  // namespace sheave::test
