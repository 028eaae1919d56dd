#include "controller/api/opening.hpp"

#include <gtest/gtest.h>

#include "tests/unit/api/berlin.hpp"

namespace sheave::api {
namespace {

using session::OpenHours;

const std::vector<OpenHours> kMonToFri = {{1, 360, 1380}, {2, 360, 1380}, {3, 360, 1380}, {4, 360, 1380}, {5, 360, 1380}};

TEST(Opening, LocalTimeIsThatOfTheWall) {
  const InBerlin berlin;
  const LocalTime summer = local_time(local(2026, 7, 5, 23, 30));
  EXPECT_EQ(summer.date, "2026-07-05");
  EXPECT_EQ(summer.weekday, 7);
  EXPECT_EQ(summer.minute, 23 * 60 + 30);
  EXPECT_EQ(summer.utc_offset_s, 7200);
  EXPECT_EQ(local_time(local(2026, 1, 5, 0)).utc_offset_s, 3600);
  EXPECT_EQ(time_zone_name(), "Europe/Berlin");
}

TEST(Opening, MidnightIsFoundAcrossTheChangeOfTheClock) {
  const InBerlin berlin;
  EXPECT_EQ(local_midnight(local(2026, 3, 30, 9), 0), local(2026, 3, 30, 0));
  EXPECT_EQ(local_midnight(local(2026, 3, 30, 9), 7), local(2026, 3, 23, 0));
}

TEST(Opening, SecondsOfASliceAreThoseInsideTheHours) {
  EXPECT_EQ(open_seconds(kMonToFri, 1, 345, 30), 900);
  EXPECT_EQ(open_seconds(kMonToFri, 1, 720, 15), 900);
  EXPECT_EQ(open_seconds(kMonToFri, 6, 720, 15), 0);
}

TEST(Opening, TimeBetweenTwoMomentsCountsOpenHoursOnly) {
  const InBerlin berlin;
  // Friday 22:00 to Monday 07:00: an hour on either side of the week-end.
  EXPECT_DOUBLE_EQ(open_time_s(kMonToFri, local(2026, 11, 20, 22), local(2026, 11, 23, 7)), 7200);
  EXPECT_DOUBLE_EQ(open_time_s(kMonToFri, local(2026, 11, 20, 12, 7), local(2026, 11, 20, 12, 9)), 120);
  EXPECT_DOUBLE_EQ(open_time_s({}, local(2026, 11, 20, 12), local(2026, 11, 21, 12)), 0);
  EXPECT_DOUBLE_EQ(open_time_s(kMonToFri, local(2026, 11, 20, 12), local(2026, 11, 20, 11)), 0);
}

TEST(Opening, WhatIsNoDayIsRefusedByName) {
  EXPECT_TRUE(check_opening(kMonToFri).ok());
  for (const OpenHours& wrong :
       {OpenHours{0, 0, 60}, OpenHours{8, 0, 60}, OpenHours{1, -1, 60}, OpenHours{1, 60, 60}, OpenHours{1, 0, 1441}}) {
    EXPECT_EQ(check_opening({wrong}).reason, "OPENING_INVALID");
  }
  EXPECT_EQ(check_opening({{3, 0, 60}, {3, 120, 180}}).reason, "OPENING_TWICE");
}

}  // namespace
}  // namespace sheave::api
