#include "controller/app/sheaved/instance_lock.hpp"

#include <gmock/gmock.h>

#include "tests/support/temporary_folder.hpp"

namespace sheave::app {
namespace {

TEST(InstanceLock, ASecondControllerIsRefusedUntilTheFirstIsGone) {
  const test::TemporaryFolder folder;
  const std::string path = folder.file("new/sheave.db.lock");
  auto first = InstanceLock::take(path);
  ASSERT_TRUE(first.ok()) << first.status().message;
  const auto second = InstanceLock::take(path);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.status().reason, "ALREADY_RUNNING");
  EXPECT_THAT(second.status().message, testing::HasSubstr(path));
  first->reset();
  EXPECT_TRUE(InstanceLock::take(path).ok());
}

TEST(InstanceLock, AFolderThatCannotBeMadeIsNamed) {
  const auto lock = InstanceLock::take("/proc/nowhere/sheave.db.lock");
  ASSERT_FALSE(lock.ok());
  EXPECT_EQ(lock.status().reason, "STORE_UNAVAILABLE");
  EXPECT_THAT(lock.status().message, testing::HasSubstr("[store] path"));
}

}  // namespace
}  // namespace sheave::app
