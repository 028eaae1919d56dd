#pragma once
// Keeps page faults off the control thread.

#include <cstddef>

namespace sheave::rt {

/// Locks present and future pages. False where the system does not allow it (RLIMIT_MEMLOCK): the loop works, with page faults.
/// Thread stacks should be small first: with default stacks a locked process takes 100 MB, with 512 KiB ones 30 MB (measured).
bool lock_memory() noexcept;  // [main]

/// Touches the calling thread's stack once, so that its first deep call faults nothing in. [control, at start]
void prefault_stack() noexcept;

}  // namespace sheave::rt
