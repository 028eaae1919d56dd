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
  grpc::ServerUnaryReactor* ListWorkouts(grpc::CallbackServerContext* call, const pb::ListWorkoutsRequest* request,
                                         pb::ListWorkoutsResponse* response) override;
  grpc::ServerUnaryReactor* GetWorkout(grpc::CallbackServerContext* call, const pb::GetWorkoutRequest* request,
                                       pb::Workout* response) override;
  grpc::ServerUnaryReactor* ValidateProgram(grpc::CallbackServerContext* call, const pb::ValidateProgramRequest* request,
                                            pb::ValidateProgramResponse* response) override;
  grpc::ServerUnaryReactor* PreviewProgram(grpc::CallbackServerContext* call, const pb::PreviewProgramRequest* request,
                                           pb::PreviewProgramResponse* response) override;
  grpc::ServerUnaryReactor* ListPlugins(grpc::CallbackServerContext* call, const pb::ListPluginsRequest* request,
                                        pb::ListPluginsResponse* response) override;
  grpc::ServerUnaryReactor* ListExercises(grpc::CallbackServerContext* call, const pb::ListPluginsRequest* request,
                                          pb::ListPluginsResponse* response) override;
  grpc::ServerUnaryReactor* ListLoadProfiles(grpc::CallbackServerContext* call, const pb::ListPluginsRequest* request,
                                             pb::ListPluginsResponse* response) override;
  grpc::ServerUnaryReactor* ListProgressions(grpc::CallbackServerContext* call, const pb::ListPluginsRequest* request,
                                             pb::ListPluginsResponse* response) override;

 private:
  grpc::ServerUnaryReactor* list(grpc::CallbackServerContext* call, const char* kind, pb::ListPluginsResponse* response);
  // [main]
  std::string unavailable_reason(const session::Program& program) const;
  Result<session::Program> find_program(const std::string& name) const;

  const Context& context_;
};

}  // namespace sheave::api
