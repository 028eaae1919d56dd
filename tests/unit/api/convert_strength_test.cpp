#include "controller/api/convert_strength.hpp"

#include <gtest/gtest.h>

namespace sheave::api {
namespace {

using session::SessionRecord;
using session::SetRecord;

const Names kNames("m1");

SessionRecord session_of(const std::string& id, std::int64_t created_s) {
  SessionRecord record;
  record.id = id;
  record.program_id = "cable-row";
  record.created = {created_s * kNsPerS, true};
  return record;
}

/// Racked, with `reps` that slow down from `first_mps`, and an answer.
SetRecord set_of(const std::string& session_id, std::int64_t at_s, double load_kg, double first_mps, int reps, int left) {
  SetRecord set;
  set.session_id = session_id;
  set.index = 1;
  set.load_kg = load_kg;
  set.started = {at_s * kNsPerS, true};
  set.end = session::SetEndReason::kRacked;
  set.answer_rir = left;
  for (int i = 0; i < reps; ++i) {
    Rep rep;
    rep.index = rep.candidate = static_cast<std::uint32_t>(i + 1);
    rep.rom_share = 1.0;
    rep.mean_speed_mps = first_mps - 0.03 * i;
    set.reps.push_back(rep);
  }
  return set;
}

TEST(ConvertStrength, SaysWhyThereIsNoNumber) {
  pb::Strength strength;
  to_pb(kNames, session_of("s1", 1000), {}, {}, &strength);
  EXPECT_EQ(strength.session(), "machines/m1/sessions/s1");
  EXPECT_EQ(strength.program(), "programs/cable-row");
  EXPECT_EQ(strength.sets_used(), 0);
  EXPECT_FALSE(strength.one_rm_kg().has_value());
  EXPECT_EQ(strength.one_rm_kg().unknown_reason(), "NO_SETS");
  EXPECT_EQ(strength.last_set_reps_left().unknown_reason(), "NOT_ANSWERED");
}

TEST(ConvertStrength, ANumberHasItsRangeAndItsMethod) {
  pb::Strength strength;
  to_pb(kNames, session_of("s1", 1000), {}, {set_of("s1", 1100, 40.0, 0.7, 8, 2)}, &strength);
  EXPECT_EQ(strength.sets_used(), 1);
  ASSERT_TRUE(strength.one_rm_by_reps_kg().has_value());
  EXPECT_NEAR(strength.one_rm_by_reps_kg().value(), 40.0 * (1.0 + 10.0 / 30.0), 1e-6);
  EXPECT_LT(strength.one_rm_by_reps_kg().low(), strength.one_rm_by_reps_kg().value());
  EXPECT_GT(strength.one_rm_by_reps_kg().high(), strength.one_rm_by_reps_kg().value());
  EXPECT_EQ(strength.one_rm_by_reps_kg().method(), "reps");
}

TEST(ConvertStrength, WhatCameAfterTheSessionIsLeftOut) {
  pb::Strength then;
  const std::vector<SetRecord> earlier{set_of("s3", 9000, 60.0, 0.7, 8, 2), set_of("s2", 1100, 50.0, 0.7, 8, 2),
                                       set_of("s1", 500, 40.0, 0.7, 8, 2)};
  to_pb(kNames, session_of("s2", 1000), earlier, {earlier[1]}, &then);
  EXPECT_EQ(then.sets_used(), 2) << "its own and the one before";
}

TEST(ConvertStrength, ATestIsToldPlaceByPlaceAndWhatALoadMakesOfIt) {
  session::StrengthTest test;
  test.session_id = "t1";
  test.program_id = "cable-row-test";
  test.kind = session::TestKind::kIsokinetic;
  test.speed_mps = 0.25;
  test.at = {1'700'000'000 * kNsPerS, true};
  test.efforts = 6;
  test.peak_n = 420.0;
  test.curve.force_n = {kUnknown, 400.0, 400.0, 360.0, 320.0};
  pb::StrengthTest told;
  to_pb(kNames, test, &told);
  EXPECT_EQ(told.session(), "machines/m1/sessions/t1");
  EXPECT_EQ(told.kind(), pb::STRENGTH_TEST_KIND_ISOKINETIC);
  EXPECT_EQ(told.time().seconds(), 1'700'000'000);
  EXPECT_DOUBLE_EQ(told.peak_force_n(), 420.0);
  EXPECT_FALSE(told.has_mean_force_n());
  ASSERT_EQ(told.curve_size(), 5);
  EXPECT_FALSE(told.curve(0).has_force_n());
  EXPECT_DOUBLE_EQ(told.curve(4).rom_share(), 1.0);
  EXPECT_DOUBLE_EQ(told.curve(4).force_n(), 320.0);
  ASSERT_EQ(told.load_share_size(), 5);
  EXPECT_GT(told.load_share(1), told.load_share(4));

  test.curve = {};
  test.unknown_reason = session::kNotHeld;
  pb::StrengthTest nothing;
  to_pb(kNames, test, &nothing);
  EXPECT_EQ(nothing.unknown_reason(), "NOT_HELD");
  EXPECT_EQ(nothing.load_share_size(), 0);
}

}  // namespace
}  // namespace sheave::api
