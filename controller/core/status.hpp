#pragma once
// Errors of the control plane: a code for programs, a reason for branching, a message that names the thing and the remedy.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace sheave {

/// The gRPC canonical codes that Sheave uses, so that the api room maps them one to one.
enum class StatusCode : std::uint8_t {
  kOk,
  kInvalidArgument,
  kNotFound,
  kAlreadyExists,
  kFailedPrecondition,
  kAborted,
  kOutOfRange,
  kUnavailable,
  kResourceExhausted,
  kPermissionDenied,
  kUnauthenticated,
  kUnimplemented,
  kInternal,
};

struct Status {
  StatusCode code = StatusCode::kOk;
  std::string reason;   ///< UPPER_SNAKE, stable: "SET_ACTIVE". Becomes ErrorInfo.reason.
  std::string message;  ///< For a person: what is wrong with which thing, and what to do.

  bool ok() const noexcept { return code == StatusCode::kOk; }
  static Status error(StatusCode code, std::string reason, std::string message) { return {code, std::move(reason), std::move(message)}; }
};

/// A value or the reason why there is none.
template <typename T>
class Result {
 public:
  Result(T value) : value_(std::move(value)) {}          // NOLINT(google-explicit-constructor)
  Result(Status status) : status_(std::move(status)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const noexcept { return value_.has_value(); }
  explicit operator bool() const noexcept { return ok(); }
  const Status& status() const noexcept { return status_; }
  T& operator*() & { return *value_; }
  const T& operator*() const& { return *value_; }
  T&& operator*() && { return *std::move(value_); }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }

 private:
  std::optional<T> value_;
  Status status_;
};

}  // namespace sheave
