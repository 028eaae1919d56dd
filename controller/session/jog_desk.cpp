#include "controller/session/jog_desk.hpp"

#include <algorithm>
#include <utility>

namespace sheave::session {

using control::CommandKind;
using control::EventKind;
using safety::JogMotion;
using safety::MachineState;

namespace {

// Between two presses a technician looks, feels, and presses again.
constexpr std::int64_t kServicedFor_ns = 10 * kNsPerS;

Status ended(const std::string& why) {
  return Status::error(StatusCode::kAborted, "JOG_ENDED", why + " Let go of the button, and press it again.");
}

Status too_late() { return ended("The page was not heard in time, so the cable was let go."); }

}  // namespace

Result<std::uint64_t> JogDesk::take(const JogRequest& request, const Status& may, std::int64_t now_ns) {
  if (request.release) {
    if (request.press == 0 || request.press != press_) return request.press;  // over already
    send(request, JogMotion::kNone);
    end(ended("The button was let go."));
    return request.press;
  }
  if (request.press == 0) return give_number(request, may, now_ns);
  if (request.press != press_) return request.press == last_ ? ended_ : ended("This press is over.");
  Status over = may;
  if (request.arrived_ns - heard_ns_ >= safety::kJogAlive_ns) over = too_late();
  if (request.cable != first_.cable || request.motion != first_.motion) over = ended("A press moves one cable one way.");
  if (!over.ok()) {
    send(request, JogMotion::kNone);
    end(std::move(over));
    return ended_;
  }
  heard(request, now_ns);
  send(request, request.motion);
  return press_;
}

/// Rising over restarts too, for it is the host's own time: a call from before one finds no press of its number.
Result<std::uint64_t> JogDesk::give_number(const JogRequest& request, const Status& may, std::int64_t now_ns) {
  if (!may.ok()) return may;
  if (pressed(now_ns)) {
    return Status::error(StatusCode::kFailedPrecondition, "JOG_RUNS", "a cable is being moved from another page, or by another button");
  }
  last_ = press_ = std::max(last_ + 1, static_cast<std::uint64_t>(now_ns));
  first_ = request;
  heard_ns_ = request.arrived_ns;
  heard(request, now_ns);
  return press_;
}

void JogDesk::heard(const JogRequest& request, std::int64_t now_ns) noexcept {
  heard_ns_ = std::max(heard_ns_, request.arrived_ns);
  serviced_until_ns_ = now_ns + kServicedFor_ns;
}

void JogDesk::send(const JogRequest& request, JogMotion motion) {
  control::Command command;
  command.kind = CommandKind::kJog;
  command.jog = {press_, request.cable, motion, request.arrived_ns + safety::kJogAlive_ns};
  commands_.push(command);
}

void JogDesk::end(Status why) {
  press_ = 0;
  ended_ = std::move(why);
}

void JogDesk::on_event(const control::Event& event) {
  if (press_ == 0 || event.plan_id != press_) return;
  if (event.kind == EventKind::kRefused && event.command == CommandKind::kJog) {
    return end(Status::error(StatusCode::kFailedPrecondition, "NOT_READY",
                             "The machine does not move a cable now. After a Stop it has to come home first; where it cannot, press the "
                             "E-stop, release it, and reset the machine."));
  }
  if (event.kind != EventKind::kState || event.state == MachineState::kService) return;
  if (event.fault == FaultCode::kNone) return end(too_late());
  const FaultText text = fault_text(event.fault);
  end(ended(std::string(text.meaning) + " " + std::string(text.remedy)));
}

}  // namespace sheave::session
