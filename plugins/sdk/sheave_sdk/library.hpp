#pragma once
// Makes plugin classes into a shared object: instances behind the C life cycle, descriptors, the factory and the entry.

#include <array>
#include <cstring>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include "sheave_sdk/plugin.hpp"

namespace sheave::sdk {
namespace detail {

/// One instance: the C face and the plugin object behind it.
template <typename T>
class Shell {
 public:
  static const sheave_plugin_t* make(const sheave_descriptor_t* desc) {
    auto shell = std::make_unique<Shell>();
    shell->face_ = {desc, shell.get(), &init, &destroy, &activate, &deactivate, &start, &stop, &get_extension};
    return &shell.release()->face_;
  }
  static T& of(const sheave_plugin_t* p) noexcept { return shell(p).plugin_; }

 private:
  static Shell& shell(const sheave_plugin_t* p) noexcept { return *static_cast<Shell*>(p->plugin_data); }

  static bool init(const sheave_plugin_t*) { return true; }
  static void destroy(const sheave_plugin_t* p) { delete &shell(p); }
  static bool activate(const sheave_plugin_t* p, const sheave_activation_t* a) {
    return guarded(false, [&] {
      if (a->struct_size < sizeof *a) return false;
      return of(p).set_all(a->params, a->param_count) && of(p).on_activate(*a);
    });
  }
  static void deactivate(const sheave_plugin_t* p) {
    guarded(false, [&] { return of(p).on_deactivate(), true; });
  }
  static bool start(const sheave_plugin_t* p) {
    return guarded(false, [&] { return of(p).on_start(), true; });
  }
  static void stop(const sheave_plugin_t* p) {
    guarded(false, [&] { return of(p).on_stop(), true; });
  }
  static const void* get_extension(const sheave_plugin_t*, const char* id) {
    return std::strcmp(id, T::kKind) == 0 ? T::template extension<Shell>() : T::template further_extension<Shell>(id);
  }

  sheave_plugin_t face_{};
  T plugin_;
};

/// A descriptor and the parameter table that it points to, read off an instance: each parameter is declared only there.
template <typename T>
struct Described {
  std::vector<sheave_param_info_t> params;
  sheave_descriptor_t desc{};

  Described() {
    const T prototype;
    for (const ParamBase* p : prototype.all()) params.push_back(p->info());
    const About& about = T::kAbout;
    desc = {sizeof desc,       sheave_abi_version(), about.id,          T::kKind,      about.name,
            about.vendor,      about.version,        about.description, params.data(), static_cast<std::uint32_t>(params.size()),
            about.max_tick_us, about.min_rate_hz};
  }
};

}  // namespace detail

/// All plugins of one shared object.
template <typename... Ts>
class Library {
 public:
  static bool init(const char* /*path*/) {
    return detail::guarded(false, [] {
      if (state_ == nullptr) state_ = new State;
      ++users_;
      return true;
    });
  }
  static void deinit() {
    if (--users_ == 0) delete std::exchange(state_, nullptr);
  }
  static const void* get_factory(const char* id) {
    return state_ != nullptr && std::strcmp(id, SHEAVE_FACTORY_ID) == 0 ? &kFactory : nullptr;
  }

 private:
  static constexpr std::uint32_t kCount = sizeof...(Ts);
  using Make = const sheave_plugin_t* (*)(const sheave_descriptor_t*);

  struct State {
    std::tuple<detail::Described<Ts>...> described;
    std::array<const sheave_descriptor_t*, kCount> descs{&std::get<detail::Described<Ts>>(described).desc...};
  };

  static std::uint32_t count(const sheave_factory_t*) { return kCount; }
  static const sheave_descriptor_t* descriptor(const sheave_factory_t*, std::uint32_t i) { return i < kCount ? state_->descs[i] : nullptr; }
  static const sheave_plugin_t* create(const sheave_factory_t*, const sheave_host_t* /*host*/, const char* id) {
    static constexpr std::array<Make, kCount> kMakers{&detail::Shell<Ts>::make...};
    return detail::guarded(static_cast<const sheave_plugin_t*>(nullptr), [&]() -> const sheave_plugin_t* {
      for (std::uint32_t i = 0; i < kCount; ++i) {
        if (std::strcmp(id, state_->descs[i]->id) == 0) return kMakers[i](state_->descs[i]);
      }
      return nullptr;
    });
  }

  static constexpr sheave_factory_t kFactory{&count, &descriptor, &create};
  inline static State* state_ = nullptr;  // [main] from the first init() to the last deinit()
  inline static std::uint32_t users_ = 0;
};

}  // namespace sheave::sdk

/// Once per shared object, at namespace scope outside any namespace, with every plugin class it holds.
#define SHEAVE_PLUGINS(...)                                                                                         \
  extern "C" constinit const sheave_entry_t sheave_entry = {{SHEAVE_ABI_MAJOR, SHEAVE_ABI_MINOR, SHEAVE_ABI_PATCH}, \
                                                            &sheave::sdk::Library<__VA_ARGS__>::init,               \
                                                            &sheave::sdk::Library<__VA_ARGS__>::deinit,             \
                                                            &sheave::sdk::Library<__VA_ARGS__>::get_factory}
