#pragma once
// How callers from other hosts are served: with TLS, and with a token each.

#include <grpcpp/security/server_credentials.h>

#include <memory>
#include <string>

#include "controller/api/gate.hpp"
#include "controller/api/tls_identity.hpp"

namespace sheave::api {

struct RemoteAccess {
  std::string address;  ///< "0.0.0.0:7443"
  TlsIdentity identity;
  std::shared_ptr<Gate> gate;
};

/// TLS, and every call asked at the gate before a service sees it.
std::shared_ptr<grpc::ServerCredentials> credentials_of(const RemoteAccess& access);

}  // namespace sheave::api
