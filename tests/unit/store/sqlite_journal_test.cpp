// What is the file's own: every field comes back after a restart, writes of one batch do not harm each other, and what waits is written.
// The rest of journal.hpp is asked of both journals by journal_contract_test.cpp.

#include "controller/store/sqlite_journal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "controller/store/rows.hpp"
#include "tests/unit/store/fixture.hpp"

namespace sheave::store {
namespace {

using namespace testing;
using ::testing::HasSubstr;

/// Every measured value another number, and one of them unknown.
Rep full_rep(std::size_t unknown_column) {
  Rep rep = rep_record(3);
  rep.index = 2;
  rep.axis = RepAxis::kRight;
  rep.assisted = true;
  rep.form = 0x80000001U;
  rep.peak_ns = 11;
  rep.end_ns = 12;
  for (std::size_t i = 0; i < kRepColumns.size(); ++i) {
    rep.*kRepColumns[i].value = i == unknown_column ? kUnknown : 0.1 * static_cast<double>(i + 1);
  }
  return rep;
}

void expect_same(const Rep& stored, const Rep& given) {
  EXPECT_EQ(stored.index, given.index);
  EXPECT_EQ(stored.candidate, given.candidate);
  EXPECT_EQ(stored.axis, given.axis);
  EXPECT_EQ(stored.verdict, given.verdict);
  EXPECT_EQ(stored.assisted, given.assisted);
  EXPECT_EQ(stored.form, given.form);
  EXPECT_EQ(stored.start_ns, given.start_ns);
  EXPECT_EQ(stored.peak_ns, given.peak_ns);
  EXPECT_EQ(stored.end_ns, given.end_ns);
  for (const RepColumn& column : kRepColumns) {
    if (std::isnan(given.*column.value)) {
      EXPECT_TRUE(std::isnan(stored.*column.value)) << column.name;
    } else {
      EXPECT_EQ(stored.*column.value, given.*column.value) << column.name;
    }
  }
}

using SqliteJournalTest = JournalTest;

TEST_F(SqliteJournalTest, KeepsEveryFieldOfARepAndWhatIsUnknown) {
  put(session_record("s1"));
  begin(set_record("s1", 1));
  const Rep given = full_rep(5);
  add("s1", 1, given);
  open();
  const auto stored = sets("s1");
  ASSERT_EQ(stored.size(), 1U);
  ASSERT_EQ(stored[0].reps.size(), 1U);
  expect_same(stored[0].reps[0], given);
}

TEST(RepColumns, NameEveryMeasuredValueOfARep) {
  // What follows `form` and the three times in Rep is doubles only: a new one must get its column.
  constexpr std::size_t kMeasured = kRepColumns.size() * sizeof(double);
  constexpr std::size_t kTimes = 3 * sizeof(std::int64_t);
  EXPECT_EQ(sizeof(Rep), 16 + kTimes + kMeasured);
}

TEST_F(SqliteJournalTest, KeepsEveryFieldOfASession) {
  session::SessionRecord given = session_record("s1");
  given.finished = {1'800'000'300'000'000'001, false};
  given.state = session::SessionState::kInterrupted;
  given.end_note = "The controller was restarted.";
  const std::uint64_t seq = put(given);
  open();
  const auto stored = loop_.await<session::SessionRecord>([&](auto done) { journal_->find_session("s1", done); });
  ASSERT_TRUE(stored) << stored.status().message;
  EXPECT_EQ(stored->seq, seq);
  EXPECT_EQ(stored->request_id, given.request_id);
  EXPECT_EQ(stored->program_id, given.program_id);
  EXPECT_EQ(stored->program_toml_hash, given.program_toml_hash);
  EXPECT_EQ(stored->member_id, given.member_id);
  EXPECT_EQ(stored->created.unix_ns, given.created.unix_ns);
  EXPECT_TRUE(stored->created.synchronized);
  EXPECT_EQ(stored->finished.unix_ns, given.finished.unix_ns);
  EXPECT_FALSE(stored->finished.synchronized);
  EXPECT_EQ(stored->state, given.state);
  EXPECT_EQ(stored->end_note, given.end_note);
}

TEST_F(SqliteJournalTest, KeepsEveryFieldOfASetAndItsProposal) {
  put(session_record("s1"));
  session::SetRecord given = set_record("s1", 2, 42.25);
  given.kind = session::SetKind::kProbe;
  given.axis_mask = 3;
  given.rom = {{0.3, 0.9}, {0.31, kUnknown}};
  begin(given);
  given.duration_s = 33.5;
  given.end = session::SetEndReason::kFailed;
  given.samples_lost = 7;
  finish(given);
  given.answer_rir = 0;
  given.stop_answer = session::StopAnswer::kTired;
  EXPECT_TRUE(loop_.commit([&](auto done) { journal_->put_answers(given, done); }));
  given.proposal = session::Proposal{.load_kg = 40.0,
                                     .previous_load_kg = kUnknown,
                                     .next_kind = session::SetKind::kWorking,
                                     .rep_goal = 5,
                                     .reason = "BELOW_RANGE",
                                     .text = "4 reps, below 6 to 8.",
                                     .confidence = 0.8,
                                     .evidence = {{"reps", 4}, {"reserve", kUnknown}},
                                     .etag = "a"};
  propose(given);
  given.proposal->accepted = true;
  given.proposal->etag = "b";
  propose(given);

  open();
  const auto stored = sets("s1");
  ASSERT_EQ(stored.size(), 1U);
  const session::SetRecord& set = stored[0];
  EXPECT_EQ(set.index, 2U);
  EXPECT_EQ(set.kind, given.kind);
  EXPECT_EQ(set.load_kg, 42.25);
  EXPECT_EQ(set.axis_mask, 3U);
  EXPECT_EQ(set.started.unix_ns, given.started.unix_ns);
  EXPECT_EQ(set.duration_s, 33.5);
  EXPECT_EQ(set.end, session::SetEndReason::kFailed);
  EXPECT_EQ(set.samples_lost, 7U);
  EXPECT_EQ(set.answer_rir, 0);
  EXPECT_EQ(set.stop_answer, session::StopAnswer::kTired);
  ASSERT_EQ(set.rom.size(), 2U);
  EXPECT_EQ(set.rom[0].end_m, 0.9);
  EXPECT_TRUE(std::isnan(set.rom[1].end_m));
  ASSERT_TRUE(set.proposal);
  EXPECT_EQ(set.proposal->load_kg, 40.0);
  EXPECT_TRUE(std::isnan(set.proposal->previous_load_kg));
  EXPECT_EQ(set.proposal->rep_goal, 5U);
  EXPECT_EQ(set.proposal->reason, "BELOW_RANGE");
  EXPECT_EQ(set.proposal->text, "4 reps, below 6 to 8.");
  EXPECT_EQ(set.proposal->confidence, 0.8);
  EXPECT_TRUE(set.proposal->accepted);
  EXPECT_EQ(set.proposal->etag, "b");
  ASSERT_EQ(set.proposal->evidence.size(), 2U);
  EXPECT_EQ(set.proposal->evidence[0].name, "reps");
  EXPECT_TRUE(std::isnan(set.proposal->evidence[1].value));
}

TEST_F(SqliteJournalTest, ARecordThatDoesNotFitIsRejectedAndHarmsNoOther) {
  put(session_record("s1"));
  begin(set_record("s1", 1));
  Rep other = rep_record(1);
  other.start_ns += 1;
  std::vector<bool> written;
  const auto note = [&](const Result<std::uint64_t>& result) { written.push_back(result.ok()); };
  journal_->add_rep("s1", 1, rep_record(1), note);
  journal_->add_rep("s1", 1, other, note);
  journal_->add_rep("s1", 9, rep_record(1), note);
  journal_->begin_set(set_record("nobody", 1), note);
  journal_->add_rep("s1", 1, rep_record(2), note);
  const auto unknown = loop_.commit([&](auto done) { journal_->finish_set(set_record("s1", 9), done); });
  EXPECT_EQ(unknown.status().reason, "STORE_REJECTED");
  EXPECT_THAT(unknown.status().message, HasSubstr("set 9 of session s1 was never begun"));
  EXPECT_EQ(written, (std::vector<bool>{true, false, false, false, true}));
  EXPECT_EQ(sets("s1")[0].reps.size(), 2U);
}

TEST_F(SqliteJournalTest, TheOdometerGoesOnAfterARestart) {
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(loop_.commit([&](auto done) { journal_->add_odometer({1.5, 200.0, 3.0, 4}, done); }));
    open();
  }
  const auto total = loop_.await<session::Odometer>([&](auto done) { journal_->odometer(done); });
  ASSERT_TRUE(total);
  EXPECT_EQ(total->cable_m, 3.0);
  EXPECT_EQ(total->work_j, 400.0);
  EXPECT_EQ(total->powered_s, 6.0);
  EXPECT_EQ(total->cycles, 8U);
}

TEST_F(SqliteJournalTest, DestructionCarriesOutWhatWaits) {
  journal_->put_session(session_record("s1"), nullptr);
  journal_->begin_set(set_record("s1", 1), nullptr);
  for (std::uint32_t i = 1; i <= 200; ++i) journal_->add_rep("s1", 1, rep_record(i), nullptr);
  open();
  EXPECT_EQ(sets("s1")[0].reps.size(), 200U);
}

TEST_F(SqliteJournalTest, AnswersAfterTheJournalsEndAreHarmless) {
  int answered = 0;
  journal_->put_session(session_record("s1"), [&](const auto& result) { answered += result.ok() ? 1 : 0; });
  journal_.reset();
  loop_.run_ready();
  EXPECT_EQ(answered, 1);
}

session::SelfTestRecord self_test_record(double friction_n) {
  session::SelfTestRecord test;
  test.at = {1'800'000'000'000'000'000, true};
  for (const double more_n : {0.0, 1.5}) {
    session::CableTest& cable = test.cables.emplace_back();
    cable.readings = {{10.0, 10.25, true}, {50.0, 49.5, false}};
    cable.bias_percent = 1.25;
    cable.cv_percent = 0.75;
    cable.drag = {friction_n + more_n, 9.5, 7.25};
    cable.residual_n = 0.125;
    cable.friction_cv_percent = 3.5;
    cable.runs = 3;
  }
  return test;
}

TEST_F(SqliteJournalTest, TheNewestSelfTestSurvivesARestart) {
  const auto last = [&] { return loop_.await<session::SelfTestRecord>([&](auto done) { journal_->last_self_test(done); }); };
  EXPECT_EQ(last().status().reason, "SELF_TEST_NOT_FOUND");
  for (const double friction_n : {20.0, 16.5}) {
    value(loop_.commit([&](auto done) { journal_->add_self_test(self_test_record(friction_n), done); }));
  }
  open();
  const auto kept = last();
  ASSERT_TRUE(kept) << kept.status().message;
  EXPECT_EQ(kept->at.unix_ns, 1'800'000'000'000'000'000);
  ASSERT_EQ(kept->cables.size(), 2U);
  const session::CableTest& second = kept->cables[1];
  EXPECT_EQ(second.drag.friction_n, 18.0);
  EXPECT_EQ(second.drag.viscous_nspm, 9.5);
  EXPECT_EQ(second.drag.moving_mass_kg, 7.25);
  EXPECT_EQ(second.bias_percent, 1.25);
  EXPECT_EQ(second.cv_percent, 0.75);
  EXPECT_EQ(second.residual_n, 0.125);
  EXPECT_EQ(second.friction_cv_percent, 3.5);
  EXPECT_EQ(second.runs, 3U);
  ASSERT_EQ(second.readings.size(), 2U);
  EXPECT_EQ(second.readings[0].measured_n, 10.25);
  EXPECT_TRUE(second.readings[0].rising);
  EXPECT_EQ(second.readings[1].commanded_n, 50.0);
  EXPECT_FALSE(second.readings[1].rising);
}

}  // namespace
}  // namespace sheave::store
