#include "controller/api/usage_query.hpp"

#include <gtest/gtest.h>

namespace sheave::api {
namespace {

TEST(UsageQuery, DefaultsToAWeekInHours) {
  const auto span = usage_span(pb::QueryUsageRequest(), 0, 1'000'000);
  ASSERT_TRUE(span.ok());
  EXPECT_EQ(span->to_unix_s, 1'000'000);
  EXPECT_EQ(span->from_unix_s, 1'000'000 - 7 * 24 * 3600);
  EXPECT_EQ(span->bucket_s, 3600);
}

TEST(UsageQuery, RefusesBackwardRangesAndTooManyBuckets) {
  pb::QueryUsageRequest request;
  request.mutable_start_time()->set_seconds(2000);
  request.mutable_end_time()->set_seconds(1000);
  EXPECT_EQ(usage_span(request, 0, 5000).status().reason, "TIME_RANGE_INVALID");
  request.mutable_start_time()->set_seconds(1);
  request.mutable_end_time()->set_seconds(1'000'000);
  EXPECT_EQ(usage_span(request, 1, 5000).status().reason, "BUCKET_INVALID");
  EXPECT_EQ(usage_span(request, -5, 5000).status().reason, "BUCKET_INVALID");
}

TEST(UsageQuery, CsvNamesItsColumnsWithUnits) {
  session::UsageBucket bucket;
  bucket.start_unix_s = 0;
  bucket.seconds = 3600;
  bucket.program_id = "cable-row";
  bucket.sessions = 1;
  bucket.sets = 3;
  bucket.reps = 20;
  bucket.volume_kg = 900.5;
  EXPECT_EQ(usage_csv({bucket}),
            "start_time,duration_s,program,sessions,sets,reps,volume_kg,work_j,active_s\r\n"
            "1970-01-01T00:00:00Z,3600,cable-row,1,3,20,900.50,0.0,0.0\r\n");
}

}  // namespace
}  // namespace sheave::api
