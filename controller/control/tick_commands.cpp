// What of the session's commands a tick takes up, and what it refuses.

#include <cmath>

#include "controller/control/tick.hpp"

namespace sheave::control {

namespace {

using safety::MachineState;

bool is_whole(const SetPlan* plan, std::size_t axis_count) noexcept {
  return plan != nullptr && plan->axis_mask != 0 && (plan->axis_mask >> axis_count) == 0 && plan->chain_length <= kMaxChain &&
         std::isfinite(plan->load_per_axis_n);
}

}  // namespace

void Tick::take_commands(const TickInput& in, EventList& events) noexcept {
  pending_arm_ = Command{};
  reset_ = false;
  jog_ = safety::JogCall{};
  for (const Command& command : in.commands) {
    switch (command.kind) {
      case CommandKind::kNone:
        break;
      case CommandKind::kReset:
        reset_ = true;
        break;
      case CommandKind::kArm:
      case CommandKind::kCalibrate:
        take_plan(command, in.time, events);
        break;
      case CommandKind::kEndSet:
        runner_.end_by_session();
        break;
      case CommandKind::kSetLoad: {
        const bool may_raise = supervisor_.state() == MachineState::kReady && !decided_.no_raise;
        if (!runner_.set_load(command.value, load_max_n_, may_raise)) refuse(command, in.time, events);
        break;
      }
      case CommandKind::kSetParam:
        set_param(command);
        break;
      case CommandKind::kJog: {
        // The last one counts; but nothing takes back a release that came in the same tick.
        const bool released = jog_.press == command.jog.press && jog_.motion == safety::JogMotion::kNone;
        if (!released) jog_ = command.jog;
        break;
      }
      case CommandKind::kLease:
        lease_ = static_cast<LeaseHealth>(command.value);
        break;
      case CommandKind::kSession:
        session_open_ = command.value > 0.5;
        break;
    }
  }
}

/// Of a plan that is here, also of one that arms in this very tick. What it asks for more goes through the envelope like everything.
void Tick::set_param(const Command& command) noexcept {
  const SetPlan* const plan = pending_arm_.plan != nullptr ? pending_arm_.plan : runner_.plan();
  if (plan == nullptr || plan->id != command.plan_id || command.link >= plan->chain_length) return;
  plan->chain[command.link]->set_param(command.param, command.value);
}

void Tick::take_plan(const Command& command, const TickTime& time, EventList& events) noexcept {
  if (runner_.busy() || pending_arm_.kind != CommandKind::kNone || !is_whole(command.plan, axis_count_)) {
    refuse(command, time, events);
    return;
  }
  pending_arm_ = command;
}

/// A refused plan goes back at once.
void Tick::refuse(const Command& command, const TickTime& time, EventList& events) const noexcept {
  Event event;
  event.kind = EventKind::kRefused;
  event.command = command.kind;
  event.state = supervisor_.state();
  event.fault = decided_.cause;
  event.time_ns = time.now_ns;
  event.plan_id = command.plan != nullptr ? command.plan->id : command.plan_id;
  events.push(event);
  if (command.plan == nullptr) return;
  event.kind = EventKind::kPlanReleased;
  events.push(event);
}

}  // namespace sheave::control
