#include "controller/app/cli/session_view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "controller/app/cli/present.hpp"
#include "tests/unit/app/cli/messages.hpp"

namespace sheave::cli {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr Look kPipe{};
constexpr Look kTerminal{.live = true, .width = 80};

TEST(SessionView, InAPipeEveryStageIsOneLine) {
  SessionView view(kSession);
  EXPECT_THAT(view.on(kPipe, snapshot(v1::STAGE_ARMED), 0), ElementsAre("Set 2 of 3, 42.25 kg: take the handle out and hold it still."));
  EXPECT_THAT(view.on(kPipe, snapshot(v1::STAGE_ARMED), 1), IsEmpty());
  EXPECT_THAT(view.on(kPipe, snapshot(v1::STAGE_WORKING), 2), ElementsAre("Set 2 of 3, 42.25 kg: pull."));
  auto rest = snapshot(v1::STAGE_RESTING);
  rest.mutable_snapshot()->set_rest_left_s(90);
  EXPECT_THAT(view.on(kPipe, rest, 3), ElementsAre("Rest 1:30 before set 2 of 3."));
}

TEST(SessionView, ARestWithoutALengthIsCountedUp) {
  SessionView view(kSession);
  auto rest = snapshot(v1::STAGE_ARMED);
  rest.mutable_snapshot()->set_sets_planned(0);
  rest.mutable_snapshot()->set_rest_so_far_s(40);
  EXPECT_THAT(view.on(kPipe, rest, 100), ElementsAre("Set 2, 42.25 kg: take the handle out and hold it still."));
  EXPECT_THAT(view.live(kTerminal, 102), ElementsAre("", "Set 2, 42.25 kg: take the handle out and hold it still.   rested 0:42"));
}

TEST(SessionView, CalibrationPullsAreCounted) {
  SessionView view(kSession);
  view.on(kPipe, snapshot(v1::STAGE_CALIBRATING), 0);
  auto pulled = snapshot(v1::STAGE_CALIBRATING);
  pulled.mutable_snapshot()->set_calibration_reps(1);
  EXPECT_THAT(view.on(kPipe, pulled, 1), ElementsAre("calibration pull 1 of 3"));
}

TEST(SessionView, OtherSessionsAreNoneOfItsBusiness) {
  SessionView view("machines/m1/sessions/other");
  EXPECT_THAT(view.on(kPipe, snapshot(v1::STAGE_WORKING), 0), IsEmpty());
  v1::WatchResponse event;
  *event.mutable_rep() = rep(1);
  EXPECT_FALSE(view.concerns(event));
  EXPECT_THAT(view.on(kPipe, event, 0), IsEmpty());
  EXPECT_FALSE(view.finished());
}

TEST(SessionView, ASessionWhoseNameBeginsTheSameIsAnother) {
  SessionView view("machines/m1/sessions/s");
  v1::WatchResponse event;
  *event.mutable_rep() = rep(1);
  EXPECT_FALSE(view.concerns(event));
}

TEST(SessionView, FinishesWithItsSessionAlsoWhenTheEndWasNotSeen) {
  SessionView seen(kSession);
  auto end = snapshot(v1::STAGE_FINISHED);
  end.mutable_snapshot()->mutable_session()->set_state(v1::SESSION_STATE_FINISHED);
  seen.on(kPipe, end, 0);
  EXPECT_TRUE(seen.finished());

  SessionView missed(kSession);
  missed.on(kPipe, snapshot(v1::STAGE_WORKING), 0);
  EXPECT_FALSE(missed.finished());
  v1::WatchResponse none;
  none.mutable_snapshot();
  missed.on(kPipe, none, 1);
  EXPECT_TRUE(missed.finished());
}

TEST(SessionView, TheLiveLinesShowTheHandleOfBothCables) {
  SessionView view(kSession);
  auto working = snapshot(v1::STAGE_WORKING);
  working.mutable_snapshot()->set_counted_reps(3);
  EXPECT_THAT(view.on(kTerminal, working, 0), ElementsAre("", "Set 2 of 3, 42.25 kg", rep_head(kTerminal)));
  v1::WatchResponse event;
  v1::Sample& sample = *event.mutable_samples()->add_samples();
  for (const float share : {0.4F, 0.6F}) {
    v1::AxisSample& axis = *sample.add_axes();
    axis.set_rom_share(share);
    axis.set_velocity_mps(0.6F);
    axis.set_tension_n(200);
  }
  EXPECT_THAT(view.on(kTerminal, event, 0), IsEmpty());
  EXPECT_THAT(view.live(kTerminal, 0),
              ElementsAre("", "3 reps  Set 2 of 3, 42.25 kg", "  ██████████████████░░░░░░░░░░░░░░░░░░  50 %  ▲ 0.60 m/s   400 N"));
}

TEST(SessionView, TheRestCountsDownBetweenSnapshots) {
  SessionView view(kSession);
  auto rest = snapshot(v1::STAGE_RESTING);
  rest.mutable_snapshot()->set_rest_left_s(60);
  view.on(kTerminal, rest, 100);
  EXPECT_THAT(view.live(kTerminal, 100.5)[1], HasSubstr("Rest 1:00  before set 2 of 3"));
  EXPECT_THAT(view.live(kTerminal, 130)[1], HasSubstr("Rest 0:30"));
  EXPECT_THAT(view.live(kTerminal, 130)[2], HasSubstr("██████████████████░░░░░░░░░░░░░░░░░░  next 42.25 kg"));
  EXPECT_THAT(view.live(kTerminal, 999)[1], HasSubstr("Rest 0:00"));
}

TEST(SessionView, AFaultIsRememberedFailingARepIsTraining) {
  SessionView view(kSession);
  v1::WatchResponse event;
  event.mutable_fault()->set_active(true);
  event.mutable_fault()->set_code(200);
  event.mutable_fault()->set_id("SPOTTER");
  view.on(kPipe, event, 0);
  EXPECT_FALSE(view.faulted());
  event.mutable_fault()->set_code(300);
  event.mutable_fault()->set_id("LINK_LOST");
  view.on(kPipe, event, 0);
  EXPECT_TRUE(view.faulted());
}

TEST(SessionView, KnowsSinceWhenNothingGoesOnByItself) {
  SessionView view(kSession);
  view.on(kPipe, snapshot(v1::STAGE_WORKING), 1);
  EXPECT_FALSE(view.held_up_since_s());
  auto latched = snapshot(v1::STAGE_SET_UP);
  latched.mutable_snapshot()->set_machine_state(v1::MACHINE_STATE_SAFE_OFF);
  view.on(kPipe, latched, 1);
  EXPECT_FALSE(view.held_up_since_s()) << "so it is for a moment after its start";
  latched.mutable_snapshot()->add_active_faults()->set_code(300);
  view.on(kPipe, latched, 2);
  view.on(kPipe, latched, 3);
  EXPECT_EQ(view.held_up_since_s(), 2);
  view.on(kPipe, snapshot(v1::STAGE_WORKING), 4);
  EXPECT_FALSE(view.held_up_since_s());
  auto paused = snapshot(v1::STAGE_SET_UP);
  paused.mutable_snapshot()->mutable_session()->set_state(v1::SESSION_STATE_PAUSED);
  view.on(kPipe, paused, 5);
  EXPECT_EQ(view.held_up_since_s(), 5);
}

// A latched fault in the calibration showed "Set the machine up." and nothing else.
TEST(SessionView, AHoldUpSaysWhatHappenedWhereTheWeightIsAndWhatGoesOn) {
  SessionView view(kSession, true);
  auto event = snapshot(v1::STAGE_SET_UP);
  event.mutable_snapshot()->set_machine_state(v1::MACHINE_STATE_FAULT_STOP);
  event.mutable_snapshot()->mutable_session()->set_state(v1::SESSION_STATE_PAUSED);
  event.mutable_snapshot()->set_note("The drive does not answer. Check its cable.");
  const auto lines = view.on(kPipe, event, 0);
  EXPECT_THAT(lines, ElementsAre("The drive does not answer. Check its cable.",
                                 "The weight is off, and none comes back by itself. Once that is mended: Enter goes on, Ctrl-C ends the "
                                 "session."));
  EXPECT_THAT(view.on(kPipe, event, 1), IsEmpty()) << "once";
  EXPECT_THAT(view.live(kTerminal, 1), ElementsAre("", "Held up. Enter goes on, Ctrl-C ends the session."));
  EXPECT_EQ(view.hold_up(), HoldUp::kLatched);
  EXPECT_THAT(view.on(kPipe, snapshot(v1::STAGE_SET_UP), 2), ElementsAre("Set the machine up.")) << "told again: it goes on";
  EXPECT_EQ(view.hold_up(), HoldUp::kNone);
}

TEST(SessionView, AfterAStopNothingHasToBeMendedAndAnotherShellMayGoOn) {
  SessionView view(kSession);
  auto event = snapshot(v1::STAGE_UNLOADING);
  event.mutable_snapshot()->mutable_session()->set_state(v1::SESSION_STATE_PAUSED);
  event.mutable_snapshot()->set_note("Stop was pressed.");
  EXPECT_THAT(view.on(kPipe, event, 0), ElementsAre("The load is being taken off.", "Stop was pressed."));
  event.mutable_snapshot()->set_stage(v1::STAGE_RESTING);
  EXPECT_THAT(view.on(kPipe, event, 1), ElementsAre("The weight is off, and none comes back by itself. `sheave ready` goes on, `sheave "
                                                    "finish` ends the session."));
}

TEST(SessionView, WhereForceIsInDoubtNothingSaysThatTheWeightIsOff) {
  SessionView view(kSession);
  auto event = snapshot(v1::STAGE_SET_UP);
  event.mutable_snapshot()->set_machine_state(v1::MACHINE_STATE_FAULT_STOP);
  event.mutable_snapshot()->set_note("After Stop the load did not go off in time. Press the E-stop.");
  v1::Fault& fault = *event.mutable_snapshot()->add_active_faults();
  fault.set_id("STOP_NOT_CONFIRMED");
  fault.set_code(310);
  EXPECT_THAT(view.on(kPipe, event, 0), ElementsAre("After Stop the load did not go off in time. Press the E-stop.",
                                                    "Once that is mended: `sheave ready` goes on, `sheave finish` ends the session."));
}

// Nothing said that a shared machine waits for its person, and no command could tell it that they are there.
TEST(SessionView, WhoSharesTheMachineReadsWhoseTurnItIs) {
  SessionView view(kSession);
  auto other = snapshot(v1::STAGE_WORKING);
  other.mutable_snapshot()->mutable_session()->set_name("machines/m1/sessions/other");
  for (const char* name : {"machines/m1/sessions/other", kSession}) {
    v1::Lane& lane = *other.mutable_snapshot()->add_lanes();
    lane.mutable_session()->set_name(name);
    lane.set_load_total_kg(40);
    lane.set_rest_left_s(30);
  }
  EXPECT_THAT(view.on(kPipe, other, 0), ElementsAre("Another has the machine; you are next, with 40.0 kg."));
  EXPECT_THAT(view.on(kPipe, other, 1), IsEmpty());
  EXPECT_TRUE(view.waits());
  EXPECT_THAT(view.live(kTerminal, 11), ElementsAre("", "Another has the machine; you are next, with 40.0 kg.   your rest 0:20"));
  auto turn = snapshot(v1::STAGE_RESTING);
  EXPECT_THAT(view.on(kPipe, turn, 20), ElementsAre("Your turn, 42.25 kg: press Enter (or `sheave ready`) when you are there."));
  EXPECT_TRUE(view.tap_due());
  EXPECT_THAT(view.on(kPipe, turn, 21), IsEmpty()) << "once";
  turn.mutable_snapshot()->set_stage(v1::STAGE_ARMED);
  EXPECT_THAT(view.on(kPipe, turn, 21), ElementsAre("Set 2 of 3, 42.25 kg: take the handle out and hold it still."));
}

TEST(SessionView, ANoteIsSaidOnce) {
  SessionView view(kSession);
  auto event = snapshot(v1::STAGE_WORKING);
  view.on(kPipe, event, 0);
  event.mutable_snapshot()->set_note("The store is full.");
  EXPECT_THAT(view.on(kPipe, event, 0), ElementsAre("The store is full."));
  EXPECT_THAT(view.on(kPipe, event, 0), IsEmpty());
}

}  // namespace
}  // namespace sheave::cli
