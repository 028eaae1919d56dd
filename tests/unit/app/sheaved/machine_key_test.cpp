#include "controller/app/sheaved/machine_key.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temporary_folder.hpp"

namespace sheave::app {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class MachineKeyTest : public testing::Test {
 protected:
  /// Refused, with a message that names the file and both ways out.
  void expect_refused(const KeyOnRecord& record) const {
    const auto key = load_machine_key(path, record);
    ASSERT_FALSE(key.ok());
    EXPECT_EQ(key.status().reason, "KEY_UNUSABLE");
    EXPECT_THAT(key.status().message, HasSubstr(path));
    EXPECT_THAT(key.status().message, HasSubstr("backup"));
    EXPECT_THAT(key.status().message, HasSubstr("--forget-credentials"));
  }

  const test::TemporaryFolder folder;
  const std::string path = folder.file("sheave.db.key");
};

TEST_F(MachineKeyTest, IsMadeOnceAndForItsOwnerOnly) {
  const auto made = load_machine_key(path, {});
  ASSERT_TRUE(made.ok()) << made.status().message;
  EXPECT_EQ(made->size(), 32U);
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  const auto again = load_machine_key(path, {true, session::key_check(*made)});
  ASSERT_TRUE(again.ok()) << again.status().message;
  EXPECT_EQ(*again, *made);
}

// A new one was made, and every tag and PIN stopped working without a word.
TEST_F(MachineKeyTest, AMissingOneIsNotReplacedWhereMembersHaveTagsOrPins) {
  expect_refused({true, ""});
  EXPECT_FALSE(fs::exists(path)) << "the right one can still be put back";
}

TEST_F(MachineKeyTest, AnotherMachinesIsKnown) {
  ASSERT_TRUE(load_machine_key(path, {}).ok());
  expect_refused({true, session::key_check(std::string(32, 'k'))});
  EXPECT_TRUE(load_machine_key(path, {true, ""}).ok()) << "of a database that had not noted its key";
  EXPECT_TRUE(load_machine_key(path, {false, session::key_check(std::string(32, 'k'))}).ok()) << "nothing was hashed with it";
}

TEST_F(MachineKeyTest, ADamagedOneIsRefused) {
  std::ofstream(path) << "short";
  expect_refused({false, ""});
}

TEST_F(MachineKeyTest, ANewOnePutsTheOldOneAside) {
  std::ofstream(path) << "short";
  const auto made = renew_machine_key(path);
  ASSERT_TRUE(made.ok()) << made.status().message;
  EXPECT_EQ(*load_machine_key(path, {true, session::key_check(*made)}), *made);
  EXPECT_EQ(fs::file_size(path + ".replaced"), 5U);
  fs::remove(path);
  EXPECT_TRUE(renew_machine_key(path).ok()) << "where none was there";
}

// The second one was put over the first, which was the one that the members' tags had been hashed with.
TEST_F(MachineKeyTest, OnesThatWerePutAsideBeforeStay) {
  const auto oldest = load_machine_key(path, {});
  const auto older = renew_machine_key(path);
  ASSERT_TRUE(older.ok() && renew_machine_key(path).ok() && renew_machine_key(path).ok());
  EXPECT_EQ(*load_machine_key(path + ".replaced", {}), *oldest);
  EXPECT_EQ(*load_machine_key(path + ".replaced-2", {}), *older);
  EXPECT_TRUE(fs::exists(path + ".replaced-3"));
}

}  // namespace
}  // namespace sheave::app
