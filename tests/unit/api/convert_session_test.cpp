#include "controller/api/convert_session.hpp"

#include <gtest/gtest.h>

#include "controller/api/convert_machine.hpp"
#include "plugins/abi/sheave/ext/exercise.h"

namespace sheave::api {
namespace {

const Names kNames("m1");

TEST(ConvertSession, WhatIsUnknownOfARepIsAbsentAndZeroIsNot) {
  Rep rep;
  rep.index = 3;
  rep.candidate = 4;
  rep.axis = RepAxis::kBoth;
  rep.rom_m = 0.42;
  rep.peak_hold_s = 0.0;
  pb::Rep to;
  to_pb(kNames, "abc", 2, rep, &to);
  EXPECT_EQ(to.name(), "machines/m1/sessions/abc/sets/2/reps/4");
  EXPECT_EQ(to.index(), 3);
  EXPECT_EQ(to.axis(), pb::REP_AXIS_BOTH);
  EXPECT_EQ(to.verdict(), pb::REP_VERDICT_COUNTED);
  EXPECT_DOUBLE_EQ(to.rom_m(), 0.42);
  EXPECT_TRUE(to.has_peak_hold_s());
  EXPECT_FALSE(to.has_work_j());
  EXPECT_FALSE(to.has_mean_velocity_mps());
}

TEST(ConvertSession, FormBitsHaveNamesAndUnknownOnesAreShown) {
  EXPECT_EQ(form_names(SHEAVE_FORM_SHORT_ROM | SHEAVE_FORM_SWING), (std::vector<std::string>{"SHORT_ROM", "SWING"}));
  EXPECT_EQ(form_names(1U << 30), std::vector<std::string>{"FORM_30"});
  EXPECT_TRUE(form_names(0).empty());
  EXPECT_EQ(cue_name(SHEAVE_CUE_HOLD), "HOLD");
  EXPECT_EQ(cue_name(99), "CUE_99");
}

TEST(ConvertSession, WhatWasChangedInASetGoesWithIt) {
  session::SetRecord set;
  set.tuned = {{1, "eccentric", "return_share", 1.1, 12.5}};
  set.load_kg = 40;
  set.counted = 5;
  set.lightened = {{3, 38.0, 9.5, false}};
  pb::Set to;
  to_pb(kNames, set, &to);
  ASSERT_EQ(to.tuned_parameters_size(), 1);
  EXPECT_EQ(to.tuned_parameters(0).link(), 1);
  EXPECT_EQ(to.tuned_parameters(0).profile(), "eccentric");
  EXPECT_EQ(to.tuned_parameters(0).parameter(), "return_share");
  EXPECT_DOUBLE_EQ(to.tuned_parameters(0).value(), 1.1);
  EXPECT_DOUBLE_EQ(to.tuned_parameters(0).time_s(), 12.5);
  ASSERT_EQ(to.lightened_size(), 1);
  EXPECT_EQ(to.lightened(0).after_reps(), 3);
  EXPECT_DOUBLE_EQ(to.lightened(0).load_total_kg(), 38.0);
  EXPECT_DOUBLE_EQ(to.lightened(0).time_s(), 9.5);
  EXPECT_FALSE(to.lightened(0).by_person());
  EXPECT_DOUBLE_EQ(to.volume_kg(), 3 * 40.0 + 2 * 38.0);
}

TEST(ConvertSession, ASetIsAveragedOverItsCountedReps) {
  session::SetRecord set;
  set.session_id = "abc";
  set.index = 1;
  set.load_kg = 40;
  set.axis_mask = 3;
  set.counted = 2;
  for (const double speed : {0.6, 0.4}) {
    Rep rep;
    rep.mean_speed_mps = speed;
    set.reps.push_back(rep);
  }
  Rep partial;
  partial.verdict = RepVerdict::kPartial;
  partial.mean_speed_mps = 9;
  set.reps.push_back(partial);
  pb::Set to;
  to_pb(kNames, set, &to);
  EXPECT_DOUBLE_EQ(to.mean_velocity_mps(), 0.5);
  EXPECT_FALSE(to.has_mean_rom_m());
  EXPECT_EQ(to.partial_reps(), 1);
  EXPECT_EQ(to.reps_size(), 3);
  EXPECT_DOUBLE_EQ(to.load_total_kg(), 40);
  EXPECT_DOUBLE_EQ(to.load_per_cable_kg(), 20);
  EXPECT_FALSE(to.has_answer_reps_in_reserve());
}

TEST(ConvertSession, AGoalIsThereOnlyWhereItIsNotTheRange) {
  session::Snapshot snapshot;
  pb::Snapshot to;
  to_pb(kNames, snapshot, 1, &to);
  EXPECT_FALSE(to.has_rep_goal());
  snapshot.rep_goal = {8, 10};
  to_pb(kNames, snapshot, 1, &to);
  EXPECT_EQ(to.rep_goal().from(), 8);
  EXPECT_EQ(to.rep_goal().to(), 10);
}

TEST(ConvertSession, OnlyThePresentSessionHasAStageAndALoad) {
  session::Snapshot snapshot;
  snapshot.stage = session::Stage::kResting;
  snapshot.load_total_kg = 30;
  snapshot.load_per_cable_kg = 15;
  snapshot.session = session::SessionRecord{};
  snapshot.session->id = "present";
  snapshot.proposal = session::Proposal{};
  snapshot.proposal->load_kg = 32;
  session::SessionRecord past;
  past.id = "past";
  pb::Session to;
  to_pb(kNames, past, snapshot, 2, &to);
  EXPECT_EQ(to.stage(), pb::STAGE_UNSPECIFIED);
  EXPECT_FALSE(to.has_proposal());
  to.Clear();
  to_pb(kNames, *snapshot.session, snapshot, 2, &to);
  EXPECT_EQ(to.stage(), pb::STAGE_RESTING);
  EXPECT_DOUBLE_EQ(to.proposal().load_per_cable_kg(), 16);
  EXPECT_FALSE(to.proposal().has_previous_load_total_kg());
  EXPECT_FALSE(to.proposal().has_confidence());
}

TEST(ConvertMachine, ASnapshotNamesItsFaultsWithRemedies) {
  session::Snapshot snapshot;
  snapshot.machine_state = safety::MachineState::kSafeOff;
  snapshot.reaction = safety::Reaction::kSafeOff;
  snapshot.active_faults = {FaultCode::kLinkLost};
  pb::Snapshot to;
  to_pb(kNames, snapshot, 1, &to);
  EXPECT_EQ(to.machine_state(), pb::MACHINE_STATE_SAFE_OFF);
  EXPECT_EQ(to.reaction(), pb::REACTION_SAFE_OFF);
  ASSERT_EQ(to.active_faults_size(), 1);
  EXPECT_EQ(to.active_faults(0).code(), 300);
  EXPECT_FALSE(to.active_faults(0).remedy().empty());
  EXPECT_FALSE(to.has_session());
  EXPECT_FALSE(to.has_rest_left_s());
}

TEST(ConvertMachine, ALostParameterSetUnverifiesTheLink) {
  MachineFacts facts;
  facts.stack.verified = true;
  session::Snapshot snapshot;
  pb::Machine to;
  to_pb(kNames, facts, snapshot, {}, &to);
  EXPECT_TRUE(to.link().verified());
  snapshot.active_faults = {FaultCode::kDriveUnverified};
  to.Clear();
  to_pb(kNames, facts, snapshot, {}, &to);
  EXPECT_FALSE(to.link().verified());
}

TEST(ConvertMachine, ASampleHasNoShareWhereNoRangeIsKnown) {
  control::Frame frame;
  frame.axis_count = 1;
  frame.axes[0].rom_share = std::numeric_limits<float>::quiet_NaN();
  pb::Sample to;
  to_pb(frame, &to);
  ASSERT_EQ(to.axes_size(), 1);
  EXPECT_FALSE(to.axes(0).has_rom_share());
}

}  // namespace
}  // namespace sheave::api
