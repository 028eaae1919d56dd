#pragma once
// The rules behind each reason code of the shipped progressions, and what their numbers are called.

#include <string>
#include <string_view>

#include "controller/app/cli/text.hpp"

namespace sheave::cli {

/// One reason code. `rules` are the ids of the design ("A1"), comma-separated; `rule` says it to a member; `otherwise` what would have
/// made it another weight. A code that is not known here has empty texts.
struct ReasonRule {
  std::string_view reason, rules, rule, otherwise;
};
const ReasonRule& reason_rule(std::string_view reason);

/// "best_reps" and 8 to "reps that counted: 8".
std::string evidence_line(const Look& look, std::string_view name, double value);

}  // namespace sheave::cli
