// MachineService: what an operator and a technician do with the machine.

#include <google/protobuf/util/json_util.h>

#include <ctime>

#include "controller/api/chunk_stream.hpp"
#include "controller/api/convert_upkeep.hpp"
#include "controller/api/machine_service.hpp"
#include "controller/api/paging.hpp"

namespace sheave::api {
namespace {

using session::Alert;
using session::ServiceRecord;
using session::Settings;
using session::Upkeep;

constexpr std::size_t kBundleRecords = 1000;  // faults, services and alerts each: months of a busy machine

std::string json(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.preserve_proto_field_names = true;
  std::string text;
  // Cannot fail: the message is ours and whole.
  (void)google::protobuf::util::MessageToJsonString(message, &text, options);
  return text;
}

void write_upkeep(const Context& context, const Upkeep::Standing& standing, pb::Upkeep* to) {
  to_pb(standing.odometer, to->mutable_odometer());
  for (const auto& interval : context.facts.maintenance) {
    to_pb(interval, session::maintenance_state(interval, standing, context.wall_clock.now()), to->add_items());
  }
}

/// Collects the bundle step by step, each of the store's answers a file; then sends it. Lives until the last answer.
class Bundle : public std::enable_shared_from_this<Bundle> {
 public:
  using Stream = ChunkStream<pb::GetSupportBundleResponse>;
  Bundle(const Context& context, Stream* stream, const pb::Machine& machine) : context_(context), stream_(stream) {
    files_ = context.operation.support_files();
    files_.push_back({"machine.json", json(machine)});
  }
  ~Bundle() {
    if (stream_ != nullptr) stream_->fail(Status::error(StatusCode::kUnavailable, "NOT_ANSWERED", "The controller is shutting down."));
  }

  void collect() {
    context_.upkeep.standing([self = shared_from_this()](const Result<Upkeep::Standing>& standing) {
      pb::Upkeep upkeep;
      if (standing.ok()) write_upkeep(self->context_, *standing, &upkeep);
      self->add("upkeep.json", standing.status(), upkeep);
      self->collect_faults();
    });
  }

 private:
  void add(const char* name, const Status& status, const google::protobuf::Message& message) {
    files_.push_back({name, status.ok() ? json(message) : status.message});
  }
  void collect_faults() {
    context_.journal.list_faults(kBundleRecords, 0, [self = shared_from_this()](const Result<std::vector<session::FaultRecord>>& found) {
      pb::ListFaultsResponse faults;
      if (found.ok()) {
        for (const auto& fault : *found) to_pb(self->context_.names, fault, faults.add_faults());
      }
      self->add("faults.json", found.status(), faults);
      self->collect_services();
    });
  }
  void collect_services() {
    context_.upkeep.list_services(kBundleRecords, 0, [self = shared_from_this()](const Result<std::vector<ServiceRecord>>& found) {
      pb::ListServiceRecordsResponse services;
      if (found.ok()) {
        for (const auto& record : *found) to_pb(record, services.add_records());
      }
      self->add("services.json", found.status(), services);
      self->collect_alerts();
    });
  }
  void collect_alerts() {
    context_.upkeep.list_alerts(kBundleRecords, [self = shared_from_this()](const Result<std::vector<Alert>>& found) {
      pb::ListAlertsResponse alerts;
      if (found.ok()) {
        for (const auto& alert : *found) to_pb(alert, alerts.add_alerts());
      }
      self->add("alerts.json", found.status(), alerts);
      self->send();
    });
  }
  void send() {
    const auto archive = make_tar_gz("sheave-support", files_, context_.wall_clock.now().unix_ns / kNsPerS);
    Stream* stream = std::exchange(stream_, nullptr);
    archive.ok() ? stream->feed(*archive) : stream->fail(archive.status());
  }

  const Context& context_;
  Stream* stream_;
  std::vector<SupportFile> files_;
};

}  // namespace

grpc::ServerUnaryReactor* MachineService::SetOutOfOrder(Call* call, const pb::SetOutOfOrderRequest* request, pb::Machine* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    if (const Status status = context_.names.check_machine(request->name()); !status.ok()) return reply.fail(status);
    const auto order = from_pb(*request);
    if (!order.ok()) return reply.fail(order.status());
    context_.manager.set_out_of_order(*order, [=, this](const Result<session::OutOfOrder>& done) {
      if (!done.ok()) return reply.fail(done.status());
      write_machine(response);
      reply.ok();
    });
  });
}

grpc::ServerUnaryReactor* MachineService::GetUpkeep(Call* call, const pb::GetUpkeepRequest* request, pb::Upkeep* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    if (const Status status = context_.names.check_machine(request->name()); !status.ok()) return reply.fail(status);
    context_.upkeep.standing([=, this](const Result<Upkeep::Standing>& standing) {
      if (!standing.ok()) return reply.fail(standing.status());
      write_upkeep(context_, *standing, response);
      reply.ok();
    });
  });
}

