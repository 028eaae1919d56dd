#pragma once
// Owns the load. Watches everything, picks the machine's state and the limits of this tick. The session asks; this decides.

#include <array>
#include <cstdint>
#include <optional>

#include "controller/safety/axis_monitor.hpp"
#include "controller/safety/envelope.hpp"
#include "controller/safety/input.hpp"
#include "controller/safety/jog.hpp"
#include "controller/safety/link_monitor.hpp"
#include "controller/safety/person_monitor.hpp"

namespace sheave::safety {

/// A pure machine: the same inputs give the same outputs, and time is one of them. No allocation.
///
/// Invariants, whatever the input: load comes only by READY and ENGAGE; SERVICE (light) lasts only while a press is asked for anew; from
/// SPOT up the caps only fall; what was latched lets go only by its row's rule; power-off states command 0 N and drive off. Born in BOOT,
/// which leads to SAFE_OFF, which leads on only by a reset edge with nothing wrong. After a Stop nothing is armed, nor calibrated, before
/// the handle has been home. [control]
class Supervisor {
 public:
  Supervisor(const EnvelopeConfig& config, double max_speed_mps) noexcept;

  /// `out` is whole after the call; it is an argument because it is large.
  void step(const SafetyInput& in, SafetyOutput& out) noexcept;

  MachineState state() const noexcept { return state_; }

 private:
  struct RowState {
    std::int64_t held_ns = 0;  // how long the condition has held
    std::int64_t gone_ns = 0;  // how long it has not
  };

  ConditionSet find(const SafetyInput& in) noexcept;
  bool still_reconnecting(const SafetyInput& in, const ConditionSet& found) noexcept;
  void watch_stop(const SafetyInput& in, ConditionSet& found, SafetyOutput& out) noexcept;
  void update_rows(const SafetyInput& in, const ConditionSet& found, SafetyOutput& out) noexcept;
  void activate(Condition condition, SafetyOutput& out) noexcept;
  void let_go(Condition condition, SafetyOutput& out) noexcept;
  void handle_reset(const SafetyInput& in, const ConditionSet& found, SafetyOutput& out) noexcept;
  void handle_request(const SafetyInput& in, const ConditionSet& found, SafetyOutput& out) noexcept;
  void handle_jog(const SafetyInput& in, const ConditionSet& found, SafetyOutput& out) noexcept;
  bool may_begin(const SafetyInput& in, const ConditionSet& found, MachineState next) const noexcept;
  void begin(MachineState next, const SafetyInput& in, SafetyOutput& out) noexcept;
  void unload_gently(const SafetyInput& in) noexcept;
  void react(const SafetyInput& in, Reaction worst, FaultCode cause) noexcept;
  void advance(const SafetyInput& in, Reaction worst) noexcept;
  void enter(MachineState state, const SafetyInput& in) noexcept;
  void step_caps(const SafetyInput& in, Reaction worst) noexcept;
  void pace_engage(const SafetyInput& in) noexcept;
  void fill(Reaction worst, SafetyOutput& out) const noexcept;

  EnvelopeConfig config_;
  std::array<AxisMonitor, kMaxAxes> axis_monitors_;
  LinkMonitor link_;
  PersonMonitor person_;
  JogPress jog_;
  std::array<RowState, kConditionCount> rows_{};
  ConditionSet active_;   // rows in force, latched ones too
  ConditionSet waiting_;  // rows whose condition holds, within their start delay

  MachineState state_ = MachineState::kBoot;
  FaultCode cause_ = FaultCode::kNone;
  std::int64_t state_age_ns_ = 0;
  std::array<double, kMaxAxes> cap_n_{};
  double ceiling_n_ = 0.0;                  // of state and active rows
  std::array<double, kMaxAxes> entry_n_{};  // commanded when the state was entered
  std::int64_t unload_ramp_ns_ = 0;
  double engage_slew_nps_ = 0.0;    // by the most that was asked for since ENGAGE began
  bool home_first_ = false;         // a Stop was asked for since the handle was last home
  std::int64_t reset_left_ns_ = 0;  // > 0: a reset edge is being worked off
  bool fault_reset_ = false;
  std::int64_t heard_again_ns_ = 0;  // how long a drive that was lost has answered, its settings not yet known
  bool slack_capped_ = false;        // what a slack cable took has not come back yet
  std::int64_t stop_age_ns_ = -1;    // >= 0: a Stop waits for its confirmation
};

}  // namespace sheave::safety
