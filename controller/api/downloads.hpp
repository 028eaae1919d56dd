#pragma once
// One-time links: a file in memory that whoever has its link gets once. What opens it is the link itself, so it is random (128 bit),
// short-lived, and says nothing of what it opens.

#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <string_view>

namespace sheave::api {

struct DownloadFile {
  std::string name;  ///< "sheave-2026-11-21.csv"
  std::string type;  ///< "text/csv; charset=utf-8"
  std::string bytes;
};

/// Everything is [main].
class Downloads {
 public:
  static constexpr std::int64_t kKeep_ns = 600'000'000'000;  ///< Long enough to get a phone out of a locker.
  static constexpr std::size_t kMost = 16;                   ///< A screen makes one per result; the oldest goes first.
  static constexpr std::string_view kPath = "/d/";

  /// @param now_ns host monotonic time
  explicit Downloads(std::function<std::int64_t()> now_ns) : now_ns_(std::move(now_ns)) {}

  /// Where other hosts reach the pages: "https://192.0.2.7:8443"; empty, as at first: they do not.
  void set_origin(std::string origin) { origin_ = std::move(origin); }
  const std::string& origin() const noexcept { return origin_; }

  /// Gives the path of the link: "/d/{token}".
  std::string offer(DownloadFile file);
  /// The file of `token`, which opens nothing from now on; nothing where it is unknown, used or too old.
  std::optional<DownloadFile> take(std::string_view token);

 private:
  struct Offer {
    std::string token;
    std::int64_t until_ns;
    DownloadFile file;
  };
  void forget_old();

  std::function<std::int64_t()> now_ns_;
  std::string origin_;
  std::list<Offer> offers_;  // oldest first
};

}  // namespace sheave::api
