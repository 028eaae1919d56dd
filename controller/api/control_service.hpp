#pragma once
// ControlService: who steers, and Stop and Lower, which work while the main thread hangs.

#include "controller/api/context.hpp"
#include "sheave/v1/control.grpc.pb.h"

namespace sheave::api {

class ControlService final : public pb::ControlService::CallbackService {
 public:
  explicit ControlService(const Context& context) : context_(context) {}

  using Call = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;
  Reactor* AcquireLease(Call* call, const pb::AcquireLeaseRequest* request, pb::Lease* response) override;
  Reactor* RenewLease(Call* call, const pb::RenewLeaseRequest* request, pb::Lease* response) override;
  Reactor* ReleaseLease(Call* call, const pb::ReleaseLeaseRequest* request, pb::ReleaseLeaseResponse* response) override;
  Reactor* Stop(Call* call, const pb::StopRequest* request, pb::StopResponse* response) override;
  Reactor* Lower(Call* call, const pb::LowerRequest* request, pb::LowerResponse* response) override;

 private:
  const Context& context_;
  pb::Lease lease_;  // the last one given out, so that its renewals say the same; [main]
};

}  // namespace sheave::api
