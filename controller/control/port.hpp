#pragma once
// What crosses between the control thread and the main thread, and nothing else does: commands down, events and frames up,
// and the few atomics that must work when the main thread does not.

#include <array>
#include <atomic>
#include <cstdint>

#include "controller/core/faults.hpp"
#include "controller/core/load_bound.hpp"
#include "controller/core/machine.hpp"
#include "controller/core/motion.hpp"
#include "controller/core/units.hpp"
#include "controller/rt/latest_value.hpp"
#include "controller/rt/spsc_ring.hpp"
#include "controller/safety/jog.hpp"
#include "controller/safety/states.hpp"

namespace sheave::plugin_host {
class ExerciseSlot;
class LoadSlot;
}  // namespace sheave::plugin_host

namespace sheave::control {

inline constexpr std::int64_t kLongestHold_ns = 6 * kNsPerS;  // an all-out hold is measured within three seconds, and tires

inline constexpr std::size_t kMaxChain = 4;  // longest useful chain in the catalog is three links

/// How slow a counted rep is that leaves one or two, by this person's own sets: the later in the set, the less slow it need be.
struct LastReps {
  double speed_mps = 0.0;  ///< Mean, of rep `at_rep`; 0: not known.
  double at_rep = 0.0, rise_mps = 0.0;
  double at(std::uint32_t rep) const noexcept { return speed_mps > 0.0 ? speed_mps + rise_mps * (rep - at_rep) : 0.0; }
};

/// Ends a set as its speed falls: for power, and where velocity loss is the dose.
struct SpeedLossEnd {
  double loss_share = 0.0;  ///< Against the fastest counted rep of this set so far; 0: never.
  std::uint32_t reps = 1;   ///< That many counted reps in a row at or past it.
  bool peak = false;        ///< By peak speed; else by the mean over time.
};

/// Takes load off within a set that would end far below its range: once its reps are as slow as this person's last ones and more than
/// kFarBelow_reps are missing. control/effort_watch.hpp. A load is never raised by it.
struct Lighten {
  std::uint32_t rep_bottom = 0;  ///< Of the set's range; 0: never.
  double speed_mps = 0.0;        ///< Mean speed of a rep that is as slow; 0: not known, never.
  double share_per_rep = 0.0;    ///< Of the load, for each rep that is missing up to the bottom; 0: never.
  double step_n = 0.0;           ///< Per axis: the load ends on a whole multiple, the machine's increment.
  double least_n = 0.0;          ///< Per axis: the least that the machine sets.
};

/// All that one set needs on the control thread. Built and activated on [main]; from the command that hands it over until
/// EventKind::kPlanReleased only [control] touches it.
struct SetPlan {
  std::uint64_t id = 0;                           ///< Of the set; echoed in every event.
  plugin_host::ExerciseSlot* exercise = nullptr;  ///< Null while calibrating.
  std::array<plugin_host::LoadSlot*, kMaxChain> chain{};
  std::uint32_t chain_length = 0;
  std::uint32_t axis_mask = 1;   ///< Bit per active cable.
  double load_per_axis_n = 0.0;  ///< Base load of each active cable.
  LoadBound bound;               ///< What the chain may make of it; the envelope lets no more through, whatever the chain asks.
  std::array<Rom, kMaxAxes> rom{};
  double min_rep_rom_m = 0.10;  ///< Movements below it are no candidates.
  std::uint32_t rep_goal = 0;   ///< Before its last rep the panel says so, unless speed already has; 0: none. Does not end the set.
  LastReps last_reps;           ///< The same cue once counted reps have slowed down.
  SpeedLossEnd speed_loss_end;
  Lighten lighten;
  /// The program has the handle held still in mid-range, against a wall that gives way with the person: a standstill is a stall only
  /// after this, at most kLongestHold_ns, and only while the base load is light. Nothing is cued meanwhile. 0: none.
  std::int64_t hold_ns = 0;
  std::int64_t arm_timeout_ns = 60 * kNsPerS;
  std::array<CableDrag, kMaxAxes> drag{};  ///< What the feed-forward takes out; not measured: the machine file's friction.
  bool self_test = false;  ///< With kCalibrate only: measures the machine by itself, without feed-forward. control/self_test.hpp.
};

enum class CommandKind : std::uint8_t {
  kNone,
  kReset,      ///< Reset edge: SAFE_OFF to IDLE when nothing is wrong.
  kArm,        ///< IDLE to READY with `plan`; engages by itself once the handle is out and still.
  kCalibrate,  ///< IDLE to CALIBRATE with `plan`; its load is at most kCalibrateMax_n.
  kEndSet,     ///< The session ends the set or the calibration: UNLOAD, then RETRACT.
  kSetLoad,    ///< `value`: base load per axis [N]. Lower at any time, raise only while READY.
  kLease,      ///< `value`: LeaseHealth.
  kSetParam,   ///< `value` of live parameter `param` of chain link `link` in set `plan_id`; where that is over, nothing. The bound stays.
  kJog,        ///< `jog`: one call of a press. Where it cannot begin at rest, kRefused; safety/jog.hpp.
  kSession,    ///< `value`: 1 a session with a person is open, 0 none. Above 50 N one must be.
};

/// How alive whoever steers is, as the session sees it.
enum class LeaseHealth : std::uint8_t { kHeldByMachine, kHeld, kSilent, kLost };

struct Command {
  CommandKind kind = CommandKind::kNone;
  double value = 0.0;
  SetPlan* plan = nullptr;
  std::uint64_t plan_id = 0;
  std::uint32_t link = 0, param = 0;
  safety::JogCall jog = {};
};

enum class SetEndReason : std::uint8_t {  // values equal sheave_set_end_reason
  kUnknown = 0,
  kRacked = 1,
  kFailed = 2,
  kExercise = 3,
  kLeft = 4,
  kStopped = 5,
  kLeaseLost = 6,
  kFault = 7,
  kInterrupted = 8,
  kFinished = 9,
};

enum class EventKind : std::uint8_t {
  kNone,
  kState,    ///< `state`, `fault` its cause; `plan_id` of the set, or the number of the press that a jog is of.
  kFaultOn,  ///< `fault` became active; `reaction`.
  kFaultOff,
  kSetEngaged,     ///< The load is on: the set begins.
  kRep,            ///< `rep`: one verdict.
  kCue,            ///< `cue`: sheave_cue_t.
  kSetEnded,       ///< `end`: no more reps come.
  kPlanReleased,   ///< `plan_id`'s plan belongs to [main] again.
  kRefused,        ///< A command could not be carried out in `state`; `command`.
  kLoadLowered,    ///< The set goes on lighter: `value` is its base load per axis [N] from now on.
  kStopConfirmed,  ///< After Stop: `value` is the measured tension [N], at most 30.
};

struct Event {
  EventKind kind = EventKind::kNone;
  safety::MachineState state = safety::MachineState::kBoot;
  safety::Reaction reaction = safety::Reaction::kNone;
  FaultCode fault = FaultCode::kNone;
  SetEndReason end = SetEndReason::kUnknown;
  CommandKind command = CommandKind::kNone;
  std::uint32_t cue = 0;
  std::uint64_t plan_id = 0;
  std::int64_t time_ns = 0;
  double value = 0.0;
  Rep rep{};
};

/// One tick as telemetry sees it.
struct AxisFrame {
  float extension_m = 0, velocity_mps = 0, tension_n = 0, commanded_n = 0, rom_share = 0;  // share is NaN where no ROM is known
  Phase phase = Phase::kRest;
  bool fresh = false;
  float correction_n = 0;  ///< What of the tension the feed-forward added: the hand feels the rest.
};

struct Frame {
  std::uint64_t tick = 0;     ///< Gaps are missed ticks.
  std::int64_t time_ns = 0;   ///< Host monotonic.
  std::uint64_t plan_id = 0;  ///< 0: no set.
  safety::MachineState state = safety::MachineState::kBoot;
  safety::Reaction reaction = safety::Reaction::kNone;
  std::uint8_t axis_count = 0;
  std::uint16_t counted_reps = 0;
  std::array<AxisFrame, kMaxAxes> axes{};
};

/// Loop statistics since start.
struct LoopStats {
  std::uint64_t ticks = 0, overruns = 0, exchanges = 0, missed = 0, stale_dropped = 0, protocol_errors = 0, reconnects = 0, frames_lost = 0,
                events_lost = 0;
  std::int64_t lateness_max_ns = 0, tick_max_ns = 0, cycle_max_ns = 0;
  double lateness_mean_ns = 0, tick_mean_ns = 0, cycle_mean_ns = 0;
  bool realtime = false;  ///< SCHED_FIFO was granted.
};

/// The one place where the two threads meet. Lives as long as both.
struct Port {
  rt::SpscRing<Command, 64> commands;  ///< [main] to [control]
  rt::SpscRing<Event, 1024> events;    ///< [control] to [main]; each push is followed by one write to the eventfd
  rt::SpscRing<Frame, 4096> frames;    ///< [control] to [main]; about 4 s at 1 kHz
  rt::LatestValue<LoopStats> stats;    ///< [control] to [main]

  // Direct, from any thread: they work when the main thread does not.
  std::atomic<std::uint32_t> stop_requests{0};   ///< +1 per Stop: unload now, end the set.
  std::atomic<std::uint32_t> lower_requests{0};  ///< +1 per Lower: ramp down to take-up; the set ends.
  std::atomic<std::int64_t> main_heartbeat_ns{0};
  std::atomic<float> measured_tension_n{-1.0F};  ///< Largest over the cables, every tick; negative: not known.
  std::atomic<std::uint8_t> state{0};            ///< safety::MachineState, every tick.
};

}  // namespace sheave::control
