// The constant and the eccentric load.

#include "tests/unit/plugins/profile_bench.hpp"

namespace sheave::profiles_test {
namespace {

class LoadProfileTest : public ProfileTest {
 protected:
  using ProfileTest::tick;
  double tick(double share, double speed_mps, std::uint32_t phase, std::uint32_t flags = SHEAVE_AXIS_VALID | SHEAVE_AXIS_ACTIVE) {
    return tick({share, speed_mps, phase, kRange.start_m, flags});
  }

  /// Moves from one share of the range to another at an even speed; the tension of each tick.
  std::vector<double> move(double from, double to, double duration_s) {
    const int ticks = static_cast<int>(std::lround(duration_s * 1000));
    const double speed_mps = kRange.length_m() * (to - from) / duration_s;
    const std::uint32_t phase = to > from ? SHEAVE_PHASE_CONCENTRIC : SHEAVE_PHASE_ECCENTRIC;
    std::vector<double> tension_n;
    for (int i = 1; i <= ticks; ++i) tension_n.push_back(tick(from + (to - from) * i / ticks, speed_mps, phase));
    return tension_n;
  }
};

TEST_F(LoadProfileTest, ConstantIsTheSameBothWays) {
  make("constant", {});
  for (const double t : move(0, 1, 1)) ASSERT_EQ(t, kBase_n);
  for (const double t : move(1, 0, 1)) ASSERT_EQ(t, kBase_n);
}

TEST_F(LoadProfileTest, EccentricIsFullInTheMiddleOfTheReturnAndGoneAtTheBottom) {
  make("eccentric", {{"return_share", 1.5}});
  for (const double t : move(0, 1, 1)) ASSERT_EQ(t, kBase_n);
  const auto back = move(1, 0, 2);
  EXPECT_NEAR(back[1000], 1.5 * kBase_n, 1e-9);
  EXPECT_NEAR(back.front(), kBase_n, 1.0);
  for (std::size_t i = 1800; i < back.size(); ++i) ASSERT_EQ(back[i], kBase_n) << "below a tenth of the range";
  EXPECT_LE(*std::ranges::max_element(back), 1.5 * kBase_n + 1e-9);
  for (const double t : move(0, 1, 1)) ASSERT_EQ(t, kBase_n);
}

TEST_F(LoadProfileTest, EccentricNeverStepsHoweverFastTheHandIs) {
  make("eccentric", {{"return_share", 1.5}, {"fade_share", 0.05}});
  std::vector<double> all;
  for (const double seconds : {1.0, 0.3, 0.1}) {
    for (const double t : move(0, 1, seconds)) all.push_back(t);
    for (const double t : move(1, 0, seconds)) all.push_back(t);
  }
  EXPECT_LE(steepest_nps(all), 0.5 * kBase_n * 4.0 + 1e-6);  // all of the extra in a quarter of a second
}

TEST_F(LoadProfileTest, TurningAroundEarlyTakesTheExtraOffWithoutAStep) {
  make("eccentric", {{"return_share", 1.5}});
  move(0, 1, 1);
  auto all = move(1, 0.5, 1);
  EXPECT_NEAR(all.back(), 1.5 * kBase_n, 1e-9);
  const auto pull = move(0.5, 1, 1);
  all.insert(all.end(), pull.begin(), pull.end());
  EXPECT_LE(steepest_nps(all), 0.5 * kBase_n * 4.0 + 1e-6);
  EXPECT_EQ(pull[300], kBase_n);
}

TEST_F(LoadProfileTest, AStillHandleFeelsNoChange) {
  make("eccentric", {{"return_share", 1.5}});
  move(0, 1, 1);
  move(1, 0.5, 1);
  for (int i = 0; i < 1000; ++i) ASSERT_NEAR(tick(0.5, 0, SHEAVE_PHASE_ECCENTRIC), 1.5 * kBase_n, 1e-9);
}

TEST_F(LoadProfileTest, ALighterReturnIsBackAtTheBaseBeforeTheNextPull) {
  make("eccentric", {{"return_share", 0.5}});
  move(0, 1, 1);
  const auto back = move(1, 0, 2);
  EXPECT_NEAR(back[1000], 0.5 * kBase_n, 1e-9);
  EXPECT_EQ(back.back(), kBase_n);
}

TEST_F(LoadProfileTest, WithoutACalibratedRangeNothingIsAdded) {
  make("eccentric", {{"return_share", 1.5}});
  const double unknown = std::numeric_limits<double>::quiet_NaN();
  for (int i = 0; i < 500; ++i) ASSERT_EQ(tick(unknown, -0.3, SHEAVE_PHASE_ECCENTRIC), kBase_n);
}

TEST_F(LoadProfileTest, WithoutAPullBeforeItThereIsNoReturn) {
  make("eccentric", {{"return_share", 1.5}});
  for (const double t : move(1, 0, 1)) ASSERT_EQ(t, kBase_n);
}

TEST_F(LoadProfileTest, ABadSampleHoldsTheGain) {
  make("eccentric", {{"return_share", 1.5}});
  move(0, 1, 1);
  const double before_n = move(1, 0.5, 1).back();
  for (int i = 0; i < 20; ++i) ASSERT_EQ(tick(9.0, 5.0, SHEAVE_PHASE_CONCENTRIC, SHEAVE_AXIS_ACTIVE), before_n);
}

TEST_F(LoadProfileTest, StartForgets) {
  make("eccentric", {{"return_share", 1.5}});
  move(0, 1, 1);
  move(1, 0.5, 1);
  restart();
  EXPECT_EQ(tick(0.5, 0, SHEAVE_PHASE_ECCENTRIC), kBase_n);
}

}  // namespace
}  // namespace sheave::profiles_test
