#pragma once
// Commands to control, in order, waiting here while the ring is full.

#include <deque>

#include "controller/control/port.hpp"
#include "controller/rt/thread_roles.hpp"

namespace sheave::session {

/// [main]
class CommandQueue {
 public:
  explicit CommandQueue(control::Port& port) : port_(port) {}

  void push(const control::Command& command) {
    SHEAVE_ON_THREAD(kMain);  // the ring has one producer
    waiting_.push_back(command);
    flush();
  }
  /// Every tick: what the ring had no room for.
  void flush() {
    while (!waiting_.empty() && port_.commands.push(waiting_.front())) waiting_.pop_front();
  }

 private:
  control::Port& port_;
  std::deque<control::Command> waiting_;
};

}  // namespace sheave::session
