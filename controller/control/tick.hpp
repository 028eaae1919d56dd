#pragma once
// One control tick, from the drives' answers to the next commands. A pure function of its inputs and its own state.

#include <array>
#include <cstdint>

#include "controller/control/feed_forward.hpp"
#include "controller/control/load_chain.hpp"
#include "controller/control/motion_estimator.hpp"
#include "controller/control/panel_policy.hpp"
#include "controller/control/self_test.hpp"
#include "controller/control/set_runner.hpp"
#include "controller/control/signal_check.hpp"
#include "controller/control/tick_types.hpp"
#include "controller/core/machine.hpp"
#include "controller/plugin_host/slots.hpp"
#include "controller/safety/envelope.hpp"
#include "controller/safety/supervisor.hpp"
#include "hal/cable_stack.hpp"

namespace sheave::control {

/// The most that CALIBRATE puts on a cable.
inline constexpr double kCalibrateMax_n = safety::kLight_n;

/// Allocates nothing, locks nothing, calls no system, throws nothing. Reads no clock, but through `timer` around plugin calls, and
/// that verdict counts from the next tick on; so the simulator runs this same class in virtual time, and a recorded run replays to
/// the same bits. [control]
class Tick {
 public:
  /// @param timer outlives the tick. @param info copied from; of the opened stack.
  Tick(const Machine& machine, const hal::StackInfo& info, plugin_host::CallTimer& timer);

  /// @pre in.axes.size() == the stack's axis_count. `out` is the same object on every call: only what changed is written.
  void step(const TickInput& in, TickOutput& out) noexcept;

  safety::MachineState state() const noexcept { return supervisor_.state(); }

 private:
  struct Axis {
    bool fresh = false;
    SignalCheck::Result check;
    AxisMotion motion;
    double tension_n = 0.0;     // measured, >= 0
    double request_n = 0.0;     // of chain and feed-forward
    double swift_mps2 = 0.0;    // acceleration, for the feed-forward
    double correction_n = 0.0;  // the feed-forward's part of it
    double set_most_n = 0.0;    // what of it the set allows
    bool active = false;
  };

  void take_commands(const TickInput& in, EventList& events) noexcept;
  void take_plan(const Command& command, const TickTime& time, EventList& events) noexcept;
  void set_param(const Command& command) noexcept;
  void check_signals(const TickInput& in) noexcept;
  void estimate(const TickInput& in) noexcept;
  JudgedMotion judged_motion(const TickOutput& out) const noexcept;
  void run_chain(const TickInput& in, EventList& events) noexcept;
  bool self_testing() const noexcept;
  void run_self_test(const TickTime& time) noexcept;
  hal::Lamp self_test_lamp() const noexcept;
  void feed_forward(const TickTime& time) noexcept;
  void bound_by_set() noexcept;
  void supervise(const TickInput& in, const JudgedMotion& motion, const TickOutput& out) noexcept;
  void follow(const TickInput& in, EventList& events) noexcept;
  void command(const TickInput& in, TickOutput& out) noexcept;
  bool in_order(std::size_t axis, double tension_n, double last_n, const TickTime& time) const noexcept;
  void report(const TickInput& in, TickOutput& out) noexcept;
  void refuse(const Command& command, const TickTime& time, EventList& events) const noexcept;
  double share(std::size_t axis) const noexcept;
  std::uint32_t flags(const Axis& axis) const noexcept;

  std::size_t axis_count_;
  double peak_force_n_, load_max_n_, friction_n_, travel_m_;
  std::int64_t standstill_ns_;
  safety::EnvelopeConfig envelope_;
  std::array<SignalCheck, kMaxAxes> checks_;
  std::array<MotionEstimator, kMaxAxes> estimators_;
  SetRunner runner_;
  LoadChain chain_;
  std::array<FeedForward, kMaxAxes> feed_forward_;
  std::array<MotionEstimator, kMaxAxes> swift_{MotionEstimator(FeedForward::kMemory_s), MotionEstimator(FeedForward::kMemory_s)};
  std::array<SelfTest, kMaxAxes> self_tests_;
  safety::Supervisor supervisor_;
  PanelPolicy panel_;

  std::array<Axis, kMaxAxes> axes_{};
  safety::SafetyInput safety_in_;
  safety::SafetyOutput decided_;
  plugin_host::ExerciseOutcome outcome_{};
  Command pending_arm_;  // kNone: none
  LeaseHealth lease_ = LeaseHealth::kHeldByMachine;
  safety::JogCall jog_;  // of this tick
  bool session_open_ = false;
  bool reset_ = false;
  bool button_down_ = false;
  bool capped_ = false, slewed_ = false;
  bool command_broken_ = false;
};

}  // namespace sheave::control
