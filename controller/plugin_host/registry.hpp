#pragma once
// Finds plugins in folders, checks them against the ABI, and makes instances. Everything here is [main].

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "controller/core/status.hpp"
#include "controller/plugin_host/descriptor.hpp"
#include "controller/plugin_host/instance.hpp"
#include "controller/plugin_host/progression.hpp"
#include "plugins/abi/sheave/plugin.h"

namespace sheave::plugin_host {

/// What a scan refused, and why; the machine starts without it and says so.
struct Refused {
  std::string file;
  std::string message;  ///< Names the file, what is wrong with it and what to do.
};

class Registry {
 public:
  Registry();
  ~Registry();
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  /// Loads every *.so below `folders`, in order of name. A file is loaded whole or refused, never fatal: unreadable, not a plugin,
  /// another ABI version, a descriptor against the rules, an id that another file has already. Folders that are not there are
  /// refused by name too.
  void scan(const std::vector<std::string>& folders);

  /// Loads one file, on the same terms.
  void load(const std::string& file);

  /// In the order in which they were loaded; after scan() sorted by id.
  const std::vector<PluginInfo>& plugins() const noexcept { return infos_; }
  const std::vector<Refused>& refused() const noexcept { return refused_; }
  /// The folders of all scans, for messages: "/usr/lib/sheave/plugins, ./mine".
  std::string looked_in() const;
  /// Null when unknown.
  const PluginInfo* find(const std::string& id) const noexcept;

  /// Checks names, ranges and whole numbers of `values` for plugin `id` of `kind`. Reasons: PLUGIN_UNKNOWN (says where it looked),
  /// PLUGIN_KIND, PARAM_UNKNOWN (names the known ones), PARAM_RANGE, PLUGIN_RATE (loop slower than min_rate_hz).
  Status check(const std::string& id, const char* kind, const ParamValues& values, std::int64_t period_ns) const;

  /// Creates, initializes and activates. Reasons as check(), and PLUGIN_FAILED. The instance keeps its code loaded: it may
  /// outlive the registry.
  Result<std::unique_ptr<Instance>> create(const std::string& id, const char* kind, const ParamValues& values,
                                           const ActivationContext& context);

 private:
  struct Library;
  void scan_folder(const std::string& folder);
  std::string adopt(const std::shared_ptr<Library>& library);

  std::vector<std::string> folders_;
  std::vector<std::shared_ptr<Library>> libraries_;
  std::vector<PluginInfo> infos_;
  std::vector<Refused> refused_;
};

}  // namespace sheave::plugin_host
