#include "controller/plugin_host/registry.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "controller/core/units.hpp"

namespace sheave::plugin_host {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kMaxPluginsPerFile = 256;  // a count beyond it is a wild value, not a library of exercises

const void* no_extension(const sheave_host_t*, const char*) { return nullptr; }

const sheave_host_t& host() {
  static const sheave_host_t kHost{sheave_abi_version(), nullptr, "Sheave", SHEAVE_HOST_VERSION, &no_extension};
  return kHost;
}

Status invalid(const char* reason, std::string message) { return Status::error(StatusCode::kInvalidArgument, reason, std::move(message)); }

std::string number(double v) {
  std::string text = std::to_string(v);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

Status check_value(const PluginInfo& plugin, const std::string& name, double value) {
  const auto param = std::ranges::find(plugin.params, name, &ParamInfo::name);
  if (param == plugin.params.end()) {
    std::string known;
    for (const ParamInfo& p : plugin.params) known += (known.empty() ? "" : ", ") + p.name;
    return invalid("PARAM_UNKNOWN", "the plugin \"" + plugin.id + "\" has no parameter \"" + name + "\"; " +
                                        (known.empty() ? "it has none" : "it has: " + known));
  }
  if (value >= param->min && value <= param->max && (!param->stepped || value == std::trunc(value))) return {};
  return invalid("PARAM_RANGE", "the parameter \"" + name + "\" of the plugin \"" + plugin.id + "\" is " + number(value) + "; give a " +
                                    (param->stepped ? "whole " : "") + "number from " + number(param->min) + " to " + number(param->max) +
                                    (param->unit == "1" ? "" : " " + param->unit));
}

bool is_whole(const sheave_plugin_t& p) {
  return p.desc != nullptr && p.init != nullptr && p.destroy != nullptr && p.activate != nullptr && p.deactivate != nullptr &&
         p.start != nullptr && p.stop != nullptr && p.get_extension != nullptr;
}

}  // namespace

/// A loaded shared object; unloaded once the registry and its last instance are gone.
struct Registry::Library {
  std::string file;
  void* handle = nullptr;
  const sheave_entry_t* entry = nullptr;
  const sheave_factory_t* factory = nullptr;
  bool initialized = false;

  explicit Library(std::string path) : file(std::move(path)) {}
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  ~Library() {
    if (initialized) entry->deinit();
    if (handle != nullptr) dlclose(handle);
  }

  /// Empty where the file is a plugin library of our version, else what is wrong and what to do.
  std::string open() {
    handle = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) return "cannot be loaded (" + std::string(dlerror()) + "); install it again, built for this system";
    entry = static_cast<const sheave_entry_t*>(dlsym(handle, SHEAVE_ENTRY_SYMBOL));
    if (entry == nullptr) return "is no Sheave plugin (it exports no " SHEAVE_ENTRY_SYMBOL "); move it out of the plugin folder";
    if (!sheave_version_is_compatible(entry->abi)) {
      return "was built for plugin ABI " + std::to_string(entry->abi.major) + ", this machine has " + std::to_string(SHEAVE_ABI_MAJOR) +
             "; get a version of it for ABI " + std::to_string(SHEAVE_ABI_MAJOR);
    }
    initialized = entry->init(file.c_str());
    if (!initialized) return "does not initialize; ask its vendor, or remove it";
    factory = static_cast<const sheave_factory_t*>(entry->get_factory(SHEAVE_FACTORY_ID));
    if (factory == nullptr) return "offers no " SHEAVE_FACTORY_ID "; ask its vendor, or remove it";
    return {};
  }
};

Registry::Registry() = default;
Registry::~Registry() = default;

void Registry::scan(const std::vector<std::string>& folders) {
  for (const std::string& folder : folders) scan_folder(folder);
  std::ranges::sort(infos_, {}, &PluginInfo::id);
}

void Registry::scan_folder(const std::string& folder) {
  folders_.push_back(folder);
  std::error_code error;
  std::vector<std::string> files;
  for (fs::recursive_directory_iterator it(folder, fs::directory_options::skip_permission_denied, error), end; !error && it != end;
       it.increment(error)) {
    std::error_code unreadable;
    if (it->path().extension() == ".so" && it->is_regular_file(unreadable)) files.push_back(fs::canonical(it->path(), unreadable).string());
  }
  if (error)
    refused_.push_back(
        {folder, "the plugin folder " + folder + " cannot be read (" + error.message() + "); make it or take it off the list"});
  std::ranges::sort(files);
  for (const std::string& file : files) {
    if (std::ranges::none_of(libraries_, [&](const auto& library) { return library->file == file; })) load(file);
  }
}

