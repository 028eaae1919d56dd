#include "controller/api/session_csv.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

#include "controller/core/units.hpp"

namespace sheave::api {
namespace {

constexpr const char* kColumns =
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE,Weight Unit,Speeds m/s\r\n";

Rep rep(RepVerdict verdict, double mean_speed_mps) {
  Rep made;
  made.verdict = verdict;
  made.mean_speed_mps = mean_speed_mps;
  return made;
}

session::SetRecord set(std::uint32_t index, double load_kg, std::int64_t started_unix_s) {
  session::SetRecord made;
  made.index = index;
  made.load_kg = load_kg;
  made.started.unix_ns = started_unix_s * kNsPerS;
  made.duration_s = 40.4;
  made.end = session::SetEndReason::kRacked;
  made.reps = {rep(RepVerdict::kCounted, 0.8125), rep(RepVerdict::kPartial, 0.3), rep(RepVerdict::kCounted, kUnknown)};
  made.counted = 2;
  return made;
}

struct SessionCsvTest : testing::Test {
  SessionCsvTest() {
    ::setenv("TZ", "UTC0", 1);
    ::tzset();
  }
  static constexpr std::int64_t kBegan = 1'795'000'000;  // 2026-11-18 11:06:40 UTC
};

TEST_F(SessionCsvTest, HasALinePerSetOfEveryExercise) {
  auto row = set(1, 21.25, kBegan), pull = set(1, 4.5, kBegan + 600);
  row.answer_rir = 2;
  auto running = set(2, 5, kBegan + 700);
  running.end = session::SetEndReason::kUnknown;
  const std::vector<CsvPart> parts = {{"Upper back", "Cable row", {row}}, {"Upper back", "Face pull", {pull, running}}};
  const std::string lines =
      "2026-11-18 11:06:40,Upper back,11m,Cable row,1,21.25,2,0,40,,,8,kg,0.812 \r\n"
      "2026-11-18 11:06:40,Upper back,11m,Face pull,1,4.5,2,0,40,,,,kg,0.812 \r\n";
  EXPECT_EQ(session_csv(parts), fmt::format("{}{}", kColumns, lines));
  EXPECT_EQ(day_of(parts), "2026-11-18");
  EXPECT_TRUE(has_ended_sets(parts[1]));
}

TEST_F(SessionCsvTest, NotesWhereASetWentOnLighter) {
  auto heavy = set(1, 40, kBegan);
  heavy.lightened = {{3, 38.0, 9.5, false}, {5, 35.25, 14.0, true}};
  EXPECT_NE(session_csv({{"", "Row", {heavy}}}).find(",40,2,0,40,38 kg from rep 4; 35.25 kg from rep 6,,"), std::string::npos);
}

TEST_F(SessionCsvTest, QuotesWhatWouldBreakALine) {
  EXPECT_NE(session_csv({{"Row, \"heavy\"", "Row", {set(1, 10, kBegan)}}}).find(",\"Row, \"\"heavy\"\"\",1m,Row,"), std::string::npos);
}

TEST_F(SessionCsvTest, SaysNothingOfWhatHasNotEnded) {
  auto running = set(1, 5, kBegan);
  running.end = session::SetEndReason::kUnknown;
  EXPECT_FALSE(has_ended_sets({"", "", {running}}));
  EXPECT_EQ(session_csv({{"", "", {running}}}), kColumns);
  EXPECT_EQ(day_of({}), "");
}

}  // namespace
}  // namespace sheave::api
