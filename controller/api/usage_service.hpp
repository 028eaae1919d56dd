#pragma once
// UsageService: use and health of the machine, without members.

#include "controller/api/context.hpp"
#include "sheave/v1/usage.grpc.pb.h"

namespace sheave::api {

class UsageService final : public pb::UsageService::CallbackService {
 public:
  explicit UsageService(const Context& context) : context_(context) {}

  grpc::ServerUnaryReactor* QueryUsage(grpc::CallbackServerContext* call, const pb::QueryUsageRequest* request,
                                       pb::QueryUsageResponse* response) override;
  grpc::ServerUnaryReactor* ListFaults(grpc::CallbackServerContext* call, const pb::ListFaultsRequest* request,
                                       pb::ListFaultsResponse* response) override;
  grpc::ServerUnaryReactor* Summarize(grpc::CallbackServerContext* call, const pb::SummarizeRequest* request,
                                      pb::UsageSummary* response) override;
  grpc::ServerWriteReactor<pb::ExportCsvResponse>* ExportCsv(grpc::CallbackServerContext* call,
                                                             const pb::ExportCsvRequest* request) override;

 private:
  const Context& context_;
};

}  // namespace sheave::api
