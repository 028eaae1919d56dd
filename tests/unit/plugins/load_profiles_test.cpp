// The shipped load profiles, as the machine runs them: loaded by the registry, ticked through a slot.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "controller/plugin_host/registry.hpp"
#include "controller/plugin_host/slots.hpp"

namespace sheave {
namespace {

constexpr double kBase_n = 200.0;
constexpr std::int64_t kPeriod_ns = 1'000'000;

class LoadProfileTest : public ::testing::Test {
 protected:
  LoadProfileTest() { registry_.scan({SHEAVE_PLUGIN_DIR}); }

  void make(const std::string& id, const plugin_host::ParamValues& values) {
    auto instance = registry_.create(id, SHEAVE_EXT_LOAD_PROFILE, values, {1, kPeriod_ns, 1000.0, 2000.0, 2.5});
    ASSERT_TRUE(instance.ok()) << instance.status().message;
    slot_ = std::make_unique<plugin_host::LoadSlot>(*std::move(instance));
    ASSERT_TRUE(slot_->start());
  }

  double tick(double share, double speed_mps, std::uint32_t phase, std::uint32_t flags = SHEAVE_AXIS_VALID | SHEAVE_AXIS_ACTIVE) {
    const sheave_axis_state_t axis{0.2 + 0.5 * share, speed_mps, kBase_n, 0, flags, 0};
    sheave_load_in_t in{};
    in.axis_count = 1;
    in.time = {index_++, 0, kPeriod_ns, kPeriod_ns};
    in.axes = &axis;
    in.base_load_n = in.previous_tension_n = &kBase_n;
    in.rom_share = &share;
    in.phase = &phase;
    std::array<double, 1> tension_n{-1.0};
    EXPECT_EQ(slot_->tick(in, tension_n), plugin_host::CallResult::kOk);
    return tension_n[0];
  }

  /// Moves from one share of a range of 0.5 m to another at an even speed; the tension of each tick.
  std::vector<double> move(double from, double to, double duration_s) {
    const int ticks = static_cast<int>(std::lround(duration_s * 1000));
    const double speed_mps = 0.5 * (to - from) / duration_s;
    const std::uint32_t phase = to > from ? SHEAVE_PHASE_CONCENTRIC : SHEAVE_PHASE_ECCENTRIC;
    std::vector<double> tension_n;
    for (int i = 1; i <= ticks; ++i) tension_n.push_back(tick(from + (to - from) * i / ticks, speed_mps, phase));
    return tension_n;
  }

  plugin_host::Registry registry_;
  std::unique_ptr<plugin_host::LoadSlot> slot_;
  std::uint64_t index_ = 0;
};

double steepest_nps(const std::vector<double>& tension_n) {
  double steepest = 0;
  for (std::size_t i = 1; i < tension_n.size(); ++i) steepest = std::max(steepest, std::abs(tension_n[i] - tension_n[i - 1]) * 1000.0);
  return steepest;
}

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
  slot_->stop();
  ASSERT_TRUE(slot_->start());
  EXPECT_EQ(tick(0.5, 0, SHEAVE_PHASE_ECCENTRIC), kBase_n);
}

}  // namespace
}  // namespace sheave
