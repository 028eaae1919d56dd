#pragma once
// MemberService: who trains here. Carried out by session::MemberDesk on the main thread.

#include "controller/api/context.hpp"
#include "sheave/v1/member.grpc.pb.h"

namespace sheave::api {

class MemberService final : public pb::MemberService::CallbackService {
 public:
  explicit MemberService(const Context& context) : context_(context) {}

  using Call = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;
  Reactor* CreateMember(Call* call, const pb::CreateMemberRequest* request, pb::Member* response) override;
  Reactor* GetMember(Call* call, const pb::GetMemberRequest* request, pb::Member* response) override;
  Reactor* UpdateMember(Call* call, const pb::UpdateMemberRequest* request, pb::Member* response) override;
  Reactor* EraseMember(Call* call, const pb::EraseMemberRequest* request, pb::EraseMemberResponse* response) override;
  grpc::ServerWriteReactor<pb::ExportMemberResponse>* ExportMember(Call* call, const pb::ExportMemberRequest* request) override;
  Reactor* ResolveCredential(Call* call, const pb::ResolveCredentialRequest* request, pb::ResolveCredentialResponse* response) override;
  Reactor* SignOff(Call* call, const pb::SignOffRequest* request, pb::SignOffResponse* response) override;
  Reactor* ListLastTimes(Call* call, const pb::ListLastTimesRequest* request, pb::ListLastTimesResponse* response) override;
  Reactor* UpdateSetUp(Call* call, const pb::UpdateSetUpRequest* request, pb::MemberSetUp* response) override;

 private:
  const Context& context_;
};

}  // namespace sheave::api
