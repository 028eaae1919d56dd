#include "controller/session/worker.hpp"

#include <utility>

#include "controller/rt/thread_roles.hpp"

namespace sheave::session {

ThreadWorker::ThreadWorker(std::function<void(std::function<void()>)> post) : post_(std::move(post)), thread_([this] { loop(); }) {}

ThreadWorker::~ThreadWorker() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void ThreadWorker::run(std::function<void()> job, std::function<void()> then) {
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back({std::move(job), std::move(then)});
  }
  wake_.notify_one();
}

void ThreadWorker::loop() {
  rt::set_thread_role(rt::ThreadRole::kWorker);
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return ending_ || !tasks_.empty(); });
    if (ending_) return;
    Task task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    task.job();
    post_(std::move(task.then));
    lock.lock();
  }
}

}  // namespace sheave::session
