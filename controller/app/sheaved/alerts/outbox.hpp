#pragma once
// Gets alerts delivered: each is stored before it is sent, tried again with growing pauses, and given up after days. A restart loses none.

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "controller/app/sheaved/alerts/transport.hpp"
#include "controller/session/upkeep.hpp"

namespace sheave::app {

/// Carries out attempts one after the other, away from the main thread: a mail server takes its time.
class Courier {
 public:
  virtual ~Courier() = default;
  /// `done` with what Transport::send() said, on [main].
  virtual void attempt(const session::Alert& alert, std::function<void(std::string error)> done) = 0;
};

/// A thread of its own. [main]
class ThreadCourier final : public Courier {
 public:
  ThreadCourier(std::unique_ptr<Transport> transport, std::function<void(std::function<void()>)> post);
  /// Cancels a running attempt; those that wait are dropped: the store has them.
  ~ThreadCourier() override;
  ThreadCourier(const ThreadCourier&) = delete;
  ThreadCourier& operator=(const ThreadCourier&) = delete;
  void attempt(const session::Alert& alert, std::function<void(std::string error)> done) override;

 private:
  struct Job {
    session::Alert alert;
    std::function<void(std::string)> done;
  };
  void run();  // [alerts]

  const std::unique_ptr<Transport> transport_;
  const std::function<void(std::function<void()>)> post_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;   // under mutex_
  bool stopping_ = false;  // under mutex_
  std::thread thread_;
};

/// All [main]. Due times are wall time, for they outlive the process; a clock that jumps makes an attempt early or late, no more.
class AlertOutbox {
 public:
  AlertOutbox(session::Upkeep& upkeep, Courier& courier) : upkeep_(upkeep), courier_(courier) {}

  /// Takes up what an earlier run left.
  void start();
  /// Stores `alert` with a delivery to each target of `settings` and sends it. An alert whose key is known is dropped: number 0.
  void raise(session::Alert alert, const session::AlertSettings& settings, session::Upkeep::Answer<session::Alert> done);
  /// Attempts what is due.
  void tick(std::int64_t now_unix_s);

 private:
  void on_attempt(std::uint64_t number, const std::string& error);

  session::Upkeep& upkeep_;
  Courier& courier_;
  std::map<std::uint64_t, session::Alert> open_;  // by delivery number, each with its one delivery
  std::set<std::uint64_t> under_way_;
  std::int64_t now_unix_s_ = 0;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);  // late answers find nobody once this is gone
};

/// Pause before the next attempt after `attempts` of them: half a minute, doubled each time, an hour at most. Pure.
std::int64_t retry_pause_s(std::uint32_t attempts);

inline constexpr std::int64_t kGiveUp_s = std::int64_t{3} * 86'400;  // a weekend without a mail server

}  // namespace sheave::app
