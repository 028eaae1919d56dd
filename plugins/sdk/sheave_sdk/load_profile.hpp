#pragma once
// Base class of load profiles: from base load to tension, tick by tick, as a link of a chain.

#include <cstddef>
#include <cstring>
#include <optional>
#include <span>

#include "sheave/ext/load_profile.h"
#include "sheave_sdk/plugin.hpp"

namespace sheave::sdk {

/// What a load profile sees of one tick. Units and signs as in sheave/tick.h.
class LoadView {
 public:
  LoadView(const sheave_load_in_t& in, const sheave_load_out_t& out) noexcept : in_(in), out_(out) {}
  std::size_t axis_count() const noexcept { return in_.axis_count; }
  const sheave_tick_time_t& time() const noexcept { return in_.time; }
  const sheave_axis_state_t& axis(std::size_t i) const noexcept { return in_.axes[i]; }
  double base_load_n(std::size_t i) const noexcept { return in_.base_load_n[i]; }
  double previous_tension_n(std::size_t i) const noexcept { return in_.previous_tension_n[i]; }  ///< Build on this one.
  double rom_share(std::size_t i) const noexcept { return in_.rom_share[i]; }                    ///< NaN where no ROM is calibrated.
  sheave_phase_t phase(std::size_t i) const noexcept { return static_cast<sheave_phase_t>(in_.phase[i]); }

  /// What of the machine's own mass this profile needs to be stable in this tick, 0 (as if not called) to 1.
  void need_own_mass(std::size_t i, double share) const noexcept {
    if (out_.struct_size >= sizeof out_) out_.own_mass[i] = share;  // a host before 1.1 leaves all of it in the hand
  }

 private:
  const sheave_load_in_t& in_;
  const sheave_load_out_t& out_;
};

/// The most that a profile asks for: `factor` times the greatest tension that came in since the start, and `added_n` on top.
struct LoadBound {
  double factor = 1.0, added_n = 0.0;
};

class LoadProfile : public Plugin {
 public:
  static constexpr const char* kKind = SHEAVE_EXT_LOAD_PROFILE;

  /// @param tension_n per axis: a request, >= 0. What is not finite becomes an error; the host clamps and slews the rest.
  /// [control & running]
  virtual Tick on_tick(const LoadView& in, std::span<double> tension_n) = 0;

  /// With the present parameters; a set is held to it. Without it the host allows SHEAVE_LOAD_FACTOR_UNDECLARED times what comes in.
  /// [main & active & !running]
  virtual std::optional<LoadBound> bound() const { return std::nullopt; }

  template <typename Cast>
  static const void* extension() noexcept {
    static constexpr sheave_load_profile_t kExtension{[](const sheave_plugin_t* p, const sheave_load_in_t* in, sheave_load_out_t* out) {
      return detail::guarded(SHEAVE_TICK_ERROR, [&] {
        auto& self = Cast::of(p);  // the class, not this base of it: a final one is called without its table, and inline
        if (in->struct_size < sizeof *in || out->struct_size < offsetof(sheave_load_out_t, own_mass)) return SHEAVE_TICK_ERROR;
        detail::deliver_live_params(self, in->events);
        const std::span<double> tension_n(out->tension_n, out->axis_count);
        const Tick tick = self.on_tick(LoadView(*in, *out), tension_n);
        // What comes in broken goes out as an error, not as a tension that is no number.
        return detail::all_finite(out->tension_n, out->axis_count) ? static_cast<sheave_tick_status_t>(tick) : SHEAVE_TICK_ERROR;
      });
    }};
    return &kExtension;
  }

  template <typename Cast>
  static const void* further_extension(const char* id) noexcept {
    static constexpr sheave_load_bounded_t kBounded{[](const sheave_plugin_t* p, sheave_load_bound_t* out) {
      return detail::guarded(false, [&] {
        const std::optional<LoadBound> bound = Cast::of(p).bound();
        if (!bound || out->struct_size < sizeof *out) return false;
        out->factor = bound->factor;
        out->added_n = bound->added_n;
        return true;
      });
    }};
    return std::strcmp(id, SHEAVE_EXT_LOAD_BOUND) == 0 ? &kBounded : nullptr;
  }
};

}  // namespace sheave::sdk
