#pragma once
// Small rules that all conversions between our values and the API's messages share.

#include <google/protobuf/duration.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include <cmath>

#include "controller/core/faults.hpp"
#include "controller/core/motion.hpp"
#include "controller/plugin_host/registry.hpp"
#include "controller/safety/states.hpp"
#include "controller/session/program.hpp"
#include "controller/session/records.hpp"
#include "sheave/v1/common.pb.h"

namespace sheave::api {

namespace pb = sheave::v1;

/// Calls `set` where the value is known; an unknown one stays absent in the message.
template <typename Set>
void set_known(double value, Set set) {
  if (std::isfinite(value)) set(value);
}

pb::MachineState to_pb(safety::MachineState state) noexcept;
pb::Reaction to_pb(safety::Reaction reaction) noexcept;
pb::Phase to_pb(Phase phase) noexcept;

/// Leaves `to` alone where the wall time is unknown: call as `if (known(t)) to_pb(t, m->mutable_time())`.
inline bool known(const session::WallTime& time) noexcept { return time.unix_ns != 0; }
void to_pb(const session::WallTime& time, google::protobuf::Timestamp* to);
void to_pb_duration(double duration_s, google::protobuf::Duration* to);
double from_pb(const google::protobuf::Duration& duration) noexcept;
std::int64_t unix_s_from_pb(const google::protobuf::Timestamp& time) noexcept;
void unix_s_to_pb(std::int64_t unix_s, google::protobuf::Timestamp* to);

void to_pb(const session::PluginUse& use, pb::PluginUse* to);
void to_pb(const plugin_host::ParamInfo& param, pb::ParameterSpec* to);

/// What is known of a fault by its code alone.
void to_pb(FaultCode code, pb::Fault* to);

}  // namespace sheave::api
