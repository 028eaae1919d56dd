#include "controller/api/downloads.hpp"

#include <gtest/gtest.h>

#include <set>

namespace sheave::api {
namespace {

struct DownloadsTest : testing::Test {
  std::string offer(const std::string& bytes) { return downloads.offer({"sets.csv", "text/csv", bytes}).substr(Downloads::kPath.size()); }
  std::string take(const std::string& token) {
    const auto file = downloads.take(token);
    return file ? file->bytes : "nothing";
  }
  std::int64_t now_ns = 0;
  Downloads downloads{[this] { return now_ns; }};
};

TEST_F(DownloadsTest, ALinkOpensItsOwnFileOnce) {
  const std::string first = offer("first"), second = offer("second");
  EXPECT_EQ(take(second), "second");
  EXPECT_EQ(take(first), "first");
  EXPECT_EQ(take(first), "nothing") << "used";
  EXPECT_EQ(take(""), "nothing");
  EXPECT_EQ(take(std::string(32, '0')), "nothing");
}

TEST_F(DownloadsTest, ALinkIs128BitsThatNobodyGuesses) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const std::string token = offer("x");
    EXPECT_EQ(token.size(), 32U);
    EXPECT_EQ(token.find_first_not_of("0123456789abcdef"), std::string::npos);
    EXPECT_TRUE(seen.insert(token).second);
  }
}

TEST_F(DownloadsTest, ALinkExpires) {
  const std::string token = offer("late"), other = offer("in time");
  now_ns += Downloads::kKeep_ns - 1;
  EXPECT_EQ(take(other), "in time");
  now_ns += 1;
  EXPECT_EQ(take(token), "nothing");
}

TEST_F(DownloadsTest, TheOldestGoesWhereTooManyAreMade) {
  const std::string first = offer("first"), second = offer("second");
  for (std::size_t i = 1; i < Downloads::kMost; ++i) offer("more");
  EXPECT_EQ(take(first), "nothing");
  EXPECT_EQ(take(second), "second");
}

}  // namespace
}  // namespace sheave::api
