#pragma once
// What a person's muscles have done before a session, in the same visit: rule A8 compares equal positions in a workout.

#include <cstdint>
#include <functional>

#include "controller/session/journal.hpp"
#include "controller/session/program.hpp"

namespace sheave::session {

/// Working sets of other programs for one of `program`'s muscles that `session`'s member did within three hours before it was made,
/// or anybody before it in the same walk through a workout; 0 for another guest, where the clock was unsure, and where the store cannot
/// say. `done` is called once, on [main]; `journal` and `catalog` must live until then.
void count_worked_before(Journal& journal, const Catalog& catalog, const Program& program, const SessionRecord& session,
                         std::function<void(std::uint32_t sets)> done);

}  // namespace sheave::session
