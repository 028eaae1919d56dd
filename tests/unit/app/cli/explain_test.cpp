#include "controller/app/cli/explain.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "controller/app/cli/explain_rules.hpp"
#include "tests/unit/app/cli/messages.hpp"

namespace sheave::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::vector<v1::Set> session() {
  v1::Set first = testing::set();
  *first.add_reps() = testing::rep(1);
  v1::Rep partial = testing::rep(0);
  partial.set_candidate(2);
  partial.set_verdict(v1::REP_VERDICT_PARTIAL);
  partial.add_form_faults("SHORT_ROM");
  *first.add_reps() = partial;
  *first.mutable_proposal() = testing::proposal();
  (*first.mutable_proposal()->mutable_evidence())["step_kg"] = 2.25;
  (*first.mutable_proposal()->mutable_evidence())["best_reps"] = 8;
  first.mutable_proposal()->set_confidence(0.8);
  first.set_answer_reps_in_reserve(2);
  v1::Set second = testing::set();
  second.set_index(2);
  second.set_load_total_kg(42.25);
  return {first, second};
}

std::string text_of(const Explanation& explanation) {
  std::string text;
  for (const std::string& line : explanation_lines({}, explanation)) text += line + "\n";
  return text;
}

TEST(Explain, SaysWhatCountedTheRuleTheNumbersAndWhatBecameOfIt) {
  const auto sets = session();
  const std::string text = text_of(explain(sets, 1));
  EXPECT_THAT(text, HasSubstr("8 reps reached the top of 6 to 8."));
  EXPECT_THAT(text, HasSubstr("Movement 2 did not count: short rom."));
  EXPECT_THAT(text, HasSubstr("You said 2 more were left."));
  EXPECT_THAT(text, HasSubstr("The rule (A1,A2)"));
  EXPECT_THAT(text, HasSubstr("one step: 2.25 kg"));
  EXPECT_THAT(text, HasSubstr("how sure this is: 80 %"));
  EXPECT_THAT(text, HasSubstr("You did the next set at this weight."));
  EXPECT_THAT(text_of(explain(sets, 0)), HasSubstr("8 reps reached")) << "without a number it is the newest";
}

TEST(Explain, ATrialSetIsNoSetLikeAnother) {
  auto sets = session();
  sets[0].set_kind(v1::SET_KIND_PROBE);
  *sets[1].mutable_proposal() = testing::proposal();
  EXPECT_THAT(text_of(explain(sets, 1)), HasSubstr("Trial set done: "));
  EXPECT_THAT(text_of(explain(sets, 2)), HasSubstr("earlier today: trial set 1, 2 reps at 40.0 kg"));
  const auto data = explanation_data(explain(sets, 2));
  EXPECT_EQ(data.fields().at("set_kind").string_value(), "SET_KIND_WORKING");
  EXPECT_EQ(data.fields().at("earlier_sets").list_value().values(0).struct_value().fields().at("set_kind").string_value(),
            "SET_KIND_PROBE");
}

TEST(Explain, AnUnansweredQuestionIsSaidToBeOne) {
  auto sets = session();
  sets[0].clear_answer_reps_in_reserve();
  EXPECT_THAT(text_of(explain(sets, 1)), HasSubstr("did not answer"));
}

TEST(Explain, APluginsOwnReasonIsShownWithItsNumbersAndNoRuleIsMadeUp) {
  auto sets = session();
  sets[0].mutable_proposal()->set_reason("MOON_PHASE");
  (*sets[0].mutable_proposal()->mutable_evidence())["moon_share"] = 0.5;
  const std::string text = text_of(explain(sets, 1));
  EXPECT_THAT(text, HasSubstr("moon_share: 0.5"));
  EXPECT_THAT(text, Not(HasSubstr("The rule")));
}

TEST(Explain, ThereIsNothingToExplainWithoutAProposal) {
  const auto sets = session();
  EXPECT_EQ(explain(sets, 7).set, nullptr);
  EXPECT_EQ(explain({}, 0).set, nullptr);
  EXPECT_FALSE(explain(sets, 2).set->has_proposal());
}

TEST(Explain, TheDataSaysTheSame) {
  const auto sets = session();
  const auto data = explanation_data(explain(sets, 1));
  EXPECT_EQ(data.fields().at("reason").string_value(), "TOP_OF_RANGE_REACHED");
  EXPECT_EQ(data.fields().at("rules").string_value(), "A1,A2");
  EXPECT_EQ(data.fields().at("next_load_total_kg").number_value(), 42.25);
  EXPECT_EQ(data.fields().at("evidence").struct_value().fields().at("step_kg").number_value(), 2.25);
  EXPECT_FALSE(data.fields().at("movements").list_value().values(1).struct_value().fields().at("counted").bool_value());
}

TEST(Explain, TheCurveThatTheLoadFollowedIsNamed) {
  auto sets = session();
  EXPECT_THAT(text_of(explain(sets, 1)), Not(HasSubstr("strength test")));
  v1::LoadCurve& curve = *sets[0].mutable_load_curve();
  for (const double share : {1.1, 0.9}) curve.add_load_share(share);
  for (const double share : {0.0, 1.0}) curve.add_rom_share(share);
  EXPECT_THAT(text_of(explain(sets, 1)), HasSubstr("The load was not shaped by a strength test"));
  curve.set_test_session("machines/m1/sessions/t1");
  EXPECT_THAT(text_of(explain(sets, 1)), HasSubstr("110 % at 0 %"));
  const auto data = explanation_data(explain(sets, 1));
  EXPECT_EQ(data.fields().at("load_curve_test").string_value(), "machines/m1/sessions/t1");
  EXPECT_EQ(data.fields().at("load_share").list_value().values_size(), 2);
}

TEST(Explain, WhatWasChangedInTheSetIsNamed) {
  auto sets = session();
  v1::TunedParameter& param = *sets[0].add_tuned_parameters();
  param.set_profile("eccentric");
  param.set_parameter("return_share");
  param.set_value(1.1);
  EXPECT_THAT(text_of(explain(sets, 1)), HasSubstr("Changed: eccentric return_share 1.1."));
  const auto tuned = explanation_data(explain(sets, 1)).fields().at("tuned_parameters").list_value().values(0).struct_value();
  EXPECT_EQ(tuned.fields().at("value").number_value(), 1.1);
}

TEST(Explain, ASetThatWentOnLighterSaysFromWhereAndWhy) {
  auto sets = session();
  EXPECT_THAT(text_of(explain(sets, 1)), Not(HasSubstr("ighter:")));
  v1::Lightening& less = *sets[0].add_lightened();
  less.set_after_reps(3);
  less.set_load_total_kg(18.25);
  EXPECT_THAT(text_of(explain(sets, 1)), HasSubstr("Lighter: 18.25 kg from rep 4 on."));
  EXPECT_THAT(text_of(explain(sets, 1)), HasSubstr("Your speed said"));
  const auto lighter = explanation_data(explain(sets, 1)).fields().at("lightened").list_value().values(0).struct_value();
  EXPECT_EQ(lighter.fields().at("load_total_kg").number_value(), 18.25);
  less.set_by_person(true);
  EXPECT_THAT(text_of(explain(sets, 1)), HasSubstr("as you asked"));
  EXPECT_THAT(text_of(explain(sets, 1)), Not(HasSubstr("Your speed said")));
}

}  // namespace
}  // namespace sheave::cli
