#include "tests/support/alloc_guard.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <mutex>

namespace sheave::test {
namespace {

// What the optimizer can see to be unused, it takes out; through a volatile pointer it must stay.
void* volatile g_kept;

TEST(AllocGuard, SeesAPlantedAllocation) {
  const NoHeapScope scope;
  g_kept = std::malloc(1);
  EXPECT_EQ(scope.heap_calls(), 1U);
  std::free(g_kept);
  EXPECT_EQ(scope.heap_calls(), 2U);
}

TEST(AllocGuard, SeesNewAndDelete) {
  const NoHeapScope scope;
  auto planted = std::make_unique<long>(1);
  g_kept = planted.get();
  planted.reset();
  EXPECT_GE(scope.heap_calls(), 2U);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST(AllocGuard, SeesAPlantedLock) {
  std::mutex mutex;
  const NoHeapScope scope;
  mutex.lock();
  mutex.unlock();
  EXPECT_EQ(scope.lock_calls(), 1U);
}
#endif

TEST(AllocGuard, OfNothingCountsNothing) {
  const NoHeapScope scope;
  EXPECT_EQ(scope.heap_calls() + scope.lock_calls(), 0U);
}

}  // namespace
}  // namespace sheave::test
