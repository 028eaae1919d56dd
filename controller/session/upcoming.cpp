#include "controller/session/upcoming.hpp"

#include <algorithm>
#include <cmath>

namespace sheave::session {

namespace {

/// All of them, in order, as this machine can set them.
std::vector<Upcoming> warm_ups_for(const Prescription& prescription, const LoadGrid& grid, double working_kg) {
  std::vector<Upcoming> sets;
  double before_kg = 0.0;
  for (const WarmUp& warm_up : prescription.warm_ups) {
    const double load_kg = grid.at_most(warm_up.load_share * working_kg);
    if (load_kg <= before_kg || load_kg >= working_kg) continue;
    before_kg = load_kg;
    sets.push_back({SetKind::kWarmUp, Side::kBoth, load_kg, warm_up.reps, false});
  }
  return sets;
}

}  // namespace

Upcoming upcoming_set(const Prescription& prescription, const LoadGrid& grid, const std::vector<SetRecord>& ended, SetKind next_kind,
                      double next_load_kg) {
  if (!ended.empty() && ended.back().side == Side::kLeft) {
    const SetRecord& left = ended.back();
    return {left.kind, Side::kRight, left.load_kg, 0, false};
  }
  Upcoming next{next_kind, Side::kBoth, next_load_kg, 0, true};
  const bool fresh = std::all_of(ended.begin(), ended.end(), [](const SetRecord& set) { return set.kind == SetKind::kWarmUp; });
  if (fresh && next_kind == SetKind::kWorking && std::isfinite(next_load_kg)) {
    const std::vector<Upcoming> warm_ups = warm_ups_for(prescription, grid, next_load_kg);
    const auto done = static_cast<std::size_t>(std::ranges::count_if(ended, [](const SetRecord& set) { return set.side != Side::kLeft; }));
    if (done < warm_ups.size()) next = warm_ups[done];
  }
  if (prescription.one_sided) next.side = Side::kLeft;
  return next;
}

}  // namespace sheave::session
