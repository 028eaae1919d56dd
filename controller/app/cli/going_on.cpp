#include "controller/app/cli/going_on.hpp"

#include "controller/app/cli/hold_up.hpp"

namespace sheave::cli {

bool await_snapshot(Client& client, std::chrono::milliseconds time, const std::function<bool(const v1::Snapshot&)>& fits,
                    v1::Snapshot& last) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + time);
  v1::WatchService::Stub stub(client.channel());
  v1::WatchRequest request;
  request.set_machine(kThisMachine);
  request.add_kinds(v1::WATCH_KIND_STATE);
  const auto reader = stub.Watch(&context, request);
  bool seen = false;
  for (v1::WatchResponse response; reader->Read(&response);) {
    if (!response.has_snapshot()) continue;
    seen = true;
    last = response.snapshot();
    if (!fits(last)) continue;
    context.TryCancel();
    return true;
  }
  const grpc::Status status = reader->Finish();
  if (seen && status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED) return false;
  client.check(status);
  throw Failure("The controller at " + client.address() + " ended the stream without saying its state. See its log.");
}

v1::Snapshot snapshot_of(Client& client) {
  v1::Snapshot now;
  await_snapshot(
      client, std::chrono::seconds(10), [](const v1::Snapshot&) { return true; }, now);
  return now;
}

v1::Machine acknowledge(Client& client) {
  v1::AcknowledgeFaultRequest request;
  request.set_name(kThisMachine);
  return client.call(&v1::MachineService::Stub::AcknowledgeFault, request);
}

void clear_fault(Client& client, std::chrono::milliseconds time) {
  const auto end = std::chrono::steady_clock::now() + time;
  v1::Snapshot last;
  do {
    acknowledge(client);
    if (await_snapshot(
            client, kResetTime, [](const v1::Snapshot& now) { return !is_latched(now); }, last))
      return;
  } while (std::chrono::steady_clock::now() < end);
  throw Failure("The machine stays off. " + last.note());
}

v1::Session arm(Client& client, const std::string& session) {
  v1::ArmSetRequest request;
  request.set_name(session);
  return client.call(&v1::SessionService::Stub::ArmSet, request);
}

}  // namespace sheave::cli
