#pragma once
// Base class of exercises: the judge of each movement that the host's detector saw.

#include "sheave/ext/exercise.h"
#include "sheave_sdk/plugin.hpp"

namespace sheave::sdk {

/// What an exercise sees of one tick. Units and signs as in sheave/tick.h.
class ExerciseView {
 public:
  explicit ExerciseView(const sheave_exercise_in_t& in) noexcept : in_(in) {}
  std::size_t axis_count() const noexcept { return in_.axis_count; }
  const sheave_tick_time_t& time() const noexcept { return in_.time; }
  const sheave_axis_state_t& axis(std::size_t i) const noexcept { return in_.axes[i]; }
  double rom_share(std::size_t i) const noexcept { return in_.rom_share[i]; }  ///< NaN where no ROM is calibrated.
  sheave_phase_t phase(std::size_t i) const noexcept { return static_cast<sheave_phase_t>(in_.phase[i]); }
  double set_load_n() const noexcept { return in_.set_load_n; }  ///< Per active cable.
  /// Calls `f(const sheave_rep_candidate_t&)` for each movement that ended in this tick. Each wants exactly one verdict.
  template <typename F>
  void for_each_candidate(F&& f) const {
    Events(in_.events).for_each<sheave_rep_candidate_t>(SHEAVE_EVENT_REP_CANDIDATE, f);
  }

 private:
  const sheave_exercise_in_t& in_;
};

/// What an exercise may do in one tick.
class ExerciseActions {
 public:
  explicit ExerciseActions(sheave_exercise_out_t& out) noexcept : out_(out) {}

  /// @param hold_s the hold at the peak as this exercise measures it; negative: not measured.
  void verdict(const sheave_rep_candidate_t& candidate, sheave_verdict_t verdict, std::uint32_t form = 0, double hold_s = -1) noexcept {
    const sheave_rep_verdict_t e{header<sheave_rep_verdict_t>(SHEAVE_EVENT_REP_VERDICT), candidate.candidate, verdict, form, 0, hold_s};
    if (!push(e.h)) verdict_lost_ = true;
  }
  /// A cue that does not fit is dropped: the next tick may say it again.
  void cue(sheave_cue_t cue) noexcept {
    const sheave_event_cue_t e{header<sheave_event_cue_t>(SHEAVE_EVENT_CUE), static_cast<std::uint32_t>(cue), 0};
    push(e.h);
  }
  void end_set() noexcept {
    const sheave_event_set_end_t e{header<sheave_event_set_end_t>(SHEAVE_EVENT_SET_END), {0, 0}};
    push(e.h);
  }
  /// Less than the set's load, from this tick on as long as it is repeated; more is not possible. (Drop sets.)
  void lower_base_load(std::size_t axis, double base_load_n) noexcept {
    if (base_load_n < out_.base_load_n[axis]) out_.base_load_n[axis] = base_load_n;
  }
  bool verdict_lost() const noexcept { return verdict_lost_; }

 private:
  template <typename T>
  static sheave_event_header_t header(std::uint16_t type) noexcept {
    return {static_cast<std::uint32_t>(sizeof(T)), 0, type};
  }
  bool push(const sheave_event_header_t& h) noexcept { return out_.events->try_push(out_.events, &h); }

  sheave_exercise_out_t& out_;
  bool verdict_lost_ = false;
};

class Exercise : public Plugin {
 public:
  static constexpr const char* kKind = SHEAVE_EXT_EXERCISE;

  /// Every tick of a set. Answer each candidate with one verdict, now or in a later tick of the same set. [control & running]
  virtual Tick on_tick(const ExerciseView& in, ExerciseActions& out) = 0;

  /// The extension over the class's instances. [any]
  template <typename Cast>
  static const void* extension() noexcept {
    static constexpr sheave_exercise_t kExtension{[](const sheave_plugin_t* p, const sheave_exercise_in_t* in, sheave_exercise_out_t* out) {
      return detail::guarded(SHEAVE_TICK_ERROR, [&] {
        auto& self = Cast::of(p);  // the class, not this base of it: a final one is called without its table, and inline
        if (in->struct_size < sizeof *in || out->struct_size < sizeof *out) return SHEAVE_TICK_ERROR;
        detail::deliver_live_params(self, in->events);
        ExerciseActions actions(*out);
        const Tick tick = self.on_tick(ExerciseView(*in), actions);
        const bool finite = detail::all_finite(out->base_load_n, out->axis_count);
        return actions.verdict_lost() || !finite ? SHEAVE_TICK_ERROR : static_cast<sheave_tick_status_t>(tick);
      });
    }};
    return &kExtension;
  }
};

}  // namespace sheave::sdk
