#include "controller/api/convert_program.hpp"

#include "controller/api/names.hpp"

namespace sheave::api {

static_assert(pb::STRENGTH_TEST_KIND_ISOKINETIC == static_cast<int>(session::TestKind::kIsokinetic));
static_assert(pb::STRENGTH_TEST_KIND_ISOMETRIC == static_cast<int>(session::TestKind::kIsometric));

namespace {

/// "sheave.load-profile/1", the ABI's name of a kind, as the API says it: "load-profile".
std::string kind_word(const std::string& extension) {
  const std::size_t begin = extension.find('.') + 1;  // 0 where there is none
  return extension.substr(begin, extension.find('/', begin) - begin);
}

}  // namespace

void to_pb(const session::Program& program, const std::string& unavailable_reason, pb::Program* to) {
  to->set_name(Names::program(program.id));
  to->set_display_name(program.name);
  to->set_summary(program.summary);
  to->set_exercise_name(program.exercise_name);
  to->set_goal(program.goal);
  for (const auto& muscle : program.muscles) to->add_muscles(muscle);
  to_pb(program.exercise, to->mutable_exercise());
  for (const auto& link : program.load_chain) to_pb(link, to->add_load_chain());
  if (!program.progression.id.empty()) to_pb(program.progression, to->mutable_progression());
  pb::Prescription* prescription = to->mutable_prescription();
  prescription->set_sets(static_cast<std::int32_t>(program.prescription.sets));
  prescription->set_rep_bottom(static_cast<std::int32_t>(program.prescription.rep_bottom));
  prescription->set_rep_top(static_cast<std::int32_t>(program.prescription.rep_top));
  to_pb_duration(program.prescription.rest_s, prescription->mutable_rest());
  prescription->set_tempo_concentric_s(program.prescription.tempo_concentric_s);
  prescription->set_tempo_hold_s(program.prescription.tempo_hold_s);
  prescription->set_tempo_eccentric_s(program.prescription.tempo_eccentric_s);
  prescription->set_one_sided(program.prescription.one_sided);
  for (const session::WarmUp& warm_up : program.prescription.warm_ups) {
    pb::WarmUp* added = prescription->add_warm_ups();
    added->set_load_share(warm_up.load_share);
    added->set_reps(static_cast<std::int32_t>(warm_up.reps));
  }
  if (const control::SpeedLossEnd& end = program.prescription.speed_loss_end; end.loss_share > 0.0) {
    prescription->mutable_speed_loss_end()->set_loss_share(end.loss_share);
    prescription->mutable_speed_loss_end()->set_reps(static_cast<std::int32_t>(end.reps));
    prescription->mutable_speed_loss_end()->set_by_peak(end.peak);
  }
  pb::SetUp* set_up = to->mutable_set_up();
  set_up->set_pulley_height_m(program.set_up.pulley_height_m);
  set_up->set_pulley(program.set_up.pulley);
  set_up->set_attachment(program.set_up.attachment);
  set_up->set_stance(program.set_up.stance);
  for (const auto& step : program.set_up.steps) set_up->add_steps(step);
  for (const auto& cue : program.set_up.cues) set_up->add_cues(cue);
  to->set_start_load_total_kg(program.start_load_kg);
  to->set_source(program.source);
  to->set_etag(program.etag);
  to->set_unavailable_reason(unavailable_reason);
  to->set_test(static_cast<pb::StrengthTestKind>(program.test.kind));
}

void to_pb(const session::Workout& workout, const session::Catalog& catalog,
           const std::function<std::string(const session::Program&)>& unavailable, pb::Workout* to) {
  to->set_name(Names::workout(workout.id));
  to->set_display_name(workout.name);
  to->set_summary(workout.summary);
  to->set_goal(workout.goal);
  for (const std::string& sign : workout.signs) to->add_signs(sign);
  for (const session::WorkoutPart& part : workout.parts) {
    const session::Program& program = *catalog.find(part.program_id);
    const std::string reason = unavailable(program);
    pb::WorkoutPart* told = to->add_parts();
    to_pb(program, reason, told->mutable_program());
    told->set_sets(static_cast<std::int32_t>(part.sets.value_or(program.prescription.sets)));
    to_pb_duration(part.rest_s.value_or(program.prescription.rest_s), told->mutable_rest());
    if (to->unavailable_reason().empty()) to->set_unavailable_reason(reason);
  }
}

void to_pb(const plugin_host::PluginInfo& plugin, pb::Plugin* to) {
  to->set_id(plugin.id);
  to->set_kind(kind_word(plugin.kind));
  to->set_display_name(plugin.name);
  to->set_vendor(plugin.vendor);
  to->set_version(plugin.version);
  to->set_description(plugin.description);
  to->set_file(plugin.file);
  to->set_min_rate_hz(plugin.min_rate_hz);
  to->set_max_tick_us(static_cast<std::int32_t>(plugin.max_tick_us));
  for (const auto& param : plugin.params) to_pb(param, to->add_parameters());
}

void to_pb(const plugin_host::Registry& registry, const std::string& kind, pb::ListPluginsResponse* to) {
  for (const auto& plugin : registry.plugins()) {
    if (kind.empty() || plugin.kind == kind) to_pb(plugin, to->add_plugins());
  }
  for (const auto& refused : registry.refused()) {
    pb::RefusedPlugin* message = to->add_refused();
    message->set_file(refused.file);
    message->set_message(refused.message);
  }
}

}  // namespace sheave::api
