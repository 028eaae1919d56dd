#pragma once
// The control side of the Port without a loop: takes commands, walks the machine's states, and does what the person is told to do.
// Says nothing about safety: only the order in which commands are answered is that of the real one.

#include <cstdint>
#include <optional>
#include <vector>

#include "controller/control/port.hpp"

namespace sheave::test {

class FakeControl {
 public:
  explicit FakeControl(control::Port& port) : port_(port) {}

  /// Takes all commands and looks at the atomics. Call once per tick.
  void step(std::int64_t now_ns);

  // The machine.
  void power_on();  ///< BOOT to SAFE_OFF
  void fault(FaultCode code, safety::Reaction reaction, bool on);
  void latch(FaultCode code);  ///< FAULT_STOP; a running set ends as kFault
  void refuse_next(control::CommandKind kind) { refuse_ = kind; }

  // The person. @pre an armed plan
  void engage();
  /// @param mean_speed_mps unknown: over one second.
  void pull(double start_m, double peak_m, RepVerdict verdict = RepVerdict::kCounted, double mean_speed_mps = kUnknown);
  void lower(double load_n);               ///< per axis, as the tick does where the set would end far below its range
  void end(control::SetEndReason reason);  ///< and home: UNLOAD, RETRACT, IDLE
  void readiness_timeout();
  bool handle_stays_out = false;  ///< RETRACT goes on until bring_home().
  void bring_home();

  safety::MachineState state() const noexcept { return state_; }
  const control::SetPlan* plan() const noexcept { return plan_; }
  bool session_open() const noexcept { return session_open_; }
  control::LeaseHealth lease() const noexcept { return lease_; }
  std::uint32_t resets() const noexcept { return resets_; }
  std::optional<double> set_load_n() const noexcept { return set_load_n_; }
  const std::vector<safety::JogCall>& jogs() const noexcept { return jogs_; }
  /// The tick's answer to the last call: the press begins, or what runs ends with `cause`.
  void begin_jog();
  void end_jog(FaultCode cause = FaultCode::kNone);
  const std::optional<control::Command>& param_set() const noexcept { return param_set_; }  ///< The last one.

 private:
  void on_command(const control::Command& command);
  void go(safety::MachineState state, FaultCode cause = FaultCode::kNone, std::uint64_t plan_id = 0);
  void emit(control::Event event);
  void release();

  control::Port& port_;
  std::int64_t now_ns_ = 0;
  std::uint64_t tick_ = 0;
  safety::MachineState state_ = safety::MachineState::kBoot;
  control::SetPlan* plan_ = nullptr;
  bool session_open_ = false;
  control::LeaseHealth lease_ = control::LeaseHealth::kHeldByMachine;
  std::uint32_t resets_ = 0, stops_seen_ = 0, candidates_ = 0, counted_ = 0;
  std::optional<double> set_load_n_;
  std::optional<control::Command> param_set_;
  std::vector<safety::JogCall> jogs_;
  control::CommandKind refuse_ = control::CommandKind::kNone;
};

}  // namespace sheave::test
