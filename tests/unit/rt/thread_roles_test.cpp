#include "controller/rt/thread_roles.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace sheave::rt {
namespace {

TEST(ThreadRoles, TheListIsInTheOrderOfTheRolesAndItsNamesFitTheKernel) {
  for (std::size_t i = 0; i < kThreads.size(); ++i) {
    EXPECT_EQ(static_cast<std::size_t>(kThreads[i].role), i);
    EXPECT_LE(kThreads[i].name.size(), 15U);
  }
}

TEST(ThreadRoles, AThreadWithoutARolePassesAndOneWithAnotherDoesNot) {
  EXPECT_TRUE(on_thread(ThreadRole::kControl));
  std::thread([] {
    set_thread_role(ThreadRole::kControl);
    EXPECT_TRUE(on_thread(ThreadRole::kControl));
    EXPECT_FALSE(on_thread(ThreadRole::kMain));
  }).join();
  EXPECT_EQ(thread_role(), ThreadRole::kNone) << "a role is of one thread";
}

// The check stood in its header and was used nowhere.
#ifdef SHEAVE_CHECK_THREADS
TEST(ThreadRolesDeathTest, CodeOfOneThreadThatRunsOnAnotherEndsABuildThatChecks) {
  const auto on_the_control_thread = [] {
    std::thread([] {
      set_thread_role(ThreadRole::kControl);
      SHEAVE_ON_THREAD(kControl);
      SHEAVE_ON_THREAD(kMain);
    }).join();
  };
  EXPECT_DEATH(on_the_control_thread(), "kMain");
}
#endif

}  // namespace
}  // namespace sheave::rt
