#include "controller/session/snapshot.hpp"

#include <algorithm>

namespace sheave::session {

namespace {

bool same_proposal(const std::optional<Proposal>& a, const std::optional<Proposal>& b) {
  if (a.has_value() != b.has_value()) return false;
  return !a || (a->etag == b->etag && a->accepted == b->accepted && a->changed == b->changed);
}

bool same_session(const std::optional<SessionRecord>& a, const std::optional<SessionRecord>& b) {
  if (a.has_value() != b.has_value()) return false;
  return !a || (a->id == b->id && a->state == b->state && a->end_note == b->end_note);
}

bool same_rom(const std::vector<Rom>& a, const std::vector<Rom>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Rom& x, const Rom& y) { return x.start_m == y.start_m && x.end_m == y.end_m; });
}

bool same_order(const std::optional<OutOfOrder>& a, const std::optional<OutOfOrder>& b) {
  if (a.has_value() != b.has_value()) return false;
  return !a || (a->since.unix_ns == b->since.unix_ns && a->reason == b->reason && a->who == b->who);
}

bool same_lane(const Lane& a, const Lane& b) {
  return a.session.id == b.session.id && a.session.state == b.session.state && a.session.member_alias == b.session.member_alias &&
         a.rest_left_ms / 1000 == b.rest_left_ms / 1000 && a.set_index == b.set_index && a.sets_planned == b.sets_planned &&
         a.load_total_kg == b.load_total_kg;
}

}  // namespace

bool looks_same(const Snapshot& a, const Snapshot& b) {
  return a.machine_state == b.machine_state && a.reaction == b.reaction && a.active_faults == b.active_faults && a.stage == b.stage &&
         same_session(a.session, b.session) && a.set_index == b.set_index && a.sets_planned == b.sets_planned &&
         a.working_set == b.working_set && a.set_kind == b.set_kind && a.working_load_kg == b.working_load_kg && a.side == b.side &&
         a.rep_goal == b.rep_goal && a.counted_reps == b.counted_reps && a.calibration_reps == b.calibration_reps &&
         a.load_total_kg == b.load_total_kg && a.rest_left_ms / 1000 == b.rest_left_ms / 1000 &&
         a.rest_so_far_ms / 1000 == b.rest_so_far_ms / 1000 && same_proposal(a.proposal, b.proposal) && a.lease_holder == b.lease_holder &&
         same_rom(a.rom, b.rom) && a.note == b.note && a.note_reason == b.note_reason && same_order(a.order, b.order) &&
         a.out_of_order_pending == b.out_of_order_pending && a.being_serviced == b.being_serviced && a.set_up_due == b.set_up_due &&
         a.walk_out == b.walk_out && std::equal(a.lanes.begin(), a.lanes.end(), b.lanes.begin(), b.lanes.end(), same_lane);
}

void put_note(const Note& note, Snapshot& snapshot) {
  snapshot.note = note.text;
  snapshot.note_reason = note.reason;
  snapshot.note_numbers = note.numbers;
}

}  // namespace sheave::session
