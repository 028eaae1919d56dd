#pragma once
// Messages of the API to render.

#include "sheave/v1/watch.pb.h"

namespace sheave::cli::testing {

inline constexpr const char* kSession = "machines/m1/sessions/s1";

inline v1::Rep rep(int index) {
  v1::Rep rep;
  rep.set_name(std::string(kSession) + "/sets/1/reps/" + std::to_string(index));
  rep.set_index(index);
  rep.set_candidate(index);
  rep.set_verdict(v1::REP_VERDICT_COUNTED);
  rep.set_rom_m(0.523);
  rep.set_rom_share(0.82);
  rep.set_mean_velocity_mps(0.618);
  rep.set_peak_velocity_mps(0.91);
  rep.set_mean_force_n(412.4);
  rep.set_load_measured_kg(41.9);
  rep.set_velocity_loss_share(0.08);
  return rep;
}

inline v1::Proposal proposal() {
  v1::Proposal proposal;
  proposal.set_load_total_kg(42.25);
  proposal.set_previous_load_total_kg(40);
  proposal.set_reason("TOP_OF_RANGE_REACHED");
  proposal.set_text("8 reps reached the top of 6 to 8.");
  return proposal;
}

inline v1::Set set() {
  v1::Set set;
  set.set_name(std::string(kSession) + "/sets/1");
  set.set_index(1);
  set.set_kind(v1::SET_KIND_WORKING);
  set.set_load_total_kg(40);
  set.set_counted_reps(2);
  set.set_partial_reps(1);
  set.set_mean_velocity_mps(0.6);
  set.set_mean_rom_m(0.52);
  set.set_duration_s(33.2);
  set.set_end_reason(v1::SET_END_REASON_RACKED);
  return set;
}

inline v1::WatchResponse snapshot(v1::Stage stage) {
  v1::WatchResponse event;
  v1::Snapshot& snapshot = *event.mutable_snapshot();
  snapshot.mutable_session()->set_name(kSession);
  snapshot.mutable_session()->set_state(v1::SESSION_STATE_ACTIVE);
  snapshot.set_stage(stage);
  snapshot.set_set_index(2);
  snapshot.set_working_set(2);
  snapshot.set_sets_planned(3);
  snapshot.set_load_total_kg(42.25);
  return event;
}

}  // namespace sheave::cli::testing
