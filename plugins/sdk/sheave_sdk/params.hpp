#pragma once
// Typed parameters, declared once: as a member of the plugin class, with everything the host wants to know about it.

#include <cmath>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "sheave/plugin.h"

namespace sheave::sdk {

/// What a parameter is. `name`, `unit` and `help` are string literals.
struct ParamSpec {
  std::uint32_t id;  ///< Stable for the life of the plugin id; never reused.
  const char* name;  ///< lower_snake_case with its unit as suffix: "hold_s".
  const char* unit;  ///< UCUM: "s", "m", "kg", "%", "1".
  const char* help;  ///< One sentence.
  double min, max;
  double initial;
  bool live = false;  ///< May change while running.
};

class ParamBase;

/// The parameters of one plugin instance, in order of declaration.
class ParamSet {
 public:
  const std::vector<ParamBase*>& all() const noexcept { return params_; }

  /// False, and nothing changed, for an unknown id or a value outside its range. [any & !concurrent]
  bool set(std::uint32_t id, double value) noexcept;
  /// As set(), but only what is declared live. [control]
  bool set_live(std::uint32_t id, double value) noexcept;
  /// Every parameter to its default, then the given ones; false for the first that is wrong.
  bool set_all(const sheave_param_value_t* values, std::uint32_t count) noexcept;

 private:
  friend class ParamBase;
  ParamBase* find(std::uint32_t id) const noexcept;
  std::vector<ParamBase*> params_;
};

class ParamBase {
 public:
  ParamBase(const ParamBase&) = delete;
  ParamBase& operator=(const ParamBase&) = delete;

  sheave_param_info_t info() const noexcept {
    std::uint32_t flags = 0;
    if (spec_.live) flags |= SHEAVE_PARAM_LIVE;
    if (stepped_) flags |= SHEAVE_PARAM_STEPPED;
    return {spec_.id, flags, spec_.name, spec_.unit, spec_.help, spec_.min, spec_.max, spec_.initial};
  }

 protected:
  ParamBase(ParamSet& set, const ParamSpec& spec, bool stepped) : spec_(spec), stepped_(stepped), value_(spec.initial) {
    set.params_.push_back(this);
  }
  ~ParamBase() = default;
  double value() const noexcept { return value_; }

 private:
  friend class ParamSet;
  bool accepts(double v) const noexcept { return v >= spec_.min && v <= spec_.max && (!stepped_ || v == std::trunc(v)); }

  ParamSpec spec_;
  bool stepped_;
  double value_;
};

/// A parameter of type double, or of an integer, bool or enum type: those are stepped. Reads like the value itself.
template <typename T>
class Param final : public ParamBase {
 public:
  /// @param owner the plugin (`*this`): the parameter is a member of it.
  Param(ParamSet& owner, const ParamSpec& spec) : ParamBase(owner, spec, !std::is_floating_point_v<T>) {}
  operator T() const noexcept { return get(); }  // NOLINT(google-explicit-constructor)
  T get() const noexcept {
    if constexpr (std::is_same_v<T, bool>) return value() != 0.0;
    return static_cast<T>(value());
  }
};

inline ParamBase* ParamSet::find(std::uint32_t id) const noexcept {
  for (ParamBase* p : params_) {
    if (p->spec_.id == id) return p;
  }
  return nullptr;
}

inline bool ParamSet::set(std::uint32_t id, double value) noexcept {
  ParamBase* p = find(id);
  if (p == nullptr || !p->accepts(value)) return false;
  p->value_ = value;
  return true;
}

inline bool ParamSet::set_live(std::uint32_t id, double value) noexcept {
  const ParamBase* p = find(id);
  return p != nullptr && p->spec_.live && set(id, value);
}

inline bool ParamSet::set_all(const sheave_param_value_t* values, std::uint32_t count) noexcept {
  for (ParamBase* p : params_) p->value_ = p->spec_.initial;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!set(values[i].id, values[i].value)) return false;
  }
  return true;
}

}  // namespace sheave::sdk
