#pragma once
// WatchService on gRPC: binds one outbox of the hub to one stream. Raw bytes, for the hub serializes once for all streams.

#include <memory>

#include "controller/api/context.hpp"
#include "sheave/v1/watch.grpc.pb.h"

namespace sheave::api {

class WatchHub;

class WatchService final : public pb::WatchService::WithRawCallbackMethod_Watch<pb::WatchService::Service> {
 public:
  /// `hub` is used on [main] only, and no longer once it expired.
  WatchService(const Context& context, std::weak_ptr<WatchHub> hub) : context_(context), hub_(std::move(hub)) {}

  grpc::ServerWriteReactor<grpc::ByteBuffer>* Watch(grpc::CallbackServerContext* call, const grpc::ByteBuffer* request) override;

 private:
  const Context& context_;
  std::weak_ptr<WatchHub> hub_;
};

}  // namespace sheave::api
