#pragma once
// Where plugins, programs and device profiles lie: beside the program in a build tree, in the system's folders when installed.

#include <string>
#include <vector>

#include "controller/core/status.hpp"
#include "controller/session/program.hpp"

namespace sheave::app {

/// The folder that the running program lies in.
std::string program_folder();

/// `named` where not empty; else <program>/../`kind`, else /usr/lib/sheave/`kind` (plugins) or /usr/share/sheave/`kind`, whichever is
/// there. @param kind "plugins", "catalog", "profiles", "web"
std::vector<std::string> folders_for(const std::vector<std::string>& named, const std::string& kind);

/// Path of device profile `name`: itself where it has a slash, else name.toml in the profiles folder. Reason PROFILE_UNKNOWN, which
/// names the ones there are.
Result<std::string> profile_path(const std::string& name);

/// The programs of all folders. An id that comes twice is refused by name.
session::Catalog load_catalogs(const std::vector<std::string>& folders);

}  // namespace sheave::app
