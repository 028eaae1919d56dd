#include "sim/athlete/trace.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "sim/athlete/athlete.hpp"
#include "tests/support/paths.hpp"
#include "tests/unit/sim/support.hpp"

namespace sheave::sim {
namespace {

class TraceFile : public ::testing::Test {
 protected:
  std::string write(const std::string& text) {
    const auto path = std::filesystem::temp_directory_path() / ("sheave_trace_" + std::to_string(::getpid()) + ".csv");
    std::ofstream(path) << text;
    path_ = path.string();
    return path_;
  }
  void TearDown() override {
    if (!path_.empty()) std::filesystem::remove(path_);
  }
  std::string path_;
  std::string error_;
};

TEST_F(TraceFile, SaysWhatIsWrongWithIt) {
  EXPECT_FALSE(Trace::load("/nonexistent/x.csv", false, error_));
  EXPECT_NE(error_.find("/nonexistent/x.csv"), std::string::npos);
  EXPECT_FALSE(Trace::load(write("time,x\n0,1\n"), false, error_));
  EXPECT_NE(error_.find("t_s,position_m"), std::string::npos);
  EXPECT_FALSE(Trace::load(write("t_s,position_m\n0,0.1\n1,oops\n"), false, error_));
  EXPECT_NE(error_.find("line 3"), std::string::npos);
}

TEST_F(TraceFile, IsLowestAtZeroAndFlips) {
  const std::string path = write("t_s,position_m,force_n\n5.0,0.2,1\n5.1,0.5,1\n5.2,0.3,1\n");
  auto up = Trace::load(path, false, error_);
  ASSERT_TRUE(up) << error_;
  EXPECT_DOUBLE_EQ(up->at(0.0).position_m, 0.0);
  EXPECT_NEAR(up->at(0.1).position_m, 0.3, 1e-12);
  auto down = Trace::load(path, true, error_);
  ASSERT_TRUE(down);
  EXPECT_NEAR(down->first_m(), 0.3, 1e-12);
  EXPECT_TRUE(down->at(0.3).finished);
}

/// Follows `trace` under `load_kg` and returns the largest distance between handle and recording [m].
double worst_error(const Trace& trace, double load_kg) {
  Trace expected = trace;
  Athlete athlete(AthleteSpec{}, 1);
  athlete.follow(trace, true);
  Rig rig(DriveRating{}, CableParams{}, athlete, 0);
  std::uint16_t seq = 0;
  double worst = 0.0;
  double since_s = 0.0;
  for (int i = 0; i < 200000 && !(since_s > 0.0 && std::string(athlete.truth().doing) != "following"); ++i) {
    run_at(rig.drive(), seq, load_kg * 9.80665, 1, [&] { rig.step({}); });
    if (std::string(athlete.truth().doing) != "following") continue;
    since_s += kStep_s;
    const Trace::Reference at = expected.at(since_s);
    if (since_s > 0.5) worst = std::max(worst, std::abs(rig.cable().handle_m - 0.15 - at.position_m));
  }
  EXPECT_NEAR(since_s, trace.duration_s(), 0.01);
  return worst;
}

TEST(Trace, IsFollowedWithinMillimetresUnderLoad) {
  std::vector<Trace::Point> points;
  for (int i = 0; i <= 400; ++i) {
    const double t = i * 0.022;  // 45 Hz, as the slowest recordings
    points.push_back({t, 0.25 - 0.25 * std::cos(t * 2.0)});
  }
  EXPECT_LT(worst_error(Trace(points, false), 20.0), 0.003);
  EXPECT_LT(worst_error(Trace(points, false), 60.0), 0.003);
}

TEST(Trace, OfARealPersonIsFollowed) {
  const std::filesystem::path file = std::filesystem::path(SHEAVE_RECORDINGS) / "biostrength_legpress_dx.csv";
  if (!std::filesystem::exists(file)) return;  // the recordings are not part of the product's tree
  std::string error;
  const auto trace = Trace::load(file.string(), false, error);
  ASSERT_TRUE(trace) << error;
  EXPECT_LT(worst_error(*trace, 20.0), 0.005);
}

}  // namespace
}  // namespace sheave::sim
