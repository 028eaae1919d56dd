#include "controller/app/sheaved/folders.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

namespace sheave::app {

namespace fs = std::filesystem;

std::string program_folder() {
  std::error_code error;
  return fs::read_symlink("/proc/self/exe", error).parent_path().string();
}

std::vector<std::string> folders_for(const std::vector<std::string>& named, const std::string& kind) {
  if (!named.empty()) return named;
  const fs::path beside = fs::path(program_folder()).parent_path() / kind;
  std::error_code error;
  if (fs::is_directory(beside, error)) return {beside.string()};
  return {(kind == "plugins" ? "/usr/lib/sheave/" : "/usr/share/sheave/") + kind};
}

Result<std::string> profile_path(const std::string& name) {
  if (name.find('/') != std::string::npos) return name;
  const std::string folder = folders_for({}, "profiles").front();
  const fs::path wanted = fs::path(folder) / (name + ".toml");
  std::error_code error;
  if (fs::is_regular_file(wanted, error)) return wanted.string();
  std::vector<std::string> known;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".toml") known.push_back(it->path().stem().string());
  }
  std::sort(known.begin(), known.end());
  return Status::error(
      StatusCode::kNotFound, "PROFILE_UNKNOWN",
      fmt::format("link.profile: there is no device profile \"{}\" in {}; there are: {}. A path with a slash names a file.", name, folder,
                  known.empty() ? "none" : fmt::format("{}", fmt::join(known, ", "))));
}

session::Catalog load_catalogs(const std::vector<std::string>& folders) {
  session::Catalog all;
  for (const auto& folder : folders) all.merge(session::load_catalog(folder));
  all.check_workouts();
  return all;
}

}  // namespace sheave::app
