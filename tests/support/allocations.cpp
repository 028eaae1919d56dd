#include "tests/support/allocations.hpp"

#include <cstddef>
#include <cstdlib>

namespace {
// Of initial-exec kind: the first touch of a dynamic one would itself allocate.
thread_local std::uint64_t t_allocations __attribute__((tls_model("initial-exec"))) = 0;
}  // namespace

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

// glibc's own entries, under which it keeps the real ones for those who stand before them.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);

void* malloc(std::size_t size) noexcept {
  ++t_allocations;
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) noexcept {
  ++t_allocations;
  return __libc_calloc(count, size);
}
void* realloc(void* memory, std::size_t size) noexcept {
  ++t_allocations;
  return __libc_realloc(memory, size);
}
}

#endif

namespace sheave::test {

std::uint64_t allocations_of_this_thread() noexcept { return t_allocations; }

bool can_count_allocations() noexcept {
  const std::uint64_t before = t_allocations;
  void* volatile planted = std::malloc(1);  // volatile: or the compiler sees that nobody needs it
  std::free(planted);
  return t_allocations != before;
}

}  // namespace sheave::test
