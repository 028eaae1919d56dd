// The log as watchers use it: one entry per thing that happened, in commit order, read in pages exactly once.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/store/fixture.hpp"

namespace sheave::store {
namespace {

using namespace testing;
using Kind = session::LogEntry::Kind;
using LogTest = JournalTest;

TEST_F(LogTest, TellsWhatHappenedInOrder) {
  session::SetRecord set = set_record("s1", 1);
  set.index = 0;
  set.proposal.emplace().reason = "FIRST_SET";
  put(session_record("s1"));
  propose(set);
  begin(set_record("s1", 1));
  add("s1", 1, rep_record(1));
  add("s1", 1, rep_record(2));
  const session::FaultRecord fault{FaultCode::kSpotter, true, safety::Reaction::kSpot, {}, "s1"};
  EXPECT_TRUE(loop_.commit([&](auto done) { journal_->add_fault(fault, done); }));
  finish(set_record("s1", 1));

  const auto entries = log_after(0);
  std::vector<Kind> kinds;
  for (const auto& entry : entries) kinds.push_back(entry.kind);
  ASSERT_EQ(kinds, (std::vector<Kind>{Kind::kSession, Kind::kProposal, Kind::kRep, Kind::kRep, Kind::kFault, Kind::kSet}));
  EXPECT_EQ(entries[0].session.id, "s1");
  EXPECT_EQ(entries[1].set_index, 0U);
  ASSERT_TRUE(entries[1].set.proposal);
  EXPECT_EQ(entries[1].set.proposal->reason, "FIRST_SET");
  EXPECT_EQ(entries[3].rep.candidate, 2U);
  EXPECT_EQ(entries[3].set_index, 1U);
  EXPECT_EQ(entries[4].fault.code, FaultCode::kSpotter);
  EXPECT_EQ(entries[5].set.index, 1U);
  EXPECT_EQ(entries[5].set.counted, 2U);
  EXPECT_TRUE(entries[5].set.reps.empty());
  EXPECT_EQ(entries[5].seq, journal_->head().seq);
}

TEST_F(LogTest, AProposalAndItsAnswerAreTwoEntriesEachAsItWas) {
  put(session_record("s1"));
  session::SetRecord set = set_record("s1", 1);
  begin(set);
  set.proposal.emplace().load_kg = 42;
  const std::uint64_t first = propose(set);
  set.proposal->accepted = true;
  propose(set);
  const auto entries = log_after(first - 1);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_FALSE(entries[0].set.proposal->accepted);
  EXPECT_TRUE(entries[1].set.proposal->accepted);
}

TEST_F(LogTest, PagesGiveEveryEntryExactlyOnceWhileMoreAreWritten) {
  put(session_record("s1"));
  begin(set_record("s1", 1));
  std::vector<std::uint32_t> seen;
  std::uint64_t cursor = 0;
  for (std::uint32_t candidate = 1; candidate <= 60;) {
    for (int i = 0; i < 7 && candidate <= 60; ++i) journal_->add_rep("s1", 1, rep_record(candidate++), nullptr);
    for (const auto& entry : log_after(cursor, 5)) {
      EXPECT_GT(entry.seq, cursor);
      cursor = entry.seq;
      if (entry.kind == Kind::kRep) seen.push_back(entry.rep.candidate);
    }
  }
  while (true) {
    const auto page = log_after(cursor, 5);
    if (page.empty()) break;
    for (const auto& entry : page) seen.push_back(entry.rep.candidate);
    cursor = page.back().seq;
  }
  ASSERT_EQ(seen.size(), 60U);
  for (std::uint32_t i = 0; i < 60; ++i) EXPECT_EQ(seen[i], i + 1);
}

TEST_F(LogTest, GoesOnAfterARestartInTheSameEpoch) {
  put(session_record("s1"));
  const session::Cursor before = journal_->head();
  open();
  EXPECT_EQ(journal_->head().epoch, before.epoch);
  EXPECT_EQ(journal_->head().seq, before.seq);
  EXPECT_GT(put(session_record("s2")), before.seq);
}

TEST_F(LogTest, ACursorOfAnotherFileHasExpired) {
  put(session_record("s1"));
  const session::Cursor here = journal_->head();
  for (const session::Cursor& cursor : {session::Cursor{"other", 0}, session::Cursor{here.epoch, here.seq + 1}}) {
    const auto refused = loop_.await<std::vector<session::LogEntry>>([&](auto done) { journal_->read_log(cursor, 10, done); });
    EXPECT_EQ(refused.status().code, StatusCode::kOutOfRange);
    EXPECT_EQ(refused.status().reason, "CURSOR_EXPIRED");
  }
}

TEST_F(LogTest, TheHeadMovesWithTheAnswerNotBefore) {
  const std::uint64_t before = journal_->head().seq;
  std::uint64_t told = 0;
  journal_->put_session(session_record("s1"), [&](const auto& result) { told = *result; });
  EXPECT_EQ(journal_->head().seq, before);
  while (told == 0) loop_.run_one();
  EXPECT_EQ(journal_->head().seq, told);
}

}  // namespace
}  // namespace sheave::store
