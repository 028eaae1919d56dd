// What is measured of a rep, against what the drawn movement says by itself.

#include <gtest/gtest.h>

#include <cmath>

#include "controller/core/units.hpp"
#include "tests/unit/control/detect.hpp"

namespace sheave::control::test {
namespace {

constexpr double kRom_m = 0.5;

/// The mean over time of a minimum-jerk pull between the moments at which its speed is kMoving_mps or 5 % of its fastest, found by
/// differences of the drawn movement alone.
double mean_speed_of(const Movement& movement, double from_s, double to_s) {
  const auto& x = movement.points_m();
  double fastest = 0.0;
  const auto begin = static_cast<std::size_t>(from_s * 1000.0), end = static_cast<std::size_t>(to_s * 1000.0);
  for (std::size_t i = begin; i + 1 < end; ++i) fastest = std::max(fastest, (x[i + 1] - x[i]) * 1000.0);
  std::size_t first = begin, last = end - 2;
  while ((x[first + 1] - x[first]) * 1000.0 < kMoving_mps) ++first;
  while ((x[last + 1] - x[last]) * 1000.0 < std::max(kMoving_mps, 0.05 * fastest)) --last;
  return (x[last] - x[first]) / (static_cast<double>(last - first) * 1e-3);
}

class Measured : public testing::TestWithParam<double> {};  // seconds of the pull

TEST_P(Measured, AgreesWithTheMovementItself) {
  const double pull_s = GetParam();
  Movement m(0.3);
  m.hold(1.0).rep(kRom_m, pull_s, 1.5, 0.6).hold(0.8).rep(kRom_m, pull_s, 1.5, 0.6).hold(0.8);
  const Detected found = detect(m.seen({.noise_m = 0.00005}), {.min_rom_m = 0.1, .rom = {0.3, 0.8}}, 200.0);
  ASSERT_EQ(found.reps.size(), 2u);
  const Rep& rep = found.reps[1];
  EXPECT_NEAR(rep.start_m, 0.3, 0.003);
  EXPECT_NEAR(rep.peak_m, 0.8, 0.003);
  EXPECT_NEAR(rep.end_m, 0.3, 0.003);
  EXPECT_NEAR(rep.rom_m, kRom_m, 0.005);
  EXPECT_NEAR(rep.rom_share, 1.0, 0.01);
  EXPECT_NEAR(found.details[1].peak_share, 1.0, 0.01);

  const double second_s = 1.0 + pull_s + 0.6 + 1.5 + 0.8;
  const double expected = mean_speed_of(m, second_s, second_s + pull_s);
  EXPECT_NEAR(rep.mean_speed_mps / expected, 1.0, 0.03);
  EXPECT_NEAR(rep.mean_propulsive_speed_mps / rep.mean_speed_mps, 1.0, 0.02);  // no drawn pull decelerates faster than gravity
  const double peak_mps = 1.875 * kRom_m / pull_s;                             // of minimum jerk, at its middle
  EXPECT_NEAR(rep.peak_speed_mps / peak_mps, 1.0, 0.03);

  EXPECT_NEAR(rep.concentric_s, pull_s, 0.2 * pull_s);       // its slow ends are the slower, the longer it lasts
  EXPECT_NEAR(rep.peak_hold_s, 0.6, 0.15 * (pull_s + 1.5));  // the slow ends of both phases belong to the hold
  EXPECT_NEAR(rep.eccentric_s, 1.5, 0.2 * 1.5);
  EXPECT_GE(rep.bottom_s, 0.8);
  EXPECT_TRUE(std::isnan(found.reps[0].bottom_s));  // nothing came before
  EXPECT_LT(rep.longest_pause_s, 0.05);
  EXPECT_FALSE(found.details[1].no_return);

  EXPECT_NEAR(rep.load_commanded_kg, kg_from_newton(200.0), 1e-6);
  EXPECT_NEAR(rep.load_measured_kg, kg_from_newton(180.0), 1e-6);
  EXPECT_NEAR(rep.mean_force_n, 180.0, 1e-6);
  EXPECT_NEAR(rep.peak_force_n, 180.0, 1e-6);
  EXPECT_NEAR(rep.work_j, 180.0 * kRom_m, 1.5);
  EXPECT_NEAR(rep.mean_power_w, 180.0 * rep.mean_speed_mps, 0.01 * rep.mean_power_w);
  EXPECT_NEAR(rep.peak_power_w, 180.0 * rep.peak_speed_mps, 0.01 * rep.peak_power_w);
}

INSTANTIATE_TEST_SUITE_P(PullSeconds, Measured, testing::Values(0.6, 0.8, 1.2, 2.0, 3.5),
                         [](const auto& one) { return std::to_string(static_cast<int>(one.param * 10.0)); });

TEST(RepMeasures, APauseInThePullIsMeasuredAndBelongsToIt) {
  Movement m(0.3);
  m.hold(0.5).to(0.55, 0.8).hold(0.7).to(0.8, 0.8).to(0.3, 1.5).hold(0.5);
  const Detected found = detect(m.seen({}), {.min_rom_m = 0.1, .rom = {0.3, 0.8}});
  ASSERT_EQ(found.reps.size(), 1u);
  EXPECT_NEAR(found.reps[0].longest_pause_s, 0.75, 0.1);
  EXPECT_NEAR(found.reps[0].concentric_s, 2.2, 0.15);
}

TEST(RepMeasures, AHoldThatCreepsIsNoPull) {
  Movement m(0.3);
  m.hold(0.5).to(0.8, 1.0).hold(0.4).to(0.812, 1.5).hold(0.3).to(0.3, 1.5).hold(0.5);
  const Detected found = detect(m.seen({}), {.min_rom_m = 0.1});
  ASSERT_EQ(found.reps.size(), 1u);
  EXPECT_NEAR(found.reps[0].concentric_s, 0.9, 0.1);
  EXPECT_GT(found.reps[0].peak_hold_s, 2.0);
}

TEST(RepMeasures, AThrownPullIsFastAtItsStartAndSlowAtItsEnd) {
  Movement m(0.3);
  m.hold(0.5).to(0.7, 0.5).to(0.8, 0.8).to(0.3, 1.5).hold(0.5);
  const Detected found = detect(m.seen({}), {.min_rom_m = 0.1});
  ASSERT_EQ(found.reps.size(), 1u);
  EXPECT_GT(found.details[0].start_speed_mps, 2.0 * found.details[0].end_speed_mps);
}

TEST(RepMeasures, StartsAtTheRestOnTheWayOutWhereTheRepsAreMadeFromThere) {
  Movement m(0.0);
  m.hold(0.3).to(0.4, 1.2).hold(1.0).rep(0.45, 1.0, 1.2).hold(0.5).rep(0.45, 1.0, 1.2).hold(0.5);
  const Detected found = detect(m.seen({}), {.min_rom_m = 0.1});
  ASSERT_EQ(found.reps.size(), 2u);
  EXPECT_NEAR(found.reps[0].start_m, 0.4, 0.005);
  EXPECT_NEAR(found.reps[0].rom_m, 0.45, 0.005);
  EXPECT_NEAR(found.reps[0].concentric_s, 1.0, 0.15);
}

TEST(RepMeasures, ASetThatEndsAtTheTopHasNoReturn) {
  Movement m(0.3);
  m.hold(0.5).rep(0.5, 1.0, 1.2).hold(0.3).to(0.8, 1.0).hold(0.5);
  const Detected found = detect(m.seen({}), {.min_rom_m = 0.1});
  ASSERT_EQ(found.reps.size(), 2u);
  EXPECT_TRUE(found.details[1].no_return);
  EXPECT_TRUE(std::isnan(found.reps[1].eccentric_s));
  EXPECT_TRUE(std::isnan(found.reps[1].end_m));
}

TEST(Phases, FollowTheMovementAtOnce) {
  Movement m(0.3);
  m.hold(1.0).to(0.8, 1.0).hold(1.0).to(0.3, 1.5).hold(1.0);
  const auto phases = detect(m.seen({}), {.min_rom_m = 0.1, .rom = {0.3, 0.8}}).phases;
  EXPECT_EQ(phases[900], Phase::kRest);
  EXPECT_EQ(phases[1300], Phase::kConcentric);
  EXPECT_EQ(phases[1700], Phase::kConcentric);
  EXPECT_EQ(phases[2500], Phase::kPeak);
  EXPECT_EQ(phases[3400], Phase::kEccentric);
  EXPECT_EQ(phases[4300], Phase::kEccentric);
  EXPECT_EQ(phases[5300], Phase::kRest);
}

// The spotter takes load off a pull that stands still: it has to be told that this is still the pull.
TEST(Phases, AStallBelowTheTopStaysConcentric) {
  Movement m(0.3);
  m.hold(1.0).to(0.55, 1.0).hold(3.0);
  for (const Rom rom : {Rom{0.3, 0.8}, Rom{}}) {
    const auto phases = detect(m.seen({.noise_m = 0.0005}), {.min_rom_m = 0.1, .rom = rom}).phases;
    for (std::size_t ms = 1300; ms < phases.size(); ++ms) ASSERT_EQ(phases[ms], Phase::kConcentric) << ms;
  }
}

TEST(Sticking, IsWhereAPullSlowsDownAndSpeedsUpAgain) {
  Movement m(0.3);
  m.hold(1.0);
  for (int i = 0; i < 2; ++i) m.to(0.55, 0.6).to(0.62, 0.5).to(0.8, 0.5).hold(0.3).to(0.3, 1.5).hold(0.6);
  const Detected found = detect(m.seen({}), {.min_rom_m = 0.1, .rom = {0.3, 0.8}});
  ASSERT_EQ(found.reps.size(), 2u);
  for (const Rep& rep : found.reps) {
    EXPECT_NEAR(rep.sticking_share, 0.57, 0.1) << "between 50 and 64 % of the way";
    EXPECT_LT(rep.sticking_speed_mps, 0.6 * rep.mean_speed_mps);
    EXPECT_GT(rep.sticking_speed_mps, 0.0);
  }
}

TEST(Sticking, ASmoothPullHasNone) {
  for (const double pull_s : {0.4, 1.0, 3.0}) {
    Movement m(0.3);
    m.hold(1.0).rep(kRom_m, pull_s, 1.5, 0.3).hold(0.6);
    const Detected found = detect(m.seen({.noise_m = 0.00005}), {.min_rom_m = 0.1, .rom = {0.3, 0.8}});
    ASSERT_EQ(found.reps.size(), 1u);
    EXPECT_TRUE(std::isnan(found.reps[0].sticking_share)) << pull_s;
    EXPECT_TRUE(std::isnan(found.reps[0].sticking_speed_mps));
  }
}

/// One rep with the left cable ahead by `apart` of the range, at its end by half of that.
Rep rep_with_sides(double apart) {
  Movement m(0.3);
  m.hold(0.5).rep(kRom_m, 1.0, 1.5).hold(0.6);
  RepDetector detector;
  detector.reset({.min_rom_m = 0.1, .rom = {0.3, 0.8}});
  Rep rep;
  const auto& x = m.points_m();
  for (std::size_t i = 1; i < x.size(); ++i) {
    DetectorInput in{x[i], (x[i] - x[i - 1]) * 1000.0, 200.0, 180.0, static_cast<std::int64_t>(i) * kNsPerMs, kNsPerMs};
    in.sides_apart = x[i] > 0.75 ? 0.5 * apart : apart;
    if (const auto out = detector.update(in); out.candidate) rep = out.candidate->rep;
  }
  return rep;
}

TEST(Sides, TheOneThatLeadsIsToldByHowFar) {
  EXPECT_NEAR(rep_with_sides(0.08).side_lead_share, 0.07, 0.01);
  EXPECT_NEAR(rep_with_sides(0.08).side_peak_share, 0.04, 1e-9);
  EXPECT_NEAR(rep_with_sides(-0.08).side_lead_share, -0.07, 0.01);
  const Rep unknown = rep_with_sides(kUnknown);
  EXPECT_TRUE(std::isnan(unknown.side_lead_share));
  EXPECT_TRUE(std::isnan(unknown.side_peak_share)) << "one cable has no sides";
}

}  // namespace
}  // namespace sheave::control::test
