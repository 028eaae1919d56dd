#pragma once
// Runs a set's plugins: the exercise, then the load profiles, each on the tension of the one before it.

#include <array>
#include <cstdint>
#include <span>

#include "controller/control/port.hpp"
#include "controller/control/tick_types.hpp"
#include "controller/plugin_host/slots.hpp"
#include "controller/safety/input.hpp"

namespace sheave::control {

/// What the plugins see of one tick.
struct ChainInput {
  TickTime time;
  std::uint32_t axis_count = 1;
  std::array<sheave_axis_state_t, kMaxAxes> axes{};
  std::array<double, kMaxAxes> rom_share{};  ///< NaN where no ROM is known.
  std::array<std::uint32_t, kMaxAxes> phase{};
  double set_load_n = 0.0;  ///< Per active cable.
  bool no_raise = false;    ///< The base load may only fall, and no profile may ask for more than it has asked for in this set.
  bool realtime = false;    ///< Without it a slow call may be the scheduler's doing.
  std::span<const sheave_rep_candidate_t> candidates;
};

/// An error, no number, or a broken floating-point mode latches: from then on the built-in ramp takes the tension down, whatever the
/// plugins would say, until the next start(). How long the calls took is judged too; that verdict is for the next tick, so that
/// the tick itself stays a pure function.
///
/// While nothing may be raised, the shape of a chain goes on (chains over the range, an eccentric overload), but what a profile adds by
/// itself, as one that follows the person's strength does, ends at the most that was asked for before. What it has grown by meanwhile
/// comes afterwards as gently as the load of a set. [control]
class LoadChain {
 public:
  explicit LoadChain(plugin_host::CallTimer& timer) noexcept : timer_(timer) {}

  /// Starts the plan's plugins. Where one refuses, the chain is failed from the start.
  void start(const SetPlan& plan) noexcept;
  void stop() noexcept;

  /// @param request_n out, per cable: finite, >= 0; 0 on a cable that takes no part. @param outcome of the exercise.
  void run(const ChainInput& in, std::span<double> request_n, plugin_host::ExerciseOutcome& outcome) noexcept;

  /// The share of the machine's own mass that the profiles need in the hand, per cable, as of the last run().
  double own_mass(std::size_t axis) const noexcept { return own_mass_[axis]; }

  /// Of the calls so far.
  safety::PluginVerdict verdict() const noexcept { return verdict_; }

 private:
  bool run_plugins(const ChainInput& in, std::span<double> base_n, std::span<double> tension_n,
                   plugin_host::ExerciseOutcome& outcome) noexcept;
  void judge_time(std::int64_t took_ns, bool realtime) noexcept;

  plugin_host::CallTimer& timer_;
  const SetPlan* plan_ = nullptr;
  std::uint32_t started_links_ = 0;
  bool exercise_started_ = false;
  bool failed_ = false;
  safety::PluginVerdict verdict_ = safety::PluginVerdict::kGood;
  int slow_score_ = 0;
  std::array<double, kMaxAxes> own_mass_{};
  std::array<double, kMaxAxes> last_base_n_{};
  std::array<double, kMaxAxes> last_request_n_{};
  std::array<double, kMaxAxes> most_n_{};   // asked for in this set while raising was allowed
  std::array<double, kMaxAxes> limit_n_{};  // in force while raising is not, and until what was held back has come
};

}  // namespace sheave::control
