#pragma once
// The one mapping of our errors to gRPC's. Every error carries exactly one ErrorInfo {reason, domain "sheave"} (AIP-193), and a RetryInfo
// where it passes with time.

#include <grpcpp/support/status.h>

#include "controller/core/status.hpp"

namespace sheave::api {

inline constexpr const char* kErrorDomain = "sheave";

grpc::StatusCode to_grpc(StatusCode code) noexcept;

/// With google.rpc.Status in the details, which gRPC sends as `grpc-status-details-bin`.
/// @param retry_after_ns from then on the same call may succeed; 0: time alone does not mend it, or nobody knows when.
grpc::Status to_grpc(const Status& status, std::int64_t retry_after_ns = 0);

}  // namespace sheave::api
