// Whole sessions, from walking up to the summary.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugins/abi/sheave/ext/exercise.h"
#include "tests/unit/session/session_bench.hpp"

namespace sheave::session::test {
namespace {

using control::CommandKind;
using control::LeaseHealth;
using control::SetEndReason;
using safety::MachineState;
using ::testing::HasSubstr;

constexpr double kTolerance = 1e-9;

TEST(SessionFlow, TheMachineRunsAWholeSessionByItself) {
  SessionBench bench;
  bench.start_session();
  ASSERT_TRUE(bench.run_until([&] { return bench.control->state() == MachineState::kCalibrate; }, 1));
  EXPECT_EQ(bench.snapshot().stage, Stage::kCalibrating);
  EXPECT_EQ(bench.control->plan()->exercise, nullptr);
  EXPECT_LE(bench.control->plan()->load_per_axis_n, 50.0);
  bench.calibrate();
  ASSERT_EQ(bench.snapshot().rom.size(), 1U);
  EXPECT_NEAR(bench.snapshot().rom[0].start_m, 0.2, kTolerance);
  EXPECT_NEAR(bench.snapshot().rom[0].end_m, 0.8, kTolerance);
  for (int set = 0; set < 3; ++set) bench.do_set(7);
  ASSERT_TRUE(bench.run_until_stage(Stage::kFinished, 1));
  EXPECT_FALSE((bench.run_for(0.02), bench.control->session_open()));

  const auto sets = bench.journal.sets_of(bench.session_id);
  ASSERT_EQ(sets.size(), 3U);
  for (const SetRecord& set : sets) {
    EXPECT_EQ(set.counted, 7U);
    EXPECT_EQ(set.reps.size(), 7U);
    EXPECT_EQ(set.end, SetEndReason::kRacked);
    EXPECT_NEAR(set.load_kg, 10.0, kTolerance);
    EXPECT_NEAR(set.duration_s, 14.5, 0.05);
  }
  EXPECT_EQ(bench.recorder.count(LogEntry::Kind::kRep), 21U);
  EXPECT_EQ(bench.recorder.count(LogEntry::Kind::kSet), 3U);
  EXPECT_EQ(bench.journal.sessions().front().state, SessionState::kFinished);
}

TEST(SessionFlow, EachRestLastsAsLongAsAskedFor) {
  SessionBench bench;
  CreateSession request;
  request.rest_s = 15;
  bench.start_session(request);
  bench.calibrate();
  bench.do_set(7);
  const std::int64_t ended_ns = bench.now_ns;
  EXPECT_EQ(bench.snapshot().stage, Stage::kResting);
  EXPECT_NEAR(static_cast<double>(bench.snapshot().rest_left_ms), 15000, 100);
  ASSERT_TRUE(bench.run_until([&] { return bench.control->state() == MachineState::kReady; }));
  EXPECT_NEAR(seconds(bench.now_ns - ended_ns), 15.0, 0.1);
}

TEST(SessionFlow, RepsAreToldOnlyAfterTheirCommit) {
  SessionBench bench;
  bench.start_session();
  bench.calibrate();
  ASSERT_TRUE(bench.run_until([&] { return bench.control->state() == MachineState::kReady; }));
  bench.control->engage();
  bench.run_for(0.1);
  bench.journal.set_deferred(true);
  bench.control->pull(0.2, 0.8);
  bench.run_for(1);
  EXPECT_EQ(bench.snapshot().counted_reps, 1U);
  EXPECT_EQ(bench.recorder.count(LogEntry::Kind::kRep), 0U);
  bench.journal.deliver();
  ASSERT_EQ(bench.recorder.count(LogEntry::Kind::kRep), 1U);
  EXPECT_GT(bench.recorder.entries.back().seq, 0U);
}

TEST(SessionFlow, ADeadStoreLosesNothingAndTheSetGoesOn) {
  SessionBench bench;
  bench.start_session();
  bench.calibrate();
  bench.journal.set_failing(true);
  bench.do_set(7);
  EXPECT_THAT(bench.snapshot().active_faults, ::testing::Contains(FaultCode::kStorageDegraded));
  EXPECT_EQ(bench.recorder.count(LogEntry::Kind::kRep), 0U);
  bench.do_set(6);
  bench.journal.set_failing(false);
  bench.run_for(3);
  const auto sets = bench.journal.sets_of(bench.session_id);
  ASSERT_EQ(sets.size(), 2U);
  EXPECT_EQ(sets[0].reps.size(), 7U);
  EXPECT_EQ(sets[1].reps.size(), 6U);
  EXPECT_EQ(bench.recorder.count(LogEntry::Kind::kRep), 13U);
  EXPECT_THAT(bench.snapshot().active_faults, ::testing::Not(::testing::Contains(FaultCode::kStorageDegraded)));
}

TEST(SessionFlow, ARecordThatTheStoreDoesNotTakeIsTold) {
  SessionBench bench;
  bench.start_session();
  bench.calibrate();
  bench.journal.reject_next();
  bench.do_set(7);
  EXPECT_THAT(bench.snapshot().active_faults, ::testing::Contains(FaultCode::kRecordRejected));
  EXPECT_THAT(bench.snapshot().active_faults, ::testing::Not(::testing::Contains(FaultCode::kStorageDegraded)));
  bench.run_for(90);
  EXPECT_THAT(bench.snapshot().active_faults, ::testing::Not(::testing::Contains(FaultCode::kRecordRejected)));
}

TEST(SessionFlow, WithALeaseNothingStartsWithoutATap) {
  SessionBench bench;
  ASSERT_TRUE(bench.manager->acquire_lease("kiosk", true).ok());
  const std::string id = bench.start_session();
  bench.run_for(1.5);
  EXPECT_EQ(bench.snapshot().stage, Stage::kSetUp);
  EXPECT_EQ(bench.snapshot().lease_holder, "kiosk");
  EXPECT_TRUE(bench.manager->arm(id).ok());
  bench.run_for(0.1);
  EXPECT_EQ(bench.snapshot().stage, Stage::kCalibrating);
}

TEST(SessionFlow, ATapDuringTheRestStartsTheSetEarly) {
  SessionBench bench;
  const std::string id = bench.start_session();
  bench.calibrate();
  bench.do_set(7);
  bench.run_for(1);
  EXPECT_TRUE(bench.manager->arm(id).ok());
  ASSERT_TRUE(bench.run_until([&] { return bench.control->state() == MachineState::kReady; }, 10));
}

TEST(SessionFlow, AfterStopNothingStartsUntilATap) {
  SessionBench bench;
  const std::string id = bench.start_session();
  bench.calibrate();
  ASSERT_TRUE(bench.run_until([&] { return bench.control->state() == MachineState::kReady; }));
  bench.control->engage();
  bench.run_for(2);
  bench.control->pull(0.2, 0.8);
  bench.port->stop_requests.fetch_add(1);
  bench.run_for(300);
  EXPECT_EQ(bench.control->state(), MachineState::kIdle);
  EXPECT_EQ(bench.snapshot().session->state, SessionState::kPaused);
  EXPECT_EQ(bench.journal.sets_of(id).front().end, SetEndReason::kStopped);
  EXPECT_TRUE(bench.manager->arm(id).ok());
  EXPECT_TRUE(bench.run_until([&] { return bench.control->state() == MachineState::kReady; }, 5));
}

TEST(SessionFlow, AStoppedSessionThatNobodyTakesUpEnds) {
  SessionBench bench;
  bench.start_session();
  bench.calibrate();
  bench.port->stop_requests.fetch_add(1);
  ASSERT_TRUE(bench.run_until_stage(Stage::kFinished, 650));
  EXPECT_THAT(bench.snapshot().session->end_note, HasSubstr("ten minutes"));
}

TEST(SessionFlow, AStoppedSessionGivesWayToTheNextPerson) {
  SessionBench bench;
  const std::string first = bench.start_session();
  EXPECT_EQ(bench.activate(bench.create({})->id).status().reason, "SESSION_ACTIVE");
  bench.calibrate();
  bench.port->stop_requests.fetch_add(1);
  bench.run_for(1);
  bench.start_session();
  EXPECT_NE(bench.snapshot().session->id, first);
  EXPECT_EQ(bench.journal.sessions().front().state, SessionState::kFinished);
}

TEST(SessionFlow, NobodyTakesTheHandle) {
  SessionBench bench;
  bench.start_session();
  bench.calibrate();
  int armed = 0;
  while (bench.snapshot().stage != Stage::kFinished && armed < 20) {
    if (!bench.run_until([&] { return bench.control->state() == MachineState::kReady || bench.snapshot().stage == Stage::kFinished; }))
      break;
    if (bench.snapshot().stage == Stage::kFinished) break;
    ++armed;
    bench.run_for(60);
    bench.control->readiness_timeout();
  }
  EXPECT_EQ(armed, 10);
  EXPECT_THAT(bench.snapshot().session->end_note, HasSubstr("ten minutes"));
  EXPECT_TRUE(bench.journal.sets_of(bench.session_id).empty());
}

TEST(SessionFlow, AFaultHoldsTheSessionUntilAcknowledgedAndTapped) {
  SessionBench bench;
  const std::string id = bench.start_session();
  bench.calibrate();
  ASSERT_TRUE(bench.run_until([&] { return bench.control->state() == MachineState::kReady; }));
  bench.control->engage();
  bench.run_for(2);
  bench.control->latch(FaultCode::kLinkLost);
  bench.run_for(1);
  EXPECT_EQ(bench.journal.sets_of(id).front().end, SetEndReason::kFault);
  EXPECT_EQ(bench.snapshot().session->state, SessionState::kPaused);
  EXPECT_THAT(bench.snapshot().note, HasSubstr("drive"));
  EXPECT_EQ(bench.manager->arm(id).reason, "NOT_READY");
  bench.control->fault(FaultCode::kLinkLost, safety::Reaction::kNone, false);
  EXPECT_TRUE(bench.manager->acknowledge_fault().ok());
  bench.run_for(120);
  EXPECT_EQ(bench.control->state(), MachineState::kIdle);
  EXPECT_TRUE(bench.manager->arm(id).ok());
  EXPECT_TRUE(bench.run_until([&] { return bench.control->state() == MachineState::kReady; }, 5));
}

TEST(SessionFlow, AfterAPassingFaultTheMachineWaitsTenSecondsOrForATap) {
  SessionBench bench;
  const std::string id = bench.start_session();
  bench.calibrate();
  for (const bool tap : {false, true}) {
    ASSERT_TRUE(bench.run_until([&] { return bench.control->state() == MachineState::kReady; }));
    bench.control->end(SetEndReason::kFault);  // armed, not engaged: no rest is due
    bench.run_for(9);
    EXPECT_EQ(bench.control->state(), MachineState::kIdle);
    if (tap) {
      EXPECT_TRUE(bench.manager->arm(id).ok());
    }
    EXPECT_TRUE(bench.run_until([&] { return bench.control->state() == MachineState::kReady; }, tap ? 0.5 : 2.0));
  }
}

TEST(SessionFlow, AHandleThatIsStillHeldStartsNoSet) {
  SessionBench bench;
  bench.start_session();
  bench.calibrate();
  bench.control->handle_stays_out = true;
  bench.do_set(7);
  bench.run_for(120);
  EXPECT_EQ(bench.control->state(), MachineState::kRetract);
  bench.control->bring_home();
  EXPECT_TRUE(bench.run_until([&] { return bench.control->state() == MachineState::kReady; }, 1));
}

TEST(SessionFlow, ARefusedCommandIsTriedAgain) {
  SessionBench bench;
  bench.control->refuse_next(CommandKind::kCalibrate);
  bench.start_session();
  EXPECT_TRUE(bench.run_until([&] { return bench.control->state() == MachineState::kCalibrate; }, 2));
}

TEST(SessionFlow, FinishInMidSetEndsTheSetFirst) {
  SessionBench bench;
  const std::string id = bench.start_session();
  bench.calibrate();
  ASSERT_TRUE(bench.run_until([&] { return bench.control->state() == MachineState::kReady; }));
  bench.control->engage();
  bench.run_for(1);
  bool finished = false;
  bench.manager->finish(id, [&](Result<SessionRecord> record) { finished = record.ok() && record->state == SessionState::kFinished; });
  EXPECT_FALSE(finished);
  bench.run_for(0.2);
  EXPECT_TRUE(finished);
  EXPECT_EQ(bench.journal.sets_of(id).size(), 1U);
}

TEST(SessionFlow, ASetIsRecordedAtAHundredHertz) {
  SessionBench bench;
  const std::string id = bench.start_session();
  bench.calibrate();
  bench.do_set(7);
  Result<SampleBlob> blob = Status{};
  bench.journal.load_samples(id, 1, [&](Result<SampleBlob> answer) { blob = std::move(answer); });
  ASSERT_TRUE(blob.ok());
  EXPECT_DOUBLE_EQ(blob->rate_hz, 100.0);
  EXPECT_EQ(blob->lost, 0U);
  EXPECT_GT(bench.recorder.frames, 1000U);
}

TEST(SessionFlow, UnevenPullsAreMeasuredAgain) {
  SessionBench bench;
  bench.start_session();
  ASSERT_TRUE(bench.run_until([&] { return bench.control->state() == MachineState::kCalibrate; }));
  for (const double peak_m : {0.8, 0.5, 0.8}) {
    bench.control->pull(0.2, peak_m);
    bench.run_for(1);
  }
  EXPECT_EQ(bench.control->state(), MachineState::kCalibrate);
  EXPECT_THAT(bench.snapshot().note, HasSubstr("differed by 30 cm"));
  EXPECT_EQ(bench.snapshot().note_reason, "PULLS_DIFFER");
  EXPECT_NEAR(bench.snapshot().note_numbers.at("apart_m"), 0.3, 1e-9);
  EXPECT_THAT(bench.recorder.cues, ::testing::Contains(SHEAVE_CUE_PULL_FURTHER));
  for (int i = 0; i < 2; ++i) {
    bench.control->pull(0.2, 0.8);
    bench.run_for(1);
  }
  EXPECT_EQ(bench.snapshot().rom.size(), 1U);
}

TEST(SessionFlow, AMembersRangeIsKeptAGuestsIsNot) {
  SessionBench bench;
  CreateSession member;
  member.member_id = "ann";
  member.sets = 1;
  bench.start_session(member);
  bench.calibrate();
  bench.do_set(7);
  ASSERT_TRUE(bench.run_until_stage(Stage::kFinished, 5));
  bench.start_session(member);
  EXPECT_TRUE(bench.run_until([&] { return bench.control->state() == MachineState::kReady; }, 10));
}

TEST(SessionFlow, ARestartClosesWhatWasOpen) {
  SessionBench bench;
  const std::string id = bench.start_session();
  bench.calibrate();
  ASSERT_TRUE(bench.run_until([&] { return bench.control->state() == MachineState::kReady; }));
  bench.control->engage();
  bench.run_for(2);
  bench.control->pull(0.2, 0.8);
  bench.run_for(0.1);
  bench.restart();
  EXPECT_EQ(bench.snapshot().stage, Stage::kNone);
  EXPECT_EQ(bench.journal.sessions().front().state, SessionState::kInterrupted);
  const auto sets = bench.journal.sets_of(id);
  ASSERT_EQ(sets.size(), 1U);
  EXPECT_EQ(sets[0].end, SetEndReason::kInterrupted);
  EXPECT_EQ(sets[0].counted, 1U);
  EXPECT_EQ(sets[0].reps.size(), 1U);
  EXPECT_FALSE(bench.control->session_open());
}

TEST(SessionLease, AKiosksSilenceIsToldAndThenNothingStartsByItself) {
  SessionBench bench;
  const std::string token = *bench.manager->acquire_lease("kiosk", true);
  const std::string id = bench.start_session();
  EXPECT_EQ(bench.manager->acquire_lease("phone", false).status().reason, "LEASE_HELD");
  ASSERT_TRUE(bench.manager->arm(id).ok());
  bench.run_for(1);
  EXPECT_TRUE(bench.manager->renew_lease(token).ok());
  EXPECT_EQ(bench.control->lease(), LeaseHealth::kHeld);
  bench.run_for(3);
  EXPECT_EQ(bench.control->lease(), LeaseHealth::kSilent);
  bench.run_for(8);
  EXPECT_EQ(bench.control->lease(), LeaseHealth::kLost);
  bench.control->end(SetEndReason::kLeaseLost);
  bench.run_for(200);
  EXPECT_EQ(bench.control->lease(), LeaseHealth::kHeldByMachine);
  EXPECT_EQ(bench.control->state(), MachineState::kIdle);
  EXPECT_EQ(bench.snapshot().session->state, SessionState::kPaused);
  EXPECT_EQ(bench.manager->renew_lease(token).reason, "LEASE_LOST");
}

TEST(SessionLease, APhonesSilenceLetsTheSetFinishAndTheMachineGoesOn) {
  SessionBench bench;
  ASSERT_TRUE(bench.manager->acquire_lease("Ann's phone", false).ok());
  const std::string id = bench.start_session();
  ASSERT_TRUE(bench.manager->arm(id).ok());
  bench.run_for(30);
  EXPECT_EQ(bench.control->lease(), LeaseHealth::kSilent);
  bench.calibrate();
  bench.do_set(7);
  EXPECT_EQ(bench.control->lease(), LeaseHealth::kHeldByMachine);
}

TEST(SessionStart, ASessionThatIsThereBeforeTheSelfTestIsOverIsNotHeldUpByIt) {
  SessionBench bench;
  bench.restart(false);
  bench.start_session();
  bench.control->power_on();
  bench.run_for(0.1);
  EXPECT_EQ(bench.snapshot().note, "");
  EXPECT_NE(bench.snapshot().session->state, SessionState::kPaused);
}

TEST(SessionStart, TheResetEdgeIsGivenOnceAndNotAfterAFault) {
  SessionBench bench;
  EXPECT_EQ(bench.control->resets(), 1U);
  EXPECT_EQ(bench.snapshot().machine_state, MachineState::kIdle);
  bench.control->latch(FaultCode::kDriveFault);
  bench.run_for(5);
  EXPECT_EQ(bench.control->resets(), 1U);
  EXPECT_EQ(bench.activate(bench.create({})->id).status().reason, "NOT_READY");
}

}  // namespace
}  // namespace sheave::session::test
