#pragma once
// A5: trial sets that find a weight in a few reps. Each goes up by what the one before it showed, never past where a whole set could be
// done by the careful side of what they all say; the first working set is at the careful side of it, too.

#include "rules.hpp"

namespace sheave::progressions {

/// What could be pulled once by the host's model: `share` of the way up from the low end of its range to the likely value. 0: not known.
double careful_once_kg(const Question& q, double share);

/// One more probe while the handle flies; and where a pace is kept, while they say that many are left, or nothing and keep it.
bool raise_light_probe(const Question& q, sdk::Decision& out);

/// From what the probes say together, by the line of their speeds and by what the person said: the load that fits, be it less than the last
/// probe's. False: neither is known.
bool follow_probes(const Question& q, sdk::Decision& out);

}  // namespace sheave::progressions
