#pragma once
// What the tests of Watch share: a client that takes messages as slowly as it is told, and a context over fakes.

#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <vector>

#include "controller/api/watch_outbox.hpp"
#include "sheave/v1/watch.grpc.pb.h"

namespace sheave::api {

/// The far end of one stream. Holds one message until take() completes its write.
class FakeSink final : public WatchSink {
 public:
  void write(const grpc::ByteBuffer& message) override {
    EXPECT_FALSE(in_flight) << "two writes in flight";
    EXPECT_FALSE(ended) << "a write after the end";
    in_flight = true;
    grpc::ByteBuffer copy = message;
    sheave::v1::WatchResponse parsed;
    EXPECT_TRUE(grpc::SerializationTraits<sheave::v1::WatchResponse>::Deserialize(&copy, &parsed).ok());
    next = parsed;
  }
  void finish(const grpc::Status& status) override {
    EXPECT_FALSE(ended) << "two ends";
    ended = true;
    end = status;
  }

  /// Completes the write in flight; false where there was none.
  bool take(WatchOutbox& outbox) {
    if (!in_flight) return false;
    received.push_back(next);
    in_flight = false;
    outbox.on_written(true);
    return true;
  }

  bool in_flight = false, ended = false;
  grpc::Status end;
  sheave::v1::WatchResponse next;
  std::vector<sheave::v1::WatchResponse> received;
};

}  // namespace sheave::api
