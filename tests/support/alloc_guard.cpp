#include "tests/support/alloc_guard.hpp"

#include <dlfcn.h>
#include <pthread.h>

#include <cstddef>
#include <cstdlib>

namespace {
// Of initial-exec kind: the first touch of a dynamic one would itself allocate.
#define SHEAVE_TLS thread_local __attribute__((tls_model("initial-exec")))
SHEAVE_TLS bool t_watching = false;
SHEAVE_TLS std::uint64_t t_heap = 0;
SHEAVE_TLS std::uint64_t t_locks = 0;
#undef SHEAVE_TLS

void saw_heap() noexcept {
  if (t_watching) ++t_heap;
}
}  // namespace

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// A sanitizer has taken malloc for itself, and offers to tell.
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*)(const volatile void*, std::size_t), void (*)(const volatile void*));
namespace {
const int kHooked = __sanitizer_install_malloc_and_free_hooks([](const volatile void*, std::size_t) { saw_heap(); },
                                                              [](const volatile void*) { saw_heap(); });
}
#else
// glibc's own entries under their other names: dlsym for malloc would allocate.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* memory);

void* malloc(std::size_t size) { return saw_heap(), __libc_malloc(size); }
void* calloc(std::size_t count, std::size_t size) { return saw_heap(), __libc_calloc(count, size); }
void* realloc(void* memory, std::size_t size) { return saw_heap(), __libc_realloc(memory, size); }
void* memalign(std::size_t alignment, std::size_t size) { return saw_heap(), __libc_memalign(alignment, size); }
void* aligned_alloc(std::size_t alignment, std::size_t size) { return saw_heap(), __libc_memalign(alignment, size); }
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
  saw_heap();
  *memory = __libc_memalign(alignment, size);
  return *memory == nullptr ? 12 : 0;  // ENOMEM
}
void free(void* memory) {
  saw_heap();
  __libc_free(memory);
}

int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
  using Lock = int (*)(pthread_mutex_t*);
  static const Lock kReal = reinterpret_cast<Lock>(dlsym(RTLD_NEXT, "pthread_mutex_lock"));
  if (t_watching) ++t_locks;
  return kReal(mutex);
}
}
#endif

namespace sheave::test {

NoHeapScope::NoHeapScope() noexcept {
  t_heap = t_locks = 0;
  t_watching = true;
}
NoHeapScope::~NoHeapScope() { t_watching = false; }
std::uint64_t NoHeapScope::heap_calls() const noexcept { return t_heap; }
std::uint64_t NoHeapScope::lock_calls() const noexcept { return t_locks; }

}  // namespace sheave::test
