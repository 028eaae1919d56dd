#pragma once
// What the person sees and hears at the stack, without a screen.

#include <cstdint>

#include "controller/control/tick_types.hpp"
#include "controller/safety/states.hpp"

namespace sheave::control {

/// [control]
class PanelPolicy {
 public:
  /// @param events of this tick. @param rep_goal of the running set; 0: none.
  hal::PanelCommand step(safety::MachineState state, bool session_open, std::uint32_t rep_goal, const EventList& events) noexcept;

 private:
  hal::Beep sound(const Event& event, std::uint32_t rep_goal) noexcept;
  hal::Beep last_reps(hal::Beep otherwise) noexcept;

  hal::PanelCommand command_;
  bool last_reps_said_ = false;  // in this set: by the person's speed or by the goal, whichever came first
};

hal::Lamp lamp_for(safety::MachineState state, bool session_open) noexcept;

}  // namespace sheave::control
