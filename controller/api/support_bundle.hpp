#pragma once
// What is handed to whoever helps: one .tar.gz of texts.

#include <string>
#include <vector>

#include "controller/core/status.hpp"

namespace sheave::api {

struct SupportFile {
  std::string name;  ///< In the archive: "faults.json".
  std::string text;
};

/// All files in one folder `folder`, dated `unix_s`. Reason BUNDLE_FAILED.
Result<std::string> make_tar_gz(const std::string& folder, const std::vector<SupportFile>& files, std::int64_t unix_s);

}  // namespace sheave::api
