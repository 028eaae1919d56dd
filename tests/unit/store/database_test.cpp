#include "controller/store/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>

#include "tests/unit/store/fixture.hpp"

namespace sheave::store {
namespace {

using namespace testing;
using ::testing::HasSubstr;
using DatabaseTest = JournalTest;

void overwrite(const std::string& path, std::streamoff at, const std::string& bytes) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(at);
  file << bytes;
}

TEST_F(DatabaseTest, SaysWhatItFound) {
  EXPECT_TRUE(journal_->startup().created);
  open();
  EXPECT_FALSE(journal_->startup().created);
  EXPECT_EQ(journal_->startup().quarantined, "");
}

TEST_F(DatabaseTest, ADamagedFileIsPutAsideAndANewOneBegun) {
  put(session_record("s1"));
  const std::string epoch = journal_->head().epoch;
  journal_.reset();
  const auto size = std::filesystem::file_size(file());
  const std::string garbage(4096, '\x5a');
  for (const std::streamoff at : {std::streamoff{0}, std::streamoff{4096}}) {
    std::filesystem::copy_file(file(), folder_.file("copy.db"), std::filesystem::copy_options::overwrite_existing);
    overwrite(folder_.file("copy.db"), at, garbage);
    auto opened = SqliteJournal::open(folder_.file("copy.db"), loop_.post());
    ASSERT_TRUE(opened) << opened.status().message;
    const StartupReport& report = (*opened)->startup();
    EXPECT_TRUE(report.created);
    EXPECT_THAT(report.quarantine_note, HasSubstr(report.quarantined));
    EXPECT_EQ(std::filesystem::file_size(report.quarantined), size) << "damaged at " << at;
    EXPECT_NE((*opened)->head().epoch, epoch);
    EXPECT_EQ((*opened)->head().seq, 0U);
  }
}

TEST_F(DatabaseTest, ATruncatedFileIsPutAside) {
  put(session_record("s1"));
  journal_.reset();
  std::filesystem::resize_file(file(), 3 * 4096);
  open();
  EXPECT_NE(journal_->startup().quarantined, "");
  EXPECT_TRUE(std::filesystem::exists(journal_->startup().quarantined));
}

TEST_F(DatabaseTest, AFileOfANewerSheaveIsRefused) {
  journal_.reset();
  {
    SQLite::Database database(file(), SQLite::OPEN_READWRITE);
    database.exec("PRAGMA user_version = 99");
  }
  const auto opened = SqliteJournal::open(file(), loop_.post());
  EXPECT_EQ(opened.status().reason, "STORE_TOO_NEW");
  EXPECT_THAT(opened.status().message, HasSubstr("99"));
}

TEST_F(DatabaseTest, AnotherProgramsDatabaseIsRefusedAndNotTouched) {
  const std::string path = folder_.file("other.db");
  {
    SQLite::Database database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("CREATE TABLE photos (x)");
  }
  const auto opened = SqliteJournal::open(path, loop_.post());
  EXPECT_EQ(opened.status().reason, "STORE_FOREIGN");
  SQLite::Database database(path);
  EXPECT_TRUE(database.tableExists("photos"));
  EXPECT_FALSE(database.tableExists("log"));
}

TEST_F(DatabaseTest, AMissingFolderIsNamed) {
  const auto opened = SqliteJournal::open(folder_.file("none/sheave.db"), loop_.post());
  EXPECT_EQ(opened.status().reason, "STORE_UNAVAILABLE");
  EXPECT_THAT(opened.status().message, HasSubstr("none/sheave.db"));
}

/// No file of this process may grow beyond what it has: a full disk that root meets too, unlike a read-only folder.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit tight{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &tight);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST_F(DatabaseTest, AFullDiskIsAnsweredWithAnErrorAndWritingGoesOnOnceThereIsSpace) {
  put(session_record("s1"));
  begin(set_record("s1", 1));
  std::uint32_t acknowledged = 0;
  {
    const FullDisk full(std::filesystem::file_size(file() + "-wal") + 40'000);
    while (true) {
      const auto answer = loop_.commit([&](auto done) { journal_->add_rep("s1", 1, rep_record(acknowledged + 1), done); });
      if (!answer) {
        EXPECT_EQ(answer.status().reason, "STORE_UNAVAILABLE");
        EXPECT_THAT(answer.status().message, HasSubstr(file()));
        break;
      }
      ++acknowledged;
      ASSERT_LT(acknowledged, 1000U);
    }
    EXPECT_EQ(sets("s1")[0].reps.size(), acknowledged);  // reading still works
  }
  EXPECT_NE(add("s1", 1, rep_record(acknowledged + 1)), 0U);
  open();
  EXPECT_EQ(sets("s1")[0].reps.size(), acknowledged + 1);
}

}  // namespace
}  // namespace sheave::store
