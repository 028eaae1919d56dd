#pragma once
// TelemetryService: stored reps and recordings.

#include "controller/api/context.hpp"
#include "sheave/v1/telemetry.grpc.pb.h"

namespace sheave::api {

class TelemetryService final : public pb::TelemetryService::CallbackService {
 public:
  explicit TelemetryService(const Context& context) : context_(context) {}

  grpc::ServerUnaryReactor* ListReps(grpc::CallbackServerContext* call, const pb::ListRepsRequest* request,
                                     pb::ListRepsResponse* response) override;
  grpc::ServerUnaryReactor* GetRecording(grpc::CallbackServerContext* call, const pb::GetRecordingRequest* request,
                                         pb::Recording* response) override;
  grpc::ServerUnaryReactor* CreateDownload(grpc::CallbackServerContext* call, const pb::CreateDownloadRequest* request,
                                           pb::Download* response) override;
  grpc::ServerUnaryReactor* GetStrength(grpc::CallbackServerContext* call, const pb::GetStrengthRequest* request,
                                        pb::Strength* response) override;

 private:
  void tell_strength(const session::SessionRecord& record, const std::vector<session::SetRecord>& earlier,
                     const std::vector<session::SetRecord>& present, pb::Strength* response, const Reply& reply) const;
  const Context& context_;
};

}  // namespace sheave::api
