#pragma once
// From a progression's decision to what the person reads, and what silence may accept of it.

#include <optional>

#include "controller/core/status.hpp"
#include "controller/session/loads.hpp"
#include "controller/session/program.hpp"
#include "controller/session/records.hpp"
#include "plugins/abi/sheave/ext/progression.h"

namespace sheave::session {

/// The numbers the person saw, for the words.
struct ProposalContext {
  const Program& program;
  const LoadGrid& grid;
  const SetRecord* last_set = nullptr;  ///< Null before the first.
  double previous_load_kg = kUnknown;   ///< Of the last set, or of the last visit.
};

/// Rounded down to the increment, inside the machine's limits, with its reason in words. A failed `decision` keeps the load: the
/// previous one, else the program's first. Pure.
Proposal make_proposal(const Result<sheave_progression_out_t>& decision, const ProposalContext& context);

/// The load that a person who says nothing gets: never more than one step above `baseline_kg`. One step is the progression's own
/// (evidence "step_kg"), else the increment, and at most 10 lb, the largest the source's rules know.
double silent_load_kg(const Proposal& proposal, double baseline_kg, const LoadGrid& grid);

/// What `proposal` asks for. Where the person's own speed tells when one or two are left, its goal is only the most that the set may have:
/// from the reps expected of it (evidence "forecast_reps") up to that. Pure.
RepGoal rep_goal_of(const Proposal& proposal);

/// One sentence for `proposal.reason` that cites the evidence; an unknown code is shown as it is.
std::string reason_text(const Proposal& proposal, const ProposalContext& context);

}  // namespace sheave::session
