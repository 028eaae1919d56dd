#include "controller/rt/thread_roles.hpp"

#include <pthread.h>

namespace sheave::rt {

namespace {
thread_local ThreadRole t_role = ThreadRole::kNone;
}

void set_thread_role(ThreadRole role) noexcept {
  t_role = role;
  // The process' own name stays with the main thread: renaming it would hide the program from ps and pidof.
  if (role != ThreadRole::kMain) pthread_setname_np(pthread_self(), kThreads[static_cast<std::size_t>(role)].name.data());
}

ThreadRole thread_role() noexcept { return t_role; }

bool on_thread(ThreadRole role) noexcept { return t_role == ThreadRole::kNone || t_role == role; }

}  // namespace sheave::rt
