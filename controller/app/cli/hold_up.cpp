#include "controller/app/cli/hold_up.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace sheave::cli {
namespace {

// These say themselves that there may be force on the cable, and to press the red button.
constexpr std::array<std::string_view, 2> kForceInDoubt = {"STOP_NOT_CONFIRMED", "TENSION_WITHOUT_COMMAND"};

bool force_in_doubt(const v1::Snapshot& snapshot) {
  return std::any_of(snapshot.active_faults().begin(), snapshot.active_faults().end(),
                     [](const v1::Fault& fault) { return std::ranges::find(kForceInDoubt, fault.id()) != kForceInDoubt.end(); });
}

std::string folded(const Look& look, const std::string& text) { return wrap(text, look.live ? look.width - 2 : 1000, 2); }

std::string what_goes_on(bool at_keyboard) {
  return at_keyboard ? "Enter goes on, Ctrl-C ends the session." : "`sheave ready` goes on, `sheave finish` ends the session.";
}

}  // namespace

bool is_latched(const v1::Snapshot& snapshot) noexcept {
  switch (snapshot.machine_state()) {
    case v1::MACHINE_STATE_SAFE_OFF:
    case v1::MACHINE_STATE_FAULT_STOP:
    case v1::MACHINE_STATE_ESTOP:
      return true;
    default:
      return false;
  }
}

HoldUp hold_up_of(const v1::Snapshot& snapshot) noexcept {
  const bool paused = snapshot.session().state() == v1::SESSION_STATE_PAUSED;
  const bool faulted = std::any_of(snapshot.active_faults().begin(), snapshot.active_faults().end(),
                                   [](const v1::Fault& fault) { return fault.code() >= kFirstFault; });
  if (is_latched(snapshot) && (paused || faulted)) return HoldUp::kLatched;
  return paused && snapshot.stage() != v1::STAGE_UNLOADING ? HoldUp::kPaused : HoldUp::kNone;
}

std::vector<std::string> hold_up_lines(const Look& look, const v1::Snapshot& snapshot, bool at_keyboard) {
  const bool latched = hold_up_of(snapshot) == HoldUp::kLatched;
  std::vector<std::string> lines;
  if (!snapshot.note().empty()) lines.push_back(paint(look, latched ? Ink::kStop : Ink::kCaution, folded(look, snapshot.note())));
  const std::string where = force_in_doubt(snapshot) ? "" : "The weight is off, and none comes back by itself. ";
  const std::string text = where + (latched ? "Once that is mended: " : "") + what_goes_on(at_keyboard);
  lines.push_back(folded(look, text));
  return lines;
}

std::string hold_up_reminder(const Look& look, bool at_keyboard) {
  return paint(look, Ink::kBold, "Held up.") + " " + what_goes_on(at_keyboard);
}

}  // namespace sheave::cli
