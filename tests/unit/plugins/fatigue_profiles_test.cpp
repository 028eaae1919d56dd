// Profiles that follow how the set goes: burnout, drop, adaptive.

#include "tests/unit/plugins/profile_bench.hpp"

namespace sheave::profiles_test {
namespace {

class FatigueProfile : public ProfileTest {
 protected:
  /// One whole rep whose pull takes `out_s`; the tension at its end.
  double rep(double out_s) { return run(places(from_start().rep(0.5, out_s, 1.0).hold(0.2))).back(); }

  /// A pull that gets stuck at a share of the range for a while, and goes back; all its tensions.
  std::vector<double> stuck_at(double share, double hold_s) {
    auto m = from_start();
    m.to(kRange.start_m + share * kRange.length_m(), 0.8).hold(hold_s).to(kRange.start_m, 1.2).hold(0.3);
    return run(places(m));
  }

  static void expect_never_rises(const std::vector<double>& tension_n) {
    for (std::size_t i = 1; i < tension_n.size(); ++i) ASSERT_LE(tension_n[i], tension_n[i - 1]);
  }
};

TEST_F(FatigueProfile, BurnoutFollowsTheLossOfSpeedAndNeverRises) {
  make("burnout", {{"start_loss", 0.2}, {"least_share", 0.4}});
  EXPECT_EQ(rep(0.8), kBase_n) << "the first pull is its own best";
  EXPECT_EQ(rep(0.9), kBase_n) << "11 % slower";
  const double after_n = rep(0.8 / 0.65);  // 35 % slower: half of the way to the least
  EXPECT_NEAR(after_n, kBase_n * 0.7, 1.5);
  EXPECT_EQ(rep(0.6), after_n) << "a fast pull brings nothing back";
  EXPECT_NEAR(rep(0.8 / 0.65), after_n, 1e-9) << "and is no new best: it was lighter";
  EXPECT_NEAR(rep(4.0), kBase_n * 0.4, 1e-6);
}

TEST_F(FatigueProfile, BurnoutRelievesWhoIsStuckWhereTheyAre) {
  make("burnout");
  rep(0.8);
  const auto tension_n = stuck_at(0.5, 3.0);
  EXPECT_NEAR(tension_n[3500], 0.5 * kBase_n, 1e-6);
  expect_never_rises(tension_n);
}

TEST_F(FatigueProfile, BurnoutOfAFirstPullThatFailsIsNotJudged) {
  make("burnout");
  for (const double t : stuck_at(0.5, 3.0)) ASSERT_EQ(t, kBase_n);
}

TEST_F(FatigueProfile, DropTakesAFifthThreeTimes) {
  make("drop");
  EXPECT_EQ(rep(0.8), kBase_n);
  for (const double left : {0.8, 0.6, 0.4, 0.4}) {
    const auto tension_n = stuck_at(0.6, 1.0);
    EXPECT_NEAR(tension_n.back(), left * kBase_n, 1e-6);
    expect_never_rises(tension_n);
    expect_within_slew(tension_n);
  }
}

TEST_F(FatigueProfile, DropComesBeforeTheSpottersSecond) {
  make("drop");
  rep(0.8);
  const auto tension_n = stuck_at(0.6, 3.0);
  EXPECT_LT(tension_n[800 + 700], kBase_n);
}

TEST_F(FatigueProfile, DropKnowsRestAndPeakFromBeingStuck) {
  make("drop");
  EXPECT_EQ(run(places(from_start().hold(5.0))).back(), kBase_n) << "before the first pull";
  EXPECT_EQ(run(places(from_start().rep(0.5, 0.8, 1.0, 3.0).hold(1.5))).back(), kBase_n) << "a long peak, a breath";
  EXPECT_EQ(run(places(from_start().rep(0.5, 0.8, 12.0))).back(), kBase_n) << "a return in slow motion";
  EXPECT_NEAR(run(places(from_start().rep(0.5, 0.8, 1.0).hold(3.0))).back(), 0.8 * kBase_n, 1e-6) << "a pull that does not begin";
}

TEST_F(FatigueProfile, DropMayWaitForTheLowPoint) {
  make("drop", {{"at_low_point", 1.0}});
  rep(0.8);
  const auto tension_n = stuck_at(0.6, 2.0);
  EXPECT_EQ(tension_n[2700], kBase_n);
  EXPECT_NEAR(tension_n.back(), 0.8 * kBase_n, 1e-6);
}

TEST_F(FatigueProfile, AdaptiveFindsTheLoadThatASpeedBelongsTo) {
  make("adaptive", {{"speed_mps", 0.4}, {"least_share", 0.6}, {"most_share", 1.3}, {"rise_ps", 0.5}});
  double last_n = kBase_n;
  for (int i = 0; i < 12; ++i) {  // 0.5 m in 0.6 s: far too easy
    const double now_n = rep(0.6);
    EXPECT_GE(now_n, last_n);
    last_n = now_n;
  }
  EXPECT_NEAR(last_n, 1.3 * kBase_n, 1e-6);
  for (int i = 0; i < 12; ++i) {  // in 3 s: far too heavy
    const double now_n = rep(3.0);
    EXPECT_LE(now_n, last_n);
    last_n = now_n;
  }
  EXPECT_NEAR(last_n, 0.6 * kBase_n, 1e-6);
}

TEST_F(FatigueProfile, AdaptiveMovesInThePullOnlyAndNoFasterThanItsRate) {
  make("adaptive", {{"rise_ps", 0.2}, {"fall_ps", 0.3}});
  const auto at = places(from_start().rep(0.5, 0.5, 1.0).rep(0.5, 2.5, 1.0));
  const auto tension_n = run(at);
  const Steepness s = steepness(tension_n);
  EXPECT_LE(s.rise_nps, 0.2 * kBase_n * (1.0 + 1e-6));
  EXPECT_LE(s.fall_nps, 0.3 * kBase_n * (1.0 + 1e-6));
  for (std::size_t i = 1; i < at.size(); ++i) {
    if (at[i].phase != SHEAVE_PHASE_ECCENTRIC) continue;
    ASSERT_EQ(tension_n[i], tension_n[i - 1]);
  }
}

TEST_F(FatigueProfile, AdaptiveWithoutARangeGivesBackWhatItAddedOnly) {
  make("adaptive", {{"rise_ps", 0.5}});
  for (int i = 0; i < 3; ++i) rep(0.6);
  for (int i = 0; i < 2000; ++i) tick({kUnknown, 0.0, SHEAVE_PHASE_REST, 0.3});
  EXPECT_EQ(tick({kUnknown, 0.0, SHEAVE_PHASE_REST, 0.3}), kBase_n);
  for (int i = 0; i < 2; ++i) rep(3.0);
  const double low_n = tick({0.0, 0.0, SHEAVE_PHASE_REST});
  EXPECT_LT(low_n, kBase_n);
  for (int i = 0; i < 2000; ++i) ASSERT_EQ(tick({kUnknown, 0.0, SHEAVE_PHASE_REST, 0.3}), low_n);
}

/// Two cables in one pull: the second hand is at `second` while the first is at `first`.
std::array<double, 2> tick_both(plugin_host::LoadSlot& slot, const Place& first, const Place& second, std::uint64_t index) {
  std::array<sheave_axis_state_t, 2> axes{};
  std::array<double, 2> base_n{kBase_n, kBase_n}, share{first.share, second.share}, tension_n{};
  std::array<std::uint32_t, 2> phase{first.phase, second.phase};
  const std::array<double, 2> speed_mps{first.speed_mps, second.speed_mps};
  for (std::size_t i = 0; i < 2; ++i) {
    axes[i] = {kRange.start_m + share[i] * kRange.length_m(), speed_mps[i], kBase_n, 0, SHEAVE_AXIS_VALID | SHEAVE_AXIS_ACTIVE, 0};
  }
  sheave_load_in_t in{};
  in.axis_count = 2;
  in.time = {index, 0, kNsPerMs, kNsPerMs};
  in.axes = axes.data();
  in.base_load_n = in.previous_tension_n = base_n.data();
  in.rom_share = share.data();
  in.phase = phase.data();
  EXPECT_EQ(slot.tick(in, tension_n), plugin_host::CallResult::kOk);
  return tension_n;
}

TEST_F(FatigueProfile, BothSidesOfAPullFollowTheWeaker) {
  const auto good = places(from_start().rep(0.5, 0.8, 1.0).hold(0.2));
  const auto strong = places(from_start().rep(0.5, 0.8, 4.4).hold(0.2));
  const auto weak = places(from_start().to(0.55, 0.8).hold(3.0).to(0.8, 0.5).to(0.3, 0.9).hold(0.2));
  for (const std::string id : {"burnout", "drop", "adaptive"}) {
    SCOPED_TRACE(id);
    auto instance = registry_.create(id, SHEAVE_EXT_LOAD_PROFILE, {}, {2, kNsPerMs, 1000.0, kRise_nps, 2.5});
    ASSERT_TRUE(instance.ok()) << instance.status().message;
    plugin_host::LoadSlot slot(*std::move(instance));
    ASSERT_TRUE(slot.start());
    std::uint64_t index = 0;
    for (const Place& p : good) tick_both(slot, p, p, index++);
    std::array<double, 2> last_n{};
    for (std::size_t i = 0; i < std::min(strong.size(), weak.size()); ++i) last_n = tick_both(slot, strong[i], weak[i], index++);
    EXPECT_NEAR(last_n[0], last_n[1], 1e-9);
    EXPECT_LT(last_n[0], 0.9 * kBase_n);
  }
}

}  // namespace
}  // namespace sheave::profiles_test
