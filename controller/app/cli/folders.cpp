#include "controller/app/cli/folders.hpp"

#include <filesystem>

namespace sheave::cli {
namespace {

std::string folder(const char* name, const char* installed) {
  std::error_code unreadable;
  const auto beside = std::filesystem::read_symlink("/proc/self/exe", unreadable).parent_path().parent_path() / name;
  return std::filesystem::is_directory(beside, unreadable) ? beside.string() : installed;
}

}  // namespace

std::string plugin_folder() { return folder("plugins", "/usr/lib/sheave/plugins"); }

std::string catalog_folder() { return folder("catalog", "/usr/share/sheave/catalog"); }

}  // namespace sheave::cli
