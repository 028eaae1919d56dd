#pragma once
// Closes what an earlier run of the controller left open, so that every record tells how it ended.

#include <memory>

#include "controller/session/ledger.hpp"

namespace sheave::session {

/// Sessions that are not finished become kInterrupted; a set of theirs without an end is closed as kInterrupted with the reps that
/// were committed. `alive` expired: the answer came too late and is dropped. [main]
void close_interrupted(Journal& journal, Ledger& ledger, std::weak_ptr<void> alive);

/// Faults that an earlier run saw begin and nobody saw end are ended `at` this start, but for those in `active`, which are on again by
/// the time the journal answers. [main]
void close_faults(Journal& journal, Ledger& ledger, const std::vector<FaultCode>& active, const WallTime& at, std::weak_ptr<void> alive);

}  // namespace sheave::session
