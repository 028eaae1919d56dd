#include "plugins/validator/heap_watch.hpp"

#include <cerrno>
#include <cstdlib>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SHEAVE_HEAP_WATCH 0
#else
#define SHEAVE_HEAP_WATCH 1
#endif

namespace sheave::validator {
namespace {

// Initial-exec: the first touch of another thread-local model may itself allocate.
__attribute__((tls_model("initial-exec"))) thread_local std::uint64_t heap_calls = 0;

}  // namespace

bool heap_watch_works() noexcept { return SHEAVE_HEAP_WATCH != 0; }

HeapWatch::HeapWatch() noexcept : before_(heap_calls) {}
std::uint64_t HeapWatch::calls() const noexcept { return heap_calls - before_; }

#if SHEAVE_HEAP_WATCH
extern "C" {
// glibc's own names behind the public ones (malloc/malloc.c).
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming)
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* block, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* block);
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)

void* malloc(std::size_t size) noexcept {
  ++heap_calls;
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) noexcept {
  ++heap_calls;
  return __libc_calloc(count, size);
}
void* realloc(void* block, std::size_t size) noexcept {
  ++heap_calls;
  return __libc_realloc(block, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  ++heap_calls;
  return __libc_memalign(alignment, size);
}
int posix_memalign(void** block, std::size_t alignment, std::size_t size) noexcept {
  ++heap_calls;
  *block = __libc_memalign(alignment, size);
  return *block != nullptr ? 0 : ENOMEM;
}
void free(void* block) noexcept {
  ++heap_calls;
  __libc_free(block);
}
}
#endif

}  // namespace sheave::validator
