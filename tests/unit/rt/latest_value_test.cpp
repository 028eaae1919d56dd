#include "controller/rt/latest_value.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <thread>

namespace sheave::rt {
namespace {

TEST(LatestValue, IsDefaultBeforeTheFirstStoreAndThenTheNewest) {
  LatestValue<int> latest;
  EXPECT_EQ(latest.load(), 0);
  latest.store(1);
  latest.store(2);
  EXPECT_EQ(latest.load(), 2);
  EXPECT_EQ(latest.load(), 2);
}

TEST(LatestValue, IsNeverTornNorGoesBackBetweenTwoThreads) {
  using Block = std::array<std::uint64_t, 16>;
  constexpr std::uint64_t kLast = 200'000;
  LatestValue<Block> latest;
  std::thread writer([&latest] {
    Block block{};
    for (std::uint64_t i = 1; i <= kLast; ++i) {
      block.fill(i);
      latest.store(block);
    }
  });
  std::uint64_t seen = 0;
  bool whole = true;
  bool forward = true;
  while (seen < kLast) {
    const Block& block = latest.load();
    for (const std::uint64_t word : block) whole = whole && word == block[0];
    forward = forward && block[0] >= seen;
    seen = block[0];
  }
  writer.join();
  EXPECT_TRUE(whole);
  EXPECT_TRUE(forward);
}

}  // namespace
}  // namespace sheave::rt
