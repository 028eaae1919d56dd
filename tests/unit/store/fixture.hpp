#pragma once
// A database file in a folder of its own, and records to put into it.

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "controller/store/sqlite_journal.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/store/main_loop.hpp"

namespace sheave::store::testing {

inline session::SessionRecord session_record(const std::string& id, const std::string& member = "ann") {
  session::SessionRecord session;
  session.id = id;
  session.request_id = "request-" + id;
  session.program_id = "cable-row-muscle";
  session.program_toml_hash = "5f2c";
  session.member_id = member;
  session.created = {1'800'000'000'000'000'000, true};
  session.state = session::SessionState::kActive;
  return session;
}

inline session::SetRecord set_record(const std::string& session_id, std::uint32_t index, double load_kg = 40.0) {
  session::SetRecord set;
  set.session_id = session_id;
  set.index = index;
  set.load_kg = load_kg;
  set.started = {1'800'000'000'000'000'000 + static_cast<std::int64_t>(index) * 180 * kNsPerS, true};
  set.rom = {{0.31, 0.94}};
  return set;
}

inline Rep rep_record(std::uint32_t candidate, RepVerdict verdict = RepVerdict::kCounted) {
  Rep rep;
  rep.candidate = candidate;
  rep.index = verdict == RepVerdict::kCounted ? candidate : 0;
  rep.verdict = verdict;
  rep.start_ns = candidate * 3 * kNsPerS;
  rep.work_j = 200.0;
  return rep;
}

class JournalTest : public ::testing::Test {
 protected:
  JournalTest() { open(); }

  void open() {
    journal_.reset();
    auto opened = SqliteJournal::open(file(), loop_.post());
    ASSERT_TRUE(opened) << opened.status().message;
    journal_ = *std::move(opened);
  }
  std::string file() const { return folder_.file("sheave.db"); }

  std::uint64_t put(const session::SessionRecord& session) {
    return value(loop_.commit([&](auto done) { journal_->put_session(session, done); }));
  }
  void begin(const session::SetRecord& set) {
    value(loop_.commit([&](auto done) { journal_->begin_set(set, done); }));
  }
  std::uint64_t finish(const session::SetRecord& set) {
    return value(loop_.commit([&](auto done) { journal_->finish_set(set, done); }));
  }
  std::uint64_t add(const std::string& session_id, std::uint32_t set_index, const Rep& rep) {
    return value(loop_.commit([&](auto done) { journal_->add_rep(session_id, set_index, rep, done); }));
  }
  std::uint64_t propose(const session::SetRecord& set) {
    return value(loop_.commit([&](auto done) { journal_->put_proposal(set, done); }));
  }
  std::vector<session::SetRecord> sets(const std::string& session_id) {
    auto answer = loop_.await<std::vector<session::SetRecord>>([&](auto done) { journal_->list_sets(session_id, done); });
    EXPECT_TRUE(answer) << answer.status().message;
    return answer ? *answer : std::vector<session::SetRecord>{};
  }
  std::vector<session::LogEntry> log_after(std::uint64_t seq, std::size_t limit = 1000) {
    const session::Cursor after{journal_->head().epoch, seq};
    auto answer = loop_.await<std::vector<session::LogEntry>>([&](auto done) { journal_->read_log(after, limit, done); });
    EXPECT_TRUE(answer) << answer.status().message;
    return answer ? *answer : std::vector<session::LogEntry>{};
  }

  static std::uint64_t value(const Result<std::uint64_t>& result) {
    EXPECT_TRUE(result) << result.status().message;
    return result ? *result : 0;
  }

  test::TemporaryFolder folder_;
  MainLoop loop_;
  std::unique_ptr<SqliteJournal> journal_;
};

}  // namespace sheave::store::testing
