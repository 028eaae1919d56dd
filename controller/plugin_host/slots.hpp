#pragma once
// A plugin ready to be ticked: what the control thread calls. Built and activated on [main], ticked on [control].

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "plugins/abi/sheave/ext/exercise.h"
#include "plugins/abi/sheave/ext/load_profile.h"

namespace sheave::plugin_host {

class Instance;

/// Most candidates, verdicts, cues and parameter changes of one tick; a tick sees two cables' movements at most.
inline constexpr std::size_t kMaxTickEvents = 16;

/// What came of one plugin call.
enum class CallResult : std::uint8_t { kOk, kError, kNotFinite };

/// What an exercise decided in one tick.
struct ExerciseOutcome {
  std::array<sheave_rep_verdict_t, kMaxTickEvents> verdicts;
  std::uint32_t verdict_count = 0;
  std::uint32_t cue = SHEAVE_CUE_NONE;
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

  bool start() noexcept;  // [control]
  void stop() noexcept;   // [control]

  /// @param candidates of this tick. @param base_load_n in: the set's load per axis; out: as the exercise lowered it, never above.
  CallResult tick(const sheave_exercise_in_t& in, std::span<const sheave_rep_candidate_t> candidates, std::span<double> base_load_n,
                  ExerciseOutcome& outcome) noexcept;  // [control & running]

  const Instance& instance() const noexcept { return *instance_; }

 private:
  std::unique_ptr<Instance> instance_;
  const sheave_exercise_t* exercise_ = nullptr;
};

class LoadSlot {
 public:
  explicit LoadSlot(std::unique_ptr<Instance> instance);
  ~LoadSlot();
  bool start() noexcept;
  void stop() noexcept;
  /// @param tension_n out: per axis; untouched unless kOk.
  CallResult tick(const sheave_load_in_t& in, std::span<double> tension_n) noexcept;  // [control & running]
  const Instance& instance() const noexcept { return *instance_; }

 private:
  std::unique_ptr<Instance> instance_;
  const sheave_load_profile_t* profile_ = nullptr;
};

}  // namespace sheave::plugin_host
