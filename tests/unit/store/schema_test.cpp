#include "controller/store/schema.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <sstream>

#include "tests/support/paths.hpp"
#include "tests/unit/store/fixture.hpp"

namespace sheave::store {
namespace {

using namespace testing;

TEST(Schema, VersionsCountUpFromOneWithoutAGap) {
  int expected = 1;
  for (const Migration& step : migrations()) EXPECT_EQ(step.version, expected++);
}

TEST(Schema, AppliesOnlyTheStepsThatAFileLacks) {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE);
  const std::array steps = {Migration{1, "CREATE TABLE a (x)"}, Migration{2, "ALTER TABLE a ADD COLUMN y DEFAULT 7"}};
  EXPECT_EQ(migrate(database, std::span(steps).first(1)), 0);
  database.exec("INSERT INTO a (x) VALUES (1)");
  EXPECT_EQ(migrate(database, steps), 1);
  EXPECT_EQ(database.execAndGet("SELECT y FROM a").getInt(), 7);
  EXPECT_EQ(migrate(database, steps), 2);
}

TEST(Schema, AStepThatFailsLeavesTheVersionBeforeIt) {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE);
  const std::array steps = {Migration{1, "CREATE TABLE a (x)"}, Migration{2, "CREATE TABLE b (x); CREATE TABLE a (x)"}};
  EXPECT_THROW(migrate(database, steps), SQLite::Exception);
  EXPECT_EQ(database.execAndGet("PRAGMA user_version").getInt(), 1);
  EXPECT_FALSE(database.tableExists("b"));
}

// version1.sql is a dump of a file that the first release wrote. It is never regenerated: it stands for the files out there.
void write_file_of(const std::string& path, int version) {
  std::ifstream dump(SHEAVE_SOURCE_DIR "/tests/unit/store/version1.sql");
  std::stringstream sql;
  sql << dump.rdbuf();
  SQLite::Database database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec(sql.str());
  migrate(database, migrations().first(static_cast<std::size_t>(version)));
}

std::unique_ptr<SqliteJournal> journal_of(const std::string& path, MainLoop& loop) {
  auto opened = SqliteJournal::open(path, loop.post());
  EXPECT_TRUE(opened) << opened.status().message;
  return opened ? *std::move(opened) : nullptr;
}

std::vector<session::SetRecord> sets_in(SqliteJournal& journal, MainLoop& loop) {
  auto sets = loop.await<std::vector<session::SetRecord>>([&](auto done) { journal.list_sets("s1", done); });
  EXPECT_TRUE(sets) << sets.status().message;
  return sets ? *std::move(sets) : std::vector<session::SetRecord>{};
}

TEST(Schema, AFileOfVersionOneIsReadInFull) {
  const test::TemporaryFolder folder;
  const std::string path = folder.file("sheave.db");
  write_file_of(path, 1);
  MainLoop loop;
  const auto journal = journal_of(path, loop);
  ASSERT_TRUE(journal);
  EXPECT_EQ(journal->startup().schema_from, 1);
  EXPECT_EQ(journal->startup().schema_to, migrations().back().version);
  EXPECT_EQ(journal->head().epoch, "0123456789abcdef0123456789abcdef");

  const auto sets = sets_in(*journal, loop);
  ASSERT_EQ(sets.size(), 1U);
  EXPECT_EQ(sets.front().load_kg, 40.0);
  EXPECT_EQ(sets.front().counted, 1U);
  EXPECT_EQ(sets.front().reps.front().rom_m, 0.62);
  const auto log = loop.await<std::vector<session::LogEntry>>([&](auto done) { journal->read_log({journal->head().epoch, 0}, 100, done); });
  ASSERT_TRUE(log);
  EXPECT_EQ(log->size(), 5U);
}

TEST(Schema, SetsOfBeforeLiveParametersWereKeptHadNoneChanged) {
  const test::TemporaryFolder folder;
  const std::string path = folder.file("sheave.db");
  write_file_of(path, 7);
  MainLoop loop;
  const auto journal = journal_of(path, loop);
  ASSERT_TRUE(journal);
  EXPECT_EQ(journal->startup().schema_from, 7);
  auto sets = sets_in(*journal, loop);
  ASSERT_EQ(sets.size(), 1U);
  EXPECT_TRUE(sets.front().tuned.empty());

  session::SetRecord tuned = set_record("s1", 2);
  tuned.tuned = {{1, "eccentric", "return_share", 1.1, 0.0}};
  EXPECT_TRUE(loop.commit([&](auto done) { journal->begin_set(tuned, done); }));
  sets = sets_in(*journal, loop);
  ASSERT_EQ(sets.size(), 2U);
  EXPECT_EQ(sets.back().tuned.size(), 1U);
}

}  // namespace
}  // namespace sheave::store
