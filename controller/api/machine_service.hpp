#pragma once
// MachineService: the machine itself, the way out of a latched fault, and its upkeep.

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
  Reactor* SelfTest(Call* call, const pb::SelfTestRequest* request, pb::SelfTestResult* response) override;
  Reactor* Jog(Call* call, const pb::JogRequest* request, pb::JogResponse* response) override;
  Reactor* AcknowledgeFault(Call* call, const pb::AcknowledgeFaultRequest* request, pb::Machine* response) override;
  Reactor* SetOutOfOrder(Call* call, const pb::SetOutOfOrderRequest* request, pb::Machine* response) override;
  Reactor* GetUpkeep(Call* call, const pb::GetUpkeepRequest* request, pb::Upkeep* response) override;
  Reactor* RecordService(Call* call, const pb::RecordServiceRequest* request, pb::ServiceRecord* response) override;
  Reactor* ListServiceRecords(Call* call, const pb::ListServiceRecordsRequest* request, pb::ListServiceRecordsResponse* response) override;
  Reactor* GetConfig(Call* call, const pb::GetConfigRequest* request, pb::MachineConfig* response) override;
  Reactor* UpdateConfig(Call* call, const pb::UpdateConfigRequest* request, pb::MachineConfig* response) override;
  Reactor* ListAlerts(Call* call, const pb::ListAlertsRequest* request, pb::ListAlertsResponse* response) override;
  Reactor* TestAlert(Call* call, const pb::TestAlertRequest* request, pb::Alert* response) override;
  grpc::ServerWriteReactor<pb::GetSupportBundleResponse>* GetSupportBundle(Call* call, const pb::GetSupportBundleRequest* request) override;

 private:
  void write_machine(pb::Machine* response) const;  // [main]

  const Context& context_;
};

}  // namespace sheave::api
