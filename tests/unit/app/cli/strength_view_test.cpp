#include "controller/app/cli/strength_view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/app/cli/messages.hpp"

namespace sheave::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string text_of(const v1::Strength& strength) {
  std::string text;
  for (const std::string& line : strength_lines({}, strength)) text += line + "\n";
  return text;
}

v1::StrengthTest test_of() {
  v1::StrengthTest test;
  test.set_kind(v1::STRENGTH_TEST_KIND_ISOKINETIC);
  test.mutable_time()->set_seconds(1'700'000'000);
  test.set_speed_mps(0.25);
  test.set_efforts(6);
  test.set_peak_force_n(418.6);
  test.set_mean_force_n(350.2);
  for (const double share : {0.0, 0.5, 1.0}) test.add_curve()->set_rom_share(share);
  test.mutable_curve(1)->set_force_n(363);
  test.mutable_curve(2)->set_force_n(339);
  for (const double share : {1.05, 1.03, 0.92}) test.add_load_share(share);
  return test;
}

TEST(StrengthView, ANumberComesWithItsRangeAndAMissingOneWithWhatHelps) {
  v1::Strength strength;
  strength.set_program("programs/cable-row");
  strength.set_sets_used(7);
  strength.mutable_one_rm_kg()->set_value(63.2);
  strength.mutable_one_rm_kg()->set_low(58.0);
  strength.mutable_one_rm_kg()->set_high(68.5);
  strength.mutable_one_rm_kg()->set_method("load-velocity");
  strength.mutable_form_share()->set_unknown_reason("NO_WARM_UP");
  const std::string text = text_of(strength);
  EXPECT_THAT(text, HasSubstr("cable-row, from 7 sets"));
  EXPECT_THAT(text, HasSubstr("63.2 kg (58.0 kg to 68.5 kg; load-velocity)"));
  EXPECT_THAT(text, HasSubstr("not known: needs warm-ups, today and on an earlier day"));
  EXPECT_THAT(text, Not(HasSubstr("Strength test")));
}

TEST(StrengthView, ATestIsShownPlaceByPlace) {
  v1::Strength strength;
  *strength.add_tests() = test_of();
  const std::string text = text_of(strength);
  EXPECT_THAT(text, HasSubstr("(pulled at 0.25 m/s), 6 pulls, peak 419 N, mean 350 N"));
  EXPECT_THAT(text, HasSubstr("  0 % of the range  not known    105 % of the load"));
  EXPECT_THAT(text, HasSubstr("100 % of the range      339 N     92 % of the load"));
}

TEST(StrengthView, ATestThatTellsNothingSaysWhatToDo) {
  v1::Strength strength;
  v1::StrengthTest& test = *strength.add_tests();
  test.set_kind(v1::STRENGTH_TEST_KIND_ISOMETRIC);
  test.set_unknown_reason("NOT_HELD");
  EXPECT_THAT(text_of(strength), HasSubstr("(held still), 0 holds"));
  EXPECT_THAT(text_of(strength), HasSubstr("no curve: no pull was hard enough"));
}

TEST(LoadCurveText, NamesTheTestAndTheSharesOrSaysThatThereWasNone) {
  v1::LoadCurve curve;
  for (const double share : {0.0, 1.0}) curve.add_rom_share(share);
  for (const double share : {1.07, 0.93}) curve.add_load_share(share);
  EXPECT_THAT(load_curve_text(curve), HasSubstr("not shaped"));
  curve.set_test_session("machines/m1/sessions/t1");
  curve.mutable_test_time()->set_seconds(1'700'000'000);
  EXPECT_THAT(load_curve_text(curve), HasSubstr("followed the strength test of 2023-11-1"));
  EXPECT_THAT(load_curve_text(curve), HasSubstr(": 107 % at 0 %, 93 % at 100 % of the range"));
}

}  // namespace
}  // namespace sheave::cli