void Registry::load(const std::string& file) {
  const auto library = std::make_shared<Library>(file);
  std::string fault = library->open();
  if (fault.empty()) fault = adopt(library);
  if (!fault.empty()) refused_.push_back({file, "the plugin file " + file + " " + fault});
}

std::string Registry::adopt(const std::shared_ptr<Library>& library) {
  const sheave_factory_t* factory = library->factory;
  const std::uint32_t count = factory->count(factory);
  if (count == 0 || count > kMaxPluginsPerFile) return "holds no plugins; ask its vendor, or remove it";
  std::vector<PluginInfo> found;
  for (std::uint32_t i = 0; i < count; ++i) {
    const sheave_descriptor_t* desc = factory->descriptor(factory, i);
    if (const std::string fault = find_fault(desc); !fault.empty()) return fault + "; run sheave-plugin-check on it";
    const PluginInfo* other = find(desc->id);
    const bool twice = std::ranges::find(found, std::string_view(desc->id), &PluginInfo::id) != found.end();
    if (other != nullptr || twice) {
      return "has the plugin \"" + std::string(desc->id) + "\", which is already loaded from " + (twice ? library->file : other->file) +
             "; remove one of them";
    }
    found.push_back(describe(*desc, library->file));
  }
  std::ranges::move(found, std::back_inserter(infos_));
  libraries_.push_back(library);
  return {};
}

std::string Registry::looked_in() const {
  std::string text;
  for (const std::string& folder : folders_) text += (text.empty() ? "" : ", ") + folder;
  return text.empty() ? "no folder" : text;
}

const PluginInfo* Registry::find(const std::string& id) const noexcept {
  const auto it = std::ranges::find(infos_, id, &PluginInfo::id);
  return it != infos_.end() ? &*it : nullptr;
}

Status Registry::check(const std::string& id, const char* kind, const ParamValues& values, std::int64_t period_ns) const {
  const PluginInfo* plugin = find(id);
  if (plugin == nullptr) {
    return Status::error(StatusCode::kFailedPrecondition, "PLUGIN_UNKNOWN",
                         "the plugin \"" + id + "\" is not installed (looked in " + looked_in() + ")");
  }
  if (plugin->kind != kind) {
    return invalid("PLUGIN_KIND", "the plugin \"" + id + "\" is a " + plugin->kind + ", but a " + kind + " is needed");
  }
  for (const auto& [name, value] : values) {
    if (Status status = check_value(*plugin, name, value); !status.ok()) return status;
  }
  constexpr double kRounding = 1e-9;  // a 1 kHz loop is fast enough for a plugin that asks for 1 kHz
  if (plugin->min_rate_hz * seconds(period_ns) > 1.0 + kRounding) {
    return Status::error(StatusCode::kFailedPrecondition, "PLUGIN_RATE",
                         "the plugin \"" + id + "\" needs a control loop of " + number(plugin->min_rate_hz) +
                             " Hz, this machine's runs at " + number(1.0 / seconds(period_ns)) +
                             " Hz; raise [control] rate_hz, or use a faster link");
  }
  return {};
}

Result<std::unique_ptr<Instance>> Registry::create(const std::string& id, const char* kind, const ParamValues& values,
                                                   const ActivationContext& context) {
  if (Status status = check(id, kind, values, context.period_ns); !status.ok()) return status;
  const std::string& file = find(id)->file;
  const auto library = *std::ranges::find_if(libraries_, [&](const auto& l) { return l->file == file; });
  const auto failed = [&](const char* what) {
    return Status::error(StatusCode::kFailedPrecondition, "PLUGIN_FAILED",
                         "the plugin \"" + id + "\" (" + file + ") " + what + "; run sheave-plugin-check on it");
  };
  const sheave_plugin_t* plugin = library->factory->create(library->factory, &host(), id.c_str());
  if (plugin == nullptr || !is_whole(*plugin)) return failed("cannot be created");
  auto instance = std::make_unique<Instance>(plugin, library);
  if (!plugin->init(plugin)) return failed("does not initialize");
  if (plugin->get_extension(plugin, kind) == nullptr) return failed("does not do what its kind says");
  if (Status status = instance->activate(context, values); !status.ok()) return status;
  return instance;
}

}  // namespace sheave::plugin_host
