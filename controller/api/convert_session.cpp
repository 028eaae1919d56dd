#include "controller/api/convert_session.hpp"

#include <array>
#include <bit>

#include "plugins/abi/sheave/ext/exercise.h"

namespace sheave::api {

static_assert(pb::STAGE_SET_UP == static_cast<int>(session::Stage::kSetUp));
static_assert(pb::STAGE_FINISHED == static_cast<int>(session::Stage::kFinished));
static_assert(pb::SET_KIND_WORKING == static_cast<int>(session::SetKind::kWorking));
static_assert(pb::SET_KIND_PROBE == static_cast<int>(session::SetKind::kProbe));
static_assert(pb::STOP_ANSWER_TIRED == static_cast<int>(session::StopAnswer::kTired));
static_assert(pb::STOP_ANSWER_PAIN == static_cast<int>(session::StopAnswer::kPain));
static_assert(pb::SET_END_REASON_RACKED == static_cast<int>(session::SetEndReason::kRacked));
static_assert(pb::SET_END_REASON_FINISHED == static_cast<int>(session::SetEndReason::kFinished));
static_assert(pb::SESSION_STATE_PREPARED == static_cast<int>(session::SessionState::kPrepared));
static_assert(pb::SESSION_STATE_INTERRUPTED == static_cast<int>(session::SessionState::kInterrupted));
static_assert(pb::REP_VERDICT_COUNTED == static_cast<int>(RepVerdict::kCounted));
static_assert(pb::REP_VERDICT_REJECTED == static_cast<int>(RepVerdict::kRejected));
static_assert(pb::REP_AXIS_LEFT == static_cast<int>(RepAxis::kLeft) + 1);
static_assert(pb::REP_AXIS_BOTH == static_cast<int>(RepAxis::kBoth) + 1);

pb::Stage to_pb(session::Stage stage) noexcept { return static_cast<pb::Stage>(stage); }
pb::SetKind to_pb(session::SetKind kind) noexcept { return static_cast<pb::SetKind>(kind); }
session::StopAnswer from_pb(pb::StopAnswer answer) noexcept { return static_cast<session::StopAnswer>(answer); }

namespace {

std::size_t cables_of(std::uint32_t axis_mask) noexcept { return std::max(1, std::popcount(axis_mask)); }

/// Mean of what `value` gives for the counted reps; unknown where none has it.
template <typename Value>
double mean_of_counted(const std::vector<Rep>& reps, Value value) {
  double sum = 0;
  std::size_t count = 0;
  for (const Rep& rep : reps) {
    if (rep.verdict != RepVerdict::kCounted || !std::isfinite(value(rep))) continue;
    sum += value(rep);
    ++count;
  }
  return count > 0 ? sum / static_cast<double>(count) : kUnknown;
}

}  // namespace

void to_pb(const Names& names, const session::SessionRecord& record, pb::Session* to) {
  to->set_name(names.session(record.id));
  to->set_program(Names::program(record.program_id));
  if (!record.member_id.empty()) to->set_member("members/" + record.member_id);
  to->set_member_alias(record.member_alias);
  if (!record.workout_id.empty()) to->set_workout(Names::workout(record.workout_id));
  to->set_workout_position(static_cast<std::int32_t>(record.workout_position));
  to->set_workout_size(static_cast<std::int32_t>(record.workout_size));
  to->set_workout_run(record.workout_run);
  to->set_state(static_cast<pb::SessionState>(record.state));
  if (known(record.created)) to_pb(record.created, to->mutable_create_time());
  if (known(record.finished)) to_pb(record.finished, to->mutable_finish_time());
  to->set_end_note(record.end_note);
  to->set_request_id(record.request_id);
}

void hide_member(pb::Session* session) {
  session->clear_member();
  session->clear_member_alias();
}

void to_pb(const Names& names, const session::SessionRecord& record, const session::Snapshot& snapshot, std::size_t cable_count,
           pb::Session* to) {
  to_pb(names, record, to);
  if (!snapshot.session || snapshot.session->id != record.id) return;
  to->set_stage(to_pb(snapshot.stage));
  to->set_load_total_kg(snapshot.load_total_kg);
  to->set_load_per_cable_kg(snapshot.load_per_cable_kg);
  if (snapshot.proposal) to_pb(*snapshot.proposal, cable_count, to->mutable_proposal());
}

void to_pb(const Names& names, const std::string& session_id, std::uint32_t set_index, const Rep& rep, pb::Rep* to) {
  to->set_name(names.rep(session_id, set_index, rep.candidate));
  to->set_index(static_cast<std::int32_t>(rep.index));
  to->set_candidate(static_cast<std::int32_t>(rep.candidate));
  to->set_axis(static_cast<pb::RepAxis>(static_cast<int>(rep.axis) + 1));
  to->set_verdict(static_cast<pb::RepVerdict>(rep.verdict));
  to->set_assisted(rep.assisted);
  for (const auto& name : form_names(rep.form)) to->add_form_faults(name);
  set_known(rep.start_m, [to](double v) { to->set_start_m(v); });
  set_known(rep.peak_m, [to](double v) { to->set_peak_m(v); });
  set_known(rep.rom_m, [to](double v) { to->set_rom_m(v); });
  set_known(rep.rom_share, [to](double v) { to->set_rom_share(v); });
  set_known(rep.concentric_s, [to](double v) { to->set_concentric_s(v); });
  set_known(rep.peak_hold_s, [to](double v) { to->set_peak_hold_s(v); });
  set_known(rep.eccentric_s, [to](double v) { to->set_eccentric_s(v); });
  set_known(rep.bottom_s, [to](double v) { to->set_bottom_s(v); });
  set_known(rep.mean_speed_mps, [to](double v) { to->set_mean_velocity_mps(v); });
  set_known(rep.mean_propulsive_speed_mps, [to](double v) { to->set_mean_propulsive_velocity_mps(v); });
  set_known(rep.peak_speed_mps, [to](double v) { to->set_peak_velocity_mps(v); });
  set_known(rep.mean_force_n, [to](double v) { to->set_mean_force_n(v); });
  set_known(rep.peak_force_n, [to](double v) { to->set_peak_force_n(v); });
  set_known(rep.mean_power_w, [to](double v) { to->set_mean_power_w(v); });
  set_known(rep.peak_power_w, [to](double v) { to->set_peak_power_w(v); });
  set_known(rep.work_j, [to](double v) { to->set_work_j(v); });
  set_known(rep.load_commanded_kg, [to](double v) { to->set_load_commanded_kg(v); });
  set_known(rep.load_measured_kg, [to](double v) { to->set_load_measured_kg(v); });
  set_known(rep.speed_loss, [to](double v) { to->set_velocity_loss_share(v); });
  set_known(rep.sticking_share, [to](double v) { to->set_sticking_share(v); });
  set_known(rep.sticking_speed_mps, [to](double v) { to->set_sticking_velocity_mps(v); });
  set_known(rep.side_lead_share, [to](double v) { to->set_side_lead_share(v); });
  set_known(rep.side_peak_share, [to](double v) { to->set_side_peak_share(v); });
}

void to_pb(const Names& names, const session::SetRecord& set, pb::Set* to) {
  to->set_name(names.set(set.session_id, set.index));
  to->set_index(static_cast<std::int32_t>(set.index));
  to->set_kind(to_pb(set.kind));
  to->set_load_total_kg(set.load_kg);
  to->set_load_per_cable_kg(set.load_kg / static_cast<double>(cables_of(set.axis_mask)));
  if (known(set.started)) to_pb(set.started, to->mutable_start_time());
  to->set_duration_s(set.duration_s);
  to->set_end_reason(static_cast<pb::SetEndReason>(set.end));
  if (set.answer_rir) to->set_answer_reps_in_reserve(*set.answer_rir);
  to->set_stop_answer(static_cast<pb::StopAnswer>(set.stop_answer));
  to->set_counted_reps(static_cast<std::int32_t>(set.counted));
  std::int32_t partial = 0;
  for (const Rep& rep : set.reps) {
    partial += rep.verdict == RepVerdict::kPartial ? 1 : 0;
    to_pb(names, set.session_id, set.index, rep, to->add_reps());
  }
  to->set_partial_reps(partial);
  to->set_volume_kg(set.volume_kg());
  set_known(mean_of_counted(set.reps, [](const Rep& r) { return r.mean_speed_mps; }), [to](double v) { to->set_mean_velocity_mps(v); });
  set_known(mean_of_counted(set.reps, [](const Rep& r) { return r.rom_m; }), [to](double v) { to->set_mean_rom_m(v); });
  set_known(mean_of_counted(set.reps, [](const Rep& r) { return r.load_measured_kg; }), [to](double v) { to->set_load_measured_kg(v); });
  for (const Rom& rom : set.rom) to_pb(rom, to->add_rom());
  to->set_samples_lost(set.samples_lost);
  to->set_side(static_cast<pb::SetSide>(set.side));
  to->set_worked_before(static_cast<std::int32_t>(set.worked_before));
  if (set.curve) to_pb(names, *set.curve, to->mutable_load_curve());
  for (const session::TunedParam& param : set.tuned) to_pb(param, to->add_tuned_parameters());
  for (const session::Lightening& less : set.lightened) to_pb(less, to->add_lightened());
  if (set.proposal) to_pb(*set.proposal, cables_of(set.axis_mask), to->mutable_proposal());
}

void to_pb(const session::Lightening& less, pb::Lightening* to) {
  to->set_after_reps(static_cast<std::int32_t>(less.after_reps));
  to->set_load_total_kg(less.load_kg);
  to->set_time_s(less.time_s);
  to->set_by_person(less.by_person);
}

void to_pb(const session::TunedParam& param, pb::TunedParameter* to) {
  to->set_link(static_cast<std::int32_t>(param.link));
  to->set_profile(param.profile);
  to->set_parameter(param.parameter);
  to->set_value(param.value);
  to->set_time_s(param.time_s);
}

void to_pb(const Names& names, const session::CurveUsed& curve, pb::LoadCurve* to) {
  for (std::size_t i = 0; i < session::kCurvePlaces.size(); ++i) {
    to->add_rom_share(session::kCurvePlaces[i]);
    to->add_load_share(curve.shares.share[i]);
  }
  if (curve.test_session_id.empty()) return;
  to->set_test_session(names.session(curve.test_session_id));
  to_pb(curve.tested, to->mutable_test_time());
}

void to_pb(const session::Proposal& proposal, std::size_t cable_count, pb::Proposal* to) {
  to->set_stop(proposal.stop);
  to->set_load_total_kg(proposal.load_kg);
  to->set_load_per_cable_kg(proposal.load_kg / static_cast<double>(cable_count));
  set_known(proposal.previous_load_kg, [to](double v) { to->set_previous_load_total_kg(v); });
  to->set_next_kind(to_pb(proposal.next_kind));
  to->set_rep_goal(static_cast<std::int32_t>(proposal.rep_goal));
  to->set_reason(proposal.reason);
  to->set_text(proposal.text);
  if (proposal.confidence >= 0) to->set_confidence(proposal.confidence);
  for (const auto& evidence : proposal.evidence) (*to->mutable_evidence())[evidence.name] = evidence.value;
  to->set_accepted(proposal.accepted);
  to->set_changed(proposal.changed);
  to->set_etag(proposal.etag);
}

void to_pb(const Rom& rom, pb::Rom* to) {
  to->set_start_m(rom.start_m);
  to->set_end_m(rom.end_m);
}

std::vector<std::string> form_names(std::uint32_t form) {
  struct Named {
    std::uint32_t bit;
    const char* name;
  };
  constexpr std::array kNamed{
      Named{SHEAVE_FORM_SHORT_ROM, "SHORT_ROM"},
      Named{SHEAVE_FORM_NO_HOLD, "NO_HOLD"},
      Named{SHEAVE_FORM_SWING, "SWING"},
      Named{SHEAVE_FORM_TOO_FAST_RETURN, "TOO_FAST_RETURN"},
      Named{SHEAVE_FORM_TOO_LONG, "TOO_LONG"},
      Named{SHEAVE_FORM_NO_PULL_APART, "NO_PULL_APART"},
      Named{SHEAVE_FORM_NO_FULL_RETURN, "NO_FULL_RETURN"},
      Named{SHEAVE_FORM_ABOVE_PEAK, "ABOVE_PEAK"},
      Named{SHEAVE_FORM_TOO_FAST_PULL, "TOO_FAST_PULL"},
      Named{SHEAVE_FORM_TOO_SLOW_PULL, "TOO_SLOW_PULL"},
  };
  std::vector<std::string> names;
  for (const auto& named : kNamed) {
    if ((form & named.bit) != 0) names.emplace_back(named.name);
    form &= ~named.bit;
  }
  for (; form != 0; form &= form - 1) names.push_back("FORM_" + std::to_string(std::countr_zero(form)));
  return names;
}

std::string cue_name(std::uint32_t cue) {
  switch (cue) {
    case SHEAVE_CUE_NONE:
      return "NONE";
    case SHEAVE_CUE_PULL_FURTHER:
      return "PULL_FURTHER";
    case SHEAVE_CUE_HOLD:
      return "HOLD";
    case SHEAVE_CUE_PULL_APART:
      return "PULL_APART";
    case SHEAVE_CUE_ELBOWS_HIGH:
      return "ELBOWS_HIGH";
    case SHEAVE_CUE_STEADY_TORSO:
      return "STEADY_TORSO";
    case SHEAVE_CUE_SLOW_RETURN:
      return "SLOW_RETURN";
    case SHEAVE_CUE_GOOD:
      return "GOOD";
    case SHEAVE_CUE_RETURN_FULLY:
      return "RETURN_FULLY";
    case SHEAVE_CUE_STOP_LOWER:
      return "STOP_LOWER";
    case SHEAVE_CUE_SLOWER_PULL:
      return "SLOWER_PULL";
    case SHEAVE_CUE_FASTER_PULL:
      return "FASTER_PULL";
    case SHEAVE_CUE_ONE_OR_TWO_LEFT:
      return "ONE_OR_TWO_LEFT";
    case SHEAVE_CUE_LIGHTER:
      return "LIGHTER";
    case SHEAVE_CUE_OTHER_SIDE:
      return "OTHER_SIDE";
    default:
      return "CUE_" + std::to_string(cue);
  }
}

}  // namespace sheave::api
