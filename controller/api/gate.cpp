#include "controller/api/gate.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>

#include <ctime>
#include <tuple>
#include <utility>

#include "controller/core/units.hpp"

namespace sheave::api {
namespace {

constexpr std::string_view kBearer = "Bearer ";
// A file system stamps with the kernel's tick (10 ms at most) or, on FAT, to 2 s: two writes within one leave the same stamp.
constexpr std::int64_t kCoarsestStamp_ns = 2 * kNsPerS;

std::int64_t nanoseconds(const timespec& time) { return time.tv_sec * kNsPerS + time.tv_nsec; }

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

Gate::Stamp Gate::Stamp::of(const std::string& path) {
  Stamp stamp;
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  stamp.looked_ns = nanoseconds(now);
  stamp.there = ::stat(path.c_str(), &stamp.file) == 0;
  return stamp;
}

bool Gate::Stamp::operator==(const Stamp& other) const {
  const auto parts = [](const Stamp& stamp) {
    const struct stat& f = stamp.file;
    return std::tuple(stamp.there, f.st_dev, f.st_ino, f.st_size, nanoseconds(f.st_mtim), nanoseconds(f.st_ctim));
  };
  return parts(*this) == parts(other);
}

void Gate::reread_if_changed() {
  const Stamp stamp = Stamp::of(path_);
  // What was read so soon after a change may have been changed once more with the same stamp.
  const bool settled = !read_.there || read_.looked_ns - nanoseconds(read_.file.st_ctim) > kCoarsestStamp_ns;
  if (revision_ != 0 && settled && stamp == read_) return;
  read_ = stamp;
  auto loaded = load_tokens(path_);
  // Why is for who runs the machine; a caller from afar learns no paths.
  Status problem = loaded.ok() ? Status()
                               : refuse(StatusCode::kUnavailable, "TOKENS_UNREADABLE",
                                        "The machine cannot read its list of tokens; `sheave token list` there says why.");
  auto entries = loaded.ok() ? *std::move(loaded) : std::vector<TokenEntry>();
  if (revision_ != 0 && problem.ok() == problem_.ok() && entries == entries_) return;
  problem_ = std::move(problem);
  entries_ = std::move(entries);
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
