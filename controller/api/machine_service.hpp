#pragma once
// MachineService: the machine itself, and the way out of a latched fault.

#include "controller/api/context.hpp"
#include "sheave/v1/machine.grpc.pb.h"

namespace sheave::api {

class MachineService final : public pb::MachineService::CallbackService {
 public:
  explicit MachineService(const Context& context) : context_(context) {}

  using Call = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;
  Reactor* GetMachine(Call* call, const pb::GetMachineRequest* request, pb::Machine* response) override;
  Reactor* ListMachines(Call* call, const pb::ListMachinesRequest* request, pb::ListMachinesResponse* response) override;
  Reactor* CalibrateRom(Call* call, const pb::CalibrateRomRequest* request, pb::Session* response) override;
  Reactor* AcknowledgeFault(Call* call, const pb::AcknowledgeFaultRequest* request, pb::Machine* response) override;

 private:
  void write_machine(pb::Machine* response) const;  // [main]

  const Context& context_;
};

}  // namespace sheave::api
