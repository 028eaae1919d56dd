#pragma once
// When a snapshot is worth telling, and the sentence in it.

#include "controller/session/manager.hpp"
#include "controller/session/note.hpp"

namespace sheave::session {

/// Nothing that a screen shows differs; the rest's countdown counts in whole seconds.
bool looks_same(const Snapshot& a, const Snapshot& b);

void put_note(const Note& note, Snapshot& snapshot);

}  // namespace sheave::session
