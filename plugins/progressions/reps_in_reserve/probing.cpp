#include "probing.hpp"

#include <algorithm>
#include <cmath>

#include "belief.hpp"
#include "capacity.hpp"
#include "held_speed.hpp"

namespace sheave::progressions {
namespace {

// A probe goes no higher than where a whole set could be done; what is fast, but not so fast that it tells a share, goes up by a quarter,
// and for less than a tenth there is none. Of whom the speed tells nothing, since they keep a pace, their word or that they kept it does: a
// first probe is at a weight that is under half of almost everybody's.
constexpr double kProbeAt = 0.75, kProbeUp = 1.25, kProbeUpAtAPace = 1.5, kWorthAProbe = 1.1, kMostProbeRaise = 1.6;
constexpr std::ptrdiff_t kMostProbeRaises = 2;
constexpr int kFewLeft = 3;
constexpr double kSureByLine = 0.4, kCareful = 0.5;
// Two people in three lie within their line's standard error, of which the host states 1.645; an answer after five reps is off by two.
constexpr double kNineInTen = 1.645, kLeastLineError = 0.03, kAnswerError = 0.06;

bool once_known(const sheave_strength_t* strength) {
  return strength != nullptr && std::isfinite(strength->one_rm_kg) && std::isfinite(strength->one_rm_low_kg) && strength->one_rm_kg > 0.0;
}

bool probe_of_today(const SetFacts& set) { return set.session_index == 0 && set.kind == SHEAVE_SET_PROBE; }

/// Slow, but nothing of it was hard: they said so, or said nothing and were as fast at its end as ever.
bool light_at_a_pace(const SetFacts& probe) {
  if (probe.answer >= 0) return probe.answer >= static_cast<int>(kManyLeft_reps);
  return probe.reps >= kProbeReps && probe.fastest_mps > 0.0 && probe.last_mps >= kHeld * probe.fastest_mps;
}

Belief by_probes(const Question& q) {
  Belief once;
  if (once_known(q.in.strength)) {
    const double one_rm_kg = q.in.strength->one_rm_kg;
    once.add(one_rm_kg, std::max(kLeastLineError, (one_rm_kg - q.in.strength->one_rm_low_kg) / one_rm_kg / kNineInTen));
  }
  const Curve curve;
  for (const SetFacts& set : q.history) {
    const bool told = set.answer >= 0 && set.answer < static_cast<int>(kManyLeft_reps);
    if (probe_of_today(set) && set.judged && told) once.add(one_rm_kg(curve, set, set.answer), kAnswerError);
  }
  return once;
}

}  // namespace

double careful_once_kg(const Question& q, double share) {
  if (!once_known(q.in.strength)) return 0.0;
  return q.in.strength->one_rm_low_kg + share * (q.in.strength->one_rm_kg - q.in.strength->one_rm_low_kg);
}

bool raise_light_probe(const Question& q, sdk::Decision& out) {
  const SetFacts& last = q.last();
  const auto probes = std::ranges::count_if(q.history, probe_of_today);
  const bool few_left = last.answer >= 0 && last.answer < kFewLeft;
  if (last.kind != SHEAVE_SET_PROBE || last.helped || few_left || probes > kMostProbeRaises) return false;
  const bool light = light_at_a_pace(last);
  if (!(last.fastest_mps >= q.settings.probe_speed_mps) && !light) return false;
  const double least_up = light ? kProbeUpAtAPace : kProbeUp;
  double wanted_kg = last.load_kg * std::max(least_up, kProbeAt / light_share(last).value_or(kProbeAt));
  if (const double once_kg = careful_once_kg(q, kCareful); once_kg > 0.0) wanted_kg = std::min(wanted_kg, kProbeAt * once_kg);
  const double raised_kg = q.steps().after(wanted_kg - last.load_kg);
  if (wanted_kg < kWorthAProbe * last.load_kg || raised_kg <= last.load_kg) return false;
  out.load(raised_kg, "PROBE_RAISE").probe().rep_goal(kProbeReps).confidence(kSureByLine);
  out.evidence("fastest_mps", last.fastest_mps).evidence("light_mps", q.settings.probe_speed_mps);
  out.evidence("step_kg", std::min(raised_kg - last.load_kg, kArticleUp_kg));
  return true;
}

bool follow_probes(const Question& q, sdk::Decision& out) {
  const SetFacts& last = q.last();
  if (last.kind != SHEAVE_SET_PROBE || last.helped || last.reps < std::min(kProbeReps, q.in.rep_bottom)) return false;
  const Belief once = by_probes(q);
  if (!once.known()) return false;
  const double fits_kg = once.careful_kg() * std::exp(-Curve().log_share(q.in.rep_top + kReserve_reps));
  if (!(fits_kg > 0.0)) return false;
  const double load_kg = q.steps().after(std::min(fits_kg, kMostProbeRaise * last.load_kg) - last.load_kg);
  out.load(load_kg, "PROBE_DONE").confidence(kSureByLine).evidence("best_reps", last.reps).evidence("one_rm_kg", once.one_rm_kg());
  if (last.fastest_mps >= 0) out.evidence("fastest_mps", last.fastest_mps);
  if (load_kg > last.load_kg) out.evidence("step_kg", std::min(load_kg - last.load_kg, kArticleUp_kg));
  return true;
}

}  // namespace sheave::progressions
