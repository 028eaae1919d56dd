#include "controller/web/tls.hpp"

#include <boost/asio/buffer.hpp>

namespace sheave::web {

Result<std::shared_ptr<boost::asio::ssl::context>> make_tls_context(const api::TlsIdentity& identity) {
  namespace ssl = boost::asio::ssl;
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  boost::system::error_code error;
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  context->set_options(ssl::context::default_workarounds | ssl::context::no_compression | SSL_OP_NO_RENEGOTIATION, error);
  if (!error) context->use_certificate_chain(boost::asio::buffer(identity.certificate_pem), error);
  if (!error) context->use_private_key(boost::asio::buffer(identity.key_pem), ssl::context::pem, error);
  if (error) return Status::error(StatusCode::kInvalidArgument, "TLS_REFUSED", "the certificate cannot be used: " + error.message() + ".");
  return context;
}

}  // namespace sheave::web
