#pragma once
// Runs samples of a movement through the shipped estimator and detector, as the tick does.

#include <cstdint>
#include <vector>

#include "controller/control/motion_estimator.hpp"
#include "controller/control/rep_detector.hpp"
#include "tests/unit/control/movement.hpp"

namespace sheave::control::test {

struct Detected {
  std::vector<Rep> reps;
  std::vector<CandidateDetail> details;
  std::vector<Phase> phases;  ///< One per millisecond.
};

/// Interpolates to 1 kHz. A constant tension, with measured = 0.9 commanded, so that the two cannot be mixed up.
inline Detected detect(const std::vector<Sample>& samples, const DetectorConfig& config, double commanded_n = 200.0) {
  constexpr std::int64_t kStart_ns = 5'000'000'000;
  MotionEstimator estimator;
  RepDetector detector;
  detector.reset(config);
  Detected found;
  const auto take = [&found](const RepDetector::Output& out) {
    if (!out.candidate) return;
    found.reps.push_back(out.candidate->rep);
    found.details.push_back(out.candidate->detail);
  };
  std::size_t i = 0;
  std::int64_t now_ns = kStart_ns;
  for (std::uint32_t k = 0;; ++k) {
    const double t_s = samples.front().t_s + k * 1e-3;
    if (t_s > samples.back().t_s) break;
    while (i + 2 < samples.size() && samples[i + 1].t_s < t_s) ++i;
    const Sample a = samples[i], b = samples[i + 1];
    hal::AxisState state;
    state.fresh = true;
    state.velocity_mps = (b.position_m - a.position_m) / (b.t_s - a.t_s);
    state.extension_m = a.position_m + state.velocity_mps * (t_s - a.t_s);
    state.sample_time_us = k * 1000 - 500'000;  // wraps within the first second
    const std::int64_t dt_ns = k == 0 ? 0 : kNsPerMs;
    now_ns = kStart_ns + k * kNsPerMs;
    const AxisMotion motion = estimator.update(state, now_ns, dt_ns);
    const auto out = detector.update(
        {motion.extension_m, motion.velocity_mps, commanded_n, 0.9 * commanded_n, now_ns, dt_ns, false, motion.acceleration_mps2});
    found.phases.push_back(out.phase);
    take(out);
  }
  take(detector.finish(now_ns));
  return found;
}

}  // namespace sheave::control::test
