#include "controller/control/rep_judge.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace sheave::control::test {
namespace {

Rep movement(std::uint32_t candidate, double mean_speed_mps) {
  Rep rep;
  rep.candidate = candidate;
  rep.mean_speed_mps = mean_speed_mps;
  return rep;
}

sheave_rep_verdict_t verdict(std::uint32_t candidate, sheave_verdict_t v, std::uint32_t form = 0, double hold_s = -1.0) {
  return {{sizeof(sheave_rep_verdict_t), 0, SHEAVE_EVENT_REP_VERDICT}, candidate, static_cast<std::uint32_t>(v), form, 0, hold_s};
}

TEST(RepJudge, UnknownSharesAreNegative) {
  RepJudge judge;
  const auto c = judge.ask(movement(1, 0.5), {});
  EXPECT_LT(c.rom_share, 0.0);
  EXPECT_LT(c.peak_share, 0.0);
  EXPECT_EQ(c.axis, SHEAVE_AXIS_BOTH);
  EXPECT_TRUE(std::isnan(c.eccentric_s));
}

TEST(RepJudge, OnlyWhatCountsGetsAnIndex) {
  RepJudge judge;
  for (std::uint32_t i = 1; i <= 3; ++i) judge.ask(movement(i, 0.5), {});
  Rep rep;
  ASSERT_TRUE(judge.answer(verdict(1, SHEAVE_VERDICT_PARTIAL, SHEAVE_FORM_SHORT_ROM), rep));
  EXPECT_EQ(rep.index, 0u);
  EXPECT_EQ(rep.form, SHEAVE_FORM_SHORT_ROM);
  EXPECT_TRUE(std::isnan(rep.speed_loss));
  ASSERT_TRUE(judge.answer(verdict(2, SHEAVE_VERDICT_REJECTED), rep));
  ASSERT_TRUE(judge.answer(verdict(3, SHEAVE_VERDICT_COUNTED, 0, 0.7), rep));
  EXPECT_EQ(rep.index, 1u);
  EXPECT_EQ(rep.candidate, 3u);
  EXPECT_DOUBLE_EQ(rep.peak_hold_s, 0.7);
  EXPECT_EQ(judge.counted(), 1u);
}

TEST(RepJudge, OneVerdictEach) {
  RepJudge judge;
  judge.ask(movement(7, 0.5), {});
  Rep rep;
  EXPECT_FALSE(judge.answer(verdict(8, SHEAVE_VERDICT_COUNTED), rep));
  EXPECT_TRUE(judge.answer(verdict(7, SHEAVE_VERDICT_COUNTED), rep));
  EXPECT_FALSE(judge.answer(verdict(7, SHEAVE_VERDICT_COUNTED), rep));
  EXPECT_EQ(judge.counted(), 1u);
}

TEST(RepJudge, SpeedLossIsAgainstTheFastestSoFar) {
  RepJudge judge;
  Rep slow = movement(1, 0.4), fast = movement(2, 0.5), tired = movement(3, 0.3);
  judge.count(slow);
  judge.count(fast);
  judge.count(tired);
  EXPECT_DOUBLE_EQ(slow.speed_loss, 0.0);
  EXPECT_DOUBLE_EQ(fast.speed_loss, 0.0);
  EXPECT_DOUBLE_EQ(tired.speed_loss, 0.4);
}

TEST(RepJudge, ForgetsTheOldestQuestionRatherThanTheNewest) {
  RepJudge judge;
  for (std::uint32_t i = 1; i <= RepJudge::kMaxOpen + 1; ++i) judge.ask(movement(i, 0.5), {});
  Rep rep;
  EXPECT_FALSE(judge.answer(verdict(1, SHEAVE_VERDICT_COUNTED), rep));
  EXPECT_TRUE(judge.answer(verdict(RepJudge::kMaxOpen + 1, SHEAVE_VERDICT_COUNTED), rep));
}

}  // namespace
}  // namespace sheave::control::test
