#pragma once
// The one mapping of our errors to gRPC's. Every error carries exactly one ErrorInfo {reason, domain "sheave"} (AIP-193).

#include <grpcpp/support/status.h>

#include "controller/core/status.hpp"

namespace sheave::api {

inline constexpr const char* kErrorDomain = "sheave";

grpc::StatusCode to_grpc(StatusCode code) noexcept;

/// With google.rpc.Status in the details, which gRPC sends as `grpc-status-details-bin`.
grpc::Status to_grpc(const Status& status);

}  // namespace sheave::api
