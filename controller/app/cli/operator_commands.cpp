// `sheave out-of-order`, `upkeep`, `service`, `support-bundle`: what an operator and a technician do from a shell.

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>

#include "controller/app/cli/commands.hpp"
#include "controller/app/cli/json.hpp"
#include "controller/app/cli/present.hpp"

namespace sheave::cli {
namespace {

/// Who acts, where it is not said: who is logged in.
std::string who(const Options& options) {
  if (!options.upkeep.who.empty()) return options.upkeep.who;
  const char* user = std::getenv("USER");
  return user != nullptr && *user != '\0' ? user : "somebody at a shell";
}

const char* unit_of(v1::Counter counter) {
  switch (counter) {
    case v1::COUNTER_CABLE_M:
      return "m";
    case v1::COUNTER_CYCLES:
      return "cycles";
    case v1::COUNTER_POWERED_H:
      return "h";
    case v1::COUNTER_WORK_KJ:
      return "kJ";
    case v1::COUNTER_DAYS:
      return "days";
    default:
      return "";
  }
}

std::string item_line(const Look& look, const v1::MaintenanceItem& item) {
  const std::string state = item.due()               ? paint(look, Ink::kCaution, "due")
                            : item.has_due_in_days() ? fmt::format("in about {:.0f} days", item.due_in_days())
                                                     : std::string("pace not known yet");
  return left(item.part(), 20) + left(item.display_name(), 22) +
         left(fmt::format("{:.0f} of {:.0f} {}", item.used(), item.interval(), unit_of(item.counter())), 30) + state;
}

std::string record_line(const v1::ServiceRecord& record) {
  return fmt::format("{:>4}  {}  {}  {}{}{}  by {}", record.number(), local_time(record.time().seconds()),
                     words(v1::ServiceAction_Name(record.action()), "SERVICE_ACTION_"), record.part(),
                     record.part().empty() || record.note().empty() ? "" : ": ", record.note(), record.who());
}

}  // namespace

int out_of_order(Client& client, Screen& screen, const Options& options) {
  v1::SetOutOfOrderRequest request;
  request.set_name(kThisMachine);
  request.set_out_of_order(!options.upkeep.clear);
  request.set_reason(options.upkeep.reason);
  request.set_who(who(options));
  const auto machine = client.call(&v1::MachineService::Stub::SetOutOfOrder, request);
  if (options.json) {
    screen.print(json_line("machine", machine));
  } else if (!machine.has_out_of_order()) {
    screen.print(machine.display_name() + " can be used again");
  } else {
    screen.print(machine.display_name() + " is out of order: " + machine.out_of_order().reason() +
                 (machine.out_of_order().pending() ? " (once the running set has ended)" : ""));
  }
  return kExitOk;
}

int show_upkeep(Client& client, Screen& screen, const Options& options) {
  v1::GetUpkeepRequest request;
  request.set_name(kThisMachine);
  const auto upkeep = client.call(&v1::MachineService::Stub::GetUpkeep, request);
  v1::ListServiceRecordsRequest list;
  list.set_name(kThisMachine);
  const auto services = client.call(&v1::MachineService::Stub::ListServiceRecords, list);
  if (options.json) {
    screen.print(json_line("upkeep", upkeep));
    for (const v1::ServiceRecord& record : services.records()) screen.print(json_line("service_record", record));
    return kExitOk;
  }
  screen.print(odometer_line(upkeep.odometer()));
  for (const v1::MaintenanceItem& item : upkeep.items()) screen.print("  " + item_line(screen.look(), item));
  for (const v1::ServiceRecord& record : services.records()) screen.print(record_line(record));
  return kExitOk;
}

int record_service(Client& client, Screen& screen, const Options& options) {
  v1::RecordServiceRequest request;
  request.set_name(kThisMachine);
  request.set_part(options.upkeep.part);
  request.set_action(options.upkeep.replaced    ? v1::SERVICE_ACTION_REPLACED
                     : options.upkeep.note_only ? v1::SERVICE_ACTION_NOTED
                                                : v1::SERVICE_ACTION_SIGNED_OFF);
  request.set_note(options.upkeep.note);
  request.set_who(who(options));
  const auto record = client.call(&v1::MachineService::Stub::RecordService, request);
  screen.print(options.json ? json_line("service_record", record) : record_line(record));
  return kExitOk;
}

int support_bundle(Client& client, Screen& screen, const Options& options) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
  v1::MachineService::Stub stub(client.channel());
  v1::GetSupportBundleRequest request;
  request.set_name(kThisMachine);
  const auto reader = stub.GetSupportBundle(&context, request);
  std::string bytes;
  v1::GetSupportBundleResponse part;
  while (reader->Read(&part)) bytes += part.chunk();
  client.check(reader->Finish());
  std::ofstream file(options.upkeep.file, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) throw Failure(options.upkeep.file + " cannot be written. Name a file in a folder of yours.");
  screen.print(fmt::format("{}: {} bytes; it holds no password and no member", options.upkeep.file, bytes.size()));
  return kExitOk;
}

}  // namespace sheave::cli
