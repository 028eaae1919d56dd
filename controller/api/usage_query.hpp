#pragma once
// Which stretch of time a usage call is about, and usage as CSV.

#include <string>
#include <vector>

#include "controller/api/convert_common.hpp"
#include "controller/session/journal.hpp"
#include "sheave/v1/usage.pb.h"

namespace sheave::api {

struct UsageSpan {
  std::int64_t from_unix_s = 0, to_unix_s = 0, bucket_s = 0;
};

/// Applies the defaults: a week until now, in hours. Reasons TIME_RANGE_INVALID (ends before it begins), BUCKET_INVALID
/// (negative, or so short that there were more than kMaxBuckets). Pure.
template <typename Request>
Result<UsageSpan> usage_span(const Request& request, double bucket_s, std::int64_t now_unix_s);

inline constexpr std::int64_t kMaxBuckets = 10'000;  // a year in hours

Result<UsageSpan> check_span(UsageSpan span);

template <typename Request>
Result<UsageSpan> usage_span(const Request& request, double bucket_s, std::int64_t now_unix_s) {
  constexpr std::int64_t kHour_s = 3600, kWeek_s = kHour_s * 24 * 7;
  UsageSpan span;
  span.to_unix_s = request.has_end_time() ? unix_s_from_pb(request.end_time()) : now_unix_s;
  span.from_unix_s = request.has_start_time() ? unix_s_from_pb(request.start_time()) : span.to_unix_s - kWeek_s;
  span.bucket_s = bucket_s == 0 ? kHour_s : static_cast<std::int64_t>(bucket_s);
  return check_span(span);
}

void to_pb(const session::UsageBucket& bucket, pb::UsageBucket* to);

/// RFC 4180, the first line naming the columns with units.
std::string usage_csv(const std::vector<session::UsageBucket>& buckets);

}  // namespace sheave::api
