#include "controller/api/gate.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>

namespace sheave::api {
namespace {

constexpr std::string_view kBearer = "Bearer ";

Status refuse(StatusCode code, const char* reason, std::string message) { return Status::error(code, reason, std::move(message)); }

}  // namespace

Status Gate::check(std::string_view method, std::string_view authorization) {
  const ScopeSet allowed = scopes_for(method);
  if (authorization.substr(0, kBearer.size()) != kBearer) {
    return refuse(
        StatusCode::kUnauthenticated, "TOKEN_MISSING",
        "From other hosts a call needs a token: `sheave token create` at the machine makes one. Send it as \"authorization: Bearer "
        "TOKEN\".");
  }
  Status problem;
  const auto scope = scope_of(authorization.substr(kBearer.size()), problem);
  if (!problem.ok()) return problem;
  if (!scope) {
    return refuse(StatusCode::kUnauthenticated, "TOKEN_UNKNOWN",
                  "This machine does not know the token: it was revoked, or made for another one.");
  }
  if (allowed == 0) return refuse(StatusCode::kUnimplemented, "METHOD_UNKNOWN", fmt::format("There is no call {} here.", method));
  if ((allowed & set_of(*scope)) == 0) {
    return refuse(StatusCode::kPermissionDenied, "SCOPE_MISSING",
                  fmt::format("{} needs a token of scope {}; this one has the scope {}.", method, names_of(allowed), name_of(*scope)));
  }
  return {};
}

std::uint64_t Gate::revision() {
  const std::lock_guard lock(mutex_);
  reread_if_changed();
  return revision_;
}

void Gate::reread_if_changed() {
  std::error_code missing;
  const auto written_at = std::filesystem::last_write_time(path_, missing);
  const auto size = missing ? 0 : std::filesystem::file_size(path_, missing);
  if (revision_ != 0 && written_at == read_at_ && size == read_size_) return;
  auto entries = load_tokens(path_);
  // Why is for who runs the machine; a caller from afar learns no paths.
  problem_ = entries.ok() ? Status()
                          : refuse(StatusCode::kUnavailable, "TOKENS_UNREADABLE",
                                   "The machine cannot read its list of tokens; `sheave token list` there says why.");
  entries_ = entries.ok() ? *std::move(entries) : std::vector<TokenEntry>();
  read_at_ = written_at;
  read_size_ = size;
  ++revision_;
}

std::optional<Scope> Gate::scope_of(std::string_view token, Status& problem) {
  const std::string hash = sha256_hex(token);
  const std::lock_guard lock(mutex_);
  reread_if_changed();
  problem = problem_;
  std::optional<Scope> scope;
  for (const TokenEntry& entry : entries_) {
    if (CRYPTO_memcmp(entry.sha256.data(), hash.data(), hash.size()) == 0) scope = entry.scope;
  }
  return scope;
}

}  // namespace sheave::api
