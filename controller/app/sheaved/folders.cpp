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
  for (const auto& folder : folders) {
    session::Catalog one = session::load_catalog(folder);
    std::move(one.refused.begin(), one.refused.end(), std::back_inserter(all.refused));
    for (auto& program : one.programs) {
      const auto at = std::lower_bound(all.programs.begin(), all.programs.end(), program.id,
                                       [](const session::Program& p, const std::string& id) { return p.id < id; });
      if (at != all.programs.end() && at->id == program.id) {
        all.refused.push_back(
            Status::error(StatusCode::kAlreadyExists, "PROGRAM_FIELD",
                          fmt::format("{}: id: \"{}\" is the id of {} too; give it another", program.source, program.id, at->source)));
      } else {
        all.programs.insert(at, std::move(program));
      }
    }
  }
  return all;
}

}  // namespace sheave::app
