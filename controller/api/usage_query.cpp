#include "controller/api/usage_query.hpp"

#include <fmt/format.h>

#include <ctime>

#include "controller/api/names.hpp"

namespace sheave::api {

Result<UsageSpan> check_span(UsageSpan span) {
  if (span.to_unix_s <= span.from_unix_s) {
    return Status::error(StatusCode::kInvalidArgument, "TIME_RANGE_INVALID", "end_time is not after start_time.");
  }
  if (span.bucket_s < 1 || (span.to_unix_s - span.from_unix_s) / span.bucket_s > kMaxBuckets) {
    return Status::error(StatusCode::kInvalidArgument, "BUCKET_INVALID",
                         fmt::format("A bucket of {} s over this range is not 1 to {} buckets: use a longer bucket or a shorter range.",
                                     span.bucket_s, kMaxBuckets));
  }
  return span;
}

void to_pb(const session::UsageBucket& bucket, pb::UsageBucket* to) {
  unix_s_to_pb(bucket.start_unix_s, to->mutable_start_time());
  to_pb_duration(static_cast<double>(bucket.seconds), to->mutable_duration());
  to->set_program(bucket.program_id.empty() ? std::string() : Names::program(bucket.program_id));
  to->set_sessions(static_cast<std::int64_t>(bucket.sessions));
  to->set_sets(static_cast<std::int64_t>(bucket.sets));
  to->set_reps(static_cast<std::int64_t>(bucket.reps));
  to->set_volume_kg(bucket.volume_kg);
  to->set_work_j(bucket.work_j);
  to->set_active_s(bucket.active_s);
}

std::string usage_csv(const std::vector<session::UsageBucket>& buckets) {
  std::string csv = "start_time,duration_s,program,sessions,sets,reps,volume_kg,work_j,active_s\r\n";
  for (const auto& bucket : buckets) {
    const std::time_t start = bucket.start_unix_s;
    std::tm utc{};
    gmtime_r(&start, &utc);
    char time[32];
    std::strftime(time, sizeof(time), "%Y-%m-%dT%H:%M:%SZ", &utc);
    // Program ids are kebab-case, so that no field needs quotes.
    csv += fmt::format("{},{},{},{},{},{},{:.2f},{:.1f},{:.1f}\r\n", time, bucket.seconds, bucket.program_id, bucket.sessions, bucket.sets,
                       bucket.reps, bucket.volume_kg, bucket.work_j, bucket.active_s);
  }
  return csv;
}

}  // namespace sheave::api
