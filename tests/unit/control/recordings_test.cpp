// Recorded human movement: every scored recording is counted exactly. The recordings are not part of the tree (see the message at
// configuration); what they say is in their manifest.json.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "controller/control/replay.hpp"
#include "tests/support/recordings.hpp"

namespace sheave::control::test {
namespace {

using sheave::test::Scored;

class Recordings : public testing::TestWithParam<Scored> {
 protected:
  ReplayOptions options() const {
    return {.csv_file = sheave::test::recorded_file(GetParam().file), .flip = GetParam().flip, .min_rom_m = GetParam().min_rom_m};
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

/// What the recording holds, and where: its reps at full rate.
class Changed : public Recordings {
 protected:
  void SetUp() override {
    auto read = read_recording(options().csv_file);
    ASSERT_TRUE(read) << read.status().message;
    recording_ = *std::move(read);
    // Pull is up from here on, so that a change need not know which way the source counts.
    if (GetParam().flip) {
      for (double& m : recording_.position_m) m = -m;
    }
    const auto whole = replay(recording_, seen());
    ASSERT_TRUE(whole) << whole.status().message;
    for (const Rep& rep : whole->reps) {
      if (rep.verdict == RepVerdict::kCounted) reps_.push_back(rep);
    }
    ASSERT_EQ(reps_.size(), GetParam().reps);
  }
  ReplayOptions seen() const {
    ReplayOptions gate = options();
    gate.flip = false;
    return gate;
  }
  double at_s(std::int64_t ns) const { return recording_.time_s.front() + seconds(ns); }
  void expect_count(const Recording& changed, std::size_t reps, const std::string& what) const {
    const auto result = replay(changed, seen());
    ASSERT_TRUE(result) << result.status().message;
    EXPECT_EQ(result->counted, reps) << what;
  }
  /// The part from `from_s` to `to_s`.
  Recording part(double from_s, double to_s) const {
    Recording cut{recording_.name, {}, {}};
    for (std::size_t i = 0; i < recording_.time_s.size(); ++i) {
      if (recording_.time_s[i] < from_s || recording_.time_s[i] > to_s) continue;
      cut.time_s.push_back(recording_.time_s[i]);
      cut.position_m.push_back(recording_.position_m[i]);
    }
    return cut;
  }

  Recording recording_;
  std::vector<Rep> reps_;
};

// Begun on the way back of a rep, what comes after it counts; ended there, what came before it and it. A much shorter one than those
// before it, of which half the return is missing, nobody can tell from a reversal: two recordings hold such, and are not cut there.
TEST_P(Changed, CountedExactlyWhereItBeginsOrEndsInAReturn) {
  double longest_m = 0.0;
  for (std::size_t k = 0; k + 1 < reps_.size(); ++k) {
    const double turn_s = at_s(reps_[k].peak_ns + static_cast<std::int64_t>(1e9 * reps_[k].peak_hold_s));
    const double cut_s = 0.5 * (turn_s + at_s(reps_[k].end_ns));
    expect_count(part(cut_s, recording_.time_s.back()), reps_.size() - k - 1, "begins in the return of rep " + std::to_string(k + 1));
    longest_m = std::max(longest_m, reps_[k].rom_m);
    if (reps_[k].rom_m < 0.75 * longest_m) continue;
    expect_count(part(recording_.time_s.front(), cut_s), k + 1, "ends in the return of rep " + std::to_string(k + 1));
  }
}

// A stop of 0.2 s in every pull, at the same place as if something caught.
TEST_P(Changed, CountedExactlyWithAStopInsideEveryPull) {
  for (const double share : {0.3, 0.5, 0.7}) {
    Recording stopped{recording_.name, {}, {}};
    double later_s = 0.0;
    std::size_t next = 0;
    for (std::size_t i = 0; i < recording_.time_s.size(); ++i) {
      const bool in_pull = next < reps_.size() && recording_.time_s[i] > at_s(reps_[next].start_ns);
      if (in_pull &&
          recording_.time_s[i] > at_s(reps_[next].start_ns + static_cast<std::int64_t>(share * 1e9 * reps_[next].concentric_s))) {
        for (int step = 0; step < 10; ++step) {
          stopped.time_s.push_back(recording_.time_s[i] + later_s + 0.02 * step);
          stopped.position_m.push_back(recording_.position_m[i]);
        }
        later_s += 0.2;
        ++next;
      }
      stopped.time_s.push_back(recording_.time_s[i] + later_s);
      stopped.position_m.push_back(recording_.position_m[i]);
    }
    expect_count(stopped, reps_.size(), "stops at " + std::to_string(share) + " of the pull");
  }
}

// A set-up move of 38 mm before it and a cable that runs out after it are no reps.
TEST_P(Changed, CountedExactlyWithATakeUpBeforeAndARunOutAfter) {
  Recording longer{recording_.name, {}, {}};
  const double first_m = recording_.position_m.front(), last_m = recording_.position_m.back();
  const double began_s = recording_.time_s.front(), ended_s = recording_.time_s.back();
  const auto add = [&](double time_s, double position_m) {
    longer.time_s.push_back(time_s);
    longer.position_m.push_back(position_m);
  };
  for (int i = 0; i < 100; ++i) add(began_s - 3.0 + 0.02 * i, first_m + 0.038 * std::min({i, 100 - i, 30}) / 30.0);
  for (int i = 0; i < 48; ++i) add(began_s - 1.0 + 0.02 * i, first_m);
  for (std::size_t i = 0; i < recording_.time_s.size(); ++i) add(recording_.time_s[i], recording_.position_m[i]);
  for (int i = 1; i <= 50; ++i) add(ended_s + 0.02 * i, last_m);
  for (int i = 1; i <= 60; ++i) add(ended_s + 1.0 + 0.02 * i, last_m + 0.04 * i);
  expect_count(longer, reps_.size(), "take-up and run-out");
}

INSTANTIATE_TEST_SUITE_P(Scored, Changed, testing::ValuesIn(sheave::test::scored()), [](const auto& one) { return one.param.id; });
INSTANTIATE_TEST_SUITE_P(Scored, Recordings, testing::ValuesIn(sheave::test::scored()), [](const auto& one) { return one.param.id; });

}  // namespace
}  // namespace sheave::control::test
