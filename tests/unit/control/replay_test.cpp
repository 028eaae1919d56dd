#include "controller/control/replay.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "tests/support/temporary_folder.hpp"
#include "tests/unit/control/movement.hpp"

namespace sheave::control::test {
namespace {

class TemporaryCsv {
 public:
  explicit TemporaryCsv(const std::string& text) { std::ofstream(file_) << text; }
  const std::string& file() const { return file_; }

 private:
  const sheave::test::TemporaryFolder folder_;
  const std::string file_ = folder_.file("recording.csv");
};

struct Bad {
  const char *name, *text, *reason, *says;
};

class BadRecording : public testing::TestWithParam<Bad> {};

TEST_P(BadRecording, IsRefusedByNameLineAndRemedy) {
  const TemporaryCsv csv(GetParam().text);
  const auto result = replay(ReplayOptions{.csv_file = csv.file()});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.status().reason, GetParam().reason);
  EXPECT_NE(result.status().message.find(csv.file()), std::string::npos);
  EXPECT_NE(result.status().message.find(GetParam().says), std::string::npos) << result.status().message;
}

INSTANTIATE_TEST_SUITE_P(Csv, BadRecording,
                         testing::Values(Bad{"empty", "", "RECORDING_COLUMN", "t_s is missing"},
                                         Bad{"no_position", "t_s,x\n0,1\n", "RECORDING_COLUMN", "position_m is missing"},
                                         Bad{"short_line", "t_s,position_m\n0,1\n1\n", "RECORDING_COLUMN", "line 3"},
                                         Bad{"text", "t_s,position_m\n0,1\n1,one\n", "RECORDING_NUMBER", "\"one\""},
                                         Bad{"nan", "t_s,position_m\n0,1\n1,nan\n", "RECORDING_NUMBER", "line 3"},
                                         Bad{"infinite_time", "t_s,position_m\n0,1\ninf,1\n", "RECORDING_NUMBER", "column t_s"},
                                         Bad{"back_in_time", "t_s,position_m\n0,1\n1,1\n0.5,1\n", "RECORDING_TIME", "line 4"},
                                         Bad{"one_sample", "t_s,position_m\n0,1\n", "RECORDING_EMPTY", "fewer than two"},
                                         Bad{"two_days", "t_s,position_m\n0,1\n172800,1\n", "RECORDING_TOO_LONG", "seconds"}),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(Replay, AMissingFileIsNamed) {
  const auto result = replay(ReplayOptions{.csv_file = "/nowhere/set.csv"});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.status().code, StatusCode::kNotFound);
  EXPECT_NE(result.status().message.find("/nowhere/set.csv"), std::string::npos);
}

TEST(Replay, ColumnsMayStandAnywhereAndLinesMayEndInCrLf) {
  const TemporaryCsv csv("force_n, position_m ,\"t_s\"\r\n1,0.1,5.0\r\n1,0.2,6.0\r\n\r\n");
  const auto recording = read_recording(csv.file());
  ASSERT_TRUE(recording) << recording.status().message;
  EXPECT_EQ(recording->time_s, (std::vector<double>{5.0, 6.0}));
  EXPECT_EQ(recording->position_m, (std::vector<double>{0.1, 0.2}));
}

TEST(Replay, FlipMakesADownwardMovementAPull) {
  Movement squat(1.0);
  squat.hold(0.5);
  for (int i = 0; i < 3; ++i) squat.rep(-0.6, 1.2, 1.0).hold(0.3);
  const auto result = replay(recorded(squat), {.flip = true});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->counted, 3u);
  EXPECT_NEAR(result->reps[1].rom_m, 0.6, 0.002);
}

TEST(Replay, PositionsBelowZeroAreShiftedUp) {
  const auto result = replay(recorded(Movement(-0.5).hold(0.5).rep(0.5, 1.0, 1.0).hold(0.5)), {});
  ASSERT_TRUE(result);
  ASSERT_EQ(result->counted, 1u);
  EXPECT_GE(result->reps[0].start_m, -1e-3);
}

TEST(Replay, ForcesThatNobodyMeasuredAreUnknown) {
  const auto result = replay(recorded(Movement(0.2).hold(0.5).rep(0.5, 1.0, 1.0).hold(0.5)), {});
  ASSERT_TRUE(result);
  ASSERT_EQ(result->reps.size(), 1u);
  const Rep& rep = result->reps[0];
  for (const double unknown : {rep.mean_force_n, rep.peak_force_n, rep.mean_power_w, rep.peak_power_w, rep.work_j, rep.load_commanded_kg,
                               rep.load_measured_kg, rep.rom_share}) {
    EXPECT_TRUE(std::isnan(unknown));
  }
}

TEST(Replay, WithoutAGateAShortMovementIsPartialWithOneItCounts) {
  Movement m(0.2);
  m.hold(0.5).rep(0.17, 0.8, 0.8).hold(0.3);
  for (int i = 0; i < 4; ++i) m.rep(0.6, 1.0, 1.2).hold(0.3);
  const auto open = replay(recorded(m), {});
  const auto gated = replay(recorded(m), {.min_rom_m = 0.15});
  ASSERT_TRUE(open && gated);
  EXPECT_EQ(open->counted, 4u);
  EXPECT_EQ(open->partial, 1u);
  EXPECT_EQ(gated->counted, 5u);
}

TEST(Replay, ResultDoesNotDependOnWhenTheRecordingBegan) {
  Recording r = recorded(Movement(0.2).hold(0.5).rep(0.5, 1.0, 1.0).hold(0.5), {.rate_hz = 50.0});
  const auto now = replay(r, {});
  for (double& t : r.time_s) t += 4096.0;  // a power of two: the intervals stay what they were
  const auto later = replay(r, {});
  ASSERT_TRUE(now && later);
  ASSERT_EQ(now->counted, 1u);
  ASSERT_EQ(later->counted, 1u);
  EXPECT_NEAR(now->reps[0].mean_speed_mps, later->reps[0].mean_speed_mps, 1e-6);
}

}  // namespace
}  // namespace sheave::control::test
