#include "controller/session/proposal.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace sheave::session {

namespace {

constexpr std::string_view kBySpeed = "RESERVE_";  // reasons of sets that end by speed
constexpr double kMostRise_mps = 0.2;
constexpr double kMostLighterPerRep = 0.2;
constexpr double kMaxSilentStep_kg = 10.0 * kKgPerLb;

const double* find(const Proposal& proposal, std::string_view name) {
  const auto at = std::find_if(proposal.evidence.begin(), proposal.evidence.end(), [&](const Evidence& e) { return e.name == name; });
  return at != proposal.evidence.end() ? &at->value : nullptr;
}

/// A plugin's text may fill its array to the last byte.
template <std::size_t N>
std::string bounded(const char (&text)[N]) {
  return std::string(text, std::find(text, text + N, '\0'));
}

void copy_decision(const sheave_progression_out_t& out, const LoadGrid& grid, Proposal& proposal) {
  proposal.stop = out.decision == SHEAVE_DECISION_STOP;
  proposal.load_kg = grid.at_most(out.load_kg);
  proposal.next_kind = out.next_kind == SHEAVE_SET_PROBE ? SetKind::kProbe : SetKind::kWorking;
  proposal.rep_goal = out.rep_goal;
  proposal.reason = bounded(out.reason);
  proposal.confidence = out.confidence;
  if (std::isfinite(out.last_reps_speed_mps) && out.last_reps_speed_mps > 0.0) proposal.last_reps_speed_mps = out.last_reps_speed_mps;
  if (std::isfinite(out.last_reps_at) && std::isfinite(out.last_reps_rise_mps)) {
    proposal.last_reps_at = std::max(0.0, out.last_reps_at);
    proposal.last_reps_rise_mps = std::clamp(out.last_reps_rise_mps, 0.0, kMostRise_mps);
  }
  if (std::isfinite(out.lighter_speed_mps) && std::isfinite(out.lighter_per_rep_share)) {
    proposal.lighter_speed_mps = std::max(0.0, out.lighter_speed_mps);
    proposal.lighter_per_rep_share = std::clamp(out.lighter_per_rep_share, 0.0, kMostLighterPerRep);
  }
  const std::uint32_t count = std::min<std::uint32_t>(out.evidence_count, SHEAVE_EVIDENCE_MAX);
  for (std::uint32_t i = 0; i < count; ++i) proposal.evidence.push_back({bounded(out.evidence[i].name), out.evidence[i].value});
}

}  // namespace

Proposal make_proposal(const Result<sheave_progression_out_t>& decision, const ProposalContext& context) {
  Proposal proposal;
  proposal.previous_load_kg = context.previous_load_kg;
  if (decision.ok() && (decision->decision == SHEAVE_DECISION_STOP || std::isfinite(decision->load_kg))) {
    sheave_progression_out_t out = *decision;
    if (!std::isfinite(out.load_kg)) out.load_kg = context.program.start_load_kg;  // of a stop: nobody reads it
    copy_decision(out, context.grid, proposal);
  } else {
    const double kept_kg = std::isfinite(context.previous_load_kg) ? context.previous_load_kg : context.program.start_load_kg;
    proposal.load_kg = context.grid.at_most(kept_kg);
    proposal.next_kind = context.last_set != nullptr ? context.last_set->kind : SetKind::kWorking;
    proposal.reason = decision.ok() ? "PROGRESSION_FAILED" : decision.status().reason;
  }
  proposal.text = reason_text(proposal, context);
  return proposal;
}

RepGoal rep_goal_of(const Proposal& proposal) {
  RepGoal goal{proposal.rep_goal, proposal.rep_goal};
  const double* expected = proposal.reason.starts_with(kBySpeed) ? find(proposal, "forecast_reps") : nullptr;
  if (goal.to > 0 && expected != nullptr && std::isfinite(*expected)) {
    goal.from = static_cast<std::uint32_t>(std::clamp(std::round(*expected), 1.0, static_cast<double>(goal.to)));
  }
  return goal;
}

double silent_load_kg(const Proposal& proposal, double baseline_kg, const LoadGrid& grid) {
  if (!std::isfinite(baseline_kg) || proposal.load_kg <= baseline_kg) return proposal.load_kg;
  const double* step = find(proposal, "step_kg");
  double step_kg = step != nullptr && std::isfinite(*step) && *step > 0.0 ? *step : grid.increment_kg();
  step_kg = std::clamp(step_kg, grid.increment_kg(), kMaxSilentStep_kg);
  return std::min(proposal.load_kg, grid.at_most(baseline_kg + step_kg));
}

}  // namespace sheave::session
