// Profiles whose load belongs to a place or a speed: chains, elastic, strength curve, viscous, inertia.

#include <functional>

#include "tests/unit/plugins/profile_bench.hpp"

namespace sheave::profiles_test {
namespace {

class ShapeProfile : public ProfileTest {
 protected:
  /// Moves slowly to a place from wherever it was, stays, and answers the tension there.
  double at(double share) {
    control::test::Movement m(place_m_);
    place_m_ = kRange.start_m + share * kRange.length_m();
    return run(places(m.to(place_m_, 1.0).hold(0.5))).back();
  }

  double place_m_ = kRange.start_m;
};

TEST_F(ShapeProfile, ChainsLiftInAStraightLineOutAndBack) {
  make("chains", {{"amount_share", 0.4}, {"amount_kg", 5.0}});
  const double full_n = 0.4 * kBase_n + 5.0 * kGravity_mps2;
  for (const double share : {0.0, 0.25, 0.5, 1.0, 0.75, 0.25, 0.0}) EXPECT_NEAR(at(share), kBase_n + share * full_n, 1e-6) << share;
  EXPECT_NEAR(at(1.1), kBase_n + full_n, 1e-6) << "past the range no more chain";
  EXPECT_NEAR(at(-0.2), kBase_n, 1e-6);
}

TEST_F(ShapeProfile, ChainsMayStartHigher) {
  make("chains", {{"amount_share", 1.0}, {"from_share", 0.5}});
  EXPECT_NEAR(at(0.5), kBase_n, 1e-6);
  EXPECT_NEAR(at(0.75), 1.5 * kBase_n, 1e-6);
  EXPECT_NEAR(at(1.0), 2.0 * kBase_n, 1e-6);
}

TEST_F(ShapeProfile, InverseChainsLightenButKeepTheCableTaut) {
  make("inverse-chains", {{"amount_share", 0.5}});
  for (const double share : {0.0, 0.5, 1.0, 0.5}) EXPECT_NEAR(at(share), kBase_n * (1.0 - 0.5 * share), 1e-6) << share;
  make("inverse-chains", {{"amount_kg", 45.0}});
  EXPECT_NEAR(at(1.0), 0.2 * kBase_n, 1e-6);
}

TEST_F(ShapeProfile, ABandPullsByMetresFromTheStartOfTheRange) {
  make("elastic", {{"rate_npm", 300.0}});
  for (const double share : {0.5, 1.0, 0.2, 0.0}) EXPECT_NEAR(at(share), kBase_n + 300.0 * share * kRange.length_m(), 1e-6) << share;
  EXPECT_NEAR(at(-0.3), kBase_n, 1e-6) << "a slack band pushes nobody";
  make("elastic", {{"rate_npm", 300.0}, {"most_n", 60.0}});
  EXPECT_NEAR(at(1.0), kBase_n + 60.0, 1e-6);
}

TEST_F(ShapeProfile, ABandThatStartsInTheMiddleFindsItsAnchor) {
  make("elastic", {{"rate_npm", 300.0}});
  place_m_ = 0.6;
  EXPECT_NEAR(at(0.8), kBase_n + 300.0 * 0.4, 1e-6);
}

TEST_F(ShapeProfile, ABandFollowsANewCalibration) {
  make("elastic", {{"rate_npm", 300.0}});
  at(1.0);
  auto moved = places(control::test::Movement(0.8).to(0.5, 1.0).hold(0.5));
  const Rom longer{0.2, 0.9};
  for (Place& place : moved) place.share = longer.share(place.extension_m);
  EXPECT_NEAR(run(moved).back(), kBase_n + 300.0 * 0.3, 1e-6);
}

TEST_F(ShapeProfile, TheStrengthCurveGoesThroughItsPointsAndNoFurther) {
  make("strength-curve", {{"at_0", 0.8}, {"at_25", 1.1}, {"at_50", 1.2}, {"at_75", 0.9}, {"at_100", 0.7}});
  EXPECT_NEAR(at(0.0), 0.8 * kBase_n, 1e-6);
  EXPECT_NEAR(at(0.25), 1.1 * kBase_n, 1e-6);
  EXPECT_NEAR(at(0.5), 1.2 * kBase_n, 1e-6);
  EXPECT_NEAR(at(0.75), 0.9 * kBase_n, 1e-6);
  EXPECT_NEAR(at(1.0), 0.7 * kBase_n, 1e-6);
  EXPECT_NEAR(at(1.2), 0.7 * kBase_n, 1e-6);
  for (int i = 0; i <= 100; ++i) {
    const double share = 0.01 * i, t = at(share) / kBase_n;
    const bool rising = share <= 0.5;
    ASSERT_GE(t, (share <= 0.25 ? 0.8 : rising ? 1.1 : share <= 0.75 ? 0.9 : 0.7) - 1e-9) << share;
    ASSERT_LE(t, (share <= 0.25 ? 1.1 : share <= 0.75 ? 1.2 : 0.9) + 1e-9) << share;
  }
}

/// Ticks at an even speed in the middle of the range.
double steady(const std::function<double(const Place&)>& tick, double speed_mps, int ticks = 500) {
  double last_n = 0.0;
  for (int i = 0; i < ticks; ++i) last_n = tick({0.5, speed_mps, speed_mps > 0 ? SHEAVE_PHASE_CONCENTRIC : SHEAVE_PHASE_ECCENTRIC});
  return last_n;
}

TEST_F(ShapeProfile, ADamperResistsWithSpeedAndStaysBounded) {
  make("viscous", {{"damping_nspm", 200.0}, {"return_share", 0.5}, {"most_n", 150.0}});
  const auto tick_at = [this](const Place& p) { return tick(p); };
  EXPECT_NEAR(steady(tick_at, 0.5), kBase_n + 100.0, 1e-6);
  EXPECT_NEAR(steady(tick_at, 3.0), kBase_n + 150.0, 1e-6);
  EXPECT_NEAR(steady(tick_at, 0.0), kBase_n, 1e-6);
  EXPECT_NEAR(steady(tick_at, -0.5), kBase_n - 50.0, 1e-6);
  make("viscous", {{"damping_nspm", 200.0}});
  EXPECT_EQ(steady(tick_at, -0.5), kBase_n) << "by default the way back is the load's own";
}

TEST_F(ShapeProfile, AFlywheelTakesForceToSpeedUpAndGivesItBack) {
  make("inertia", {{"mass_kg", 20.0}});
  const auto accelerate = [this](double from_mps, double by_mps2) {
    double last_n = 0.0;
    for (int i = 0; i < 400; ++i) last_n = tick({0.5, from_mps + by_mps2 * 1e-3 * i, SHEAVE_PHASE_CONCENTRIC});
    return last_n;
  };
  EXPECT_NEAR(accelerate(0.0, 2.0), kBase_n + 40.0, 0.5);
  EXPECT_NEAR(accelerate(0.8, -2.0), kBase_n - 40.0, 0.5);
  EXPECT_NEAR(accelerate(0.0, 0.0), kBase_n, 0.5);
  EXPECT_NEAR(accelerate(0.0, -15.0), 0.2 * kBase_n, 1e-6) << "never slack";
}

}  // namespace
}  // namespace sheave::profiles_test
