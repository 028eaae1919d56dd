#pragma once
// The built pages, in memory: read once at start, so that no request touches the disk and no path leads out of the folder.

#include <map>
#include <string>
#include <string_view>

#include "controller/core/status.hpp"

namespace sheave::web {

struct StaticFile {
  std::string bytes;
  std::string gzip;           ///< The same, compressed; empty where that saves nothing.
  std::string type;           ///< "text/html; charset=utf-8"
  std::string etag;           ///< Quoted, of the bytes.
  std::string cache_control;  ///< What has a hash in its name never changes.
};

/// Immutable after load(). [any]
class StaticFiles {
 public:
  static constexpr std::size_t kMost_bytes = 32 << 20;  ///< Both pages with all pictures are a few MB.

  /// Every file below `folder`. Reasons PAGES_MISSING, PAGES_UNREADABLE, PAGES_TOO_LARGE.
  static Result<StaticFiles> load(const std::string& folder);

  /// What `path` shows: "/assets/x.js" that file, "/" the index.html, "/operator" and all below it operator.html. Null: there is none.
  const StaticFile* find(std::string_view path) const;

  std::size_t size() const noexcept { return files_.size(); }

 private:
  std::map<std::string, StaticFile, std::less<>> files_;  // by path from the folder: "assets/x.js"
};

}  // namespace sheave::web
