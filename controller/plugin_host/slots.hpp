#pragma once
// A plugin ready to be ticked: what the control thread calls. Built and activated on [main], ticked on [control].
// Nothing here allocates, locks or throws after construction, and nothing that a plugin answers is believed unchecked.

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "controller/core/load_bound.hpp"
#include "plugins/abi/sheave/ext/exercise.h"
#include "plugins/abi/sheave/ext/load_profile.h"

namespace sheave::plugin_host {

class Instance;

/// Most candidates, verdicts, cues and parameter changes of one tick; a tick sees two cables' movements at most.
inline constexpr std::size_t kMaxTickEvents = 16;

/// What came of one plugin call.
enum class CallResult : std::uint8_t {
  kOk,
  kError,     ///< The plugin said so, or broke a rule: a verdict on no candidate, a second one on the same, too many events.
  kNotFinite  ///< It asked for something that is no number.
};

/// What an exercise decided in one tick.
struct ExerciseOutcome {
  std::array<sheave_rep_verdict_t, kMaxTickEvents> verdicts;
  std::uint32_t verdict_count = 0;
  std::uint32_t cue = SHEAVE_CUE_NONE;  ///< The last one given.
  bool end_set = false;
};

/// Reads a monotonic time around plugin calls. Injected: the simulator's returns a constant.
class CallTimer {
 public:
  virtual ~CallTimer() = default;
  virtual std::int64_t now_ns() noexcept = 0;
};

class ExerciseSlot {
 public:
  explicit ExerciseSlot(std::unique_ptr<Instance> instance);  // [main] instance is activated
  ~ExerciseSlot();                                            // [main & !running]

  bool start() noexcept;  // [control & !running]
  void stop() noexcept;   // [control & running]

  /// @param in `struct_size` and `events` are filled in here. @param candidates of this tick, at most kMaxTickEvents.
  /// @param base_load_n in: the set's load per axis; out: as the exercise lowered it, never above and never below 0; untouched
  /// unless kOk. @param outcome overwritten; empty unless kOk.
  CallResult tick(const sheave_exercise_in_t& in, std::span<const sheave_rep_candidate_t> candidates, std::span<double> base_load_n,
                  ExerciseOutcome& outcome) noexcept;  // [control & running]

  /// Candidates that still wait for their verdict. [control]
  std::uint32_t open_candidates() const noexcept { return open_count_; }
  const Instance& instance() const noexcept { return *instance_; }

 private:
  struct Collector;
  bool open(std::span<const sheave_rep_candidate_t> candidates) noexcept;
  bool close(std::uint32_t candidate) noexcept;

  std::unique_ptr<Instance> instance_;
  const sheave_exercise_t* exercise_ = nullptr;
  std::array<std::uint32_t, kMaxTickEvents> open_{};  ///< Candidates without a verdict.
  std::uint32_t open_count_ = 0;
};

class LoadSlot {
 public:
  explicit LoadSlot(std::unique_ptr<Instance> instance);  // [main] instance is activated
  ~LoadSlot();                                            // [main & !running]
  bool start() noexcept;                                  // [control & !running]
  void stop() noexcept;                                   // [control & running]
  /// A live parameter's change, told with the next tick(); unknown, fixed or out of range: the plugin leaves it as it is. False where
  /// kMaxTickEvents wait already. Also before start(). [control]
  bool set_param(std::uint32_t id, double value) noexcept;
  /// What the profile says that it asks for at most; where it does not, or says nonsense, as LoadBound is made. [main & !running]
  LoadBound bound() const;
  /// @param in `struct_size` and `events` are filled in here. @param tension_n out: per axis, >= 0; untouched unless kOk.
  /// @param own_mass per axis, 0..1: raised to the share of the machine's own mass that this link needs; untouched unless kOk. Empty:
  /// nobody asks.
  CallResult tick(const sheave_load_in_t& in, std::span<double> tension_n,
                  std::span<double> own_mass = {}) noexcept;  // [control & running]
  const Instance& instance() const noexcept { return *instance_; }

 private:
  std::unique_ptr<Instance> instance_;
  const sheave_load_profile_t* profile_ = nullptr;
  std::array<sheave_event_param_t, kMaxTickEvents> changes_{};
  std::uint32_t change_count_ = 0;
};

}  // namespace sheave::plugin_host
