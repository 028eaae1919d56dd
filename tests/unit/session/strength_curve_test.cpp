#include "controller/session/strength_curve.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "controller/session/program.hpp"

namespace sheave::session {
namespace {

StrengthCurve curve(std::array<double, 5> force_n) { return {force_n}; }

std::vector<ForceAt> line(double from, double to, double at_0_n, double at_1_n, int count = 200) {
  std::vector<ForceAt> moments;
  for (int i = 0; i < count; ++i) {
    const double share = from + (to - from) * i / (count - 1.0);
    moments.push_back({share, at_0_n + share * (at_1_n - at_0_n)});
  }
  return moments;
}

TEST(CurveThrough, FindsAStraightCurveAtItsEndsTooAndDoesNotDrawThemToTheMiddle) {
  const StrengthCurve found = curve_through(line(0.0, 1.0, 500.0, 300.0));
  const double wanted_n[] = {500.0, 450.0, 400.0, 350.0, 300.0};
  for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(found.force_n[i], wanted_n[i], 1e-6) << i;
}

TEST(CurveThrough, IsUnknownWhereNothingNearWasMeasured) {
  const StrengthCurve found = curve_through(line(0.12, 0.97, 500.0, 300.0));
  EXPECT_TRUE(std::isnan(found.force_n[0]));
  EXPECT_EQ(found.known(), 4U);
  EXPECT_EQ(curve_through({}).known(), 0U);
  EXPECT_EQ(curve_through(line(0.45, 0.55, 1.0, 1.0, 5)).known(), 0U) << "five moments are a coincidence";
}

TEST(CurveThrough, SmoothsATremble) {
  auto moments = line(0.0, 1.0, 400.0, 400.0);
  for (std::size_t i = 0; i < moments.size(); ++i) moments[i].force_n += i % 2 == 0 ? 60.0 : -60.0;
  const StrengthCurve found = curve_through(moments);
  for (const double n : found.force_n) EXPECT_NEAR(n, 400.0, 6.0);
}

TEST(CurveBetween, HoldsAreJoinedAndNothingIsSaidBeyondThem) {
  const std::vector<ForceAt> held{{0.25, 500.0}, {0.75, 400.0}};
  const StrengthCurve found = curve_between(held);
  EXPECT_TRUE(std::isnan(found.force_n[0]));
  EXPECT_DOUBLE_EQ(found.force_n[1], 500.0);
  EXPECT_DOUBLE_EQ(found.force_n[2], 450.0);
  EXPECT_DOUBLE_EQ(found.force_n[3], 400.0);
  EXPECT_TRUE(std::isnan(found.force_n[4]));
  EXPECT_EQ(curve_between({}).known(), 0U);
}

TEST(Joined, HoldsCompleteWhatPullsDoNotTellAtThePullsOwnLevel) {
  const StrengthCurve pulls = curve({kUnknown, kUnknown, 360.0, 324.0, 300.0});
  const StrengthCurve holds = curve({kUnknown, 500.0, 400.0, 360.0, kUnknown});
  const StrengthCurve both = joined(pulls, holds);
  EXPECT_TRUE(std::isnan(both.force_n[0]));
  EXPECT_NEAR(both.force_n[1], 450.0, 1e-9);
  EXPECT_DOUBLE_EQ(both.force_n[2], 360.0);
  EXPECT_DOUBLE_EQ(both.force_n[4], 300.0);
  const StrengthCurve apart = joined(curve({kUnknown, kUnknown, kUnknown, 324.0, 300.0}), holds);
  EXPECT_TRUE(std::isnan(apart.force_n[1])) << "one place in common says nothing of the levels";
}

TEST(Shares, AreTheCurveOverItsMeanSoThatARepIsTheSameWork) {
  const auto shares = shares_of(curve({500.0, 450.0, 400.0, 350.0, 300.0}));
  ASSERT_TRUE(shares);
  const double wanted[] = {1.25, 1.125, 1.0, 0.875, 0.75};
  for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(shares->share[i], wanted[i], 1e-9);
}

TEST(Shares, EndsThatAreNotKnownGoOnLevelAndGapsAreBridged) {
  const auto shares = shares_of(curve({kUnknown, 440.0, kUnknown, 360.0, 360.0}));
  ASSERT_TRUE(shares);
  EXPECT_DOUBLE_EQ(shares->share[0], shares->share[1]);
  EXPECT_NEAR(shares->share[2], (shares->share[1] + shares->share[3]) / 2.0, 1e-9);
}

TEST(Shares, NeedThreePlacesAndAForce) {
  EXPECT_FALSE(shares_of(curve({kUnknown, 440.0, 400.0, kUnknown, kUnknown})));
  EXPECT_FALSE(shares_of(curve({0.0, 0.0, 0.0, 0.0, 0.0})));
  EXPECT_FALSE(shares_of(StrengthCurve{}));
}

TEST(Shares, StayWithinTheirRangeAndNearTheirNeighboursWhateverWasMeasured) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> force_n(-100.0, 2000.0);
  for (int i = 0; i < 5000; ++i) {
    StrengthCurve wild;
    for (double& n : wild.force_n) n = random() % 6 == 0 ? kUnknown : force_n(random);
    const auto shares = shares_of(wild);
    if (!shares) continue;
    for (std::size_t k = 0; k < 5; ++k) {
      ASSERT_GE(shares->share[k], kLeastShare);
      ASSERT_LE(shares->share[k], kMostShare);
      ASSERT_LE(std::abs(shares->share[k] - shares->share[k > 0 ? k - 1 : 0]), kMostStep + 1e-9);
    }
  }
}

TEST(GiveCurve, KeepsWhatIsStatedOrReplacesIt) {
  PluginUse link{"strength-curve", {{"at_50", 0.9}}, true};
  give_curve(link, {}, Given::kWhereNotStated);
  EXPECT_EQ(link.params.size(), 5U);
  EXPECT_DOUBLE_EQ(link.params.at("at_50"), 0.9);
  EXPECT_DOUBLE_EQ(stated_curve(link).share[2], 0.9);
  give_curve(link, {{1.1, 1.2, 1.0, 0.9, 0.8}}, Given::kAlways);
  EXPECT_DOUBLE_EQ(link.params.at("at_50"), 1.0);
  EXPECT_DOUBLE_EQ(link.params.at("at_100"), 0.8);
}

}  // namespace
}  // namespace sheave::session
