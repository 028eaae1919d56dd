#pragma once
// Counts what a thread takes from the heap, by malloc() as well as by new. Link allocations.cpp into the test program: it stands
// before the C library's malloc there, and hands on to it. Counts nothing where a sanitizer has put its own there.

#include <cstdint>

namespace sheave::test {

/// Of the calling thread, since it began.
std::uint64_t allocations_of_this_thread() noexcept;

/// False where counting is not possible; a test that needs it must then not claim anything.
bool can_count_allocations() noexcept;

}  // namespace sheave::test
