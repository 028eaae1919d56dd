#pragma once
// The shape that nearly all session calls share: find the session by name, let the manager do something, answer with the session.

#include "controller/api/context.hpp"
#include "controller/api/convert_session.hpp"
#include "controller/api/session_lookup.hpp"

namespace sheave::api {

/// `record` as the caller of `reply` shall see it now. [main]
inline void write_session(const Context& context, const Reply& reply, const session::SessionRecord& record, pb::Session* response) {
  to_pb(context.names, record, context.manager.snapshot(), context.facts.machine.cable_count, response);
  if (!reply.names_members()) hide_member(response);
}

/// Answers a call with the session that a Manager::Done or a lookup gave. [main]
inline auto answer_session(const Context& context, const Reply& reply, pb::Session* response) {
  return [&context, reply, response](const Result<session::SessionRecord>& result) {
    if (!result.ok()) return reply.fail(result.status());
    write_session(context, reply, *result, response);
    reply.ok();
  };
}

/// Finds session `name`, calls `act(id, reply)` with its id, which answers. [transport]
template <typename Act>
grpc::ServerUnaryReactor* with_session(const Context& context, grpc::CallbackServerContext* call, const std::string& name, Act act) {
  return on_main(context, call, [&context, &name, act = std::move(act)](const Reply& reply) {
    const auto path = context.names.parse_session(name);
    if (!path.ok()) return reply.fail(path.status());
    find_session(context, *path, [reply, act](const Result<session::SessionRecord>& found) {
      if (!found.ok()) return reply.fail(found.status());
      act(found->id, reply);
    });
  });
}

/// with_session() for what the manager decides at once: `act(id)` gives a Status; the answer is the session afterwards. [transport]
template <typename Act>
grpc::ServerUnaryReactor* change_session(const Context& context, grpc::CallbackServerContext* call, const std::string& name,
                                         pb::Session* response, Act act) {
  return with_session(context, call, name, [&context, response, act = std::move(act)](const std::string& id, const Reply& reply) {
    if (const Status status = act(id); !status.ok()) return reply.fail(status);
    find_session(context, Path{id, std::nullopt}, answer_session(context, reply, response));
  });
}

}  // namespace sheave::api
