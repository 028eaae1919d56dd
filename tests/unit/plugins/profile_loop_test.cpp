// Profiles that feed the handle's movement back into its force, closed around the simulator's plant: the machine's own estimator,
// the feed-forward of friction, the slew limits of ACTIVE, 1 to 4 ms of loop delay, the motor's lag, an elastic cable, friction, and
// somebody who pulls.

#include <array>

#include "controller/control/feed_forward.hpp"
#include "controller/control/motion_estimator.hpp"
#include "sim/plant/cable.hpp"
#include "tests/unit/plugins/profile_bench.hpp"

namespace sheave::profiles_test {
namespace {

/// Pulls with all of `strength_n` that a speed leaves (force-velocity), whatever the place.
sim::Grip pull(double strength_n, double fade_nspm) {
  return {.force_n = 1e4, .max_n = strength_n, .fade_nspm = fade_nspm, .eccentric_max_n = strength_n};
}

/// One machine and how slow its loop is.
struct Loop {
  double drum_mass_kg;
  int period_ms;
  double cable_npm;   ///< Wire rope 300 kN/m; synthetic rope 50.
  std::size_t delay;  ///< Periods from the sample to the drive's new set-point; the drive holds the old one meanwhile.
};
void PrintTo(const Loop& loop, std::ostream* out) {
  *out << loop.drum_mass_kg << " kg, " << loop.period_ms << " ms, " << loop.cable_npm << " N/m, " << loop.delay << " late";
}

class ProfileLoop : public ProfileTest, public ::testing::WithParamInterface<Loop> {
 protected:
  ProfileLoop() : cable_(params()) {
    period_ns_ = GetParam().period_ms * kNsPerMs;
    fresh_machine();
  }

  static sim::CableParams params() {
    sim::CableParams p;
    p.drum_mass_kg = GetParam().drum_mass_kg;
    p.stiffness_npm = GetParam().cable_npm;
    p.travel_m = 50.0;  // long enough to see a speed settle
    return p;
  }

  /// As a self-test finds it.
  static CableDrag drag() {
    const sim::CableParams p = params();
    return {p.friction_n, p.viscous_nspm, p.drum_mass_kg + p.handle_mass_kg};
  }

  void fresh_machine() {
    cable_ = sim::Cable(params());
    feed_forward_.begin(drag(), 0.0, period_ns_);
  }

  /// What of friction, damping and mass is left to the hand, after the feed-forward.
  struct Left {
    double friction_n, viscous_nspm, mass_kg;
  };
  static Left left() {
    control::FeedForward once;
    once.begin(drag(), 0.0, kNsPerMs);
    // At 10 m/s friction is fully faded in.
    const double at_10_n = once.step(10.0, 0.0, 1e3, 0.0, kNsPerMs), at_20_n = once.step(20.0, 0.0, 1e3, 0.0, kNsPerMs);
    const CableDrag d = drag();
    const double viscous_nspm = (at_20_n - at_10_n) / 10.0;
    return {d.friction_n + at_10_n - 10.0 * viscous_nspm, d.viscous_nspm + viscous_nspm, d.moving_mass_kg};
  }

