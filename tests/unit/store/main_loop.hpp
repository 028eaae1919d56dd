#pragma once
// Stands for the main thread's executor: runs what was posted, on the caller's thread.

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "controller/store/sqlite_journal.hpp"

namespace sheave::store::testing {

class MainLoop {
 public:
  Post post() {
    return [state = state_](std::function<void()> task) {
      {
        const std::lock_guard lock(state->mutex);
        state->tasks.push_back(std::move(task));
      }
      state->wake.notify_one();
    };
  }

  /// Waits for one task and runs it.
  void run_one() {
    std::function<void()> task;
    {
      std::unique_lock lock(state_->mutex);
      state_->wake.wait(lock, [this] { return !state_->tasks.empty(); });
      task = std::move(state_->tasks.front());
      state_->tasks.pop_front();
    }
    task();
  }

  /// Runs what is there and returns at once.
  void run_ready() {
    std::deque<std::function<void()>> tasks;
    {
      const std::lock_guard lock(state_->mutex);
      tasks.swap(state_->tasks);
    }
    for (auto& task : tasks) task();
  }

  /// Calls `start(answer)` and runs tasks until the answer came.
  template <typename T, typename Start>
  Result<T> await(Start start) {
    std::optional<Result<T>> result;
    start([&](const Result<T>& answer) { result = answer; });
    while (!result) run_one();
    return *result;
  }

  /// The answer of a write.
  template <typename Start>
  Result<std::uint64_t> commit(Start start) {
    return await<std::uint64_t>(std::move(start));
  }

 private:
  struct State {
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<std::function<void()>> tasks;
  };
  std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace sheave::store::testing
