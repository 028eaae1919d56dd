#pragma once
// A thread that runs a task once per period at absolute deadlines.

#include <pthread.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "controller/rt/clock.hpp"
#include "controller/rt/periodic_schedule.hpp"
#include "controller/rt/thread_roles.hpp"

namespace sheave::rt {

/// Of each thread: no frame of ours or of gRPC needs the default of 8 MiB, and locked memory counts whole stacks.
#ifdef __SANITIZE_THREAD__
inline constexpr std::size_t kStack_bytes = std::size_t{8} << 20;  // ThreadSanitizer keeps its own on each
#else
inline constexpr std::size_t kStack_bytes = std::size_t{512} << 10;
#endif

struct PeriodicConfig {
  std::int64_t period_ns = 1'000'000;
  ThreadRole role = ThreadRole::kNone;
  int fifo_priority = 80;  ///< Above the kernel's threaded interrupts (50); asked for, not required.
};

/// What is run. Called on the new thread only.
class PeriodicTask {
 public:
  virtual ~PeriodicTask() = default;
  /// False ends the thread. `schedule` has the counts so far.
  virtual bool run(const Period& period, const PeriodicSchedule& schedule) noexcept = 0;
};

/// The body of the thread: sleeps and runs until the task says no. By itself for virtual time and tests. [any]
void run_periodically(Clock& clock, std::int64_t period_ns, PeriodicTask& task) noexcept;

class PeriodicThread {
 public:
  PeriodicThread() = default;
  ~PeriodicThread() { join(); }  ///< The task must have been told to end.
  PeriodicThread(const PeriodicThread&) = delete;
  PeriodicThread& operator=(const PeriodicThread&) = delete;

  /// @pre not running. `clock` and `task` outlive the thread. False where no thread could be made. [main]
  bool start(const PeriodicConfig& config, Clock& clock, PeriodicTask& task);
  void join() noexcept;  ///< Waits for the task to say no. [main]

  bool running() const noexcept { return running_; }
  bool realtime() const noexcept { return realtime_; }  ///< SCHED_FIFO was granted. Valid after start().

 private:
  static void* entry(void* self);

  PeriodicConfig config_;
  Clock* clock_ = nullptr;
  PeriodicTask* task_ = nullptr;
  pthread_t thread_{};
  bool running_ = false;
  bool realtime_ = false;
};

}  // namespace sheave::rt
