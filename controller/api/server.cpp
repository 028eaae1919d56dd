#include "controller/api/server.hpp"

#include <grpcpp/grpcpp.h>
#include <grpcpp/resource_quota.h>

#include "controller/api/control_service.hpp"
#include "controller/api/listen_address.hpp"
#include "controller/api/machine_service.hpp"
#include "controller/api/member_service.hpp"
#include "controller/api/program_service.hpp"
#include "controller/api/session_service.hpp"
#include "controller/api/telemetry_service.hpp"
#include "controller/api/usage_service.hpp"
#include "controller/api/watch_hub.hpp"
#include "controller/api/watch_service.hpp"

namespace sheave::api {
namespace {

constexpr int kMaxReceive_bytes = 64 * 1024;  // the largest request is a program as TOML: a few KiB
constexpr int kKeepaliveTime_ms = 5'000;      // a phone that left the network is noticed in 8 s, before its lease is lost
constexpr int kKeepaliveTimeout_ms = 3'000;
constexpr int kMinClientPing_ms = 10'000;       // clients may ping, no faster
constexpr int kMaxStreams = 128;                // per connection: one page uses two or three
constexpr int kHandshake_ms = 5'000;            // a client that connects and says nothing
constexpr std::size_t kQuota_bytes = 32 << 20;  // of gRPC's own buffers, and kQuotaPerWatcher_bytes for each stream
constexpr std::size_t kQuotaPerWatcher_bytes = 64 << 10;
constexpr auto kStopWithin = std::chrono::seconds(1);  // running calls end by themselves: Stop's wait is 400 ms

void limit(grpc::ServerBuilder& builder, const ServerLimits& limits) {
  builder.SetMaxReceiveMessageSize(kMaxReceive_bytes);
  // Without it two instances would share the port in silence, and half of the calls would go to the wrong one.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_ENABLE_CHANNELZ, 0);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveTime_ms);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeout_ms);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, kMinClientPing_ms);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kMaxStreams);
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, kHandshake_ms);
  builder.SetResourceQuota(grpc::ResourceQuota("sheave-api").Resize(kQuota_bytes + kQuotaPerWatcher_bytes * limits.max_watchers));
}

/// `address` as it was asked for, with the port that the system chose where that was 0.
std::string with_port(const std::string& address, int port) {
  if (address.rfind("unix:", 0) == 0) return address;
  return address.substr(0, address.rfind(':') + 1) + std::to_string(port);
}

}  // namespace

struct Server::Services {
  Services(const Context& context, const ServerLimits& limits)
      : hub(std::make_shared<WatchHub>(context, limits.max_watchers)),
        program(context),
        session(context),
        control(context),
        watch(context, hub),
        telemetry(context),
        machine(context),
        usage(context),
        member(context) {}

  std::shared_ptr<WatchHub> hub;
  ProgramService program;
  SessionService session;
  ControlService control;
  WatchService watch;
  TelemetryService telemetry;
  MachineService machine;
  UsageService usage;
  MemberService member;
  std::unique_ptr<grpc::Server> server;  // last: it ends before what it serves
};

Server::Server(Context context, ServerLimits limits) : context_(std::move(context)), limits_(limits) {}

Server::~Server() {
  if (stopper_.joinable()) stopper_.join();
}

Status Server::start(const std::string& address, const RemoteAccess* remote) {
  if (Status status = check_listen_address(address); !status.ok()) return status;
  services_ = std::make_unique<Services>(context_, limits_);
  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  int port = 0, remote_port = 0;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port);
  if (remote != nullptr) builder.AddListeningPort(remote->address, credentials_of(*remote), &remote_port);
  limit(builder, limits_);
  for (grpc::Service* service :
       std::initializer_list<grpc::Service*>{&services_->program, &services_->session, &services_->control, &services_->watch,
                                             &services_->telemetry, &services_->machine, &services_->usage, &services_->member}) {
    builder.RegisterService(service);
  }
  services_->server = builder.BuildAndStart();
  if (!services_->server || port == 0 || (remote != nullptr && remote_port == 0)) {
    services_.reset();
    const std::string& refused = port == 0 || remote == nullptr ? address : remote->address;
    Status why = try_listen(refused);
    return why.ok() ? Status::error(StatusCode::kUnavailable, "LISTEN_FAILED",
                                    "cannot listen on " + refused + ". Choose another [api] listen address.")
                    : why;
  }
  address_ = with_port(address, port);
  if (remote != nullptr) remote_address_ = with_port(remote->address, remote_port);
  return {};
}

std::shared_ptr<grpc::Channel> Server::in_process_channel() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);  // what our own services say is never too long
  return services_->server->InProcessChannel(arguments);
}

void Server::recheck_callers() {
  if (services_) services_->hub->recheck();
}

void Server::stop(std::function<void()> done) {
  if (!services_) return context_.post(std::move(done));
  services_->hub->close(Status::error(StatusCode::kUnavailable, "SHUTTING_DOWN", "The controller is shutting down."));
  stopper_ = std::thread([this, done = std::move(done)]() mutable {
    services_->server->Shutdown(std::chrono::system_clock::now() + kStopWithin);
    context_.post([this, done = std::move(done)] {
      stopper_.join();
      services_.reset();
      done();
    });
  });
}

}  // namespace sheave::api
