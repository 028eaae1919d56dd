#include "controller/api/control_service.hpp"

#include "controller/api/stop_wait.hpp"
#include "controller/session/lease.hpp"

namespace sheave::api {
namespace {

void to_pb(const StopOutcome& outcome, auto* response) {
  if (outcome.measured_force_n) response->set_measured_force_n(*outcome.measured_force_n);
  response->set_confirmed(outcome.confirmed);
  response->set_machine_state(api::to_pb(outcome.state));
}

/// Counts `requests` up at once, on gRPC's own thread, and answers when the tension is known to be low or time is up.
template <typename Request, typename Response>
grpc::ServerUnaryReactor* take_off(const Context& context, grpc::CallbackServerContext* call, const Request* request, Response* response,
                                   std::atomic<std::uint32_t>& requests) {
  grpc::ServerUnaryReactor* reactor = call->DefaultReactor();
  if (const Status status = context.names.check_machine(request->machine()); !status.ok()) {
    reactor->Finish(to_grpc(status));
    return reactor;
  }
  requests.fetch_add(1, std::memory_order_release);
  await_stop(context.port, [reactor, response](const StopOutcome& outcome) {
    to_pb(outcome, response);
    reactor->Finish(grpc::Status::OK);
  });
  return reactor;
}

}  // namespace

grpc::ServerUnaryReactor* ControlService::AcquireLease(Call* call, const pb::AcquireLeaseRequest* request, pb::Lease* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    if (const Status status = context_.names.check_machine(request->machine()); !status.ok()) return reply.fail(status);
    if (request->client().empty()) {
      return reply.fail(Status::error(StatusCode::kInvalidArgument, "CLIENT_MISSING",
                                      "client is empty; say who steers in words for people: \"kiosk\", \"Ann's phone\"."));
    }
    auto token = context_.manager.acquire_lease(request->client(), request->kiosk());
    if (!token.ok()) return reply.fail(token.status());
    lease_.set_token(*std::move(token));
    lease_.set_client(request->client());
    lease_.set_kiosk(request->kiosk());
    to_pb_duration(seconds(session::kLeaseSilent_ns), lease_.mutable_raise_within());
    to_pb_duration(seconds(session::kLeaseLost_ns), lease_.mutable_unload_within());
    *response = lease_;
    reply.ok();
  });
}

grpc::ServerUnaryReactor* ControlService::RenewLease(Call* call, const pb::RenewLeaseRequest* request, pb::Lease* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    if (const Status status = context_.manager.renew_lease(request->token()); !status.ok()) return reply.fail(status);
    *response = lease_;
    reply.ok();
  });
}

grpc::ServerUnaryReactor* ControlService::ReleaseLease(Call* call, const pb::ReleaseLeaseRequest* request, pb::ReleaseLeaseResponse*) {
  return on_main(context_, call, [=, this](const Reply& reply) { reply.with(context_.manager.release_lease(request->token())); });
}

grpc::ServerUnaryReactor* ControlService::Stop(Call* call, const pb::StopRequest* request, pb::StopResponse* response) {
  return take_off(context_, call, request, response, context_.port.stop_requests);
}

grpc::ServerUnaryReactor* ControlService::Lower(Call* call, const pb::LowerRequest* request, pb::LowerResponse* response) {
  return take_off(context_, call, request, response, context_.port.lower_requests);
}

}  // namespace sheave::api
