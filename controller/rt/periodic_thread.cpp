#include "controller/rt/periodic_thread.hpp"

#include <sched.h>

#include "controller/rt/prefault.hpp"

namespace sheave::rt {

void run_periodically(Clock& clock, std::int64_t period_ns, PeriodicTask& task) noexcept {
  PeriodicSchedule schedule(clock.now_ns() + period_ns, period_ns);
  for (bool go_on = true; go_on;) {
    clock.sleep_until_ns(schedule.next_release_ns());
    go_on = task.run(schedule.wake(clock.now_ns()), schedule);
  }
}

void* PeriodicThread::entry(void* self) {
  auto* thread = static_cast<PeriodicThread*>(self);
  set_thread_role(thread->config_.role);
  prefault_stack();
  run_periodically(*thread->clock_, thread->config_.period_ns, *thread->task_);
  return nullptr;
}

bool PeriodicThread::start(const PeriodicConfig& config, Clock& clock, PeriodicTask& task) {
  config_ = config;
  clock_ = &clock;
  task_ = &task;

  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kStack_bytes);
  sched_param parameters{};
  parameters.sched_priority = config.fifo_priority;
  pthread_attr_setschedpolicy(&attributes, SCHED_FIFO);
  pthread_attr_setschedparam(&attributes, &parameters);
  pthread_attr_setinheritsched(&attributes, PTHREAD_EXPLICIT_SCHED);

  // Set before the thread exists, for the task reads it from its first period on.
  realtime_ = true;
  running_ = pthread_create(&thread_, &attributes, &PeriodicThread::entry, this) == 0;
  if (!running_) {
    realtime_ = false;
    pthread_attr_setinheritsched(&attributes, PTHREAD_INHERIT_SCHED);
    running_ = pthread_create(&thread_, &attributes, &PeriodicThread::entry, this) == 0;
  }
  pthread_attr_destroy(&attributes);
  return running_;
}

void PeriodicThread::join() noexcept {
  if (!running_) return;
  pthread_join(thread_, nullptr);
  running_ = false;
}

}  // namespace sheave::rt
