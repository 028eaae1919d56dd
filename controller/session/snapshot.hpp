#pragma once
// When a snapshot is worth telling.

#include "controller/session/manager.hpp"

namespace sheave::session {

/// Nothing that a screen shows differs; the rest's countdown counts in whole seconds.
bool looks_same(const Snapshot& a, const Snapshot& b);

}  // namespace sheave::session
