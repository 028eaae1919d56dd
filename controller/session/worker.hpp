#pragma once
// Where progressions run: off the main thread, so that a slow plugin delays nobody.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace sheave::session {

class Worker {
 public:
  virtual ~Worker() = default;
  /// Runs `job` somewhere, then `then` on [main]. Jobs run one after the other. [main]
  virtual void run(std::function<void()> job, std::function<void()> then) = 0;
};

/// Runs both at once on the caller's thread: virtual time and tests.
class InlineWorker final : public Worker {
 public:
  void run(std::function<void()> job, std::function<void()> then) override {
    job();
    then();
  }
};

/// One thread. `post` hands a function to [main]; it is called on the worker's thread. The destructor waits for a running job.
class ThreadWorker final : public Worker {
 public:
  explicit ThreadWorker(std::function<void(std::function<void()>)> post);
  ~ThreadWorker() override;
  void run(std::function<void()> job, std::function<void()> then) override;

 private:
  struct Task {
    std::function<void()> job, then;
  };
  void loop();

  std::function<void(std::function<void()>)> post_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> tasks_;  // under mutex_
  bool ending_ = false;     // under mutex_
  std::thread thread_;
};

}  // namespace sheave::session
