#pragma once
// SessionService: one person's run through a program. Every call is carried out by session::Manager on the main thread.

#include "controller/api/context.hpp"
#include "sheave/v1/session.grpc.pb.h"

namespace sheave::api {

class SessionService final : public pb::SessionService::CallbackService {
 public:
  explicit SessionService(const Context& context) : context_(context) {}

  using Call = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;
  Reactor* CreateSession(Call* call, const pb::CreateSessionRequest* request, pb::Session* response) override;
  Reactor* GetSession(Call* call, const pb::GetSessionRequest* request, pb::Session* response) override;
  Reactor* ListSessions(Call* call, const pb::ListSessionsRequest* request, pb::ListSessionsResponse* response) override;
  Reactor* ActivateSession(Call* call, const pb::ActivateSessionRequest* request, pb::Session* response) override;
  Reactor* ArmSet(Call* call, const pb::ArmSetRequest* request, pb::Session* response) override;
  Reactor* AcceptProposal(Call* call, const pb::AcceptProposalRequest* request, pb::Session* response) override;
  Reactor* SetLoad(Call* call, const pb::SetLoadRequest* request, pb::Session* response) override;
  Reactor* SetProfileParameter(Call* call, const pb::SetProfileParameterRequest* request, pb::Session* response) override;
  Reactor* ReportEffort(Call* call, const pb::ReportEffortRequest* request, pb::Session* response) override;
  Reactor* ReportStopReason(Call* call, const pb::ReportStopReasonRequest* request, pb::Session* response) override;
  Reactor* PauseSession(Call* call, const pb::PauseSessionRequest* request, pb::Session* response) override;
  Reactor* FinishSession(Call* call, const pb::FinishSessionRequest* request, pb::Session* response) override;
  Reactor* ConfirmSetUp(Call* call, const pb::ConfirmSetUpRequest* request, pb::Session* response) override;
  Reactor* ReassignSession(Call* call, const pb::ReassignSessionRequest* request, pb::Session* response) override;
  Reactor* ListSets(Call* call, const pb::ListSetsRequest* request, pb::ListSetsResponse* response) override;

 private:
  const Context& context_;
};

}  // namespace sheave::api
