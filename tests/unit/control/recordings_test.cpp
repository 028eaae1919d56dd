// Recorded human movement: every scored recording is counted exactly. The recordings are not part of the tree (see the message at
// configuration); what they say is in their manifest.json.

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "controller/control/replay.hpp"
#include "tests/support/paths.hpp"

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

// Every recording as a slow sensor with gaps of 75 ms and 2 mm of noise would have seen it.
TEST_P(Recordings, CountedExactlyFromASlowSensor) {
  const auto recording = read_recording(options().csv_file);
  ASSERT_TRUE(recording) << recording.status().message;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    std::mt19937_64 random(seed);
    const auto share = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
    Recording thin{recording->name, {}, {}};
    double next_s = recording->time_s.front();
    for (std::size_t i = 0; i < recording->time_s.size(); ++i) {
      if (recording->time_s[i] < next_s) continue;
      thin.time_s.push_back(recording->time_s[i]);
      thin.position_m.push_back(recording->position_m[i] + 0.002 * (2.0 * share() - 1.0));
      next_s = recording->time_s[i] + (0.75 + 0.5 * share()) / 40.0 + (share() < 0.1 ? 0.075 : 0.0);
    }
    ReplayOptions seen = options();
    if (seen.min_rom_m) *seen.min_rom_m *= 0.95;  // one rep meets its gate to 1 %; between two samples of a 0.3 s pull more is lost
    const auto result = replay(thin, seen);
    ASSERT_TRUE(result) << result.status().message;
    EXPECT_EQ(result->counted, GetParam().reps) << "seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Scored, Recordings, testing::ValuesIn(scored()), [](const auto& one) { return one.param.id; });

}  // namespace
}  // namespace sheave::control::test
