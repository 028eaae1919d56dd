#include "controller/app/cli/present.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/app/cli/messages.hpp"

namespace sheave::cli {
namespace {

using namespace testing;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr Look kPipe{};
constexpr Look kTerminal{.live = true, .width = 100};

TEST(Present, ARepInAPipe) {
  EXPECT_EQ(rep_line(kPipe, rep(4)),
            "rep 4: range 0.52 m (82 % of your range), velocity 0.62 m/s (peak 0.91 m/s), force 412 N, load 41.9 kg, velocity loss 8 %");
}

TEST(Present, ARepOnATerminal) {
  EXPECT_EQ(rep_line(kTerminal, rep(4)), "   4  ████████████████▍░░░  82 %  0.52 m  0.62 m/s  peak 0.91   412 N   41.9 kg    loss 8 %");
}

TEST(Present, ARepWhoseValuesAreUnknownShowsNone) {
  v1::Rep blank;
  blank.set_index(1);
  blank.set_verdict(v1::REP_VERDICT_COUNTED);
  EXPECT_EQ(rep_line(kPipe, blank), "rep 1: range -, velocity - (peak -), force -, load -");
}

TEST(Present, WhatDidNotCountSaysWhy) {
  v1::Rep partial = rep(3);
  partial.set_index(0);
  partial.set_verdict(v1::REP_VERDICT_PARTIAL);
  partial.add_form_faults("SHORT_ROM");
  EXPECT_THAT(rep_line(kPipe, partial), HasSubstr("movement 3: "));
  EXPECT_THAT(rep_line(kPipe, partial), HasSubstr("(partial: short rom)"));
  EXPECT_EQ(rep_line(kTerminal, partial), "   ·  ████████████████▍░░░  82 %  0.52 m  partial: short rom");
  v1::Rep helped = rep(3);
  helped.set_assisted(true);
  EXPECT_THAT(rep_line(kTerminal, helped), HasSubstr("  assisted"));
}

TEST(Present, ANarrowTerminalGetsAShorterBar) { EXPECT_LT(columns_of(rep_line({.live = true, .width = 80}, rep(1))), 81); }

TEST(Present, ASet) {
  EXPECT_EQ(set_line(kPipe, set()), "Set done: 2 reps at 40.0 kg, 1 partial, mean velocity 0.60 m/s, range 0.52 m, 0:34, ended: racked.");
  EXPECT_THAT(set_line({.pounds = true}, set()), HasSubstr("2 reps at 88.2 lb"));
}

TEST(Present, AProposalNamesStepAndReason) {
  EXPECT_EQ(proposal_line(kPipe, proposal()), "Next 42.25 kg (+2.25 kg): 8 reps reached the top of 6 to 8. [TOP_OF_RANGE_REACHED]");
  v1::Proposal same = proposal();
  same.set_previous_load_total_kg(42.25);
  EXPECT_THAT(proposal_line(kPipe, same), HasSubstr("Next 42.25 kg (unchanged): "));
  v1::Proposal first = proposal();
  first.clear_previous_load_total_kg();
  first.set_rep_goal(5);
  EXPECT_THAT(proposal_line(kPipe, first), HasSubstr("Next 42.25 kg, 5 reps: "));
  v1::Proposal end;
  end.set_stop(true);
  end.set_reason("PAIN_REPORTED");
  EXPECT_EQ(proposal_line(kPipe, end), "No further set: [PAIN_REPORTED]");
}

TEST(Present, ASelfTestNamesEveryCable) {
  v1::SelfTestResult result;
  for (const double friction_n : {15.5, 17.25}) {
    v1::CableTest* cable = result.add_cables();
    cable->set_bias_percent(-0.5);
    cable->set_cv_percent(0.25);
    cable->set_friction_n(friction_n);
    cable->set_friction_cv_percent(2.0);
    cable->set_viscous_nspm(10.0);
    cable->set_moving_mass_kg(7.5);
    cable->set_residual_n(0.3);
  }
  EXPECT_THAT(self_test_lines(result),
              ElementsAre("cable 1: force -0.50 % of reading (CV 0.25 %), friction 15.5 N (+- 2 %) and 10.0 N s/m, moving mass 7.5 kg; "
                          "0.30 N unexplained",
                          HasSubstr("cable 2: force -0.50 % of reading (CV 0.25 %), friction 17.2 N")));
}

TEST(Present, AFaultNamesMeaningAndRemedyAndItsEnd) {
  v1::Fault fault;
  fault.set_code(300);
  fault.set_id("LINK_LOST");
  fault.set_meaning("The drive does not answer.");
  fault.set_remedy("Check the cable.");
  fault.set_active(true);
  EXPECT_EQ(fault_line(kPipe, fault), "LINK_LOST: The drive does not answer. Check the cable.");
  EXPECT_THAT(fault_line({.colour = true}, fault), HasSubstr("\x1b[91mLINK_LOST"));
  fault.set_code(103);
  EXPECT_THAT(fault_line({.colour = true}, fault), HasSubstr("\x1b[33mLINK_LOST"));
  fault.set_active(false);
  EXPECT_EQ(fault_line(kPipe, fault), "LINK_LOST is over.");
}

TEST(Present, TheReportNamesEverySetItsVelocitiesAndEachStepWithItsReason) {
  v1::Session session;
  session.set_program("programs/cable-row");
  session.set_state(v1::SESSION_STATE_FINISHED);
  v1::Set first = set();
  *first.add_reps() = rep(1);
  *first.add_reps() = rep(2);
  *first.mutable_proposal() = proposal();
  first.set_volume_kg(80);
  v1::Set second = set();
  second.set_index(2);
  second.set_load_total_kg(42.25);
  second.set_volume_kg(84.5);
  second.clear_mean_velocity_mps();
  EXPECT_THAT(report_lines(kPipe, "Cable row, muscle", session, {first, second}),
              ElementsAre("Cable row, muscle: 2 sets, 4 reps, 164.5 kg moved, finished.",
                          " set  kind           load  reps partial  velocity      peak   range  force  time  ended",
                          "   1  working     40.0 kg     2       1  0.60 m/s  0.91 m/s  0.52 m  412 N  0:34  racked",
                          "      velocity by rep: 0.62 0.62 m/s",
                          "      Next 42.25 kg (+2.25 kg): 8 reps reached the top of 6 to 8.\n        [TOP_OF_RANGE_REACHED]",
                          "   2  working    42.25 kg     2       1         -         -  0.52 m      -  0:34  racked"));
}

std::string report_of(const std::vector<v1::Set>& sets) {
  std::string text;
  for (const std::string& line : report_lines(kPipe, "Row", v1::Session(), sets)) text += line + "\n";
  return text;
}

TEST(Present, TheReportSaysWhereRepsStuckAndWhichSideLed) {
  v1::Set set = testing::set();
  for (int i = 1; i <= 3; ++i) {
    v1::Rep& rep = *set.add_reps() = testing::rep(i);
    rep.set_side_lead_share(-0.06);
    if (i < 3) rep.set_sticking_share(0.6);
  }
  EXPECT_THAT(report_of({set}), HasSubstr("slowest at 60 % of the pull; right ahead by 6 % of the range"));
  for (v1::Rep& rep : *set.mutable_reps()) {
    rep.set_side_lead_share(0.01);
    if (rep.index() > 1) rep.clear_sticking_share();
  }
  EXPECT_THAT(report_of({set}), Not(AnyOf(HasSubstr("slowest"), HasSubstr("ahead")))) << "one rep is none, and so is a hundredth";
}

TEST(Present, TheReportComparesTheSidesOfOneSidedWork) {
  v1::Set left = testing::set(), right = testing::set();
  left.set_side(v1::SET_SIDE_LEFT);
  right.set_side(v1::SET_SIDE_RIGHT);
  right.set_index(2);
  right.set_mean_velocity_mps(0.54);
  EXPECT_THAT(report_of({left, right}), HasSubstr("left 2 reps, right 2; the right side is 10 % slower"));
  EXPECT_THAT(report_of({right, left}), Not(HasSubstr("the right side")));
}

TEST(Present, TheReportNamesTheStrengthTestThatALoadFollowed) {
  v1::Set set = testing::set();
  set.mutable_load_curve()->add_load_share(1.0);
  EXPECT_THAT(report_of({set}), HasSubstr("not shaped by a strength test"));
  set.mutable_load_curve()->set_test_session("machines/m1/sessions/t1");
  EXPECT_THAT(report_of({set}), HasSubstr("followed the strength test of"));
}

TEST(Present, TheReportNamesWhatWasChangedInARunningSet) {
  v1::Set set = testing::set();
  EXPECT_THAT(report_of({set}), Not(HasSubstr("changed:")));
  for (const double time_s : {0.0, 12.0}) {
    v1::TunedParameter& param = *set.add_tuned_parameters();
    param.set_profile("eccentric");
    param.set_parameter("return_share");
    param.set_value(time_s > 0 ? 1.2 : 1.1);
    param.set_time_s(time_s);
  }
  EXPECT_EQ(tuned_text(set), "changed: eccentric return_share 1.1, eccentric return_share 1.2 from 0:12 on");
  EXPECT_THAT(report_of({set}), HasSubstr("changed: eccentric return_share 1.1,"));
}

TEST(Present, APluginNamesItsParametersWithUnitRangeAndWhatTheyDo) {
  v1::Plugin plugin;
  plugin.set_id("elastic");
  plugin.set_kind("load-profile");
  plugin.set_version("1.0.0");
  plugin.set_description("A band.");
  plugin.set_min_rate_hz(100);
  v1::ParameterSpec& rate = *plugin.add_parameters();
  rate.set_name("rate_npm");
  rate.set_unit("N/m");
  rate.set_help("Stiffness.");
  rate.set_max_value(400);
  rate.set_default_value(100);
  rate.set_live(true);
  v1::ParameterSpec& share = *plugin.add_parameters();
  share.set_name("from_share");
  share.set_unit("1");
  share.set_help("Place in the range.");
  share.set_max_value(0.6);
  EXPECT_THAT(plugin_lines(kPipe, plugin), ElementsAre("elastic               load-profile  1.0.0  A band. From 100 Hz.",
                                                       "    rate_npm            100 N/m   0 to 400 N/m    live  Stiffness.",
                                                       "    from_share          0         0 to 0.6              Place in the range."));
}

TEST(Present, WhatIsTrueNowInOneLine) {
  v1::Snapshot now = snapshot(v1::STAGE_WORKING).snapshot();
  now.set_machine_state(v1::MACHINE_STATE_ACTIVE);
  now.mutable_session()->set_program("programs/cable-row");
  now.set_counted_reps(3);
  EXPECT_EQ(snapshot_line(kPipe, now), "active, cable-row: working, set 2 of 3, 42.25 kg, 3 reps");
  now.set_stage(v1::STAGE_RESTING);
  now.set_load_total_kg(0);
  EXPECT_EQ(snapshot_line(kPipe, now), "active, cable-row: resting, set 2 of 3");
  now.set_stage(v1::STAGE_CALIBRATING);
  now.set_calibration_reps(1);
  EXPECT_EQ(snapshot_line(kPipe, now), "active, cable-row: calibrating, 1 of 3 pulls");
  now.set_stage(v1::STAGE_FINISHED);
  EXPECT_EQ(snapshot_line(kPipe, now), "active, cable-row: finished");
  now.clear_session();
  EXPECT_EQ(snapshot_line(kPipe, now), "active");
}

TEST(Present, OpenSetsAreCountedWithoutATotal) {
  v1::WatchResponse event = snapshot(v1::STAGE_RESTING);
  EXPECT_EQ(place_of_set(event.snapshot()), "set 2 of 3");
  event.mutable_snapshot()->set_sets_planned(0);
  EXPECT_EQ(place_of_set(event.snapshot()), "set 2");
}

// "Set 1 of 3" was said of a trial set, and then of the first set again.
TEST(Present, TrialSetsAndWarmUpsAreCalledWhatTheyAre) {
  v1::WatchResponse event = snapshot(v1::STAGE_RESTING);
  v1::Set done = set();
  for (const auto& [kind, words] : {std::pair(v1::SET_KIND_PROBE, "trial set"), std::pair(v1::SET_KIND_WARM_UP, "warm-up")}) {
    event.mutable_snapshot()->set_set_kind(kind);
    done.set_kind(kind);
    EXPECT_EQ(place_of_set(event.snapshot()), words);
    EXPECT_EQ(name_of_set(done), std::string(words) + " 1");
    EXPECT_THAT(set_line(kPipe, done), StartsWith(upper_first(words) + " done: 2 reps"));
    EXPECT_THAT(report_of({done}), HasSubstr(words));
  }
}

TEST(Present, SetUpNamesWhatIsToBeDone) {
  v1::Program program;
  program.set_display_name("Cable row");
  program.mutable_set_up()->set_pulley("low");
  program.mutable_set_up()->set_pulley_height_m(0.35);
  program.mutable_set_up()->add_steps("Sit down.");
  EXPECT_THAT(set_up_lines(kPipe, program), ElementsAre("Cable row", "  pulley      low (0.35 m)", "  1.          Sit down."));
}

}  // namespace
}  // namespace sheave::cli