grpc::ServerUnaryReactor* MachineService::RecordService(Call* call, const pb::RecordServiceRequest* request, pb::ServiceRecord* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    if (const Status status = context_.names.check_machine(request->name()); !status.ok()) return reply.fail(status);
    auto record = from_pb(*request, context_.facts.maintenance);
    if (!record.ok()) return reply.fail(record.status());
    record->at = context_.wall_clock.now();
    context_.upkeep.add_service(*record, [=](const Result<ServiceRecord>& stored) {
      if (!stored.ok()) return reply.fail(stored.status());
      to_pb(*stored, response);
      reply.ok();
    });
  });
}

grpc::ServerUnaryReactor* MachineService::ListServiceRecords(Call* call, const pb::ListServiceRecordsRequest* request,
                                                             pb::ListServiceRecordsResponse* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    if (const Status status = context_.names.check_machine(request->name()); !status.ok()) return reply.fail(status);
    const auto size = page_size(request->page_size());
    if (!size.ok()) return reply.fail(size.status());
    const auto before = read_page_number("services", request->page_token());
    if (!before.ok()) return reply.fail(before.status());
    context_.upkeep.list_services(*size + 1, *before, [=](Result<std::vector<ServiceRecord>> found) {
      if (!found.ok()) return reply.fail(found.status());
      if (found->size() > *size) {
        found->resize(*size);
        response->set_next_page_token(page_token("services", std::to_string(found->back().number)));
      }
      for (const auto& record : *found) to_pb(record, response->add_records());
      reply.ok();
    });
  });
}

grpc::ServerUnaryReactor* MachineService::GetConfig(Call* call, const pb::GetConfigRequest* request, pb::MachineConfig* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    if (const Status status = context_.names.check_machine(request->name()); !status.ok()) return reply.fail(status);
    context_.upkeep.settings([=, this](const Result<Settings>& settings) {
      if (!settings.ok()) return reply.fail(settings.status());
      to_pb(*settings, context_.facts.mail_server, response);
      reply.ok();
    });
  });
}

grpc::ServerUnaryReactor* MachineService::UpdateConfig(Call* call, const pb::UpdateConfigRequest* request, pb::MachineConfig* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    if (const Status status = context_.names.check_machine(request->name()); !status.ok()) return reply.fail(status);
    context_.upkeep.settings([=, this](const Result<Settings>& stored) {
      if (!stored.ok()) return reply.fail(stored.status());
      const auto settings = from_pb(request->config(), *stored, context_.facts.mail_server);
      if (!settings.ok()) return reply.fail(settings.status());
      context_.upkeep.put_settings(*settings, [=, this](const Result<Settings>& changed) {
        if (!changed.ok()) return reply.fail(changed.status());
        context_.operation.settings_changed(*changed);
        to_pb(*changed, context_.facts.mail_server, response);
        reply.ok();
      });
    });
  });
}

grpc::ServerUnaryReactor* MachineService::ListAlerts(Call* call, const pb::ListAlertsRequest* request, pb::ListAlertsResponse* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    if (const Status status = context_.names.check_machine(request->name()); !status.ok()) return reply.fail(status);
    const auto size = page_size(request->page_size());
    if (!size.ok()) return reply.fail(size.status());
    context_.upkeep.list_alerts(*size, [=](const Result<std::vector<Alert>>& found) {
      if (!found.ok()) return reply.fail(found.status());
      for (const auto& alert : *found) to_pb(alert, response->add_alerts());
      reply.ok();
    });
  });
}

grpc::ServerUnaryReactor* MachineService::TestAlert(Call* call, const pb::TestAlertRequest* request, pb::Alert* response) {
  return on_main(context_, call, [=, this](const Reply& reply) {
    if (const Status status = context_.names.check_machine(request->name()); !status.ok()) return reply.fail(status);
    context_.operation.test_alert([=](const Result<Alert>& alert) {
      if (!alert.ok()) return reply.fail(alert.status());
      to_pb(*alert, response);
      reply.ok();
    });
  });
}

grpc::ServerWriteReactor<pb::GetSupportBundleResponse>* MachineService::GetSupportBundle(Call* call,
                                                                                         const pb::GetSupportBundleRequest* request) {
  auto* stream = new Bundle::Stream(admission_of(*call, "/sheave.v1.MachineService/GetSupportBundle", context_.gate));
  context_.post([this, stream, request = *request] {
    if (const Status status = context_.names.check_machine(request.name()); !status.ok()) return stream->fail(status);
    pb::Machine machine;
    write_machine(&machine);
    std::make_shared<Bundle>(context_, stream, machine)->collect();
  });
  return stream;
}

}  // namespace sheave::api
