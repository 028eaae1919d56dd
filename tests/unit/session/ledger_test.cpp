#include "controller/session/ledger.hpp"

#include <gtest/gtest.h>

#include <memory>

#include "controller/session/memory_journal.hpp"

namespace sheave::session {
namespace {

class LedgerTest : public ::testing::Test {
 protected:
  LedgerTest() {
    SessionRecord session;
    session.id = "s";
    journal.put_session(session, [](const auto&) {});
    SetRecord set;
    set.session_id = "s";
    set.index = 1;
    journal.begin_set(set, [](const auto&) {});
  }

  void add_reps(int count) {
    for (int i = 0; i < count; ++i) {
      Rep rep;
      rep.candidate = ++candidates;
      ledger->add_rep("s", 1, rep);
    }
  }
  MemoryJournal journal;
  std::vector<LogEntry> announced;
  std::unique_ptr<Ledger> ledger = std::make_unique<Ledger>(journal, [this](const LogEntry& entry) { announced.push_back(entry); });
  std::uint32_t candidates = 0;
};

TEST_F(LedgerTest, AnnouncesInOrderWithTheCommittedPlace) {
  add_reps(3);
  ASSERT_EQ(announced.size(), 3U);
  for (std::size_t i = 0; i < announced.size(); ++i) {
    EXPECT_EQ(announced[i].seq, i + 2) << "after the session's own";
    EXPECT_EQ(announced[i].rep.candidate, i + 1);
  }
  EXPECT_TRUE(ledger->empty());
}

TEST_F(LedgerTest, AnnouncesNothingBeforeTheAnswer) {
  journal.set_deferred(true);
  add_reps(2);
  EXPECT_TRUE(announced.empty());
  journal.deliver();
  EXPECT_EQ(announced.size(), 2U);
}

TEST_F(LedgerTest, TriesAgainOnceASecondAndKeepsTheOrder) {
  journal.set_failing(true);
  ledger->tick(0);
  add_reps(2);
  EXPECT_TRUE(ledger->degraded());
  journal.set_failing(false);
  ledger->tick(kNsPerS / 2);
  EXPECT_TRUE(announced.empty());
  ledger->tick(kNsPerS);
  ASSERT_EQ(announced.size(), 2U);
  EXPECT_EQ(announced[0].rep.candidate, 1U);
  EXPECT_FALSE(ledger->degraded());
}

TEST_F(LedgerTest, ARecordThatNeverFitsHoldsUpNothingBehindIt) {
  journal.reject_next();
  add_reps(2);
  ASSERT_EQ(announced.size(), 1U);
  EXPECT_EQ(announced[0].rep.candidate, 2U);
  EXPECT_TRUE(ledger->empty());
  EXPECT_FALSE(ledger->degraded());
  EXPECT_EQ(ledger->rejected(), 1U);
}

TEST_F(LedgerTest, TellsWhoWaitsAboutTheFirstAttemptOnly) {
  journal.set_failing(true);
  int answers = 0;
  bool stored = true;
  ledger->put_session({}, [&](const Status& status) {
    ++answers;
    stored = status.ok();
  });
  journal.set_failing(false);
  ledger->tick(2 * kNsPerS);
  EXPECT_EQ(answers, 1);
  EXPECT_FALSE(stored);
  EXPECT_EQ(journal.sessions().size(), 2U);
}

TEST_F(LedgerTest, AnAnswerAfterItsEndFindsNobody) {
  journal.set_deferred(true);
  add_reps(1);
  ledger.reset();
  journal.deliver();
  EXPECT_TRUE(announced.empty());
}

}  // namespace
}  // namespace sheave::session