  /// The handle stands at the start of the range under the load, held.
  void begin() {
    const sim::Grip still{.stiffness_npm = 20'000.0, .damping_nspm = 600.0, .position_m = 0.3, .max_n = 3000.0, .eccentric_max_n = 3000.0};
    const sim::Grip out{.stiffness_npm = 20'000.0, .damping_nspm = 600.0, .velocity_mps = 0.3, .max_n = 3000.0, .eccentric_max_n = 3000.0};
    sim::Grip moving = out;
    for (int i = 0; i < 1000; ++i) {
      step(moving);
      moving.position_m += 0.3e-3;
    }
    for (int i = 0; i < 500; ++i) step(still);
  }

  /// One millisecond of the plant; a tick of the machine where one is due.
  void step(const sim::Grip& grip) {
    if (now_ns_ % period_ns_ == 0) control();
    now_ns_ += kNsPerMs;
    cable_.step(arriving_n_, false, grip);
  }

  void control() {
    const sim::CableState& s = cable_.state();
    hal::AxisState sample;
    sample.fresh = true;
    sample.extension_m = std::round(s.drum_m * 1e6) * 1e-6;
    sample.velocity_mps = std::round(s.drum_mps * 1e6) * 1e-6;
    sample.sample_time_us = static_cast<std::uint32_t>(now_ns_ / 1000);
    const auto motion = estimator_.update(sample, now_ns_, now_ns_ == 0 ? 0 : period_ns_);
    const std::uint32_t phase = motion.velocity_mps > 0.03    ? SHEAVE_PHASE_CONCENTRIC
                                : motion.velocity_mps < -0.03 ? SHEAVE_PHASE_ECCENTRIC
                                                              : SHEAVE_PHASE_REST;
    wanted_n_ = tick({kRange.share(motion.extension_m), motion.velocity_mps, phase, motion.extension_m});
    const auto swift = swift_.update(sample, now_ns_, now_ns_ == 0 ? 0 : period_ns_);
    const double asked_n = wanted_n_ + feed_forward_.step(motion.velocity_mps, swift.acceleration_mps2, wanted_n_, own_mass_, period_ns_);
    last_n_ += std::clamp(asked_n - last_n_, -kFall_nps * seconds(period_ns_), kRise_nps * seconds(period_ns_));
    arriving_n_ = pipe_[0];
    std::shift_left(pipe_.begin(), pipe_.begin() + static_cast<std::ptrdiff_t>(GetParam().delay), 1);
    pipe_[GetParam().delay - 1] = last_n_;
  }

  struct Seen {
    double mean_mps = 0, least_mps = 1e9, most_mps = -1e9, mean_n = 0, span_n = 0, mean_m = 0, least_m = 1e9, most_m = -1e9;
  };

  Seen watch(const sim::Grip& grip, int ticks) {
    Seen seen;
    double least_n = 1e9, most_n = 0;
    for (int i = 0; i < ticks; ++i) {
      step(grip);
      const sim::CableState& s = cable_.state();
      seen.mean_mps += s.drum_mps / ticks;
      seen.least_mps = std::min(seen.least_mps, s.drum_mps);
      seen.most_mps = std::max(seen.most_mps, s.drum_mps);
      seen.mean_m += s.drum_m / ticks;
      seen.least_m = std::min(seen.least_m, s.drum_m);
      seen.most_m = std::max(seen.most_m, s.drum_m);
      seen.mean_n += wanted_n_ / ticks;
      least_n = std::min(least_n, wanted_n_);
      most_n = std::max(most_n, wanted_n_);
    }
    seen.span_n = most_n - least_n;
    return seen;
  }

  sim::Cable cable_;
  control::MotionEstimator estimator_;
  control::MotionEstimator swift_{control::FeedForward::kMemory_s};
  control::FeedForward feed_forward_;
  std::array<double, 2> pipe_{};
  double wanted_n_ = 0.0, last_n_ = 0.0, arriving_n_ = 0.0;
  std::int64_t now_ns_ = 0;
};

TEST_P(ProfileLoop, IsokineticHoldsItsSpeedWithinTenPercent) {
  for (const double set_mps : {0.1, 0.3, 0.5, 1.0, 1.5}) {
    SCOPED_TRACE(set_mps);
    fresh_machine();
    make("isokinetic", {{"speed_mps", set_mps}, {"most_n", 900.0}});
    base_n_ = 60.0;
    begin();
    watch(pull(700.0, 200.0), 1500);  // the first second and a half: how a set-point is found is physics
    const Seen seen = watch(pull(700.0, 200.0), 1000);
    EXPECT_GE(seen.least_mps, 0.9 * set_mps);
    EXPECT_LE(seen.most_mps, 1.1 * set_mps);
    EXPECT_LE(seen.span_n, 20.0) << "no ringing";
  }
}

TEST_P(ProfileLoop, IsokineticIsOnlyTheLoadForWhoIsSlower) {
  make("isokinetic", {{"speed_mps", 1.0}});
  base_n_ = 150.0;
  begin();
  const Seen seen = watch(pull(250.0, 150.0), 2000);
  EXPECT_LT(seen.most_mps, 0.9);
  EXPECT_EQ(seen.span_n, 0.0);
  EXPECT_NEAR(seen.mean_n, 150.0, 1e-9);
}

TEST_P(ProfileLoop, IsokineticGivesWayOnTheWayBack) {
  make("isokinetic", {{"return_speed_mps", 0.4}});
  base_n_ = 300.0;
  begin();
  watch({.stiffness_npm = 20'000.0, .damping_nspm = 600.0, .position_m = 5.0, .max_n = 600.0, .fade_nspm = 100.0, .eccentric_max_n = 600.0},
        6000);
  const sim::Grip tired{.force_n = 180.0, .max_n = 180.0, .eccentric_max_n = 180.0};
  watch(tired, 1200);
  const Seen seen = watch(tired, 1000);
  EXPECT_GE(seen.least_mps, -0.44);
  EXPECT_LE(seen.most_mps, -0.36);
  EXPECT_LT(seen.mean_n, 220.0);
}

TEST_P(ProfileLoop, ADamperSettlesWhereForcesMeet) {
  for (const double damping_nspm : {150.0, 400.0}) {
    SCOPED_TRACE(damping_nspm);
    fresh_machine();
    make("viscous", {{"damping_nspm", damping_nspm}, {"most_n", 600.0}});
    base_n_ = 100.0;
    begin();
    watch(pull(400.0, 100.0), 800);
    const Seen seen = watch(pull(400.0, 100.0), 500);
    const double expected_mps = (400.0 - 100.0 - left().friction_n) / (damping_nspm + 100.0 + left().viscous_nspm);
    EXPECT_NEAR(seen.mean_mps, expected_mps, 0.1 * expected_mps);
    EXPECT_LE(seen.span_n, 10.0) << "no ringing";
  }
}

TEST_P(ProfileLoop, AFlywheelIsAsHeavyAsItSays) {
  for (const double mass_kg : {10.0, 30.0}) {
    SCOPED_TRACE(mass_kg);
    fresh_machine();
    make("inertia", {{"mass_kg", mass_kg}});
    base_n_ = 100.0;
    begin();
    const sim::CableParams p = params();
    const sim::Grip grip{.force_n = 200.0, .max_n = 200.0, .eccentric_max_n = 200.0};
    watch(grip, 300);
    const Seen before = watch(grip, 10), between = watch(grip, 290), after = watch(grip, 10);
    const double acceleration_mps2 = (after.mean_mps - before.mean_mps) / 0.3;
    const double net_n = 200.0 - 100.0 - left().friction_n - left().viscous_nspm * between.mean_mps;
    const double expected_mps2 = net_n / (mass_kg + p.drum_mass_kg + p.handle_mass_kg);
    EXPECT_NEAR(acceleration_mps2, expected_mps2, 0.1 * expected_mps2);
    EXPECT_LE(between.span_n, 20.0) << "no ringing";
  }
}

TEST_P(ProfileLoop, NoneShakesInAFirmHandNorInALooseOne) {
  const std::vector<Link> steepest{{"inertia", {{"mass_kg", 30.0}}},
                                   {"viscous", {{"damping_nspm", 400.0}, {"return_share", 1.0}}},
                                   {"isokinetic", {{"speed_mps", 0.1}, {"return_speed_mps", 0.1}}},
                                   {"isometric-hold", {{"at_share", 0.1}}}};
  for (const Link& link : steepest) {
    for (const double stiffness_npm : {20'000.0, 3'000.0}) {
      SCOPED_TRACE(link.first + " " + std::to_string(stiffness_npm));
      fresh_machine();
      make_chain({link});
      begin();
      const sim::Grip still{.stiffness_npm = stiffness_npm,
                            .damping_nspm = 0.015 * stiffness_npm,
                            .position_m = 0.4,
                            .max_n = 3000.0,
                            .eccentric_max_n = 3000.0};
      watch(still, 2000);
      const Seen seen = watch(still, 1000);
      EXPECT_LE(seen.span_n, 2.0);
      EXPECT_LE(seen.most_m - seen.least_m, 0.002) << "more than the creep of the plant's friction";
    }
  }
}

TEST_P(ProfileLoop, AnIsometricHoldKeepsThePlaceHoweverHardThePull) {
  make("isometric-hold", {{"at_share", 0.5}, {"most_n", 600.0}});
  base_n_ = 80.0;
  begin();
  watch(pull(250.0, 200.0), 2500);
  for (const double strength_n : {250.0, 450.0, 600.0}) {
    SCOPED_TRACE(strength_n);
    const Seen first = watch(pull(strength_n, 200.0), 1500);
    EXPECT_LE(first.most_m, 0.55 + 0.06) << "the tug before the integral answers";
    const Seen seen = watch(pull(strength_n, 200.0), 1000);
    EXPECT_NEAR(seen.mean_m, 0.55, 0.01);
    EXPECT_LE(seen.span_n, 20.0) << "no ringing";
    EXPECT_GE(seen.mean_n, strength_n - params().friction_n - 5.0);
  }
  for (int ms = 0; ms < 500; ++ms) {
    const Seen eased = watch(pull(600.0 - ms, 200.0), 1);
    ASSERT_GE(eased.least_mps, -0.25) << "easing off is no snatch";
  }
  EXPECT_NEAR(watch(pull(100.0, 200.0), 500).mean_n, 80.0, 25.0);
}

/// A hand that goes along at 0.4 m/s, is knocked with 60 N for 30 ms, and goes on.
TEST_P(ProfileLoop, NoHandIsMadeToSwingWhileItMoves) {
  struct Hand {
    double stiffness_npm, damping_nspm;
  };
  for (const Hand hand : {Hand{30'000.0, 900.0}, Hand{20'000.0, 300.0}, Hand{4'000.0, 350.0}, Hand{3'000.0, 45.0}, Hand{1'000.0, 30.0}}) {
    for (const double load_n : {60.0, 300.0}) {
      SCOPED_TRACE(std::to_string(hand.stiffness_npm) + " N/m, load " + std::to_string(load_n));
      fresh_machine();
      make("constant");
      base_n_ = load_n;
      begin();
      sim::Grip grip{.force_n = load_n,
                     .stiffness_npm = hand.stiffness_npm,
                     .damping_nspm = hand.damping_nspm,
                     .position_m = cable_.state().handle_m,
                     .velocity_mps = 0.4,
                     .max_n = 3000.0,
                     .eccentric_max_n = 3000.0};
      const auto go = [&](int ms) {
        Seen seen;
        for (int i = 0; i < ms; ++i) {
          const Seen one = watch(grip, 1);
          seen.least_mps = std::min(seen.least_mps, one.least_mps);
          seen.most_mps = std::max(seen.most_mps, one.most_mps);
          grip.position_m += 0.4e-3;
        }
        return seen;
      };
      go(1'000);
      grip.force_n += 60.0;
      go(30);
      grip.force_n -= 60.0;
      go(6'000);
      const Seen settled = go(2'000);
      EXPECT_LE(settled.most_mps - settled.least_mps, 0.05);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Machines, ProfileLoop,
                         ::testing::Values(Loop{7.0, 1, 300e3, 1}, Loop{7.0, 1, 50e3, 2}, Loop{4.5, 1, 300e3, 2}, Loop{12.0, 1, 50e3, 2},
                                           Loop{7.0, 2, 300e3, 1}, Loop{4.5, 2, 50e3, 2}));

}  // namespace
}  // namespace sheave::profiles_test
