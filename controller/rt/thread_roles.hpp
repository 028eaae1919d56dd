#pragma once
// Every thread of the controller and its job, in one list, and a check that code tagged for one runs on no other.

#include <array>
#include <cassert>
#include <cstdint>
#include <string_view>

namespace sheave::rt {

enum class ThreadRole : std::uint8_t {
  kNone,       ///< Not said: tests and single-threaded programs. Passes every check.
  kMain,       ///< Session, timers, gateway, watchdog pings; one Asio io_context.
  kControl,    ///< The loop: owns the links, runs the tick. SCHED_FIFO where allowed.
  kStore,      ///< SQLite; alone, for fsync is slow.
  kWorker,     ///< Progressions; late means the weight stays.
  kTransport,  ///< gRPC's own; post to main, but for Stop and Lower.
};

struct ThreadInfo {
  ThreadRole role;
  std::string_view name;  ///< As `top -H` shows it: at most 15 characters.
  std::string_view job;
};

inline constexpr std::array<ThreadInfo, 6> kThreads{{
    {ThreadRole::kNone, "sheave", "no role was said"},
    {ThreadRole::kMain, "sheave-main", "session, timers, gateway, watchdog pings"},
    {ThreadRole::kControl, "sheave-control", "the loop: links and tick"},
    {ThreadRole::kStore, "sheave-store", "SQLite"},
    {ThreadRole::kWorker, "sheave-worker", "progressions"},
    {ThreadRole::kTransport, "sheave-grpc", "gRPC's own threads"},
}};

/// Names the calling thread, once, at its start; also for the operating system. [any]
void set_thread_role(ThreadRole role) noexcept;
ThreadRole thread_role() noexcept;

/// True on a thread of that role and on one without a role.
bool on_thread(ThreadRole role) noexcept;

}  // namespace sheave::rt

/// At the top of a function tagged for one thread. A wrong thread is our own bug, so debug builds end there.
#ifdef SHEAVE_CHECK_THREADS
#define SHEAVE_ON_THREAD(role) assert(::sheave::rt::on_thread(::sheave::rt::ThreadRole::role))
#else
#define SHEAVE_ON_THREAD(role) static_cast<void>(0)
#endif
