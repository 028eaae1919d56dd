#include "controller/safety/envelope.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "controller/safety/policy.hpp"

namespace sheave::safety {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
const EnvelopeConfig kConfig{.force_max_n = 900.0, .retract_limit_mps = 1.0, .travel_m = 2.5};

EnvelopeInput active(double request_n, double last_n) {
  EnvelopeInput in;
  in.request_n = request_n;
  in.last_n = last_n;
  in.cap_n = kInf;
  in.slew_up_nps = 2'000.0;
  in.slew_down_nps = 4'000.0;
  in.retract_limit_mps = kInf;
  in.drive_enabled = in.motion_valid = true;
  in.extension_m = 0.5;
  in.dt_ns = kNsPerMs;
  return in;
}

TEST(Envelope, PassesWhatIsInOrder) {
  const auto out = apply_envelope(kConfig, active(600.0, 600.0));
  EXPECT_DOUBLE_EQ(out.tension_n, 600.0);
  EXPECT_FALSE(out.capped);
  EXPECT_FALSE(out.slewed);
}

TEST(Envelope, WhatIsNoNumberRampsDown) {
  for (const double bad : {std::nan(""), kInf, -kInf}) {
    EXPECT_DOUBLE_EQ(apply_envelope(kConfig, active(bad, 600.0)).tension_n, 596.0);
  }
}

TEST(Envelope, ClampsAndSaysSo) {
  auto in = active(5'000.0, 900.0);
  EXPECT_DOUBLE_EQ(apply_envelope(kConfig, in).tension_n, 900.0);
  EXPECT_TRUE(apply_envelope(kConfig, in).capped);
  in.request_n = -10.0;
  in.last_n = 1.0;
  EXPECT_DOUBLE_EQ(apply_envelope(kConfig, in).tension_n, 0.0);
}

TEST(Envelope, ASetsOwnLimitIsALimitLikeTheOthers) {
  auto in = active(600.0, 120.0);
  in.set_most_n = 80.0;
  EXPECT_DOUBLE_EQ(apply_envelope(kConfig, in).tension_n, 116.0) << "what is above it comes off no faster than anything";
  EXPECT_TRUE(apply_envelope(kConfig, in).capped);
  in.last_n = 80.0;
  EXPECT_DOUBLE_EQ(apply_envelope(kConfig, in).tension_n, 80.0);
}

TEST(Envelope, ASetsOwnLimitDoesNotMoveWhereTheLoadFades) {
  auto in = active(300.0, 300.0);
  in.velocity_mps = -0.85;
  in.set_most_n = 301.0;
  EXPECT_DOUBLE_EQ(apply_envelope(kConfig, in).tension_n, 300.0);
}

TEST(Envelope, RisesAndFallsNoFasterThanTheStateAllows) {
  EXPECT_DOUBLE_EQ(apply_envelope(kConfig, active(600.0, 100.0)).tension_n, 102.0);
  EXPECT_DOUBLE_EQ(apply_envelope(kConfig, active(100.0, 600.0)).tension_n, 596.0);
}

TEST(Envelope, AStalledLoopDoesNotMakeUpForItInOneStep) {
  auto in = active(600.0, 100.0);
  in.dt_ns = kNsPerS;
  EXPECT_LE(apply_envelope(kConfig, in).tension_n, 110.0);
}

TEST(Envelope, ADriveThatIsOffGetsNothing) {
  auto in = active(600.0, 600.0);
  in.drive_enabled = false;
  EXPECT_EQ(apply_envelope(kConfig, in).tension_n, 0.0);
}

TEST(Envelope, NearHomeAndNearTheEndThereIsLittle) {
  EXPECT_LE(motion_cap_n(kConfig, 900.0, 1.0, 0.0, 0.0), kLight_n);
  EXPECT_DOUBLE_EQ(motion_cap_n(kConfig, 900.0, 1.0, 0.15, 0.0), 900.0);
  EXPECT_LE(motion_cap_n(kConfig, 900.0, 1.0, 2.49, 0.0), kLight_n);
}

TEST(Envelope, TheLoadFadesAsTheRetractSpeedComesToItsLimit) {
  EXPECT_DOUBLE_EQ(motion_cap_n(kConfig, 900.0, 1.0, 0.5, -0.7), 900.0);
  EXPECT_NEAR(motion_cap_n(kConfig, 900.0, 1.0, 0.5, -0.9), 460.0, 1.0);
  EXPECT_DOUBLE_EQ(motion_cap_n(kConfig, 900.0, 1.0, 0.5, -1.1), kTakeUp_n);
}

TEST(Envelope, TheRetractLimitBrakesOnTheWayHome) {
  auto in = active(600.0, 600.0);
  EXPECT_DOUBLE_EQ(apply_envelope(kConfig, in).retract_limit_mps, 1.0);
  in.extension_m = 0.025;
  EXPECT_NEAR(apply_envelope(kConfig, in).retract_limit_mps, 0.5, 1e-9);
  in.extension_m = 0.0;
  EXPECT_GT(apply_envelope(kConfig, in).retract_limit_mps, 0.0) << "it does arrive";
}

TEST(Envelope, AFastPullIsHeldByPower) {
  auto in = active(900.0, 900.0);
  in.velocity_mps = 5.0;
  EXPECT_NEAR(apply_envelope(kConfig, in).tension_n * 5.0, 3'000.0, 1.0);
}

TEST(Envelope, WithoutAVelocityLimitInTheDriveTheForceIsDerated) {
  Machine machine;
  hal::StackInfo info;
  info.peak_force_n = 1'000.0;
  info.travel_m = 2.5;
  info.drive_velocity_limit = true;
  EXPECT_DOUBLE_EQ(make_envelope_config(machine, info).force_max_n, 1'000.0);
  info.drive_velocity_limit = false;
  EXPECT_NEAR(make_envelope_config(machine, info).force_max_n, 7.0 * 0.45 / 0.004, 1e-6);
  machine.period_ns = 20 * kNsPerMs;
  EXPECT_LT(make_envelope_config(machine, info).force_max_n, 80.0) << "a slow link carries little load";
}

TEST(Envelope, HoldsItsPromisesForAnyInput) {
  std::mt19937_64 random(20261121);
  std::uniform_real_distribution<double> unit(-1.0, 1.0);
  const double odd[] = {0.0, -0.0, std::nan(""), kInf, -kInf, 1e300, -1e300, 1e-310};
  double last_n = 0.0;
  for (int i = 0; i < 200'000; ++i) {
    EnvelopeInput in;
    in.request_n = i % 7 == 0 ? odd[(i / 7) % 8] : 1'500.0 * unit(random);
    in.last_n = last_n;
    in.cap_n = i % 5 == 0 ? kInf : 1'000.0 * std::abs(unit(random));
    in.set_most_n = i % 6 == 0 ? 1'000.0 * std::abs(unit(random)) : kInf;
    in.slew_up_nps = 2'000.0 * std::abs(unit(random));
    in.slew_down_nps = 10'000.0 * std::abs(unit(random));
    in.retract_limit_mps = i % 3 == 0 ? kInf : 0.25;
    in.never_rise = i % 4 == 0;
    in.drive_enabled = i % 50 != 0;
    in.motion_valid = i % 11 != 0;
    in.extension_m = 3.0 * unit(random);
    in.velocity_mps = 6.0 * unit(random);
    in.dt_ns = static_cast<std::int64_t>(4e6 * std::abs(unit(random)));
    const EnvelopeOutput out = apply_envelope(kConfig, in);
    ASSERT_TRUE(std::isfinite(out.tension_n));
    ASSERT_GE(out.tension_n, 0.0);
    ASSERT_GT(out.retract_limit_mps, 0.0);
    ASSERT_LE(out.retract_limit_mps, kConfig.retract_limit_mps);
    const double dt_s = seconds(in.dt_ns);
    ASSERT_LE(out.tension_n, last_n + in.slew_up_nps * dt_s + 1e-9);
    ASSERT_LE(out.tension_n, std::max(std::min({in.cap_n, in.set_most_n, kConfig.force_max_n}), last_n - in.slew_down_nps * dt_s) + 1e-9);
    if (in.never_rise) {
      ASSERT_LE(out.tension_n, last_n);
    }
    last_n = out.tension_n;
  }
}

}  // namespace
}  // namespace sheave::safety
