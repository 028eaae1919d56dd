#pragma once
// Double progression, rule by rule. Within a session the rules are asked in their order of rank (A3); the first that applies
// decides.

#include <vector>

#include "facts.hpp"
#include "sheave_sdk.hpp"
#include "steps.hpp"

namespace sheave::double_progression {

inline constexpr std::uint32_t kProbeReps = 5;

struct Settings {
  StepRule rule = StepRule::kScaled;
  double pause_limit_s = 5.0;
  double probe_speed_mps = 0.75;
};

/// A decision before the next set of a session: what was asked, and the newest set.
struct Question {
  const sheave_progression_in_t& in;
  Settings settings;
  std::vector<SetFacts> history;  ///< Newest first.

  const SetFacts& last() const { return history.front(); }
  Steps steps() const { return {settings.rule, last().load_kg, in}; }
};

/// Before the first working set of a visit: from history (A2), else a probe (A5).
void decide_first_set(const Question& question, sdk::Decision& out);

/// After a set of this session. @pre history's newest set is of this session.
void decide_next_set(const Question& question, sdk::Decision& out);

}  // namespace sheave::double_progression
