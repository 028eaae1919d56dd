#pragma once
// The machine, its faults, what is true now, and samples, from our values to the API's messages.

#include "controller/api/convert_common.hpp"
#include "controller/api/names.hpp"
#include "controller/control/port.hpp"
#include "controller/core/machine.hpp"
#include "controller/session/maintenance.hpp"
#include "controller/session/manager.hpp"
#include "hal/cable_stack.hpp"
#include "sheave/v1/jog.pb.h"
#include "sheave/v1/machine.pb.h"
#include "sheave/v1/watch.pb.h"

namespace sheave::api {

/// Something the machine is made of, by version.
struct Component {
  std::string kind, name, version;
  std::string sha256;  ///< Of the file; empty where it is none.
};

/// What of the machine does not change while the controller runs.
struct MachineFacts {
  Machine machine;
  hal::StackInfo stack;
  std::string link;              ///< "modbus tcp 127.0.0.1:1502"
  std::string software_version;  ///< "0.1.0"
  std::vector<Component> components;
  session::WallTime started;
  std::vector<session::MaintenanceInterval> maintenance;
  std::string mail_server;  ///< Host of the mail server that alerts go through; empty: none.
};

void to_pb(const Names& names, const MachineFacts& facts, const session::Snapshot& snapshot, const control::LoopStats& stats,
           pb::Machine* to);
void to_pb(const Names& names, const session::Snapshot& snapshot, std::size_t cable_count, pb::Snapshot* to);
void to_pb(const Names& names, const session::FaultRecord& fault, pb::Fault* to);
void to_pb(const session::SelfTestRecord& test, pb::SelfTestResult* to);
void to_pb(const control::Frame& frame, pb::Sample* to);
/// Without its arrival. Reasons CABLE_UNKNOWN, MOTION_UNKNOWN.
Result<session::JogRequest> from_pb(const pb::JogRequest& from, std::size_t cable_count);

}  // namespace sheave::api
