// Rules about the shared object as a library of plugins.

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <utility>

#include "controller/plugin_host/registry.hpp"
#include "plugins/validator/elf_symbols.hpp"
#include "plugins/validator/rule.hpp"

namespace sheave::validator {
namespace {

/// The file, opened past the registry; never closed: the child process ends.
const sheave_entry_t* open_entry(const std::string& file, std::string& fault) {
  void* handle = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) return fault = dlerror(), nullptr;
  const auto* entry = static_cast<const sheave_entry_t*>(dlsym(handle, SHEAVE_ENTRY_SYMBOL));
  if (entry == nullptr) fault = "there is no symbol " SHEAVE_ENTRY_SYMBOL;
  return entry;
}

Outcome loads(const Subject& subject) {
  std::string fault;
  return open_entry(subject.file, fault) != nullptr ? Outcome{} : failed(fault);
}

Outcome exports_the_entry_only(const Subject& subject) {
  const auto symbols = exported_symbols(subject.file);
  if (!symbols) return failed("this is no 64-bit ELF shared object");
  std::string others;
  for (const std::string& symbol : *symbols) {
    if (symbol != SHEAVE_ENTRY_SYMBOL) others += " " + symbol;
  }
  if (!others.empty()) return failed("also exports:" + others + "; link with the SDK's sheave_entry.version");
  return symbols->empty() ? failed("exports nothing") : Outcome{};
}

Outcome has_our_version(const Subject& subject) {
  std::string fault;
  const sheave_entry_t* entry = open_entry(subject.file, fault);
  if (entry == nullptr) return skipped(fault);
  if (sheave_version_is_compatible(entry->abi)) return {};
  return failed("states ABI " + std::to_string(entry->abi.major) + "." + std::to_string(entry->abi.minor) + ", this host has " +
                std::to_string(SHEAVE_ABI_MAJOR) + "." + std::to_string(SHEAVE_ABI_MINOR));
}

Outcome entry_repeats(const Subject& subject) {
  std::string fault;
  const sheave_entry_t* entry = open_entry(subject.file, fault);
  if (entry == nullptr || !sheave_version_is_compatible(entry->abi)) return skipped("the file does not load");
  const auto descriptors = [&] {
    const auto* factory = static_cast<const sheave_factory_t*>(entry->get_factory(SHEAVE_FACTORY_ID));
    return factory != nullptr && factory->count(factory) > 0 && factory->descriptor(factory, 0) != nullptr;
  };
  for (int round = 0; round < 2; ++round) {
    if (!entry->init(subject.file.c_str()) || !descriptors()) return failed("init() fails, or leaves no plugins");
    if (!entry->init(subject.file.c_str()) || !descriptors()) return failed("a second init() fails, or leaves no plugins");
    entry->deinit();
    if (!descriptors()) return failed("the first of two deinit() takes the plugins away from the other host");
    entry->deinit();
  }
  return {};
}

Outcome unknown_factory_is_null(const Subject& subject) {
  std::string fault;
  const sheave_entry_t* entry = open_entry(subject.file, fault);
  if (entry == nullptr || !sheave_version_is_compatible(entry->abi) || !entry->init(subject.file.c_str())) {
    return skipped("the file does not load");
  }
  for (const char* id : {"", "sheave.factory", "sheave.factory/2", "sheave.factory/1x", "nonsense"}) {
    if (entry->get_factory(id) != nullptr) return failed("get_factory(\"" + std::string(id) + "\") is not null");
  }
  return {};
}

Outcome host_accepts(const Subject& subject) {
  plugin_host::Registry registry;
  registry.load(subject.file);
  return registry.refused().empty() ? Outcome{} : failed(registry.refused().front().message);
}

constexpr std::array kRules{
    Rule{"loads", "The file loads with all its symbols bound, and has the entry.", Scope::kFile, &loads},
    Rule{"entry-is-the-only-export", "The entry is the only exported symbol.", Scope::kFile, &exports_the_entry_only},
    Rule{"abi-version", "The entry states an ABI version of the host's major.", Scope::kFile, &has_our_version},
    Rule{"entry-repeats", "init() and deinit() may be called in pairs, more than once and by two hosts.", Scope::kFile, &entry_repeats},
    Rule{"unknown-factory-is-null", "get_factory() is null for every id that the file does not offer.", Scope::kFile,
         &unknown_factory_is_null},
    Rule{"host-accepts", "The host accepts the file: ids, kinds, texts, parameters and tick times keep the rules of the ABI.", Scope::kFile,
         &host_accepts},
};

}  // namespace

std::span<const Rule> file_rules() { return kRules; }

}  // namespace sheave::validator
