#include "controller/rt/prefault.hpp"

#include <sys/mman.h>

#include <cstring>

namespace sheave::rt {

bool lock_memory() noexcept { return ::mlockall(MCL_CURRENT | MCL_FUTURE) == 0; }

void prefault_stack() noexcept {
  // Half of the 512 KiB stack: deeper than any call of the loop, with room left for the frames above this one.
  unsigned char pages[256 * 1024];
  std::memset(pages, 0, sizeof pages);
  asm volatile("" : : "r"(pages) : "memory");
}

}  // namespace sheave::rt
