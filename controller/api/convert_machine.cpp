#include "controller/api/convert_machine.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "controller/api/convert_session.hpp"
#include "controller/api/convert_upkeep.hpp"

namespace sheave::api {
namespace {

double ms(std::int64_t ns) { return static_cast<double>(ns) * 1e-6; }
double us(double ns) { return ns * 1e-3; }

void add_active(const std::vector<FaultCode>& codes, google::protobuf::RepeatedPtrField<pb::Fault>* to) {
  for (const FaultCode code : codes) {
    pb::Fault* fault = to->Add();
    to_pb(code, fault);
    fault->set_active(true);
  }
}

void to_pb(const MachineFacts& facts, const session::Snapshot& snapshot, const control::LoopStats& stats, pb::LinkStatus* to) {
  // The stack was verified when it was opened; a drive that has lost its parameters since then shows as a fault.
  const auto& active = snapshot.active_faults;
  const bool lost = std::find(active.begin(), active.end(), FaultCode::kDriveUnverified) != active.end();
  to->set_description(facts.link);
  to->set_verified(facts.stack.verified && !lost);
  to->set_exchanges(stats.exchanges);
  to->set_missed(stats.missed);
  to->set_stale_dropped(stats.stale_dropped);
  to->set_protocol_errors(stats.protocol_errors);
  to->set_reconnects(stats.reconnects);
  to->set_watchdog_ms(static_cast<std::int32_t>(facts.stack.watchdog_ms));
}

void to_pb(const control::LoopStats& stats, pb::LoopStatus* to) {
  to->set_realtime(stats.realtime);
  to->set_ticks(stats.ticks);
  to->set_overruns(stats.overruns);
  to->set_lateness_mean_us(us(stats.lateness_mean_ns));
  to->set_lateness_max_us(us(static_cast<double>(stats.lateness_max_ns)));
  to->set_tick_mean_us(us(stats.tick_mean_ns));
  to->set_tick_max_us(us(static_cast<double>(stats.tick_max_ns)));
  to->set_cycle_mean_us(us(stats.cycle_mean_ns));
  to->set_cycle_max_us(us(static_cast<double>(stats.cycle_max_ns)));
  to->set_events_lost(stats.events_lost);
  to->set_frames_lost(stats.frames_lost);
}

}  // namespace

void to_pb(const Names& names, const MachineFacts& facts, const session::Snapshot& snapshot, const control::LoopStats& stats,
           pb::Machine* to) {
  to->set_name(names.machine());
  to->set_display_name(facts.machine.display_name);
  to->set_model(facts.stack.model);
  for (const auto& serial : facts.stack.serials) to->add_drive_serials(serial);
  to->set_software_version(facts.software_version);
  to->set_state(to_pb(snapshot.machine_state));
  to->set_reaction(to_pb(snapshot.reaction));
  add_active(snapshot.active_faults, to->mutable_active_faults());
  to->set_cable_count(static_cast<std::int32_t>(facts.machine.cable_count));
  to->set_increment_kg(facts.machine.increment_kg);
  to->set_load_max_total_kg(facts.machine.load_max_total_kg);
  to->set_travel_m(facts.machine.travel_m);
  if (snapshot.order && snapshot.order->active) to_pb(*snapshot.order, snapshot.out_of_order_pending, to->mutable_out_of_order());
  for (const Component& component : facts.components) to_pb(component, to->add_components());
  if (known(facts.started)) to_pb(facts.started, to->mutable_start_time());
  to_pb(facts, snapshot, stats, to->mutable_link());
  to_pb(stats, to->mutable_loop());
  to->mutable_loop()->set_period_ms(ms(facts.machine.period_ns));
}

void to_pb(const Names& names, const session::Snapshot& snapshot, std::size_t cable_count, pb::Snapshot* to) {
  to->set_machine(names.machine());
  to->set_machine_state(to_pb(snapshot.machine_state));
  to->set_reaction(to_pb(snapshot.reaction));
  add_active(snapshot.active_faults, to->mutable_active_faults());
  if (snapshot.session) to_pb(names, *snapshot.session, snapshot, cable_count, to->mutable_session());
  to->set_stage(to_pb(snapshot.stage));
  to->set_set_index(static_cast<std::int32_t>(snapshot.set_index));
  to->set_sets_planned(static_cast<std::int32_t>(snapshot.sets_planned));
  to->set_working_set(static_cast<std::int32_t>(snapshot.working_set));
  to->set_set_kind(static_cast<pb::SetKind>(snapshot.set_kind));
  to->set_working_load_total_kg(snapshot.working_load_kg);
  to->set_side(static_cast<pb::SetSide>(snapshot.side));
  if (snapshot.rep_goal.to > 0) {
    to->mutable_rep_goal()->set_from(static_cast<std::int32_t>(snapshot.rep_goal.from));
    to->mutable_rep_goal()->set_to(static_cast<std::int32_t>(snapshot.rep_goal.to));
  }
  to->set_counted_reps(static_cast<std::int32_t>(snapshot.counted_reps));
  to->set_calibration_reps(static_cast<std::int32_t>(snapshot.calibration_reps));
  to->set_load_total_kg(snapshot.load_total_kg);
  to->set_load_per_cable_kg(snapshot.load_per_cable_kg);
  if (snapshot.rest_left_ms >= 0) to->set_rest_left_s(static_cast<double>(snapshot.rest_left_ms) * 1e-3);
  if (snapshot.rest_so_far_ms >= 0) to->set_rest_so_far_s(static_cast<double>(snapshot.rest_so_far_ms) * 1e-3);
  if (snapshot.proposal) to_pb(*snapshot.proposal, cable_count, to->mutable_proposal());
  to->set_lease_holder(snapshot.lease_holder);
  for (const Rom& rom : snapshot.rom) {
    if (rom.known()) to_pb(rom, to->add_rom());
  }
  to->set_note(snapshot.note);
  to->set_note_reason(snapshot.note_reason);
  to->mutable_note_numbers()->insert(snapshot.note_numbers.begin(), snapshot.note_numbers.end());
  to->set_set_up_due(snapshot.set_up_due);
  to->set_walk_out(snapshot.walk_out);
  for (const session::Lane& lane : snapshot.lanes) {
    pb::Lane* l = to->add_lanes();
    to_pb(names, lane.session, l->mutable_session());
    l->set_at_machine(snapshot.session && snapshot.session->id == lane.session.id);
    if (lane.rest_left_ms >= 0) l->set_rest_left_s(static_cast<double>(lane.rest_left_ms) * 1e-3);
    l->set_set_index(static_cast<std::int32_t>(lane.set_index));
    l->set_sets_planned(static_cast<std::int32_t>(lane.sets_planned));
    l->set_load_total_kg(lane.load_total_kg);
  }
  if (snapshot.order && snapshot.order->active) to_pb(*snapshot.order, snapshot.out_of_order_pending, to->mutable_out_of_order());
  to->set_being_serviced(snapshot.being_serviced);
}

Result<session::JogRequest> from_pb(const pb::JogRequest& from, std::size_t cable_count) {
  session::JogRequest request;
  request.press = from.press();
  request.release = from.release();
  if (request.release) return request;
  if (from.cable() < 1 || static_cast<std::size_t>(from.cable()) > cable_count) {
    return Status::error(StatusCode::kInvalidArgument, "CABLE_UNKNOWN",
                         fmt::format("There is no cable {}; this machine has {}, and the first one is 1.", from.cable(), cable_count));
  }
  request.cable = static_cast<std::uint32_t>(from.cable() - 1);
  switch (from.motion()) {
    case pb::JOG_MOTION_WIND_IN:
      request.motion = safety::JogMotion::kWindIn;
      return request;
    case pb::JOG_MOTION_HOLD:
      request.motion = safety::JogMotion::kHold;
      return request;
    default:
      return Status::error(StatusCode::kInvalidArgument, "MOTION_UNKNOWN", "A press needs a motion: WIND_IN or HOLD.");
  }
}

void to_pb(const Names& names, const session::FaultRecord& fault, pb::Fault* to) {
  to_pb(fault.code, to);
  to->set_reaction(to_pb(fault.reaction));
  to->set_active(fault.active);
  if (known(fault.at)) to_pb(fault.at, to->mutable_time());
  if (!fault.session_id.empty()) to->set_session(names.session(fault.session_id));
  to->set_seq(fault.seq);
}

void to_pb(const session::SelfTestRecord& test, pb::SelfTestResult* to) {
  if (known(test.at)) to_pb(test.at, to->mutable_time());
  for (const session::CableTest& cable : test.cables) {
    pb::CableTest* c = to->add_cables();
    for (const session::ForceReading& reading : cable.readings) {
      pb::ForceReading* r = c->add_readings();
      r->set_commanded_n(reading.commanded_n);
      r->set_measured_n(reading.measured_n);
      r->set_rising(reading.rising);
    }
    c->set_bias_percent(cable.bias_percent);
    c->set_cv_percent(cable.cv_percent);
    c->set_friction_n(cable.drag.friction_n);
    c->set_viscous_nspm(cable.drag.viscous_nspm);
    c->set_moving_mass_kg(cable.drag.moving_mass_kg);
    c->set_residual_n(cable.residual_n);
    c->set_friction_cv_percent(cable.friction_cv_percent);
    c->set_runs(static_cast<std::int32_t>(cable.runs));
  }
}

void to_pb(const control::Frame& frame, pb::Sample* to) {
  to->set_time_ns(frame.time_ns);
  to->set_machine_state(to_pb(frame.state));
  to->set_counted_reps(frame.counted_reps);
  for (std::size_t i = 0; i < frame.axis_count; ++i) {
    const control::AxisFrame& axis = frame.axes[i];
    pb::AxisSample* sample = to->add_axes();
    sample->set_extension_m(axis.extension_m);
    sample->set_velocity_mps(axis.velocity_mps);
    sample->set_tension_n(axis.tension_n);
    sample->set_commanded_n(axis.commanded_n);
    if (std::isfinite(axis.rom_share)) sample->set_rom_share(axis.rom_share);
    sample->set_phase(to_pb(axis.phase));
  }
}

}  // namespace sheave::api
