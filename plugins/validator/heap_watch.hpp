#pragma once
// Counts what the calling thread does with the heap, in whatever library it does it: malloc and its family are interposed in the
// program that links this. Not in sanitized builds, whose own interposition has the place.

#include <cstdint>

namespace sheave::validator {

/// Whether this build can see heap use.
bool heap_watch_works() noexcept;

class HeapWatch {
 public:
  HeapWatch() noexcept;
  ~HeapWatch() = default;
  HeapWatch(const HeapWatch&) = delete;
  HeapWatch& operator=(const HeapWatch&) = delete;
  /// Calls of malloc, calloc, realloc, aligned_alloc and free by this thread since construction.
  std::uint64_t calls() const noexcept;

 private:
  std::uint64_t before_;
};

}  // namespace sheave::validator
