#include "controller/rt/prefault.hpp"

#include <alloca.h>
#include <link.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace sheave::rt {
namespace {

struct Pages {
  std::uintptr_t begin = 0, end = 0;
};

/// The whole pages that hold [begin, begin + size).
Pages pages_of(std::uintptr_t begin, std::size_t size) {
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  return {begin / page * page, (begin + size + page - 1) / page * page};
}

bool populate(Pages pages, int how) {
  return pages.begin >= pages.end || ::madvise(reinterpret_cast<void*>(pages.begin), pages.end - pages.begin, how) == 0;  // NOLINT
}

/// A writable part begins with what the loader made read-only after relocating: that much can only be read.
bool populate_module(const dl_phdr_info& module) {
  Pages relocated;
  const auto* const headers = module.dlpi_phdr;
  for (int i = 0; i < module.dlpi_phnum; ++i) {
    if (headers[i].p_type == PT_GNU_RELRO) relocated = pages_of(module.dlpi_addr + headers[i].p_vaddr, headers[i].p_memsz);
  }
  bool all = true;
  for (int i = 0; i < module.dlpi_phnum; ++i) {
    if (headers[i].p_type != PT_LOAD) continue;
    Pages part = pages_of(module.dlpi_addr + headers[i].p_vaddr, headers[i].p_memsz);
    if ((headers[i].p_flags & PF_W) == 0) {
      all = populate(part, MADV_POPULATE_READ) && all;
      continue;
    }
    if (relocated.begin >= part.begin && relocated.begin < part.end) part.begin = std::min(relocated.end, part.end);
    all = populate(part, MADV_POPULATE_WRITE) && all;
  }
  return populate(relocated, MADV_POPULATE_READ) && all;
}

struct Asked {
  const std::function<bool(std::string_view)>& wanted;
  bool all = true;
};

}  // namespace

bool lock_memory() noexcept { return ::mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0; }

bool populate_modules(const std::function<bool(std::string_view path)>& wanted) {
  Asked asked{wanted};
  ::dl_iterate_phdr(
      [](dl_phdr_info* module, std::size_t, void* of) {
        auto& in = *static_cast<Asked*>(of);
        if (in.wanted(module->dlpi_name)) in.all = populate_module(*module) && in.all;
        return 0;
      },
      &asked);
  return asked.all;
}

bool is_runtime_library(std::string_view path) noexcept {
  constexpr std::array<std::string_view, 6> kNames = {"libc.so", "libm.so", "libstdc++.so", "libgcc_s.so", "libmodbus.so", "ld-linux"};
  const std::string_view file = path.substr(path.rfind('/') + 1);
  return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view name) { return file.substr(0, name.size()) == name; });
}

void prefault_stack() noexcept {
  // Half of the 512 KiB stack is deeper than any call of the loop; half of what is left, where a sanitizer keeps its own things there.
  constexpr std::size_t kMost_bytes = std::size_t{256} * 1024;
  pthread_attr_t attributes;
  if (::pthread_getattr_np(::pthread_self(), &attributes) != 0) return;
  void* lowest = nullptr;
  std::size_t size = 0;
  ::pthread_attr_getstack(&attributes, &lowest, &size);
  ::pthread_attr_destroy(&attributes);
  const std::size_t left = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) - reinterpret_cast<std::uintptr_t>(lowest);
  const std::size_t bytes = std::min(kMost_bytes, left / 2);
  void* const pages = alloca(bytes);
  std::memset(pages, 0, bytes);
  asm volatile("" : : "r"(pages) : "memory");
}

}  // namespace sheave::rt
