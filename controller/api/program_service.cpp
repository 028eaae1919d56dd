#include "controller/api/program_service.hpp"

#include "controller/api/convert_preview.hpp"
#include "controller/api/convert_program.hpp"
#include "controller/api/paging.hpp"
#include "plugins/abi/sheave/ext/exercise.h"
#include "plugins/abi/sheave/ext/load_profile.h"
#include "plugins/abi/sheave/ext/progression.h"

namespace sheave::api {

std::string ProgramService::unavailable_reason(const session::Program& program) const {
  return context_.plugins.check(program, context_.facts.machine.period_ns).message;
}

Result<session::Program> ProgramService::find_program(const std::string& name) const {
  const auto id = Names::parse_program(name);
  if (!id.ok()) return id.status();
  if (const session::Program* program = context_.manager.catalog().find(*id)) return *program;
  return Status::error(StatusCode::kNotFound, "PROGRAM_NOT_FOUND",
                       "There is no program \"" + *id + "\". ListPrograms (sheave programs) names those there are.");
}

grpc::ServerUnaryReactor* ProgramService::ListPrograms(grpc::CallbackServerContext* call, const pb::ListProgramsRequest* request,
                                                       pb::ListProgramsResponse* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    const auto size = page_size(request->page_size());
    if (!size.ok()) return reply.fail(size.status());
    const auto after = read_page_token("programs", request->page_token());
    if (!after.ok()) return reply.fail(after.status());
    for (const auto& program : context_.manager.catalog().programs) {
      if (program.id <= *after || (!request->exercise().empty() && program.exercise.id != request->exercise())) continue;
      if (static_cast<std::size_t>(response->programs_size()) == *size) {
        const auto last = Names::parse_program(response->programs(response->programs_size() - 1).name());
        response->set_next_page_token(page_token("programs", *last));
        break;
      }
      to_pb(program, unavailable_reason(program), response->add_programs());
    }
    reply.ok();
  });
}

grpc::ServerUnaryReactor* ProgramService::GetProgram(grpc::CallbackServerContext* call, const pb::GetProgramRequest* request,
                                                     pb::Program* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    const auto program = find_program(request->name());
    if (!program.ok()) return reply.fail(program.status());
    to_pb(*program, unavailable_reason(*program), response);
    reply.ok();
  });
}

grpc::ServerUnaryReactor* ProgramService::ListWorkouts(grpc::CallbackServerContext* call, const pb::ListWorkoutsRequest*,
                                                       pb::ListWorkoutsResponse* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    const auto unavailable = [this](const session::Program& program) { return unavailable_reason(program); };
    for (const session::Workout& workout : context_.manager.catalog().workouts)
      to_pb(workout, context_.manager.catalog(), unavailable, response->add_workouts());
    reply.ok();
  });
}

grpc::ServerUnaryReactor* ProgramService::GetWorkout(grpc::CallbackServerContext* call, const pb::GetWorkoutRequest* request,
                                                     pb::Workout* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    const auto id = Names::parse_workout(request->name());
    if (!id.ok()) return reply.fail(id.status());
    const session::Workout* workout = context_.manager.catalog().find_workout(*id);
    if (workout == nullptr) {
      return reply.fail(Status::error(StatusCode::kNotFound, "WORKOUT_NOT_FOUND",
                                      "There is no workout \"" + *id + "\". ListWorkouts (sheave programs) names those there are."));
    }
    const auto unavailable = [this](const session::Program& program) { return unavailable_reason(program); };
    to_pb(*workout, context_.manager.catalog(), unavailable, response);
    reply.ok();
  });
}

grpc::ServerUnaryReactor* ProgramService::ValidateProgram(grpc::CallbackServerContext* call, const pb::ValidateProgramRequest* request,
                                                          pb::ValidateProgramResponse* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    const auto program = session::parse_program(request->toml(), "api");
    std::string problem = program.ok() ? unavailable_reason(*program) : program.status().message;
    if (program.ok() && problem.empty() && program->start_load_kg > context_.facts.machine.load_max_total_kg) {
      problem = "start_load_kg is " + std::to_string(program->start_load_kg) + "; this machine ends at " +
                std::to_string(context_.facts.machine.load_max_total_kg) + " kg.";
    }
    response->set_valid(problem.empty());
    if (!problem.empty()) response->add_problems(problem);
    if (response->valid()) to_pb(*program, {}, response->mutable_program());
    reply.ok();
  });
}

grpc::ServerUnaryReactor* ProgramService::PreviewProgram(grpc::CallbackServerContext* call, const pb::PreviewProgramRequest* request,
                                                         pb::PreviewProgramResponse* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    const auto program = request->has_toml() ? session::parse_program(request->toml(), "api") : find_program(request->name());
    if (!program.ok()) return reply.fail(program.status());
    const MachineFacts& facts = context_.facts;
    session::PreviewSettings settings{
        facts.machine, facts.stack.peak_force_n, safety::make_envelope_config(facts.machine, facts.stack), {}};
    if (request->has_load_total_kg()) settings.load_kg = request->load_total_kg();
    const auto preview = session::make_preview(*program, settings, context_.plugins);
    if (!preview.ok()) return reply.fail(preview.status());
    to_pb(*program, {}, response->mutable_program());
    to_pb(*program, *preview, response);
    reply.ok();
  });
}

grpc::ServerUnaryReactor* ProgramService::list(grpc::CallbackServerContext* call, const char* kind, pb::ListPluginsResponse* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    to_pb(context_.registry, kind, response);
    reply.ok();
  });
}

grpc::ServerUnaryReactor* ProgramService::ListPlugins(grpc::CallbackServerContext* call, const pb::ListPluginsRequest*,
                                                      pb::ListPluginsResponse* response) {
  return list(call, "", response);
}

grpc::ServerUnaryReactor* ProgramService::ListExercises(grpc::CallbackServerContext* call, const pb::ListPluginsRequest*,
                                                        pb::ListPluginsResponse* response) {
  return list(call, SHEAVE_EXT_EXERCISE, response);
}

grpc::ServerUnaryReactor* ProgramService::ListLoadProfiles(grpc::CallbackServerContext* call, const pb::ListPluginsRequest*,
                                                           pb::ListPluginsResponse* response) {
  return list(call, SHEAVE_EXT_LOAD_PROFILE, response);
}

grpc::ServerUnaryReactor* ProgramService::ListProgressions(grpc::CallbackServerContext* call, const pb::ListPluginsRequest*,
                                                           pb::ListPluginsResponse* response) {
  return list(call, SHEAVE_EXT_PROGRESSION, response);
}

}  // namespace sheave::api
