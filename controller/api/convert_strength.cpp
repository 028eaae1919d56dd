#include "controller/api/convert_strength.hpp"

#include <algorithm>
#include <iterator>

#include "controller/api/convert_common.hpp"

namespace sheave::api {
namespace {

void to_pb(const session::Estimate& from, pb::Estimate* to) {
  if (!from.known()) return to->set_unknown_reason(std::string(from.unknown_reason));
  to->set_value(from.value);
  to->set_low(from.low);
  to->set_high(from.high);
  to->set_method(std::string(from.method));
}

}  // namespace

void to_pb(const Names& names, const session::SessionRecord& session, const std::vector<session::SetRecord>& earlier,
           const std::vector<session::SetRecord>& present, pb::Strength* to) {
  const session::WallTime now = present.empty() ? session.created : present.back().started;
  std::vector<session::SetRecord> before;
  std::ranges::copy_if(earlier, std::back_inserter(before), [&](const session::SetRecord& set) {
    return set.session_id != session.id && set.started.unix_ns <= session.created.unix_ns;
  });
  const std::vector<session::PastSet> sets = session::past_sets(before, present, now);
  const session::StrengthModel model = session::strength_model(sets);
  to->set_session(names.session(session.id));
  to->set_program(names.program(session.program_id));
  to->set_sets_used(static_cast<std::int32_t>(sets.size()));
  to_pb(model.one_rm_kg, to->mutable_one_rm_kg());
  to_pb(model.by_speed_kg, to->mutable_one_rm_by_speed_kg());
  to_pb(model.by_reps_kg, to->mutable_one_rm_by_reps_kg());
  to_pb(model.failure_mps, to->mutable_failure_speed_mps());
  to_pb(model.form_share, to->mutable_form_share());
  to_pb(model.drift_kg_per_week, to->mutable_drift_kg_per_week());
  const bool trained = !sets.empty() && sets.front().visit == 0;
  to_pb(session::reps_left(model, trained ? sets.front() : session::PastSet{}), to->mutable_last_set_reps_left());
}

void to_pb(const Names& names, const session::StrengthTest& test, pb::StrengthTest* to) {
  to->set_session(names.session(test.session_id));
  to->set_program(Names::program(test.program_id));
  to->set_kind(static_cast<pb::StrengthTestKind>(test.kind));
  to_pb(test.at, to->mutable_time());
  to->set_efforts(static_cast<std::int32_t>(test.efforts));
  set_known(test.peak_n, [to](double v) { to->set_peak_force_n(v); });
  set_known(test.mean_n, [to](double v) { to->set_mean_force_n(v); });
  to->set_speed_mps(test.speed_mps);
  for (std::size_t i = 0; i < session::kCurvePlaces.size(); ++i) {
    pb::ForceAtPlace* place = to->add_curve();
    place->set_rom_share(session::kCurvePlaces[i]);
    set_known(test.curve.force_n[i], [place](double v) { place->set_force_n(v); });
  }
  to->set_unknown_reason(std::string(test.unknown_reason));
  if (const auto shares = session::shares_of(test.curve)) {
    for (const double share : shares->share) to->add_load_share(share);
  }
}

}  // namespace sheave::api
