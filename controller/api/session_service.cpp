#include "controller/api/session_service.hpp"

#include "controller/api/member_lookup.hpp"
#include "controller/api/paging.hpp"
#include "controller/api/session_calls.hpp"

#include <algorithm>

namespace sheave::api {
namespace {

Status invalid(const char* reason, std::string message) { return Status::error(StatusCode::kInvalidArgument, reason, std::move(message)); }

/// Checks what the API alone can know; the manager judges loads, states and programs.
Result<session::CreateSession> read_request(const Context& context, const pb::CreateSessionRequest& request) {
  if (Status status = context.names.check_machine(request.parent()); !status.ok()) return status;
  session::CreateSession create;
  const bool workout = !request.workout().empty();
  const auto what = workout ? Names::parse_workout(request.workout()) : Names::parse_program(request.program());
  if (!what.ok()) return what.status();
  if (workout && !request.program().empty()) return invalid("NAME_INVALID", "Name a program or a workout, not both.");
  create.request_id = request.request_id();
  (workout ? create.workout_id : create.program_id) = *what;
  if (request.has_load_total_kg()) create.load_total_kg = request.load_total_kg();
  if (create.load_total_kg && !std::isfinite(*create.load_total_kg)) return invalid("LOAD_NOT_A_STEP", "load_total_kg is not a number.");
  if (request.has_rest()) create.rest_s = from_pb(request.rest());
  constexpr double kRestMax_s = 3600;
  if (create.rest_s && (*create.rest_s < 0 || *create.rest_s > kRestMax_s)) {
    return invalid("REST_INVALID", "rest is outside of 0 to 3600 s.");
  }
  constexpr std::int32_t kSetsMax = 20;
  if (request.has_sets()) {
    if (request.sets() < 1 || request.sets() > kSetsMax) return invalid("SETS_INVALID", "sets is outside of 1 to 20.");
    create.sets = static_cast<std::uint32_t>(request.sets());
  }
  return create;
}

/// Calls `act` with the member that a session shall be of; with an empty one for a guest.
template <typename Act>
void with_owner(const Context& context, const std::string& name, const Reply& reply, Act act) {
  if (name.empty()) return act(session::MemberRecord{});
  find_member(context, name, ByNumber::kNo, [reply, act](const Result<session::MemberRecord>& owner) mutable {
    if (!owner.ok()) return reply.fail(owner.status());
    act(*owner);
  });
}

}  // namespace

grpc::ServerUnaryReactor* SessionService::CreateSession(Call* call, const pb::CreateSessionRequest* request, pb::Session* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    auto create = read_request(context_, *request);
    if (!create.ok()) return reply.fail(create.status());
    with_owner(context_, request->member(), reply, [=, this, create = *create](const session::MemberRecord& owner) mutable {
      create.member_id = owner.id;
      create.member_alias = owner.alias;
      context_.manager.create(create, answer_session(context_, reply, response));
    });
  });
}

grpc::ServerUnaryReactor* SessionService::GetSession(Call* call, const pb::GetSessionRequest* request, pb::Session* response) {
  return change_session(context_, call, request->name(), response, [](const std::string&) { return Status{}; });
}

grpc::ServerUnaryReactor* SessionService::ListSessions(Call* call, const pb::ListSessionsRequest* request,
                                                       pb::ListSessionsResponse* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    if (const Status status = context_.names.check_machine(request->parent()); !status.ok()) return reply.fail(status);
    const auto size = page_size(request->page_size());
    if (!size.ok()) return reply.fail(size.status());
    const auto before = read_page_number("sessions", request->page_token());
    if (!before.ok()) return reply.fail(before.status());
    context_.journal.list_sessions(*size + 1, *before, [=, this](Result<std::vector<session::SessionRecord>> found) {
      if (!found.ok()) return reply.fail(found.status());
      if (found->size() > *size) {
        found->resize(*size);
        response->set_next_page_token(page_token("sessions", std::to_string(found->back().seq)));
      }
      for (const auto& record : *found) write_session(context_, reply, record, response->add_sessions());
      reply.ok();
    });
  });
}

grpc::ServerUnaryReactor* SessionService::ActivateSession(Call* call, const pb::ActivateSessionRequest* request, pb::Session* response) {
  return with_session(context_, call, request->name(), [=, this](const std::string& id, const Reply& reply) {
    const auto answer = answer_session(context_, reply, response);
    request->join() ? context_.manager.join(id, answer) : context_.manager.activate(id, answer);
  });
}

grpc::ServerUnaryReactor* SessionService::ArmSet(Call* call, const pb::ArmSetRequest* request, pb::Session* response) {
  return change_session(context_, call, request->name(), response, [this](const std::string& id) { return context_.manager.arm(id); });
}

grpc::ServerUnaryReactor* SessionService::AcceptProposal(Call* call, const pb::AcceptProposalRequest* request, pb::Session* response) {
  return change_session(context_, call, request->name(), response, [=, this](const std::string& id) {
    std::optional<double> load_total_kg;
    if (request->has_load_total_kg()) load_total_kg = request->load_total_kg();
    return context_.manager.accept_proposal(id, request->etag(), load_total_kg);
  });
}

