#pragma once
// Keeps page faults off the control thread.

#include <functional>
#include <string_view>

namespace sheave::rt {

/// Locks present and future pages as each is first touched: nothing in use is ever paged out, and what no thread uses of some forty
/// libraries takes no memory (locked whole they took 78 MB of 92, half of it tables of languages). What the control thread may touch
/// for the first time in the middle of a set is brought in before, by populate_modules() and prefault_stack().
/// False where the system does not allow it (RLIMIT_MEMLOCK): the loop works, with page faults.
bool lock_memory() noexcept;  // [main]

/// Brings loaded files (the program, its libraries) whole into memory, code and data, for as long as lock_memory() holds.
/// @param wanted is asked for each with its path as the loader knows it; the program's own is ""
/// @return false where a page of a wanted one could not be brought in
bool populate_modules(const std::function<bool(std::string_view path)>& wanted);  // [main]

/// Whether `path` is of what every control thread runs besides its program and plugins: C, C++ and Modbus libraries.
bool is_runtime_library(std::string_view path) noexcept;

/// Touches the calling thread's stack once, so that its first deep call faults nothing in. [control, at start]
void prefault_stack() noexcept;

}  // namespace sheave::rt
