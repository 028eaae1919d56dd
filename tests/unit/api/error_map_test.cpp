#include "controller/api/error_map.hpp"

#include <gtest/gtest.h>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace sheave::api {
namespace {

TEST(ErrorMap, AnErrorCarriesExactlyOneErrorInfo) {
  const grpc::Status status = to_grpc(Status::error(StatusCode::kFailedPrecondition, "SET_ACTIVE", "A set runs: stop it first."));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(status.error_message(), "A set runs: stop it first.");
  google::rpc::Status details;
  ASSERT_TRUE(details.ParseFromString(status.error_details()));
  EXPECT_EQ(details.code(), status.error_code());
  EXPECT_EQ(details.message(), status.error_message());
  ASSERT_EQ(details.details_size(), 1);
  EXPECT_EQ(details.details(0).type_url(), "type.googleapis.com/google.rpc.ErrorInfo");
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(details.details(0).UnpackTo(&info));
  EXPECT_EQ(info.reason(), "SET_ACTIVE");
  EXPECT_EQ(info.domain(), "sheave");
}

TEST(ErrorMap, WhatPassesWithTimeSaysWhen) {
  const Status slowed = Status::error(StatusCode::kResourceExhausted, "CREDENTIAL_SLOWED", "Try again in 30 seconds.");
  google::rpc::Status details;
  ASSERT_TRUE(details.ParseFromString(to_grpc(slowed, 30'500'000'000).error_details()));
  ASSERT_EQ(details.details_size(), 2);
  google::rpc::ErrorInfo info;
  EXPECT_TRUE(details.details(0).UnpackTo(&info)) << "the reason comes first";
  google::rpc::RetryInfo retry;
  ASSERT_TRUE(details.details(1).UnpackTo(&retry));
  EXPECT_EQ(retry.retry_delay().seconds(), 30);
  EXPECT_EQ(retry.retry_delay().nanos(), 500'000'000);
}

TEST(ErrorMap, OkCarriesNothing) {
  const grpc::Status status = to_grpc(Status{});
  EXPECT_TRUE(status.ok());
  EXPECT_TRUE(status.error_details().empty());
}

TEST(ErrorMap, EveryCodeHasItsOwn) {
  std::set<grpc::StatusCode> seen;
  for (int code = 0; code <= static_cast<int>(StatusCode::kInternal); ++code) {
    EXPECT_TRUE(seen.insert(to_grpc(static_cast<StatusCode>(code))).second) << code;
  }
}

}  // namespace
}  // namespace sheave::api
