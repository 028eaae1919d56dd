#pragma once
// Catches use of the heap and of locks in a scope, by interposing malloc and the mutex functions of the whole test program.
// Link alloc_guard.cpp into the test to have it.

#include <cstdint>

namespace sheave::test {

/// Counts, on the calling thread, what a control path must not do. Scopes do not nest.
class NoHeapScope {
 public:
  NoHeapScope() noexcept;
  ~NoHeapScope();
  NoHeapScope(const NoHeapScope&) = delete;
  NoHeapScope& operator=(const NoHeapScope&) = delete;

  std::uint64_t heap_calls() const noexcept;  ///< malloc, calloc, realloc, aligned forms and free, so far.
  std::uint64_t lock_calls() const noexcept;  ///< pthread mutexes, so far.
};

}  // namespace sheave::test
