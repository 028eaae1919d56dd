#pragma once
// Double progression's own judgement: reps first, then load. Progressions that know no better for a set use it too.

#include "rules.hpp"

namespace sheave::progressions {

/// A1 and A2: the top of the range in one set, earned without a rest inside it.
bool raise_at_top(const Question& q, sdk::Decision& out);

/// After a set of this session: A1 to A5 and A8, in order of rank.
void decide_by_reps(const Question& q, sdk::Decision& out);

/// Before the first set of a visit: the highest load whose first set was in range, and A1 at the door; A5, A7, A8.
void start_by_reps(const Question& q, sdk::Decision& out);

}  // namespace sheave::progressions
