#pragma once
// Who calls, as far as it decides what they are told.

#include <grpc/grpc_security_constants.h>
#include <grpcpp/server_context.h>

namespace sheave::api {

/// The gateway says it of calls that came to it from another host. A caller on this host who says it only tells less to itself.
inline constexpr const char* kRemoteCaller = "sheave-remote-caller";

/// Whether answers may say whose a session is. On the machine itself, its screens and its shell, they may: loopback is open. From other
/// hosts MemberService says it, and scopes.cpp says to whom; sessions, sets and watches are told without names, so that an office sees use
/// and nobody's health. [transport]
inline bool may_see_members(const grpc::CallbackServerContext& call) {
  for (const auto& value : call.auth_context()->FindPropertyValues(GRPC_TRANSPORT_SECURITY_TYPE_PROPERTY_NAME)) {
    if (value == "ssl") return false;
  }
  return call.client_metadata().find(kRemoteCaller) == call.client_metadata().end();
}

}  // namespace sheave::api
