#pragma once
// Programs and plugins, from our values to the API's messages.

#include <functional>
#include <string>

#include "controller/api/convert_common.hpp"
#include "sheave/v1/program.pb.h"

namespace sheave::api {

/// @param unavailable_reason why it cannot run on this machine; empty: it can.
void to_pb(const session::Program& program, const std::string& unavailable_reason, pb::Program* to);
/// @param unavailable why a program cannot run here; empty: it can. @pre `catalog` has all programs of the workout
void to_pb(const session::Workout& workout, const session::Catalog& catalog,
           const std::function<std::string(const session::Program&)>& unavailable, pb::Workout* to);
void to_pb(const plugin_host::PluginInfo& plugin, pb::Plugin* to);
/// @param kind SHEAVE_EXT_* of the plugins to name; empty: all. What was refused is named always: nobody knows what it would have been.
void to_pb(const plugin_host::Registry& registry, const std::string& kind, pb::ListPluginsResponse* to);

}  // namespace sheave::api
