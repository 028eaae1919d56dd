#pragma once
// Base class of progressions: a pure function from the history to the next load and its reason.

#include <algorithm>
#include <cstring>
#include <span>
#include <string_view>

#include "sheave/ext/progression.h"
#include "sheave_sdk/plugin.hpp"

namespace sheave::sdk {

inline std::span<const sheave_set_summary_t> sets_of(const sheave_progression_in_t& in) noexcept { return {in.sets, in.set_count}; }
inline std::span<const sheave_rep_summary_t> reps_of(const sheave_set_summary_t& set) noexcept { return {set.reps, set.rep_count}; }

/// A decision in the making.
class Decision {
 public:
  explicit Decision(sheave_progression_out_t& out) noexcept : out_(out) {}

  /// @param reason UPPER_SNAKE code, shorter than SHEAVE_REASON_SIZE.
  Decision& load(double load_kg, std::string_view reason) noexcept {
    out_.decision = SHEAVE_DECISION_LOAD;
    out_.load_kg = load_kg;
    copy(out_.reason, reason);
    return *this;
  }
  /// Another reason for what was decided.
  Decision& reason(std::string_view code) noexcept { return copy(out_.reason, code), *this; }
  /// No further set.
  Decision& stop(std::string_view reason) noexcept {
    out_.decision = SHEAVE_DECISION_STOP;
    copy(out_.reason, reason);
    return *this;
  }
  Decision& probe() noexcept { return out_.next_kind = SHEAVE_SET_PROBE, *this; }
  Decision& rep_goal(std::uint32_t reps) noexcept { return out_.rep_goal = reps, *this; }
  Decision& confidence(double share) noexcept { return out_.confidence = share, *this; }
  /// A rep of the next set no faster than this (mean) leaves one or two; the host says so while the set runs.
  Decision& last_reps_speed(double mean_mps) noexcept { return out_.last_reps_speed_mps = mean_mps, *this; }
  /// That speed is for rep `at_rep`; each rep after it may be faster by so much and still leave one or two, each before it must be slower.
  Decision& last_reps_rise(double at_rep, double mps_per_rep) noexcept {
    return out_.last_reps_at = at_rep, out_.last_reps_rise_mps = mps_per_rep, *this;
  }
  /// Where reps are no faster than this far below the range, the set goes on lighter: by this share of the load for each that is missing.
  Decision& lighter(double mean_mps, double share_per_rep) noexcept {
    out_.lighter_speed_mps = mean_mps;
    out_.lighter_per_rep_share = share_per_rep;
    return *this;
  }
  /// @param name lower_snake_case with unit, at most 23 characters. What does not fit is left out.
  Decision& evidence(std::string_view name, double value) noexcept {
    if (out_.evidence_count >= SHEAVE_EVIDENCE_MAX) return *this;
    sheave_evidence_t& e = out_.evidence[out_.evidence_count++];
    copy(e.name, name);
    e.value = value;
    return *this;
  }

 private:
  template <std::size_t N>
  static void copy(char (&to)[N], std::string_view from) noexcept {
    const std::size_t n = std::min(from.size(), N - 1);
    std::memset(to, 0, N);
    std::memcpy(to, from.data(), n);
  }
  sheave_progression_out_t& out_;
};

class Progression : public Plugin {
 public:
  static constexpr const char* kKind = SHEAVE_EXT_PROGRESSION;

  /// False: no decision, the load stays. Keep nothing between calls: the same input gives the same decision. The parameters have
  /// the values of `in`. `out` comes as a working set without confidence, evidence or rep goal. [worker]
  virtual bool decide(const sheave_progression_in_t& in, Decision& out) const = 0;

  template <typename Cast>
  static const void* extension() noexcept {
    static constexpr sheave_progression_t kExtension{
        [](const sheave_plugin_t* p, const sheave_progression_in_t* in, sheave_progression_out_t* out) {
          return detail::guarded(false, [&] {
            Progression& self = Cast::of(p);
            if (in->struct_size < sizeof *in || out->struct_size < sizeof *out) return false;
            if (!self.set_all(in->params, in->param_count)) return false;
            const std::uint32_t size = out->struct_size;
            *out = {};
            out->struct_size = size;
            out->next_kind = SHEAVE_SET_WORKING;
            out->confidence = -1;
            Decision decision(*out);
            return self.decide(*in, decision);
          });
        }};
    return &kExtension;
  }
};

}  // namespace sheave::sdk
