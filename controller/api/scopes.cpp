#include "controller/api/scopes.hpp"

#include <array>
#include <utility>

namespace sheave::api {
namespace {

constexpr std::array<std::string_view, 6> kNames = {"display", "kiosk", "app", "trainer", "operator", "service"};

constexpr ScopeSet kDisplay = set_of(Scope::kDisplay), kKiosk = set_of(Scope::kKiosk), kApp = set_of(Scope::kApp),
                   kTrainer = set_of(Scope::kTrainer), kOperator = set_of(Scope::kOperator), kService = set_of(Scope::kService);
constexpr ScopeSet kAll = kDisplay | kKiosk | kApp | kTrainer | kOperator | kService;
constexpr ScopeSet kTraining = kKiosk | kApp | kTrainer;
constexpr ScopeSet kUpkeep = kOperator | kService;

// The longest line that a method begins with decides.
constexpr std::pair<std::string_view, ScopeSet> kTable[] = {
    {"/grpc.health.v1.Health/", kAll},

    {"/sheave.v1.ControlService/", kTraining},
    {"/sheave.v1.ControlService/Stop", kAll},  // whoever reached the port may take the load off
    {"/sheave.v1.ControlService/Lower", kAll},

    // What moves the machine or clears a fault is for who stands before it.
    {"/sheave.v1.MachineService/", kService},
    {"/sheave.v1.MachineService/GetMachine", kAll},
    {"/sheave.v1.MachineService/ListMachines", kAll},
    {"/sheave.v1.MachineService/CalibrateRom", kTraining},
    {"/sheave.v1.MachineService/AcknowledgeFault", kKiosk | kService},
    {"/sheave.v1.MachineService/SetOutOfOrder", kUpkeep},
    {"/sheave.v1.MachineService/GetUpkeep", kUpkeep},
    {"/sheave.v1.MachineService/RecordService", kUpkeep},
    {"/sheave.v1.MachineService/ListServiceRecords", kUpkeep},
    {"/sheave.v1.MachineService/GetConfig", kUpkeep},
    {"/sheave.v1.MachineService/UpdateConfig", kUpkeep},
    {"/sheave.v1.MachineService/ListAlerts", kUpkeep},
    {"/sheave.v1.MachineService/TestAlert", kUpkeep},
    {"/sheave.v1.MachineService/GetSupportBundle", kUpkeep},

    {"/sheave.v1.MemberService/", kKiosk | kTrainer},

    {"/sheave.v1.ProgramService/", kTrainer},
    {"/sheave.v1.ProgramService/List", kAll},
    {"/sheave.v1.ProgramService/Get", kAll},
    {"/sheave.v1.ProgramService/Validate", kAll},
    {"/sheave.v1.ProgramService/Preview", kAll},

    {"/sheave.v1.SessionService/", kTraining},
    {"/sheave.v1.SessionService/Get", kTraining | kUpkeep},
    {"/sheave.v1.SessionService/List", kTraining | kUpkeep},

    {"/sheave.v1.TelemetryService/", kTraining | kUpkeep},
    {"/sheave.v1.TelemetryService/CreateDownload", kTraining},
    {"/sheave.v1.TelemetryService/GetStrength", kTraining},  // of a person's body, not of the machine
    {"/sheave.v1.UsageService/", kUpkeep},
    {"/sheave.v1.WatchService/", kAll},
};

}  // namespace

std::string_view name_of(Scope scope) noexcept { return kNames[static_cast<std::size_t>(scope)]; }

std::optional<Scope> parse_scope(std::string_view name) noexcept {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Scope>(i);
  }
  return std::nullopt;
}

std::string names_of(ScopeSet scopes) {
  std::string names;
  for (std::size_t i = kNames.size(); i-- > 0;) {
    const ScopeSet bit = 1U << i;
    if ((scopes & bit) == 0) continue;
    scopes &= ~bit;
    const std::string_view before = names.empty()                                                                     ? ""
                                    : names.find(" or ") == std::string::npos && names.find(',') == std::string::npos ? " or "
                                                                                                                      : ", ";
    names.insert(0, before).insert(0, kNames[i]);
  }
  return names;
}

ScopeSet scopes_for(std::string_view method) noexcept {
  std::size_t longest = 0;
  ScopeSet scopes = 0;
  for (const auto& [beginning, allowed] : kTable) {
    if (beginning.size() <= longest || method.substr(0, beginning.size()) != beginning) continue;
    longest = beginning.size();
    scopes = allowed;
  }
  return scopes;
}

}  // namespace sheave::api
