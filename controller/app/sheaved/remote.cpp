#include "controller/app/sheaved/remote.hpp"

#include <spdlog/spdlog.h>

#include <filesystem>

namespace sheave::app {

Result<Remote> prepare_remote(const Config& config) {
  const auto folder = std::filesystem::path(config.store_path).parent_path();
  const TlsConfig& tls = config.tls;
  const std::string certificate = tls.certificate.empty() ? (folder / "tls.crt").string() : tls.certificate;
  const std::string key = tls.certificate.empty() ? (folder / "tls.key").string() : tls.key;
  std::error_code ignored;
  if (tls.certificate.empty() && !std::filesystem::exists(certificate, ignored)) {
    if (Status status = api::make_tls_identity(certificate, key, api::names_of_this_host()); !status.ok()) return status;
    spdlog::info("new certificate {}, signed by itself: compare its fingerprint once, or name your own in [tls]", certificate);
  }
  auto identity = api::load_tls_identity(certificate, key);
  if (!identity.ok()) return identity.status();
  spdlog::info("certificate SHA-256 {}", identity->fingerprint);

  const std::string tokens_path = tls.tokens.empty() ? (folder / "tokens").string() : tls.tokens;
  const auto tokens = api::load_tokens(tokens_path);
  if (!tokens.ok()) return tokens.status();
  if (tokens->empty()) spdlog::warn("nobody has a token yet: sheave token create NAME --scope operator --tokens {}", tokens_path);
  return Remote{*std::move(identity), std::make_shared<api::Gate>(tokens_path)};
}

}  // namespace sheave::app
