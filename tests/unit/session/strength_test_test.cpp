// Reading a test off recordings of movements and forces that are known.

#include "controller/session/strength_test.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "controller/session/memory_journal.hpp"
#include "controller/session/own_curve.hpp"
#include "controller/session/samples.hpp"

namespace sheave::session {
namespace {

constexpr double kSpeed_mps = 0.25, kRom_m = 0.5, kStep_s = 0.01;

Program test_program(TestKind kind) {
  Program program;
  program.id = kind == TestKind::kIsokinetic ? "row-test" : "row-holds";
  program.name = "Row test";
  program.exercise_name = "Cable row";
  program.test = {kind, kSpeed_mps, {0.25, 0.5, 0.75}, 4.0};
  return program;
}

double fall(double share) { return 500.0 - 200.0 * share; }

/// A set as it is recorded, drawn moment by moment.
struct Drawn {
  explicit Drawn(std::uint32_t index = 1) {
    recorded.set.session_id = "s1";
    recorded.set.index = index;
    recorded.set.end = SetEndReason::kRacked;
    recorded.set.started = {1'000 * kNsPerS, true};
  }
  /// What the hand makes of it: the drive measures less by what the feed-forward took out.
  void moment(double share, double speed_mps, double hand_n) {
    control::Frame frame;
    frame.time_ns = from_seconds(time_s);
    frame.axis_count = 1;
    frame.state = safety::MachineState::kActive;
    frame.axes[0].rom_share = static_cast<float>(share);
    frame.axes[0].velocity_mps = static_cast<float>(speed_mps);
    frame.axes[0].tension_n = static_cast<float>(hand_n - 14.0);
    frame.axes[0].correction_n = -14.0F;
    recorded.frames.push_back(frame);
    time_s += kStep_s;
  }
  /// One counted rep; the force builds up at first and follows `force_n` of the range from then on.
  void pull(const std::function<double(double)>& force_n, double speed_mps = kSpeed_mps, double build_up_s = 0.4) {
    Rep rep;
    rep.candidate = rep.index = static_cast<std::uint32_t>(recorded.set.reps.size()) + 1;
    rep.start_ns = from_seconds(time_s);
    for (double t = 0.0, share = 0.0; share < 1.0; t += kStep_s, share += speed_mps * kStep_s / kRom_m) {
      moment(share, speed_mps, force_n(share) * std::min(1.0, 0.1 + t / build_up_s));
    }
    rep.peak_ns = from_seconds(time_s);
    recorded.set.reps.push_back(rep);
    for (int i = 0; i < 50; ++i) moment(1.0 - i / 50.0, -1.0, 50.0);
  }
  void hold(double share, double force_n, double duration_s) {
    for (double t = 0.0; t < duration_s; t += kStep_s) moment(share, 0.0, force_n * std::min(1.0, t / 0.5));
  }
  RecordedSet recorded;
  double time_s = 100.0;
};

StrengthTest read(TestKind kind, const std::vector<RecordedSet>& sets) { return read_strength_test(test_program(kind), sets); }

TEST(IsokineticTest, TheCurveIsWhatWasPulledOnceTheForceHadBuiltUp) {
  Drawn set;
  for (int i = 0; i < 3; ++i) set.pull(fall);
  const StrengthTest test = read(TestKind::kIsokinetic, {set.recorded});
  EXPECT_EQ(test.efforts, 3U);
  EXPECT_EQ(test.unknown_reason, "");
  EXPECT_TRUE(std::isnan(test.curve.force_n[0])) << "while the force built up";
  for (std::size_t i = 1; i < 5; ++i) EXPECT_NEAR(test.curve.force_n[i], fall(kCurvePlaces[i]), 0.02 * fall(kCurvePlaces[i])) << i;
  EXPECT_NEAR(test.peak_n, fall(0.2), 15.0);
  EXPECT_NEAR(test.mean_n, fall(0.6), 15.0);
  EXPECT_EQ(test.at.unix_ns, 1'000 * kNsPerS);
}

TEST(IsokineticTest, AnEffortHeldBackIsNotDrawnIntoTheCurve) {
  Drawn set;
  set.pull(fall);
  set.pull([](double share) { return 0.6 * fall(share); });
  const StrengthTest test = read(TestKind::kIsokinetic, {set.recorded});
  EXPECT_EQ(test.efforts, 2U);
  EXPECT_NEAR(test.curve.force_n[2], fall(0.5), 0.02 * fall(0.5));
}

TEST(IsokineticTest, WhatWasNotAtTheSpeedIsNoEffort) {
  Drawn fast;
  fast.pull(fall, 0.5);
  EXPECT_EQ(read(TestKind::kIsokinetic, {fast.recorded}).unknown_reason, kNotHeld);
  Drawn assisted;
  assisted.pull(fall);
  assisted.recorded.set.reps[0].assisted = true;
  EXPECT_EQ(read(TestKind::kIsokinetic, {assisted.recorded}).unknown_reason, kNotHeld);
  Drawn stopped;
  stopped.pull(fall);
  stopped.recorded.set.end = SetEndReason::kStopped;
  EXPECT_EQ(read(TestKind::kIsokinetic, {stopped.recorded}).unknown_reason, kNotHeld);
  EXPECT_EQ(read(TestKind::kIsokinetic, {}).unknown_reason, kNotHeld);
}

TEST(IsokineticTest, APullThatWasLetOffTooSoonLeavesThePlacesAfterItUnknown) {
  Drawn set;
  set.pull([](double share) { return share < 0.6 ? 400.0 : std::max(20.0, 400.0 - 4000.0 * (share - 0.6)); });
  const StrengthTest test = read(TestKind::kIsokinetic, {set.recorded});
  EXPECT_NEAR(test.curve.force_n[2], 400.0, 10.0);
}

TEST(IsometricTest, TheBestSecondAtThePlaceCounts) {
  Drawn quarter(1), half(2), three(3);
  quarter.hold(0.25, 450.0, 3.0);
  half.hold(0.1, 900.0, 2.0);  // not at the place
  half.hold(0.52, 400.0, 3.0);
  three.hold(0.75, 350.0, 3.0);
  const StrengthTest test = read(TestKind::kIsometric, {quarter.recorded, half.recorded, three.recorded});
  EXPECT_EQ(test.efforts, 3U);
  EXPECT_NEAR(test.curve.force_n[1], 450.0, 2.0);
  EXPECT_NEAR(test.curve.force_n[2], 400.0, 2.0);
  EXPECT_NEAR(test.curve.force_n[3], 350.0, 2.0);
  EXPECT_EQ(test.curve.known(), 3U);
  EXPECT_NEAR(test.peak_n, 450.0, 2.0);
  EXPECT_NEAR(test.mean_n, 400.0, 2.0);
  EXPECT_EQ(test.unknown_reason, "");
}

TEST(IsometricTest, AHoldShorterThanASecondAndOneWithAHoleTellNothing) {
  Drawn brief(1), holed(2);
  brief.hold(0.25, 450.0, 0.7);
  holed.hold(0.5, 450.0, 0.7);
  holed.time_s += 0.5;
  holed.hold(0.5, 450.0, 0.7);
  EXPECT_EQ(read(TestKind::kIsometric, {brief.recorded, holed.recorded}).unknown_reason, kNotHeld);
}

class FetchedTests : public ::testing::Test {
 protected:
  FetchedTests() {
    catalog.programs = {test_program(TestKind::kIsometric), test_program(TestKind::kIsokinetic)};
    own.exercise_name = "Cable row";
    own.load_chain = {{"strength-curve", {}, true}};
  }
  void store(const std::string& session_id, const std::string& program_id, const std::string& member_id, std::int64_t day,
             const std::function<double(double)>& force_n) {
    const Committed done = [](const Result<std::uint64_t>& seq) { EXPECT_TRUE(seq) << seq.status().message; };
    SessionRecord session;
    session.id = session_id;
    session.program_id = program_id;
    session.member_id = member_id;
    journal.put_session(session, done);
    Drawn drawn;
    SetRecord& set = drawn.recorded.set;
    set.session_id = session_id;
    set.started = {day * 86'400 * kNsPerS, true};
    for (int i = 0; i < 3; ++i) drawn.pull(force_n);
    journal.begin_set(set, done);
    for (const Rep& rep : set.reps) journal.add_rep(session_id, 1, rep, done);
    SampleBlob blob;
    blob.session_id = session_id;
    blob.set_index = 1;
    blob.rate_hz = 100.0;
    blob.axis_count = 1;
    for (const control::Frame& frame : drawn.recorded.frames) append_sample(blob.bytes, frame, 1, drawn.recorded.frames.front().time_ns);
    journal.put_samples(blob, done);
    journal.finish_set(set, done);
  }
  OwnCurve curve_of(const std::string& member_id) {
    OwnCurve found;
    fetch_own_curve(journal, catalog, own, member_id, [&](OwnCurve curve) { found = std::move(curve); });
    return found;
  }

  MemoryJournal journal;
  Catalog catalog;
  Program own;
};

TEST_F(FetchedTests, TheNewestThatTellsIsUsed) {
  store("old", "row-test", "ann", 10, [](double share) { return 300.0 + 200.0 * share; });
  store("new", "row-test", "ann", 20, fall);
  store("nothing", "row-test", "ann", 30, [](double) { return 0.0; });
  store("other", "row-test", "bob", 40, [](double share) { return 300.0 + 200.0 * share; });
  const OwnCurve curve = curve_of("ann");
  EXPECT_EQ(curve.used.test_session_id, "new");
  EXPECT_GT(curve.used.shares.share[1], 1.05);
  EXPECT_LT(curve.used.shares.share[4], 0.9);
  EXPECT_NE(curve.note.text.find("1970-01-21"), std::string::npos) << curve.note.text;
  EXPECT_EQ(for_set(own, curve.used, 1).load_chain[0].params.at("at_100"), curve.used.shares.share[4]);
}

TEST_F(FetchedTests, AGuestAStrangerAndWhoseSessionWentToAnotherHaveNone) {
  store("t", "row-test", "ann", 10, fall);
  EXPECT_EQ(curve_of("").used.test_session_id, "");
  EXPECT_EQ(curve_of("bob").used.test_session_id, "");
  EXPECT_NE(curve_of("bob").note.text.find("\"Row test\" measures it"), std::string::npos);
  journal.put_owner("t", "bob", [](const Result<std::uint64_t>&) {});
  EXPECT_EQ(curve_of("ann").used.test_session_id, "");
  EXPECT_EQ(curve_of("bob").used.test_session_id, "t");
  journal.put_owner("t", "", [](const Result<std::uint64_t>&) {});  // as erasing does
  EXPECT_EQ(curve_of("bob").used.test_session_id, "");
}

TEST_F(FetchedTests, AnotherExercisesTestIsNotThisOnes) {
  store("t", "row-test", "ann", 10, fall);
  own.exercise_name = "Face pull";
  const OwnCurve curve = curve_of("ann");
  EXPECT_EQ(curve.used.test_session_id, "");
  for (const double share : curve.used.shares.share) EXPECT_EQ(share, 1.0);
  EXPECT_EQ(curve.note.text.find("measures it"), std::string::npos) << "there is no test for it: " << curve.note.text;
}

TEST_F(FetchedTests, EachSetOfAHoldTestHoldsItsOwnPlace) {
  Program holds = test_program(TestKind::kIsometric);
  holds.load_chain = {{"constant", {}}, {"isometric-hold", {{"at_share", 0.5}}}};
  const double wanted[] = {0.25, 0.5, 0.75, 0.25};
  for (std::uint32_t set = 1; set <= 4; ++set) {
    EXPECT_EQ(for_set(holds, std::nullopt, set).load_chain[1].params.at("at_share"), wanted[set - 1]);
  }
}

}  // namespace
}  // namespace sheave::session
