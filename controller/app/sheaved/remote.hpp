#pragma once
// What serving other hosts needs: a certificate, made at the first start where none is named, and the tokens of those who may call.

#include <memory>

#include "controller/api/gate.hpp"
#include "controller/api/tls_identity.hpp"
#include "controller/app/sheaved/config.hpp"

namespace sheave::app {

struct Remote {
  api::TlsIdentity identity;
  std::shared_ptr<api::Gate> gate;
};

/// Says on standard error by which fingerprint the machine is known, and when nobody has a token yet. Reasons of load_tls_identity(),
/// make_tls_identity() and load_tokens(). [main]
Result<Remote> prepare_remote(const Config& config);

}  // namespace sheave::app
