#include "controller/app/cli/session_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "controller/app/cli/present.hpp"

namespace sheave::cli {
namespace {

constexpr std::string_view kSpotterFault = "SPOTTER";

bool is_under_way(v1::Stage stage) {
  return stage == v1::STAGE_CALIBRATING || stage == v1::STAGE_ARMED || stage == v1::STAGE_ENGAGING || stage == v1::STAGE_WORKING;
}

std::string set_of(const v1::Snapshot& snapshot) { return upper_first(place_of_set(snapshot)); }

/// "before set 2 of 3", "before the warm-up"
std::string before_set(const v1::Snapshot& snapshot) {
  const std::string place = place_of_set(snapshot);
  return (place.starts_with("set ") ? "before " : "before the ") + place;
}

}  // namespace

bool SessionView::concerns(const v1::WatchResponse& event) const {
  switch (event.event_case()) {
    case v1::WatchResponse::kRep:
      return event.rep().name().starts_with(session_ + "/");
    case v1::WatchResponse::kSet:
      return event.set().name().starts_with(session_ + "/");
    case v1::WatchResponse::kProposal:
      return event.proposal().session() == session_;
    default:
      return true;
  }
}

std::vector<std::string> SessionView::on(const Look& look, const v1::WatchResponse& event, double now_s) {
  if (!concerns(event)) return {};
  switch (event.event_case()) {
    case v1::WatchResponse::kSnapshot:
      return on_snapshot(look, event.snapshot(), now_s);
    case v1::WatchResponse::kSamples:
      if (event.samples().samples_size() > 0) sample_ = *event.samples().samples().rbegin();
      return {};
    case v1::WatchResponse::kRep:
      return {rep_line(look, event.rep())};
    case v1::WatchResponse::kSet:
      cue_.clear();
      return {set_line(look, event.set())};
    case v1::WatchResponse::kProposal:
      // What was proposed is accepted by starting the set; that is no news. Another weight chosen instead is.
      if (event.proposal().proposal().accepted() && !event.proposal().proposal().changed()) return {};
      return {wrap(proposal_line(look, event.proposal().proposal()), look.live ? look.width - 2 : 1000, 2)};
    case v1::WatchResponse::kFault:
      if (event.fault().code() < kFirstFault) return cautions_.on(look, event.fault(), now_s);
      faulted_ |= event.fault().active() && event.fault().id() != kSpotterFault;
      return {fault_line(look, event.fault())};
    case v1::WatchResponse::kCue:
      cue_ = words(event.cue().id());
      if (look.live) return {};
      return {"cue: " + cue_};
    default:
      return {};
  }
}

std::vector<std::string> SessionView::counted(const Look& look, double now_s) {
  return finished_ ? cautions_.rest(look) : cautions_.due(look, now_s);
}

std::vector<std::string> SessionView::on_snapshot(const Look& look, const v1::Snapshot& snapshot, double now_s) {
  const bool ours = snapshot.has_session() && snapshot.session().name() == session_;
  const auto lane = std::ranges::find_if(snapshot.lanes(), [&](const v1::Lane& l) { return l.session().name() == session_; });
  const bool waited = std::exchange(waits_, !ours && lane != snapshot.lanes().end());
  if (waits_) {
    const int before = std::exchange(before_, static_cast<int>(lane - snapshot.lanes().begin()));
    lane_ = *lane;
    snapshot_at_s_ = now_s;
    seen_ = true;
    return !look.live && (!waited || before != before_) ? std::vector{turn_line(look, now_s)} : std::vector<std::string>();
  }
  // Whoever gets the turn may still be away, and the one before still hold the handle: nothing starts before the person says so.
  const bool tap_was_due = std::exchange(tap_due_, ours && (waited || tap_due_) && !is_under_way(snapshot.stage()));
  const v1::Snapshot before = std::exchange(snapshot_, snapshot);
  snapshot_at_s_ = now_s;
  if (ours) {
    seen_ = true;
    finished_ |= snapshot.session().state() == v1::SESSION_STATE_FINISHED || snapshot.session().state() == v1::SESSION_STATE_INTERRUPTED;
  } else {
    finished_ |= seen_;  // another one took its place, or none: it ended while we did not look
    if (!seen_) return {};
  }
  const HoldUp hold_up = this->hold_up();
  if (hold_up == HoldUp::kNone) {
    held_up_since_s_.reset();
  } else if (!held_up_since_s_) {
    held_up_since_s_ = now_s;
  }
  if (snapshot.has_rest_left_s()) {
    rest_ends_s_ = now_s + snapshot.rest_left_s();
    rest_s_ = before.has_rest_left_s() ? std::max(rest_s_, snapshot.rest_left_s()) : snapshot.rest_left_s();
  }
  const bool was_held_up = hold_up_of(before) != HoldUp::kNone;
  if (hold_up != HoldUp::kNone) {
    const bool same_note = snapshot.note() == before.note();
    if (was_held_up && same_note) return {};
    std::vector<std::string> lines = hold_up_lines(look, snapshot, at_keyboard_);
    if (same_note && !snapshot.note().empty()) lines.erase(lines.begin());  // it stands above
    return lines;
  }
  std::vector<std::string> lines;
  const bool new_stage = before.stage() != snapshot.stage() || tap_was_due != tap_due_ || was_held_up;
  if (look.live && new_stage && snapshot.stage() == v1::STAGE_WORKING) {
    lines.push_back("");
    lines.push_back(paint(look, Ink::kBold, set_of(snapshot) + ", " + load(look, snapshot.load_total_kg())));
    lines.push_back(rep_head(look));
  }
  if (!look.live && new_stage) lines.push_back(stage_line(look));
  if (!look.live && snapshot.calibration_reps() > before.calibration_reps()) {
    lines.push_back(fmt::format("calibration pull {} of 3", snapshot.calibration_reps()));
  }
  if (!snapshot.note().empty() && snapshot.note() != before.note()) lines.push_back(paint(look, Ink::kCaution, snapshot.note()));
  return lines;
}

std::string SessionView::stage_line(const Look& look) const {
  const std::string weight = load(look, snapshot_.load_total_kg());
  if (tap_due_) {
    return fmt::format("Your turn, {}: {}press Enter (or `sheave ready`) when you are there.", weight,
                       snapshot_.set_up_due() ? "change pulley and attachment, then " : "");
  }
  switch (snapshot_.stage()) {
    case v1::STAGE_SET_UP:
      return snapshot_.set_up_due() ? "Change pulley and attachment, then press Enter (or `sheave confirm`)." : "Set the machine up.";
    case v1::STAGE_CALIBRATING:
      if (snapshot_.walk_out()) return "Pull once, lightly, all the way out: is everything where it was last time?";
      return fmt::format("Range: take the handle out and pull three full, light reps ({} of 3).", snapshot_.calibration_reps());
    case v1::STAGE_AWAITING_START:
      return fmt::format("{} is ready: {}.", set_of(snapshot_), weight);
    case v1::STAGE_ARMED:
      return fmt::format("{}, {}: take the handle out and hold it still.", set_of(snapshot_), weight);
    case v1::STAGE_ENGAGING:
      return fmt::format("{}, {}: the load is coming, hold still.", set_of(snapshot_), weight);
    case v1::STAGE_WORKING:
      return fmt::format("{}, {}: pull.", set_of(snapshot_), weight);
    case v1::STAGE_UNLOADING:
      return "The load is being taken off.";
    case v1::STAGE_RESTING:
      if (last_set_done()) return "That was the last set.";
      if (!snapshot_.has_rest_left_s()) return fmt::format("Rest as long as you like {}.", before_set(snapshot_));
      return fmt::format("Rest {} {}.", clock(rest_s_), before_set(snapshot_));
    case v1::STAGE_FINISHED:
      return "The session is finished.";
    default:
      return "The machine is in " + words(v1::MachineState_Name(snapshot_.machine_state()), "MACHINE_STATE_") + ".";
  }
}

std::string SessionView::turn_line(const Look& look, double now_s) const {
  const std::string place = before_ <= 1 ? "you are next" : fmt::format("{} are before you", before_);
  std::string coming = fmt::format("Another has the machine; {}, with {}.", place, load(look, lane_.load_total_kg()));
  if (!look.live || !lane_.has_rest_left_s()) return coming;
  return coming + paint(look, Ink::kDim, "   your rest " + clock(std::max(lane_.rest_left_s() - (now_s - snapshot_at_s_), 0.0)));
}

/// It is the rest after it that is shown until the session closes.
bool SessionView::last_set_done() const { return snapshot_.sets_planned() > 0 && snapshot_.working_set() > snapshot_.sets_planned(); }

double SessionView::rest_left_s(double now_s) const { return std::max(rest_ends_s_ - now_s, 0.0); }

std::string SessionView::handle_line(const Look& look) const {
  if (!sample_ || sample_->axes_size() == 0) return "";
  double share = 0, velocity_mps = 0, tension_n = 0;
  bool known = true;
  const double axes = sample_->axes_size();
  for (const v1::AxisSample& axis : sample_->axes()) {
    known &= axis.has_rom_share();
    share += axis.rom_share() / axes;
    velocity_mps += axis.velocity_mps() / axes;
    tension_n += axis.tension_n();
  }
  const char* way = velocity_mps > 0.02 ? "▲" : velocity_mps < -0.02 ? "▼" : " ";
  const int cells = std::clamp(look.width - 44, 10, 48);
  return "  " + paint(look, Ink::kAccent, bar(known ? share : 0, cells)) + right(known ? fmt::format("{:.0f} %", share * 100) : "-", 6) +
         "  " + paint(look, Ink::kAccent, way) + right(fmt::format("{:.2f} m/s", std::abs(velocity_mps)), 9) +
         right(fmt::format("{:.0f} N", tension_n), 8);
}

std::vector<std::string> SessionView::live(const Look& look, double now_s) const {
  if (!seen_ || finished_) return {};
  std::vector<std::string> lines = {""};
  if (waits_) {
    lines.push_back(paint(look, Ink::kBold, turn_line(look, now_s)));
    return lines;
  }
  if (hold_up() != HoldUp::kNone) {
    lines.push_back(hold_up_reminder(look, at_keyboard_));
    return lines;
  }
  if (snapshot_.stage() == v1::STAGE_RESTING && snapshot_.has_rest_left_s() && !last_set_done() && !tap_due_) {
    const double left_s = rest_left_s(now_s);
    lines.push_back(
        fmt::format("{} {}  {}", paint(look, Ink::kBold, "Rest"), paint(look, Ink::kBold, clock(left_s)), before_set(snapshot_)));
    lines.push_back("  " + paint(look, Ink::kAccent, bar(rest_s_ > 0 ? left_s / rest_s_ : 0, std::clamp(look.width - 44, 10, 48))) +
                    "  next " + load(look, snapshot_.load_total_kg()));
    return lines;
  }
  std::string head = paint(look, Ink::kBold, stage_line(look));
  if (snapshot_.stage() == v1::STAGE_WORKING) {
    head = paint(look, Ink::kBold, fmt::format("{} reps", snapshot_.counted_reps())) +
           fmt::format("  {}, {}", set_of(snapshot_), load(look, snapshot_.load_total_kg()));
    if (!cue_.empty()) head += "   " + paint(look, Ink::kAccent, cue_);
  } else if (snapshot_.has_rest_so_far_s() && !snapshot_.has_rest_left_s()) {
    head += paint(look, Ink::kDim, fmt::format("   rested {}", clock(snapshot_.rest_so_far_s() + now_s - snapshot_at_s_)));
  }
  lines.push_back(head);
  if (const std::string handle = handle_line(look); !handle.empty()) lines.push_back(handle);
  return lines;
}

}  // namespace sheave::cli
