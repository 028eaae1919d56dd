// A set that went on lighter: what screens show, what is remembered, what the next weight is made of. And one that the machine cut off.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "controller/session/set_book.hpp"
#include "controller/session/strength_model.hpp"
#include "controller/session/upcoming.hpp"
#include "tests/unit/session/session_bench.hpp"

namespace sheave::session::test {
namespace {

using control::SetEndReason;
using safety::MachineState;
using ::testing::ElementsAre;

class LighterSet : public ::testing::Test {
 protected:
  void SetUp() override {
    bench_.plugins.decide = [this](const sheave_progression_in_t& in) {
      asked_kg_.clear();
      for (std::uint32_t i = 0; in.set_count > 0 && i < in.sets[0].rep_count; ++i) asked_kg_.push_back(in.rep_loads_kg[0][i]);
      sheave_progression_out_t out = load_decision(20.0, "RESERVE_GOAL");
      out.last_reps_speed_mps = 0.4;
      out.last_reps_at = 8.0;
      out.last_reps_rise_mps = rise_mps_;
      out.lighter_speed_mps = 0.35;
      out.lighter_per_rep_share = 0.03;
      return out;
    };
    bench_.start_session();
    bench_.calibrate();
    ASSERT_TRUE(bench_.run_until([&] { return bench_.control->state() == MachineState::kReady; }));
    bench_.run_for(1);
  }

  void pull(int reps) {
    for (int i = 0; i < reps; ++i) {
      bench_.run_for(2);
      bench_.control->pull(0.2, 0.8);
    }
    bench_.run_for(0.05);
  }
  void end() {
    bench_.control->end(SetEndReason::kRacked);
    bench_.run_for(0.05);
  }
  SetRecord last_set() { return bench_.journal.sets_of(bench_.session_id).back(); }

  SessionBench bench_;
  double rise_mps_ = 0.01;
  std::vector<double> asked_kg_;  ///< Of the newest set's reps, as a progression is told.
};

TEST_F(LighterSet, WhatTheCountWeighsReachesControlForTheLoadItWasReckonedFor) {
  const auto next_set = [this](std::optional<double> load_kg) {
    const std::uint64_t before = bench_.control->plan()->id;
    bench_.do_set(8);
    EXPECT_TRUE(bench_.run_until([&] { return bench_.snapshot().proposal.has_value(); }));
    EXPECT_TRUE(bench_.manager->accept_proposal(bench_.session_id, "", load_kg).ok());
    EXPECT_TRUE(bench_.run_until([&] { return bench_.control->state() == MachineState::kReady && bench_.control->plan()->id != before; }));
    return bench_.control->plan()->last_reps;
  };
  const control::LastReps kept = bench_.control->plan()->last_reps;
  EXPECT_DOUBLE_EQ(kept.at(8), 0.4);
  EXPECT_DOUBLE_EQ(kept.at(6), 0.38);
  rise_mps_ = kUnknown;
  EXPECT_DOUBLE_EQ(next_set(18.0).at(6), 0.4) << "of another load it says nothing";
  EXPECT_DOUBLE_EQ(next_set(std::nullopt).at(6), 0.4) << "NaN is not known";
}

TEST_F(LighterSet, TheProgressionsShareReachesControlWithTheMachinesSteps) {
  const control::Lighten& lighten = bench_.control->plan()->lighten;
  EXPECT_EQ(lighten.rep_bottom, bench_.catalog.programs[0].prescription.rep_bottom);
  EXPECT_DOUBLE_EQ(lighten.speed_mps, 0.35);
  EXPECT_DOUBLE_EQ(lighten.share_per_rep, 0.03);
  EXPECT_DOUBLE_EQ(kg_from_newton(lighten.step_n), bench_.machine.increment_kg);
  EXPECT_GT(lighten.least_n, 0.0);
}

TEST_F(LighterSet, IsShownAndRememberedWithTheRepsBeforeIt) {
  bench_.control->engage();
  pull(3);
  bench_.control->lower(newton_from_kg(18.25));
  bench_.run_for(0.05);
  EXPECT_DOUBLE_EQ(bench_.snapshot().load_total_kg, 18.25);
  pull(4);
  end();
  const SetRecord set = last_set();
  EXPECT_DOUBLE_EQ(set.load_kg, 20.0) << "what it was begun with";
  ASSERT_EQ(set.lightened.size(), 1u);
  EXPECT_EQ(set.lightened[0].after_reps, 3u);
  EXPECT_DOUBLE_EQ(set.lightened[0].load_kg, 18.25);
  EXPECT_FALSE(set.lightened[0].by_person);
  EXPECT_GT(set.lightened[0].time_s, 5.0);
  EXPECT_LT(set.lightened[0].time_s, set.duration_s);
  EXPECT_THAT(asked_kg_, ElementsAre(20.0, 20.0, 20.0, 18.25, 18.25, 18.25, 18.25));
}

TEST_F(LighterSet, WhatThePersonLowersThemselvesIsRememberedAsTheirs) {
  bench_.control->engage();
  pull(2);
  ASSERT_TRUE(bench_.manager->set_load(bench_.session_id, 15.0).ok());
  pull(1);
  end();
  const SetRecord set = last_set();
  ASSERT_EQ(set.lightened.size(), 1u);
  EXPECT_TRUE(set.lightened[0].by_person);
  EXPECT_THAT(asked_kg_, ElementsAre(20.0, 20.0, 15.0));
}

TEST_F(LighterSet, SilenceRaisesFromWhereTheSetEndedNotFromWhereItBegan) {
  bench_.control->engage();
  pull(3);
  bench_.control->lower(newton_from_kg(16.0));
  pull(3);
  bench_.plugins.decide = [](const sheave_progression_in_t&) { return load_decision(20.0, "RESERVE_RAISE", 1.0); };
  end();
  ASSERT_TRUE(bench_.snapshot().proposal);
  EXPECT_DOUBLE_EQ(bench_.snapshot().proposal->load_kg, 20.0);
  EXPECT_DOUBLE_EQ(bench_.snapshot().load_total_kg, 17.0) << "until somebody taps";
}

TEST_F(LighterSet, AfterTheSetNoLoadIsLoweredByALateWord) {
  bench_.control->engage();
  pull(7);
  end();
  control::Event late;
  late.kind = control::EventKind::kLoadLowered;
  late.value = newton_from_kg(10.0);
  bench_.port->events.push(late);
  bench_.run_for(0.05);
  EXPECT_TRUE(last_set().lightened.empty());
}

TEST(LighterSetInTheModel, EachLoadsRepsAreReadAsItsOwn) {
  SetRecord record;
  record.load_kg = 40.0;
  record.end = SetEndReason::kRacked;
  record.answer_rir = 1;
  record.lightened = {{3, 36.0, 9.0, false}};
  for (std::uint32_t i = 1; i <= 7; ++i) {
    Rep rep;
    rep.index = i;
    rep.mean_speed_mps = i <= 3 ? 0.5 - 0.05 * i : 0.55 - 0.03 * i;
    record.reps.push_back(rep);
  }
  const PastSet set = read_set(record, 0, {});
  EXPECT_EQ(set.speeds_mps.size(), 7u);
  EXPECT_EQ(set.before_last_load, 3u);
  EXPECT_DOUBLE_EQ(set.load_kg, 40.0);
  EXPECT_DOUBLE_EQ(set.last_load_kg, 36.0);
  record.lightened = {{7, 36.0, 9.0, false}};
  EXPECT_EQ(read_set(record, 0, {}).before_last_load, 0u) << "nothing was done with less";
}

}  // namespace
}  // namespace sheave::session::test
