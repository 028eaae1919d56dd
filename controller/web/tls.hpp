#pragma once
// The machine's certificate as Asio's TLS streams take it.

#include <boost/asio/ssl/context.hpp>

#include <memory>

#include "controller/api/tls_identity.hpp"

namespace sheave::web {

/// TLS 1.2 and later. @pre `identity` was loaded by load_tls_identity(). Reason TLS_REFUSED.
Result<std::shared_ptr<boost::asio::ssl::context>> make_tls_context(const api::TlsIdentity& identity);

}  // namespace sheave::web
