#pragma once
// Who may call from other hosts: the holders of a token whose scope covers the call.

#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "controller/api/tokens.hpp"
#include "controller/core/status.hpp"

namespace sheave::api {

/// Reads the token file again whenever it changed, so that a revoked token is refused from its next call on. [any]
class Gate {
 public:
  explicit Gate(std::string token_path) : path_(std::move(token_path)) {}

  /// @param authorization the header's value, "Bearer sheave_...". Reasons TOKEN_MISSING, TOKEN_UNKNOWN (unauthenticated),
  /// SCOPE_MISSING (permission denied), METHOD_UNKNOWN (unimplemented), TOKENS_UNREADABLE (unavailable: nobody is let in).
  Status check(std::string_view method, std::string_view authorization);

 private:
  /// Entries of the file as it is now; empty optional: it cannot be read.
  std::optional<Scope> scope_of(std::string_view token, Status& problem);

  const std::string path_;
  std::mutex mutex_;  // guards what stands below
  std::filesystem::file_time_type read_at_{};
  std::uintmax_t read_size_ = 0;
  bool read_ = false;
  Status problem_;
  std::vector<TokenEntry> entries_;
};

}  // namespace sheave::api
