#pragma once
// Where plugins and programs lie, for what works without a controller.

#include <string>

namespace sheave::cli {

/// Beside this program (`bin/../NAME`, a build tree), else where the package puts it. Ends without a slash.
std::string plugin_folder();
std::string catalog_folder();

}  // namespace sheave::cli