grpc::ServerUnaryReactor* SessionService::SetLoad(Call* call, const pb::SetLoadRequest* request, pb::Session* response) {
  return change_session(context_, call, request->name(), response,
                        [=, this](const std::string& id) { return context_.manager.set_load(id, request->load_total_kg()); });
}

grpc::ServerUnaryReactor* SessionService::SetProfileParameter(Call* call, const pb::SetProfileParameterRequest* request,
                                                              pb::Session* response) {
  return change_session(context_, call, request->name(), response, [=, this](const std::string& id) {
    return context_.manager.set_profile_parameter(id, request->profile(), request->parameter(), request->value());
  });
}

grpc::ServerUnaryReactor* SessionService::ReportEffort(Call* call, const pb::ReportEffortRequest* request, pb::Session* response) {
  return change_session(context_, call, request->name(), response, [=, this](const std::string& id) {
    constexpr std::int32_t kMost = 10;
    if (request->reps_in_reserve() < 0 || request->reps_in_reserve() > kMost) {
      return invalid("REPS_IN_RESERVE_INVALID", "reps_in_reserve is outside of 0 to 10.");
    }
    if (request->set_index() < 1) return invalid("SET_INDEX_INVALID", "set_index counts from 1.");
    return context_.manager.report_effort(id, static_cast<std::uint32_t>(request->set_index()), request->reps_in_reserve());
  });
}

grpc::ServerUnaryReactor* SessionService::ReportStopReason(Call* call, const pb::ReportStopReasonRequest* request, pb::Session* response) {
  return change_session(context_, call, request->name(), response, [=, this](const std::string& id) {
    if (request->answer() == pb::STOP_ANSWER_UNSPECIFIED || !pb::StopAnswer_IsValid(request->answer())) {
      return invalid("STOP_ANSWER_INVALID", "answer is none of TIRED, INTERRUPTED, PAIN.");
    }
    if (request->set_index() < 1) return invalid("SET_INDEX_INVALID", "set_index counts from 1.");
    return context_.manager.report_stop_reason(id, static_cast<std::uint32_t>(request->set_index()), from_pb(request->answer()));
  });
}

grpc::ServerUnaryReactor* SessionService::PauseSession(Call* call, const pb::PauseSessionRequest* request, pb::Session* response) {
  return change_session(context_, call, request->name(), response, [this](const std::string& id) { return context_.manager.pause(id); });
}

grpc::ServerUnaryReactor* SessionService::FinishSession(Call* call, const pb::FinishSessionRequest* request, pb::Session* response) {
  return with_session(context_, call, request->name(), [=, this](const std::string& id, const Reply& reply) {
    const auto answer = answer_session(context_, reply, response);
    request->next_exercise() ? context_.manager.next_exercise(id, answer) : context_.manager.finish(id, answer);
  });
}

grpc::ServerUnaryReactor* SessionService::ConfirmSetUp(Call* call, const pb::ConfirmSetUpRequest* request, pb::Session* response) {
  return with_session(context_, call, request->name(), [=, this](const std::string& id, const Reply& reply) {
    if (const Status status = context_.manager.confirm_set_up(id); !status.ok()) return reply.fail(status);
    const auto answer = [=, this] { find_session(context_, Path{id, std::nullopt}, answer_session(context_, reply, response)); };
    const auto& present = context_.manager.snapshot().session;
    const bool keeps = present && !present->member_id.empty() && (request->has_notch() || !request->note().empty());
    if (!keeps) return answer();
    const std::string member = present->member_id;
    find_set_up(context_, member, present->program_id, [=, this](Result<session::SetUpNote> note) {
      if (!note.ok()) return reply.fail(note.status());
      if (request->has_notch()) note->notch = static_cast<std::uint32_t>(std::max(0, request->notch()));
      if (!request->note().empty()) note->note = request->note();
      keep_set_up(context_, member, *note,
                  [=](const Result<std::uint64_t>& stored) { stored.ok() ? answer() : reply.fail(stored.status()); });
    });
  });
}

grpc::ServerUnaryReactor* SessionService::ReassignSession(Call* call, const pb::ReassignSessionRequest* request, pb::Session* response) {
  return with_session(context_, call, request->name(), [=, this](const std::string& id, const Reply& reply) {
    with_owner(context_, request->member(), reply, [=, this](const session::MemberRecord& owner) {
      context_.manager.reassign(id, owner.id, owner.alias, answer_session(context_, reply, response));
    });
  });
}

grpc::ServerUnaryReactor* SessionService::ListSets(Call* call, const pb::ListSetsRequest* request, pb::ListSetsResponse* response) {
  return with_session(context_, call, request->parent(), [=, this](const std::string& id, const Reply& reply) {
    response->set_session(context_.names.session(id));
    context_.journal.list_sets(id, [=, this](const Result<std::vector<session::SetRecord>>& sets) {
      if (!sets.ok()) return reply.fail(sets.status());
      for (const auto& set : *sets) to_pb(context_.names, set, response->add_sets());
      reply.ok();
    });
  });
}

}  // namespace sheave::api
