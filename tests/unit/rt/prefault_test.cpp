#include "controller/rt/prefault.hpp"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace sheave::rt {
namespace {

unsigned char untouched[4 << 20];  // of the program, and never written: no page of it is there by itself

struct Residency {
  std::size_t resident = 0, all = 0;
};

/// Of the whole pages inside `untouched`.
Residency residency() {
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const auto begin = (reinterpret_cast<std::uintptr_t>(&untouched[0]) + page - 1) / page * page;
  const auto end = reinterpret_cast<std::uintptr_t>(&untouched[0] + sizeof untouched) / page * page;
  std::vector<unsigned char> pages((end - begin) / page);
  EXPECT_EQ(::mincore(reinterpret_cast<void*>(begin), end - begin, pages.data()), 0);
  return {static_cast<std::size_t>(std::count_if(pages.begin(), pages.end(), [](unsigned char is) { return (is & 1U) != 0; })),
          pages.size()};
}

TEST(Prefault, BringsWantedModulesWholeIntoMemoryAndLeavesTheOthers) {
  const auto none = [](std::string_view) { return false; };
  const auto program = [](std::string_view path) { return path.empty(); };
  EXPECT_TRUE(populate_modules(none));
  EXPECT_EQ(residency().resident, 0U);
  EXPECT_TRUE(populate_modules(program));
  EXPECT_EQ(residency().resident, residency().all);
}

TEST(Prefault, KnowsTheLibrariesOfTheControlPathByTheirFile) {
  EXPECT_TRUE(is_runtime_library("/lib/x86_64-linux-gnu/libc.so.6"));
  EXPECT_TRUE(is_runtime_library("/usr/lib/x86_64-linux-gnu/libmodbus.so.5"));
  EXPECT_TRUE(is_runtime_library("/lib64/ld-linux-x86-64.so.2"));
  EXPECT_FALSE(is_runtime_library("/usr/lib/x86_64-linux-gnu/libcurl.so.4"));
  EXPECT_FALSE(is_runtime_library("/opt/libc.so/libxml2.so.2"));
  EXPECT_FALSE(is_runtime_library(""));
}

}  // namespace
}  // namespace sheave::rt
