#include "controller/api/error_map.hpp"

#include "controller/core/units.hpp"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace sheave::api {

grpc::StatusCode to_grpc(StatusCode code) noexcept {
  switch (code) {
    case StatusCode::kOk:
      return grpc::StatusCode::OK;
    case StatusCode::kInvalidArgument:
      return grpc::StatusCode::INVALID_ARGUMENT;
    case StatusCode::kNotFound:
      return grpc::StatusCode::NOT_FOUND;
    case StatusCode::kAlreadyExists:
      return grpc::StatusCode::ALREADY_EXISTS;
    case StatusCode::kFailedPrecondition:
      return grpc::StatusCode::FAILED_PRECONDITION;
    case StatusCode::kAborted:
      return grpc::StatusCode::ABORTED;
    case StatusCode::kOutOfRange:
      return grpc::StatusCode::OUT_OF_RANGE;
    case StatusCode::kUnavailable:
      return grpc::StatusCode::UNAVAILABLE;
    case StatusCode::kResourceExhausted:
      return grpc::StatusCode::RESOURCE_EXHAUSTED;
    case StatusCode::kPermissionDenied:
      return grpc::StatusCode::PERMISSION_DENIED;
    case StatusCode::kUnauthenticated:
      return grpc::StatusCode::UNAUTHENTICATED;
    case StatusCode::kUnimplemented:
      return grpc::StatusCode::UNIMPLEMENTED;
    case StatusCode::kInternal:
      return grpc::StatusCode::INTERNAL;
  }
  return grpc::StatusCode::INTERNAL;
}

grpc::Status to_grpc(const Status& status, std::int64_t retry_after_ns) {
  if (status.ok()) return grpc::Status::OK;
  const grpc::StatusCode code = to_grpc(status.code);
  google::rpc::ErrorInfo info;
  info.set_reason(status.reason);
  info.set_domain(kErrorDomain);
  google::rpc::Status details;
  details.set_code(code);
  details.set_message(status.message);
  details.add_details()->PackFrom(info);
  if (retry_after_ns > 0) {
    google::rpc::RetryInfo retry;
    retry.mutable_retry_delay()->set_seconds(retry_after_ns / kNsPerS);
    retry.mutable_retry_delay()->set_nanos(static_cast<std::int32_t>(retry_after_ns % kNsPerS));
    details.add_details()->PackFrom(retry);
  }
  return {code, status.message, details.SerializeAsString()};
}

}  // namespace sheave::api
