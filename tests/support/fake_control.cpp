#include "tests/support/fake_control.hpp"

#include <cmath>
#include <utility>

namespace sheave::test {

using control::CommandKind;
using control::EventKind;
using control::SetEndReason;
using safety::MachineState;

void FakeControl::step(std::int64_t now_ns) {
  now_ns_ = now_ns;
  control::Command command;
  while (port_.commands.pop(command)) on_command(command);
  const std::uint32_t stops = port_.stop_requests.load();
  if (std::exchange(stops_seen_, stops) != stops && plan_ != nullptr) end(SetEndReason::kStopped);
  control::Frame frame;
  frame.tick = tick_ += 10;  // a tick per millisecond, of which the session gets to see one in ten
  frame.time_ns = now_ns;
  frame.plan_id = plan_ != nullptr ? plan_->id : 0;
  frame.state = state_;
  frame.axis_count = 1;
  frame.counted_reps = static_cast<std::uint16_t>(counted_);
  port_.frames.push(frame);
}

void FakeControl::on_command(const control::Command& command) {
  const bool free = state_ == MachineState::kIdle || state_ == MachineState::kRetract;
  switch (command.kind) {
    case CommandKind::kReset:
      ++resets_;
      if (state_ == MachineState::kSafeOff || state_ == MachineState::kFaultStop) go(MachineState::kIdle);
      return;
    case CommandKind::kArm:
    case CommandKind::kCalibrate:
      plan_ = command.plan;
      if (!free || std::exchange(refuse_, CommandKind::kNone) == command.kind) {
        control::Event event;
        event.kind = EventKind::kRefused;
        event.command = command.kind;
        event.plan_id = plan_->id;
        emit(event);
        return release();
      }
      candidates_ = counted_ = 0;
      return go(command.kind == CommandKind::kArm ? MachineState::kReady : MachineState::kCalibrate);
    case CommandKind::kEndSet:
      if (plan_ != nullptr) end(SetEndReason::kFinished);
      return;
    case CommandKind::kSetLoad:
      set_load_n_ = command.value;
      return;
    case CommandKind::kSetParam:
      param_set_ = command;
      return;
    case CommandKind::kJog:
      jogs_.push_back(command.jog);
      if (std::exchange(refuse_, CommandKind::kNone) == command.kind) {
        control::Event event;
        event.kind = EventKind::kRefused;
        event.command = command.kind;
        event.plan_id = command.jog.press;
        emit(event);
      }
      return;
    case CommandKind::kLease:
      lease_ = static_cast<control::LeaseHealth>(static_cast<int>(command.value));
      return;
    case CommandKind::kSession:
      session_open_ = command.value != 0.0;
      return;
    case CommandKind::kNone:
      return;
  }
}

void FakeControl::power_on() { go(MachineState::kSafeOff); }

void FakeControl::fault(FaultCode code, safety::Reaction reaction, bool on) {
  control::Event event;
  event.kind = on ? EventKind::kFaultOn : EventKind::kFaultOff;
  event.fault = code;
  event.reaction = reaction;
  emit(event);
}

void FakeControl::latch(FaultCode code) {
  fault(code, safety::Reaction::kFaultStop, true);
  if (plan_ != nullptr) {
    control::Event event;
    event.kind = EventKind::kSetEnded;
    event.end = SetEndReason::kFault;
    event.plan_id = plan_->id;
    emit(event);
    release();
  }
  go(MachineState::kFaultStop);
}

void FakeControl::engage() {
  go(MachineState::kEngage);
  go(MachineState::kActive);
  control::Event event;
  event.kind = EventKind::kSetEngaged;
  event.plan_id = plan_->id;
  emit(event);
}

void FakeControl::pull(double start_m, double peak_m, RepVerdict verdict, double mean_speed_mps) {
  control::Event event;
  event.kind = EventKind::kRep;
  event.plan_id = plan_->id;
  Rep& rep = event.rep;
  rep.candidate = ++candidates_;
  rep.verdict = verdict;
  if (verdict == RepVerdict::kCounted) rep.index = ++counted_;
  rep.start_m = start_m;
  rep.peak_m = peak_m;
  rep.rom_m = peak_m - start_m;
  if (plan_->rom[0].known()) rep.rom_share = rep.rom_m / plan_->rom[0].length_m();
  rep.mean_speed_mps = std::isnan(mean_speed_mps) ? rep.rom_m : mean_speed_mps;
  rep.concentric_s = rep.rom_m / rep.mean_speed_mps;
  rep.bottom_s = 0.3;
  rep.work_j = plan_->load_per_axis_n * rep.rom_m;
  rep.start_ns = now_ns_ - 2 * kNsPerS;
  rep.peak_ns = now_ns_ - kNsPerS;
  rep.end_ns = now_ns_;
  emit(event);
}

void FakeControl::lower(double load_n) {
  control::Event event;
  event.kind = EventKind::kLoadLowered;
  event.plan_id = plan_->id;
  event.value = load_n;
  emit(event);
}

void FakeControl::end(SetEndReason reason) {
  control::Event event;
  event.kind = EventKind::kSetEnded;
  event.end = reason;
  event.plan_id = plan_->id;
  go(MachineState::kUnload);
  emit(event);
  release();
  go(MachineState::kRetract);
  if (!handle_stays_out) go(MachineState::kIdle);
}

void FakeControl::bring_home() { go(MachineState::kIdle); }

void FakeControl::readiness_timeout() {
  fault(FaultCode::kReadinessTimeout, safety::Reaction::kUnload, true);
  end(SetEndReason::kLeft);
  fault(FaultCode::kReadinessTimeout, safety::Reaction::kUnload, false);
}

void FakeControl::release() {
  control::Event event;
  event.kind = EventKind::kPlanReleased;
  event.plan_id = plan_->id;
  plan_ = nullptr;
  emit(event);
}

void FakeControl::begin_jog() { go(MachineState::kService, FaultCode::kNone, jogs_.back().press); }

void FakeControl::end_jog(FaultCode cause) {
  go(MachineState::kUnload, cause, jogs_.back().press);
  go(MachineState::kRetract);
}

void FakeControl::go(MachineState state, FaultCode cause, std::uint64_t plan_id) {
  state_ = state;
  port_.state.store(static_cast<std::uint8_t>(state));
  control::Event event;
  event.kind = EventKind::kState;
  event.state = state;
  event.fault = cause;
  event.plan_id = plan_id;
  emit(event);
}

void FakeControl::emit(control::Event event) {
  event.time_ns = now_ns_;
  port_.events.push(event);
}

}  // namespace sheave::test
