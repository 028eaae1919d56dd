#include "controller/api/convert_common.hpp"

namespace sheave::api {

// The API's enumerations are ours plus one, for 0 means "not said" there. The tables below hold both ends to it.
static_assert(pb::MACHINE_STATE_BOOT == static_cast<int>(safety::MachineState::kBoot) + 1);
static_assert(pb::MACHINE_STATE_SERVICE == static_cast<int>(safety::MachineState::kService) + 1);
static_assert(pb::REACTION_NONE == static_cast<int>(safety::Reaction::kNone) + 1);
static_assert(pb::REACTION_SAFE_OFF == static_cast<int>(safety::Reaction::kSafeOff) + 1);
static_assert(pb::PHASE_REST == static_cast<int>(Phase::kRest) + 1);
static_assert(pb::PHASE_ECCENTRIC == static_cast<int>(Phase::kEccentric) + 1);

pb::MachineState to_pb(safety::MachineState state) noexcept { return static_cast<pb::MachineState>(static_cast<int>(state) + 1); }
pb::Reaction to_pb(safety::Reaction reaction) noexcept { return static_cast<pb::Reaction>(static_cast<int>(reaction) + 1); }
pb::Phase to_pb(Phase phase) noexcept { return static_cast<pb::Phase>(static_cast<int>(phase) + 1); }

void to_pb(const session::WallTime& time, google::protobuf::Timestamp* to) {
  to->set_seconds(time.unix_ns / kNsPerS);
  to->set_nanos(static_cast<std::int32_t>(time.unix_ns % kNsPerS));
}

void to_pb_duration(double duration_s, google::protobuf::Duration* to) {
  const std::int64_t ns = from_seconds(duration_s);
  to->set_seconds(ns / kNsPerS);
  to->set_nanos(static_cast<std::int32_t>(ns % kNsPerS));
}

double from_pb(const google::protobuf::Duration& duration) noexcept {
  return static_cast<double>(duration.seconds()) + static_cast<double>(duration.nanos()) * 1e-9;
}

std::int64_t unix_s_from_pb(const google::protobuf::Timestamp& time) noexcept { return time.seconds(); }
void unix_s_to_pb(std::int64_t unix_s, google::protobuf::Timestamp* to) { to->set_seconds(unix_s); }

void to_pb(const session::PluginUse& use, pb::PluginUse* to) {
  to->set_plugin(use.id);
  to->set_own_curve(use.own_curve);
  for (const auto& [name, value] : use.params) (*to->mutable_parameters())[name] = value;
}

void to_pb(const plugin_host::ParamInfo& param, pb::ParameterSpec* to) {
  to->set_name(param.name);
  to->set_unit(param.unit);
  to->set_help(param.help);
  to->set_min_value(param.min);
  to->set_max_value(param.max);
  to->set_default_value(param.default_value);
  to->set_live(param.live);
  to->set_stepped(param.stepped);
}

void to_pb(FaultCode code, pb::Fault* to) {
  const FaultText text = fault_text(code);
  to->set_code(static_cast<std::int32_t>(code));
  to->set_id(std::string(text.name));
  to->set_meaning(std::string(text.meaning));
  to->set_remedy(std::string(text.remedy));
}

}  // namespace sheave::api
