// What of a run is about others: turns at the machine, the change of a set-up, and whose the session is.

#include <algorithm>
#include <cmath>
#include <utility>

#include "controller/session/session_run.hpp"

namespace sheave::session {

namespace {

// Of the stored range: people repeat a light pull to within a few centimetres, a pulley one hole off is not seen and does no harm, a low
// pulley where a high one was is off by far more.
constexpr double kWalkOutOff = 0.25;

}  // namespace

Status SessionRun::confirm_set_up() {
  if (Status status = refuse_when_over(); !status.ok()) return status;
  set_up_due_ = false;
  note_ = {};
  waiting_since_ns_ = now_ns_;
  return {};
}

void SessionRun::ask_set_up(bool walk_out) noexcept {
  set_up_due_ = true;
  walk_out_due_ = walk_out;
}

void SessionRun::leave_machine() noexcept {
  at_machine_ = false;
  arm_requested_ = false;
  turn_over_ = false;
  waiting_since_ns_ = -1;
}

void SessionRun::take_machine(std::int64_t now_ns, bool change) {
  now_ns_ = now_ns;
  at_machine_ = true;
  tap_due_ = true;
  set_up_due_ = set_up_due_ || change;
  waiting_since_ns_ = now_ns;
  services_.commands.push({control::CommandKind::kSession, 1.0, nullptr});
}

/// One pull of each cable says whether pulley and attachment are where the range was measured. Where not, it counts as the first of the
/// three.
bool SessionRun::walk_out_fits(const Rep& rep) {
  if (!range_known()) {
    walk_out_due_ = false;
    return false;
  }
  bool fits = true;
  for (std::size_t axis = 0; axis < rom_.size(); ++axis) {
    if (rep.axis != RepAxis::kBoth && static_cast<std::size_t>(rep.axis) != axis) continue;
    const double length_m = rom_[axis].end_m - rom_[axis].start_m;
    fits = fits && std::isfinite(rep.peak_m) && std::fabs(rep.peak_m - rom_[axis].end_m) <= kWalkOutOff * length_m;
  }
  walk_out_due_ = false;
  if (!fits) {
    rom_.clear();
    note_ = {"RANGE_CHANGED", "This is not the range of last time: look at pulley and attachment, then pull lightly twice more.", {}};
  }
  return fits;
}

void SessionRun::set_owner(const std::string& member_id, const std::string& alias, std::function<void()> ready) {
  record_.member_id = member_id;
  record_.member_alias = alias;
  history_.clear();
  // Measured in this session it is the range of whoever pulled; fetched, it was the wrong person's.
  if (!calibration_ && book_.ended().empty()) rom_.clear();
  known_ = false;
  next_.clear();
  fetch_known(std::move(ready));
}

std::int64_t SessionRun::rest_left_ms() const noexcept {
  const bool rest_has_length = settings_.rest_s > 0.0 || !program_.prescription.open();
  const bool rests = !over() && attempt_ == Attempt::kNone && range_known() && !book_.ended().empty();
  if (!rests || !rest_has_length || (at_machine_ && !machine_settled())) return -1;
  return std::max<std::int64_t>(0, rest_until_ns_ - now_ns_) / kNsPerMs;
}

Lane SessionRun::lane() const {
  Lane lane;
  lane.session = record_;
  lane.rest_left_ms = rest_left_ms();
  lane.set_index = book_.running() ? book_.current()->index : book_.next_index();
  lane.sets_planned = settings_.sets;
  const double load_kg = attempt_ == Attempt::kSet ? set_.load_kg : upcoming().load_kg;
  lane.load_total_kg = std::isfinite(load_kg) ? load_kg : 0.0;
  return lane;
}

}  // namespace sheave::session
