#pragma once
// What a command waits for, in one queue: the stream's events, a lost connection, Ctrl-C.

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "sheave/v1/watch.pb.h"

namespace sheave::cli {

struct Event {
  enum class Kind {
    kWatch,        ///< `watch`
    kLost,         ///< The stream broke and is being opened again: `message`.
    kFailed,       ///< It will not come back: `message`.
    kInterrupted,  ///< Ctrl-C or SIGTERM.
    kResized,      ///< The terminal's window.
  } kind = Kind::kWatch;
  v1::WatchResponse watch;
  std::string message;
};

/// [any]
class EventQueue {
 public:
  /// An interrupt overtakes what waits: who goes does not first want the rest handled.
  void push(Event event);
  /// Nothing where none came in time.
  std::optional<Event> pop(std::chrono::milliseconds timeout);
  /// Drops what the stream told and nobody has taken.
  void forget_watched();

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Event> events_;
};

/// Turns signals into events, whatever threads there are already; gRPC's are. One at a time.
class Signals {
 public:
  explicit Signals(EventQueue& queue);
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

 private:
  int read_end_ = -1;
  std::thread thread_;
};

/// `event` as JSON lines: one per rep, set, proposal, fault, cue, snapshot and sample.
std::vector<std::string> json_lines(const v1::WatchResponse& event);

}  // namespace sheave::cli
