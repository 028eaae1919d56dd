#include "controller/control/panel_policy.hpp"

#include <algorithm>
#include <utility>

#include "plugins/abi/sheave/ext/exercise.h"

namespace sheave::control {

using safety::MachineState;

hal::Lamp lamp_for(MachineState state, bool session_open) noexcept {
  switch (state) {
    case MachineState::kBoot:
    case MachineState::kService:
      return hal::Lamp::kOff;
    case MachineState::kIdle:
    case MachineState::kRetract:
      return session_open ? hal::Lamp::kRest : hal::Lamp::kOff;
    case MachineState::kReady:
      return hal::Lamp::kReady;
    case MachineState::kCalibrate:
      return hal::Lamp::kCalibrate;
    case MachineState::kEngage:
      return hal::Lamp::kEngage;
    case MachineState::kActive:
      return hal::Lamp::kActive;
    case MachineState::kSpot:
    case MachineState::kUnload:
      return hal::Lamp::kUnloading;
    case MachineState::kSafeOff:
    case MachineState::kFaultStop:
    case MachineState::kEstop:
      return hal::Lamp::kFault;
  }
  return hal::Lamp::kFault;
}

hal::Beep PanelPolicy::sound(const Event& event, std::uint32_t rep_goal) noexcept {
  switch (event.kind) {
    case EventKind::kRep:
      if (event.rep.verdict != RepVerdict::kCounted) return hal::Beep::kNone;
      return event.rep.index + 1 == rep_goal ? last_reps(hal::Beep::kRep) : hal::Beep::kRep;
    case EventKind::kCue:
      if (event.cue == SHEAVE_CUE_LIGHTER) return hal::Beep::kTick;
      return event.cue == SHEAVE_CUE_ONE_OR_TWO_LEFT ? last_reps(hal::Beep::kNone) : hal::Beep::kNone;
    case EventKind::kSetEngaged:
      last_reps_said_ = false;
      return hal::Beep::kNone;
    case EventKind::kSetEnded:
      return hal::Beep::kEnd;
    case EventKind::kState:
      if (event.state == MachineState::kEngage) return hal::Beep::kTick;
      if (event.state == MachineState::kSpot) return hal::Beep::kAlarm;
      return event.state == MachineState::kFaultStop || event.state == MachineState::kEstop ? hal::Beep::kAlarm : hal::Beep::kNone;
    default:
      return hal::Beep::kNone;
  }
}

hal::Beep PanelPolicy::last_reps(hal::Beep otherwise) noexcept {
  return std::exchange(last_reps_said_, true) ? otherwise : hal::Beep::kLastReps;
}

hal::PanelCommand PanelPolicy::step(MachineState state, bool session_open, std::uint32_t rep_goal, const EventList& events) noexcept {
  command_.lamp = lamp_for(state, session_open);
  hal::Beep loudest = hal::Beep::kNone;
  for (const Event& event : events.all()) loudest = std::max(loudest, sound(event, rep_goal));
  if (loudest != hal::Beep::kNone) {
    command_.beep = loudest;
    ++command_.beep_seq;
  }
  return command_;
}

}  // namespace sheave::control
