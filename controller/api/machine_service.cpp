#include "controller/api/machine_service.hpp"

#include "controller/api/session_calls.hpp"
#include "controller/rt/clock.hpp"

namespace sheave::api {

void MachineService::write_machine(pb::Machine* response) const {
  to_pb(context_.names, context_.facts, context_.manager.snapshot(), context_.port.stats.load(), response);
  if (const auto& test = context_.manager.last_self_test()) to_pb(*test, response->mutable_self_test());
}

grpc::ServerUnaryReactor* MachineService::GetMachine(Call* call, const pb::GetMachineRequest* request, pb::Machine* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    if (const Status status = context_.names.check_machine(request->name()); !status.ok()) return reply.fail(status);
    write_machine(response);
    reply.ok();
  });
}

grpc::ServerUnaryReactor* MachineService::ListMachines(Call* call, const pb::ListMachinesRequest*, pb::ListMachinesResponse* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    write_machine(response->add_machines());
    reply.ok();
  });
}

grpc::ServerUnaryReactor* MachineService::CalibrateRom(Call* call, const pb::CalibrateRomRequest* request, pb::Session* response) {
  return change_session(context_, call, request->session(), response,
                        [this](const std::string& id) { return context_.manager.calibrate(id); });
}

grpc::ServerUnaryReactor* MachineService::AcknowledgeFault(Call* call, const pb::AcknowledgeFaultRequest* request, pb::Machine* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    Status status = context_.names.check_machine(request->name());
    if (status.ok()) status = context_.manager.acknowledge_fault();
    if (!status.ok()) return reply.fail(status);
    write_machine(response);
    reply.ok();
  });
}

grpc::ServerUnaryReactor* MachineService::SelfTest(Call* call, const pb::SelfTestRequest* request, pb::SelfTestResult* response) {
  return on_main(context_, call, [=, this, here = at_the_machine(*call)](const Reply& reply) {
    if (const Status status = context_.names.check_machine(request->name()); !status.ok()) return reply.fail(status);
    if (!here.ok()) return reply.fail(here);
    context_.manager.self_test([reply, response](const Result<session::SelfTestRecord>& test) {
      if (!test) return reply.fail(test.status());
      to_pb(*test, response);
      reply.ok();
    });
  });
}

/// The arrival is taken here: a call that then waited for the main thread is as old as it is.
grpc::ServerUnaryReactor* MachineService::Jog(Call* call, const pb::JogRequest* request, pb::JogResponse* response) {
  const std::int64_t arrived_ns = rt::MonotonicClock().now_ns();
  return on_main(context_, call, [=, this, here = at_the_machine(*call)](const Reply& reply) {
    if (const Status status = context_.names.check_machine(request->name()); !status.ok()) return reply.fail(status);
    if (!here.ok()) return reply.fail(here);
    auto checked = from_pb(*request, context_.facts.machine.cable_count);
    if (!checked.ok()) return reply.fail(checked.status());
    checked->arrived_ns = arrived_ns;
    const auto press = context_.manager.jog(*checked);
    if (!press.ok()) return reply.fail(press.status());
    response->set_press(*press);
    response->set_machine_state(to_pb(context_.manager.snapshot().machine_state));
    to_pb_duration(seconds(safety::kJogAlive_ns), response->mutable_next_within());
    reply.ok();
  });
}

}  // namespace sheave::api
