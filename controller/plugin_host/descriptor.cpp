#include "controller/plugin_host/descriptor.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <string_view>
#include <utility>

#include "plugins/abi/sheave/ext/exercise.h"
#include "plugins/abi/sheave/ext/load_profile.h"
#include "plugins/abi/sheave/ext/progression.h"

namespace sheave::plugin_host {
namespace {

constexpr std::uint32_t kMaxParams = 64;        // what a page of settings can show; a count beyond it is a wild pointer
constexpr std::size_t kMaxIdLength = 64;        // a file name and a database key
constexpr std::uint32_t kMaxTick_us = 100'000;  // 10 Hz, the slowest link there is
constexpr double kMaxRate_hz = 10'000;
constexpr std::uint32_t kParamFlags = static_cast<std::uint32_t>(SHEAVE_PARAM_LIVE) | static_cast<std::uint32_t>(SHEAVE_PARAM_STEPPED);

bool is_word(const char* text, char separator) {
  if (text == nullptr) return false;
  const std::string_view word(text, strnlen(text, kMaxIdLength + 1));
  if (word.empty() || word.size() > kMaxIdLength || word.front() < 'a' || word.front() > 'z' || word.back() == separator) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool letter = (word[i] >= 'a' && word[i] <= 'z') || (word[i] >= '0' && word[i] <= '9');
    if (!letter && (word[i] != separator || word[i - 1] == separator)) return false;
  }
  return true;
}

bool is_text(const char* text) { return text != nullptr && text[0] != '\0'; }
bool is_whole(double v) { return v == std::trunc(v); }

std::string find_param_fault(const sheave_param_info_t& param) {
  if (!is_word(param.name, '_')) return "has a parameter whose name is not lower_snake_case";
  const std::string which = "declares the parameter \"" + std::string(param.name) + "\" ";
  if (!is_text(param.unit) || !is_text(param.help)) return which + "without a unit or a help sentence";
  if ((param.flags & ~kParamFlags) != 0) return which + "with unknown flags";
  const std::array values{param.min_value, param.max_value, param.default_value};
  if (!std::ranges::all_of(values, [](double v) { return std::isfinite(v); })) return which + "with a range that is no number";
  if (!(param.min_value <= param.default_value && param.default_value <= param.max_value))
    return which + "with a default outside its range";
  if ((param.flags & SHEAVE_PARAM_STEPPED) != 0 && !std::ranges::all_of(values, is_whole))
    return which + "as stepped, with a broken number";
  return {};
}

std::string find_params_fault(const sheave_descriptor_t& desc) {
  if (desc.param_count > kMaxParams || (desc.param_count > 0 && desc.params == nullptr)) return "has no sane parameter table";
  for (std::uint32_t i = 0; i < desc.param_count; ++i) {
    if (std::string fault = find_param_fault(desc.params[i]); !fault.empty()) return fault;
    for (std::uint32_t k = 0; k < i; ++k) {
      if (desc.params[i].id == desc.params[k].id || std::strcmp(desc.params[i].name, desc.params[k].name) == 0) {
        return "declares the parameter \"" + std::string(desc.params[i].name) + "\" twice, or its number";
      }
    }
  }
  return {};
}

}  // namespace

std::string find_fault(const sheave_descriptor_t* desc) {
  if (desc == nullptr) return "has no descriptor";
  if (desc->struct_size < sizeof(sheave_descriptor_t)) return "has a descriptor that is too short";
  if (!sheave_version_is_compatible(desc->abi)) return "has a descriptor of another ABI version";
  if (!is_word(desc->id, '-')) return "has an id that is not kebab-case";
  const std::array texts{desc->name, desc->vendor, desc->version, desc->description};
  if (!std::ranges::all_of(texts, is_text)) return "lacks a name, vendor, version or description";
  const bool has_tick =
      desc->kind != nullptr && (std::strcmp(desc->kind, SHEAVE_EXT_EXERCISE) == 0 || std::strcmp(desc->kind, SHEAVE_EXT_LOAD_PROFILE) == 0);
  const bool known = has_tick || (desc->kind != nullptr && std::strcmp(desc->kind, SHEAVE_EXT_PROGRESSION) == 0);
  if (!known) return "is of a kind that this version does not know: " + std::string(desc->kind != nullptr ? desc->kind : "none");
  if (has_tick && (desc->max_tick_us == 0 || desc->max_tick_us > kMaxTick_us)) return "states no maximum tick time";
  if (!(desc->min_rate_hz >= 0 && desc->min_rate_hz <= kMaxRate_hz)) return "states a least rate that is none";
  return find_params_fault(*desc);
}

PluginInfo describe(const sheave_descriptor_t& desc, std::string file) {
  PluginInfo info{desc.id,          desc.kind,       desc.name,        desc.vendor,      desc.version,
                  desc.description, std::move(file), desc.min_rate_hz, desc.max_tick_us, {}};
  for (std::uint32_t i = 0; i < desc.param_count; ++i) {
    const sheave_param_info_t& p = desc.params[i];
    info.params.push_back({p.id, p.name, p.unit, p.help, p.min_value, p.max_value, p.default_value, (p.flags & SHEAVE_PARAM_LIVE) != 0,
                           (p.flags & SHEAVE_PARAM_STEPPED) != 0});
  }
  return info;
}

}  // namespace sheave::plugin_host
