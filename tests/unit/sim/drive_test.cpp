#include "sim/plant/drive.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/sim/support.hpp"

namespace sheave::sim {
namespace {

using hal::DriveState;

/// A drive on its plant, the handle held at `place_m`.
struct Bench {
  StillHand hand;
  Rig rig{DriveRating{}, CableParams{}, hand, 0};
  std::uint16_t seq = 0;

  /// The handle is carried out at 0.5 m/s with the drive off; then the drive is switched on.
  explicit Bench(double place_m = 0.4) {
    hand.next = held_at(0.0);
    hand.next.velocity_mps = 0.5;
    for (; hand.next.position_m < place_m; hand.next.position_m += 0.5 * kStep_s) step();
    hand.next = held_at(place_m);
    silence(300);
    drive().reboot();
  }
  Drive& drive() { return rig.drive(); }
  void step() { rig.step({}); }
  void run(double tension_n, int periods) {
    run_at(drive(), seq, tension_n, periods, [this] { step(); });
  }
  void silence(int periods) {
    for (int i = 0; i < periods; ++i) step();
  }
  double force_n() const { return rig.cable().motor_force_n; }
};

TEST(Drive, WalksTheCia402StatesOneAtATime) {
  Bench bench;
  bench.silence(49);
  EXPECT_EQ(bench.drive().state(), DriveState::kNotReady);
  bench.step();
  EXPECT_EQ(bench.drive().state(), DriveState::kSwitchOnDisabled);
  EXPECT_EQ(bench.drive().status().statusword & 0x4F, 0x40);
  bench.drive().write(force_command(0, 0x0F));
  bench.step();
  EXPECT_EQ(bench.drive().state(), DriveState::kSwitchOnDisabled) << "not without a shutdown command first";
  const std::uint16_t words[] = {0x06, 0x07, 0x0F};
  const DriveState states[] = {DriveState::kReadyToSwitchOn, DriveState::kSwitchedOn, DriveState::kOperationEnabled};
  const std::uint16_t bits[] = {0x21, 0x23, 0x27};
  for (int i = 0; i < 3; ++i) {
    bench.drive().write(force_command(0, words[i]));
    bench.step();
    EXPECT_EQ(bench.drive().state(), states[i]);
    EXPECT_EQ(bench.drive().status().statusword & 0x6F, bits[i]);
  }
}

TEST(Drive, RefusesAWriteBlockWholeWhenAFieldIsOutOfRange) {
  Bench bench;
  bench.run(100.0, 200);
  const DriveCommand good = bench.drive().command();
  DriveCommand bad = force_command(50.0);
  bad.seq = 999;
  bad.target = 1'000'001;
  EXPECT_FALSE(bench.drive().write(bad));
  bad.target = -1;
  EXPECT_FALSE(bench.drive().write(bad));
  bad = force_command(50.0);
  bad.force_limit_n = 1001;
  EXPECT_FALSE(bench.drive().write(bad));
  bad = force_command(50.0);
  bad.mode = 4;
  EXPECT_FALSE(bench.drive().write(bad));
  bad = force_command(50.0);
  bad.retract_mmps = 3001;
  EXPECT_FALSE(bench.drive().write(bad));
  EXPECT_EQ(bench.drive().command().seq, good.seq);
  EXPECT_EQ(bench.drive().command().target, good.target);
}

TEST(Drive, FollowsTheSetPointWithinSlopeAndLimit) {
  Bench bench;
  bench.run(25.0, 1500);  // takes up what slack the drum left when the handle stopped
  double before = bench.force_n();
  for (int i = 0; i < 300; ++i) {
    bench.run(500.0, 1);
    EXPECT_LE(bench.force_n() - before, 5.01);  // 5,000 N/s
    before = bench.force_n();
  }
  EXPECT_NEAR(bench.force_n(), 500.0, 0.5);
  DriveCommand command = force_command(500.0);
  command.force_limit_n = 120;
  command.seq = ++bench.seq;
  bench.drive().write(command);
  bench.silence(50);
  EXPECT_NEAR(bench.force_n(), 120.0, 0.5);
  EXPECT_TRUE(bench.drive().status().limit_bits & kLimitForce);
  EXPECT_TRUE(bench.drive().status().statusword & (1U << 11U));
}

// The drive's own limiter is the first line: it must hold with no master at all.
TEST(Drive, LetGoStaysUnderTheRetractLimit) {
  for (const double load_n : {100.0, 300.0, 588.4, 883.0}) {
    Bench bench(1.2);
    bench.run(load_n, 1500);
    bench.hand.next = {.force_n = load_n, .max_n = load_n, .eccentric_max_n = load_n};
    double fastest = 0.0;
    for (int i = 0; i < 1500; ++i) {
      bench.hand.next.max_n = bench.hand.next.eccentric_max_n = std::max(0.0, load_n * (1.0 - i / 60.0));
      bench.run(load_n, 1);
      if (bench.rig.cable().handle_m > 0.01) fastest = std::max(fastest, -bench.rig.cable().drum_mps);
    }
    EXPECT_LT(fastest, 1.05) << load_n;
    EXPECT_GT(fastest, 0.8) << load_n;
    EXPECT_LT(bench.rig.cable().handle_m, 0.01) << "came home";
  }
}

TEST(Drive, PayoutLimiterResistsUpToTheForceLimit) {
  Bench bench(0.2);
  bench.run(50.0, 300);
  bench.hand.next = {.force_n = 400.0, .max_n = 400.0, .eccentric_max_n = 400.0};
  DriveCommand command = force_command(50.0);
  command.payout_mmps = 300;
  double fastest = 0.0;
  for (int i = 0; i < 800; ++i) {
    command.seq = ++bench.seq;
    bench.drive().write(command);
    bench.step();
    if (i > 200) fastest = std::max(fastest, bench.rig.cable().drum_mps);
  }
  EXPECT_NEAR(fastest, 0.42, 0.03);  // 0.3 m/s plus 363 N over the limiter's 3,000 N s/m
}

TEST(Drive, WatchdogIsFedOnlyByANewSequenceNumber) {
  Bench bench;
  bench.run(100.0, 300);
  for (int i = 0; i < 95; ++i) {
    bench.drive().write(bench.drive().command());  // accepted, but the same seq
    bench.step();
  }
  EXPECT_EQ(bench.drive().state(), DriveState::kOperationEnabled);
  EXPECT_LE(bench.drive().status().watchdog_left_ms, 6);
  bench.run(100.0, 1);
  EXPECT_GE(bench.drive().status().watchdog_left_ms, 99);
  bench.silence(101);
  EXPECT_EQ(bench.drive().state(), DriveState::kFaultReaction);
  EXPECT_EQ(bench.drive().status().error_code, kErrorHeartbeat);
}

// kill -9 of the controller under 60 kg: at 20 phases of a rep, moving and still.
TEST(Drive, DampedReleaseOnlyEverLowersTheForce) {
  for (int phase = 0; phase < 20; ++phase) {
    const double speed = phase < 10 ? 0.08 * phase : -0.08 * (phase - 10);
    Bench bench(phase < 10 ? 0.2 : 0.9);
    bench.run(588.4, 600);
    bench.hand.next.velocity_mps = speed;
    for (int i = 0; i < 300; ++i) {
      bench.run(588.4, 1);
      bench.hand.next.position_m += speed * kStep_s;
    }
    double before = bench.force_n();
    double fastest = 0.0;
    int began_ms = -1;
    int low_ms = -1;
    for (int ms = 1; ms <= 700; ++ms) {
      bench.hand.next.position_m += speed * kStep_s;
      bench.step();
      EXPECT_LE(bench.force_n(), before + 1e-9) << "phase " << phase << " at " << ms << " ms";
      if (began_ms < 0 && bench.force_n() < 588.4 * 0.995 && bench.force_n() < before) began_ms = ms;
      if (low_ms < 0 && bench.force_n() <= 30.0) low_ms = ms;
      before = bench.force_n();
      fastest = std::max(fastest, -bench.rig.cable().drum_mps);
    }
    EXPECT_GT(began_ms, 0);
    EXPECT_LE(began_ms, 110) << phase;
    EXPECT_GT(low_ms, 0);
    EXPECT_LE(low_ms, 400) << phase;
    EXPECT_LT(fastest, 1.0);
    EXPECT_EQ(bench.drive().state(), DriveState::kFault);
  }
}

TEST(Drive, ReactionsAreStoReleaseOrBrake) {
  for (const auto reaction : {CommLossReaction::kSto, CommLossReaction::kDampedRelease, CommLossReaction::kSs1Brake}) {
    Bench bench;
    bench.silence(60);
    DriveConfig config;
    config.reaction = reaction;
    config.hold_force_n = 15;
    ASSERT_EQ(bench.drive().configure(config), Drive::ConfigResult::kDone);
    bench.run(300.0, 400);
    bench.silence(150);
    EXPECT_EQ(bench.force_n() < 1.0, reaction == CommLossReaction::kSto);
    bench.silence(400);
    EXPECT_EQ(bench.drive().state(), DriveState::kFault);
    EXPECT_EQ(bench.drive().brake_engaged(), reaction == CommLossReaction::kSs1Brake);
    EXPECT_NEAR(bench.force_n(), reaction == CommLossReaction::kDampedRelease ? 15.0 : 0.0, 0.1);
  }
}

TEST(Drive, LeavesAFaultOnlyOnARisingEdgeWithALowSetPoint) {
  Bench bench;
  bench.run(200.0, 300);
  bench.silence(600);
  ASSERT_EQ(bench.drive().state(), DriveState::kFault);
  auto write = [&](double tension_n, std::uint16_t word) {
    DriveCommand command = force_command(tension_n, word);
    command.seq = ++bench.seq;
    bench.drive().write(command);
    bench.step();
  };
  write(200.0, 0x80);
  EXPECT_EQ(bench.drive().state(), DriveState::kFault) << "set-point still standing";
  write(0.0, 0x80);
  EXPECT_EQ(bench.drive().state(), DriveState::kFault) << "no edge";
  write(0.0, 0x00);
  write(0.0, 0x80);
  EXPECT_EQ(bench.drive().state(), DriveState::kSwitchOnDisabled);
  EXPECT_EQ(bench.drive().status().error_code, 0);
}

TEST(Drive, StoTakesTheTorqueAndItsReleaseGivesNothingBack) {
  Bench bench;
  bench.run(300.0, 300);
  bench.drive().set_sto(true);
  bench.run(300.0, 20);
  EXPECT_LT(bench.force_n(), 0.01);
  EXPECT_TRUE(bench.drive().status().statusword & (1U << 14U));
  EXPECT_EQ(bench.drive().state(), DriveState::kSwitchOnDisabled);
  bench.drive().set_sto(false);
  for (int i = 0; i < 100; ++i) {
    bench.drive().write(force_command(300.0, 0x0F));
    bench.step();
  }
  EXPECT_LT(bench.force_n(), 0.01);
}

TEST(Drive, QuickStopRampsDownThenSwitchesOff) {
  Bench bench;
  bench.run(300.0, 300);
  DriveCommand command = force_command(300.0, 0x02);
  command.seq = ++bench.seq;
  bench.drive().write(command);
  bench.silence(20);
  EXPECT_EQ(bench.drive().state(), DriveState::kQuickStop);
  bench.silence(300);
  EXPECT_EQ(bench.drive().state(), DriveState::kSwitchOnDisabled);
  EXPECT_LT(bench.force_n(), 0.01);
}

TEST(Drive, IsConfiguredOnlyWhileOff) {
  Bench bench;
  bench.run(20.0, 100);
  EXPECT_EQ(bench.drive().configure(DriveConfig{}), Drive::ConfigResult::kBusy);
  DriveConfig config;
  config.watchdog_ms = 0;
  EXPECT_EQ(bench.drive().configure(config), Drive::ConfigResult::kOutOfRange);
}

TEST(Drive, RebootForgetsParametersAndTorque) {
  Bench bench;
  bench.silence(60);
  DriveConfig config;
  config.release_ramp_ms = 200;
  ASSERT_EQ(bench.drive().configure(config), Drive::ConfigResult::kDone);
  bench.run(300.0, 300);
  bench.drive().reboot();
  bench.silence(20);
  EXPECT_LT(bench.force_n(), 0.01);
  EXPECT_EQ(bench.drive().state(), DriveState::kNotReady);
  EXPECT_EQ(bench.drive().config().release_ramp_ms, DriveConfig{}.release_ramp_ms);
}

TEST(Drive, OutsideItsPositionsItReleases) {
  Bench bench;
  bench.silence(60);
  DriveConfig config;
  config.position_max_um = 300'000;
  ASSERT_EQ(bench.drive().configure(config), Drive::ConfigResult::kDone);
  bench.run(50.0, 1000);
  EXPECT_EQ(bench.drive().status().error_code, kErrorPosition);
}

}  // namespace
}  // namespace sheave::sim
