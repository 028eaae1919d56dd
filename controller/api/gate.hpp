#pragma once
// Who may call from other hosts: the holders of a token whose scope covers the call.

#include <sys/stat.h>

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "controller/api/tokens.hpp"
#include "controller/core/status.hpp"

namespace sheave::api {

/// Reads the token file again whenever it may have changed, so that a revoked token is refused from its next call on. Streams that are
/// open under it end with WatchHub::recheck(). [any]
class Gate {
 public:
  explicit Gate(std::string token_path) : path_(std::move(token_path)) {}

  /// @param authorization the header's value, "Bearer sheave_...". Reasons TOKEN_MISSING, TOKEN_UNKNOWN (unauthenticated),
  /// SCOPE_MISSING (permission denied), METHOD_UNKNOWN (unimplemented), TOKENS_UNREADABLE (unavailable: nobody is let in).
  Status check(std::string_view method, std::string_view authorization);
  /// Counts the file's contents: where it is another number than before, other tokens may be good. One look at the file's inode.
  std::uint64_t revision();

 private:
  /// What tells a file's content from another one without reading it. The name may come to mean another file with the same time and size
  /// (inode), and a time can be set back (but not that of the inode's own last change).
  struct Stamp {
    static Stamp of(const std::string& path);
    bool operator==(const Stamp& other) const;
    bool there = false;
    struct stat file {};
    std::int64_t looked_ns = 0;  ///< By the clock that the file's times are of; takes no part in ==.
  };
  void reread_if_changed();  // mutex_ held
  /// In the file as it is now; nothing where the token is not there, or the file cannot be read: `problem`.
  std::optional<Scope> scope_of(std::string_view token, Status& problem);

  const std::string path_;
  std::mutex mutex_;  // guards what stands below
  Stamp read_;
  std::uint64_t revision_ = 0;  // 0: never read
  Status problem_;
  std::vector<TokenEntry> entries_;
};

}  // namespace sheave::api
