// Recorded human movement: every scored recording is counted exactly. The recordings are not part of the tree (see the message at
// configuration); what they say is in their manifest.json.

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "controller/control/replay.hpp"

namespace sheave::control::test {
namespace {

struct Scored {
  std::string id, file;
  std::uint32_t reps = 0;
  bool flip = false;
  std::optional<double> min_rom_m;
};

void PrintTo(const Scored& s, std::ostream* os) { *os << s.id; }

std::vector<Scored> scored() {
  std::ifstream in(SHEAVE_RECORDINGS "/manifest.json");
  const auto manifest = nlohmann::json::parse(in);
  std::vector<Scored> all;
  for (const auto& set : manifest.at("sets")) {
    if (!set.value("scored", false)) continue;
    Scored s{set.at("id"), set.at("file"), set.at("true_reps"), set.value("flip", false), {}};
    if (set.contains("rom_gate_m")) s.min_rom_m = set.at("rom_gate_m").get<double>();
    all.push_back(s);
  }
  return all;
}

class Recordings : public testing::TestWithParam<Scored> {
 protected:
  ReplayOptions options() const {
    return {.csv_file = std::string(SHEAVE_RECORDINGS "/") + GetParam().file, .flip = GetParam().flip, .min_rom_m = GetParam().min_rom_m};
  }
};

TEST_P(Recordings, CountedExactly) {
  const auto result = replay(options());
  ASSERT_TRUE(result) << result.status().message;
  EXPECT_EQ(result->counted, GetParam().reps);
}

TEST_P(Recordings, CountedExactlyAtTheRateOfASerialLink) {
  ReplayOptions slow = options();
  slow.period_ns = 10 * kNsPerMs;
  const auto result = replay(slow);
  ASSERT_TRUE(result) << result.status().message;
  EXPECT_EQ(result->counted, GetParam().reps);
}

INSTANTIATE_TEST_SUITE_P(Scored, Recordings, testing::ValuesIn(scored()), [](const auto& one) { return one.param.id; });

}  // namespace
}  // namespace sheave::control::test
