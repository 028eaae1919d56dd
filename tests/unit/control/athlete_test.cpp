// Estimator and detector against the simulated person on the simulated machine, in virtual time: what the person did is known.

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "controller/control/motion_estimator.hpp"
#include "controller/control/rep_detector.hpp"
#include "sim/athlete/athlete.hpp"
#include "sim/plant/rig.hpp"
#include "tests/unit/sim/support.hpp"

namespace sheave::control::test {
namespace {

struct Set {
  std::vector<Rep> reps;
  std::uint32_t done = 0;                    // by the person
  bool failed = false;                       // the last pull was given up on the way; it may have come far enough to count
  std::vector<double> handle_m, handle_mps;  // one per millisecond of the set
};

sim::AthleteSpec spec_of(const std::string& text) {
  sim::AthleteSpec spec;
  std::string error;
  EXPECT_TRUE(sim::parse_athlete(text, spec, error)) << error;
  return spec;
}

/// Takes the handle out, does one set at `load_kg`, racks. The detector runs from the moment the lamp says "pull".
Set one_set(const sim::AthleteSpec& spec, std::uint64_t seed, double load_kg, bool calibrated) {
  sim::Athlete athlete(spec, seed);
  sim::Rig rig{sim::DriveRating{}, sim::CableParams{}, athlete, 0xfffff000u};
  sim::Panel panel;
  std::uint16_t seq = 0;
  panel.lamp = hal::Lamp::kReady;
  sim::run_at(rig.drive(), seq, 50.0, 4000, [&] { rig.step(panel); });
  sim::run_at(rig.drive(), seq, load_kg * kGravity_mps2, 1500, [&] { rig.step(panel); });

  Set set;
  MotionEstimator estimator;
  RepDetector detector;
  detector.reset({.min_rom_m = 0.15, .rom = calibrated ? Rom{spec.start_m, spec.start_m + spec.rom_m} : Rom{}});
  std::int64_t now_ns = kNsPerS;
  const auto take = [&set](const RepDetector::Output& out) {
    if (out.candidate) set.reps.push_back(out.candidate->rep);
  };
  panel.lamp = hal::Lamp::kActive;
  for (int quiet_ms = 0; quiet_ms < 2000 && set.handle_m.size() < 600'000;) {
    sim::run_at(rig.drive(), seq, load_kg * kGravity_mps2, 1, [&] { rig.step(panel); });
    const sim::DriveStatus status = rig.drive().status();
    hal::AxisState state;
    state.fresh = true;
    state.extension_m = status.position_um * 1e-6;
    state.velocity_mps = status.velocity_umps * 1e-6;
    state.sample_time_us = status.sample_time_us;
    const std::int64_t dt_ns = set.handle_m.empty() ? 0 : kNsPerMs;
    now_ns += dt_ns;
    const AxisMotion motion = estimator.update(state, now_ns, dt_ns);
    take(detector.update({motion.extension_m, motion.velocity_mps, load_kg * kGravity_mps2, status.force_mn * 1e-3, now_ns, dt_ns, false,
                          motion.acceleration_mps2}));
    set.handle_m.push_back(rig.cable().handle_m);
    set.handle_mps.push_back(rig.cable().handle_mps);
    set.failed = set.failed || std::string(athlete.truth().doing) == "failing";
    quiet_ms = std::string(athlete.truth().doing) == "resting" ? quiet_ms + 1 : 0;
  }
  take(detector.finish(now_ns));
  set.done = athlete.truth().reps;
  return set;
}

class Person : public testing::TestWithParam<const char*> {};

TEST_P(Person, EveryRepIsFoundAndNothingElse) {
  const sim::AthleteSpec spec = spec_of(GetParam());
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    for (const double share : {0.3, 0.5, 0.7, 0.8, 0.9}) {
      for (const bool calibrated : {true, false}) {
        const Set set = one_set(spec, seed, share * spec.one_rm_kg, calibrated);
        std::uint32_t full = 0;
        for (const Rep& rep : set.reps) full += rep.rom_m >= 0.9 * spec.rom_m ? 1 : 0;
        EXPECT_GE(full, set.done) << "seed " << seed << ", " << share;
        EXPECT_LE(full, set.done + (set.failed ? 1 : 0))
            << "seed " << seed << ", " << share << " of 1RM, " << (calibrated ? "calibrated" : "own range");
        EXPECT_LE(set.reps.size(), set.done + 2) << "seed " << seed << ", " << share;  // failed pulls, not more than are tried
      }
    }
  }
}

// ROM within 5 mm and mean speed within 3 %, by the handle's true movement.
TEST_P(Person, MeasuresAgreeWithTheHandleItself) {
  const sim::AthleteSpec spec = spec_of(GetParam());
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const Set set = one_set(spec, seed, 0.6 * spec.one_rm_kg, true);
    for (const Rep& rep : set.reps) {
      const auto at = [](std::int64_t ns) { return static_cast<std::size_t>((ns - kNsPerS) / kNsPerMs); };
      double low_m = 1e9, high_m = -1e9;
      for (std::size_t i = at(rep.start_ns) - std::min<std::size_t>(at(rep.start_ns), 100); i <= at(rep.end_ns); ++i) {
        if (i <= at(rep.start_ns) + 200) low_m = std::min(low_m, set.handle_m[i]);
        high_m = std::max(high_m, set.handle_m[i]);
      }
      EXPECT_NEAR(rep.rom_m, high_m - low_m, 0.005) << "seed " << seed << ", rep " << rep.candidate;
      // From the fastest moment outward to where the handle is slower than 0.03 m/s.
      std::size_t fastest = at(rep.start_ns);
      for (std::size_t i = fastest; i <= at(rep.peak_ns); ++i) fastest = set.handle_mps[i] > set.handle_mps[fastest] ? i : fastest;
      std::size_t first = fastest, last = fastest;
      while (first > 0 && (set.handle_mps[first] >= 0.03 || set.handle_m[first] > low_m + 0.1 * rep.rom_m)) --first;
      while (last + 1 < set.handle_m.size() && (set.handle_mps[last] >= 0.03 || set.handle_m[last] < low_m + 0.9 * rep.rom_m)) ++last;
      const double mean_mps = (set.handle_m[last] - set.handle_m[first]) / (static_cast<double>(last - first) * 1e-3);
      EXPECT_NEAR(rep.mean_speed_mps / mean_mps, 1.0, 0.03) << "seed " << seed << ", rep " << rep.candidate;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Styles, Person,
                         testing::Values("style=cable-row,reps=6", "style=cable-row,reps=0", "style=face-pull,reps=8",
                                         "style=face-pull,reps=5,hold_s=0"),
                         [](const auto& one) { return "athlete_" + std::to_string(one.index); });

}  // namespace
}  // namespace sheave::control::test
