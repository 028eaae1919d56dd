#include "controller/session/worker.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <vector>

namespace sheave::session {
namespace {

/// A main thread's queue: post() from anywhere, run_one() waits for one.
class Main {
 public:
  void post(std::function<void()> call) {
    const std::lock_guard lock(mutex_);
    calls_.push_back(std::move(call));
    wake_.notify_one();
  }
  void run_one() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return !calls_.empty(); });
    const auto call = std::move(calls_.front());
    calls_.pop_front();
    lock.unlock();
    call();
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> calls_;
};

TEST(ThreadWorker, RunsJobsInOrderOffTheCallersThreadAndAnswersOnMain) {
  Main main;
  ThreadWorker worker([&](std::function<void()> call) { main.post(std::move(call)); });
  std::vector<int> jobs, answers;
  std::thread::id job_thread, answer_thread;
  for (int i = 0; i < 3; ++i) {
    worker.run(
        [&, i] {
          jobs.push_back(i);
          job_thread = std::this_thread::get_id();
        },
        [&, i] {
          answers.push_back(i);
          answer_thread = std::this_thread::get_id();
        });
  }
  for (int i = 0; i < 3; ++i) main.run_one();
  EXPECT_EQ(jobs, (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(answers, jobs);
  EXPECT_NE(job_thread, std::this_thread::get_id());
  EXPECT_EQ(answer_thread, std::this_thread::get_id());
}

TEST(ThreadWorker, EndsWithJobsStillWaiting) {
  Main main;
  ThreadWorker worker([&](std::function<void()> call) { main.post(std::move(call)); });
  for (int i = 0; i < 100; ++i) worker.run([] {}, [] {});
}

}  // namespace
}  // namespace sheave::session
