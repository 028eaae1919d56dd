#include "controller/app/sheaved/folders.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "tests/support/paths.hpp"

namespace sheave::app {
namespace {

TEST(Folders, NamedOnesWin) { EXPECT_EQ(folders_for({"a", "b"}, "plugins"), (std::vector<std::string>{"a", "b"})); }

TEST(Folders, ABuildRunsFromItsOwnTree) {
  EXPECT_EQ(program_folder(), SHEAVE_BINARY_DIR "/tests");
  EXPECT_EQ(folders_for({}, "profiles"), std::vector<std::string>{SHEAVE_BINARY_DIR "/profiles"});
}

TEST(Folders, AnUnknownProfileNamesTheKnownOnes) {
  const auto path = profile_path("kdr-9");
  ASSERT_FALSE(path.ok());
  EXPECT_THAT(path.status().message, testing::HasSubstr("kdr-1"));
  EXPECT_EQ(*profile_path("kdr-1"), SHEAVE_BINARY_DIR "/profiles/kdr-1.toml");
  EXPECT_EQ(*profile_path("./own.toml"), "./own.toml");
}

TEST(Folders, AProgramInTwoFoldersIsRefusedByName) {
  const std::string catalog = SHEAVE_SOURCE_DIR "/plugins/catalog";
  const auto once = load_catalogs({catalog});
  const auto twice = load_catalogs({catalog, catalog});
  ASSERT_FALSE(once.programs.empty());
  EXPECT_EQ(twice.programs.size(), once.programs.size());
  ASSERT_EQ(twice.refused.size(), once.programs.size() + once.workouts.size());
  EXPECT_THAT(twice.refused.front().message, testing::HasSubstr("is the id of"));
}

}  // namespace
}  // namespace sheave::app
