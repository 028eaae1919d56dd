#include "controller/plugin_host/progression.hpp"

#include <cmath>
#include <cstring>
#include <utility>

#include "controller/plugin_host/registry.hpp"

namespace sheave::plugin_host {
namespace {

template <std::size_t N>
bool is_code(const char (&text)[N], const char* first, const char* rest) noexcept {
  const std::size_t length = strnlen(text, N);
  return length > 0 && length < N && std::strchr(first, text[0]) != nullptr && std::strspn(text, rest) == length;
}

/// Null where all is well, else what is wrong.
const char* find_fault(const sheave_progression_out_t& out) noexcept {
  constexpr const char* kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  constexpr const char* kUpperSnake = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
  constexpr const char* kLower = "abcdefghijklmnopqrstuvwxyz";
  constexpr const char* kLowerSnake = "abcdefghijklmnopqrstuvwxyz0123456789_";
  if (out.decision != SHEAVE_DECISION_LOAD && out.decision != SHEAVE_DECISION_STOP) return "an unknown decision";
  if (!is_code(out.reason, kUpper, kUpperSnake)) return "no reason";
  if (out.decision == SHEAVE_DECISION_LOAD && (!std::isfinite(out.load_kg) || out.load_kg < 0)) return "a load that is no number";
  if (out.next_kind != SHEAVE_SET_WORKING && out.next_kind != SHEAVE_SET_PROBE) return "an unknown kind of set";
  if (!std::isfinite(out.confidence) || out.confidence > 1) return "a confidence that is none";
  if (out.evidence_count > SHEAVE_EVIDENCE_MAX) return "more evidence than there is room for";
  for (std::uint32_t i = 0; i < out.evidence_count; ++i) {
    if (!is_code(out.evidence[i].name, kLower, kLowerSnake) || !std::isfinite(out.evidence[i].value)) return "evidence that is none";
  }
  return nullptr;
}

}  // namespace

Progression::Progression(std::unique_ptr<Instance> instance, const PluginInfo& info, const ParamValues& values)
    : instance_(std::move(instance)), id_(info.id), params_(all_values(*instance_->raw()->desc, values)) {}

Progression::~Progression() = default;

Result<sheave_progression_out_t> Progression::decide(sheave_progression_in_t in) const {
  const sheave_plugin_t* plugin = instance_->raw();
  const auto failed = [&](StatusCode code, const char* what) {
    return Status::error(code, "PROGRESSION_FAILED", "the plugin \"" + id_ + "\" gave " + what + "; the load stays as it is");
  };
  const auto* progression = static_cast<const sheave_progression_t*>(plugin->get_extension(plugin, SHEAVE_EXT_PROGRESSION));
  if (progression == nullptr) return failed(StatusCode::kInternal, "no progression");
  in.struct_size = sizeof in;
  in.params = params_.data();
  in.param_count = static_cast<std::uint32_t>(params_.size());
  sheave_progression_out_t out{};
  out.struct_size = sizeof out;
  if (!progression->decide(plugin, &in, &out)) return failed(StatusCode::kUnavailable, "no decision");
  if (const char* fault = find_fault(out); fault != nullptr) return failed(StatusCode::kInternal, fault);
  return out;
}

}  // namespace sheave::plugin_host
