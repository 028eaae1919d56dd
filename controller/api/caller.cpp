#include "controller/api/caller.hpp"

#include <grpc/grpc_security_constants.h>

#include <utility>

#include "controller/api/gate.hpp"

namespace sheave::api {

bool is_local(const grpc::CallbackServerContext& call) {
  for (const auto& value : call.auth_context()->FindPropertyValues(GRPC_TRANSPORT_SECURITY_TYPE_PROPERTY_NAME)) {
    if (value == "ssl") return false;
  }
  return call.client_metadata().find(kRemoteCaller) == call.client_metadata().end();
}

Status at_the_machine(const grpc::CallbackServerContext& call) {
  if (is_local(call)) return {};
  return Status::error(StatusCode::kPermissionDenied, "LOCAL_ONLY",
                       "A cable is moved at the machine itself only, where it is seen: open /service on its own screen.");
}

Admission admission_of(const grpc::CallbackServerContext& call, const char* method, std::shared_ptr<Gate> gate) {
  if (!gate || is_local(call)) return [] { return Status(); };
  const auto header = call.client_metadata().find(kAuthorization);
  std::string authorization = header == call.client_metadata().end() ? "" : std::string(header->second.data(), header->second.size());
  return [gate = std::move(gate), method, authorization = std::move(authorization)] { return gate->check(method, authorization); };
}

}  // namespace sheave::api
