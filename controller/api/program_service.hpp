#pragma once
// ProgramService: what can be trained on this machine.

#include "controller/api/context.hpp"
#include "sheave/v1/program.grpc.pb.h"

namespace sheave::api {

class ProgramService final : public pb::ProgramService::CallbackService {
 public:
  explicit ProgramService(const Context& context) : context_(context) {}

  grpc::ServerUnaryReactor* ListPrograms(grpc::CallbackServerContext* call, const pb::ListProgramsRequest* request,
                                         pb::ListProgramsResponse* response) override;
  grpc::ServerUnaryReactor* GetProgram(grpc::CallbackServerContext* call, const pb::GetProgramRequest* request,
                                       pb::Program* response) override;
  grpc::ServerUnaryReactor* ValidateProgram(grpc::CallbackServerContext* call, const pb::ValidateProgramRequest* request,
                                            pb::ValidateProgramResponse* response) override;
  grpc::ServerUnaryReactor* ListPlugins(grpc::CallbackServerContext* call, const pb::ListPluginsRequest* request,
                                        pb::ListPluginsResponse* response) override;

 private:
  std::string unavailable_reason(const session::Program& program) const;  // [main]

  const Context& context_;
};

}  // namespace sheave::api
