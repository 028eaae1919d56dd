#pragma once
// Who calls, as far as it decides what they are told, and for how long.

#include <grpcpp/server_context.h>

#include <functional>
#include <memory>
#include <string>

#include "controller/core/status.hpp"

namespace sheave::api {

/// The gateway says it of calls that came to it from another host. A caller on this host who says it only tells less to itself.
inline constexpr const char* kRemoteCaller = "sheave-remote-caller";
/// The header with the caller's token.
inline constexpr const char* kAuthorization = "authorization";

class Gate;

/// Whether whoever opened a stream may still have it: OK, or why no longer. [any]
using Admission = std::function<Status()>;
/// Callers on this host always may, and so may everybody where `gate` is null. [transport]
Admission admission_of(const grpc::CallbackServerContext& call, const char* method, std::shared_ptr<Gate> gate);

/// The call came from this host: its own screen, its shell. [transport]
bool is_local(const grpc::CallbackServerContext& call);

/// What moves a cable is asked for where the cable is seen, whatever the token: OK from this host, else LOCAL_ONLY. [transport]
Status at_the_machine(const grpc::CallbackServerContext& call);

/// Whether answers may say whose a session is. On the machine itself, its screens and its shell, they may: loopback is open. From other
/// hosts MemberService says it, and scopes.cpp says to whom; sessions, sets and watches are told without names, so that an office sees use
/// and nobody's health. [transport]
inline bool may_see_members(const grpc::CallbackServerContext& call) { return is_local(call); }

}  // namespace sheave::api
