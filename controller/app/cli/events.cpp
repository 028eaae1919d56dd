#include "controller/app/cli/events.hpp"

#include <pthread.h>

#include <csignal>
#include <utility>

#include "controller/app/cli/json.hpp"

namespace sheave::cli {
namespace {

constexpr int kEnd = SIGUSR1;  // ends the thread that waits for signals

sigset_t watched_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGWINCH, kEnd}) sigaddset(&set, signal);
  return set;
}

}  // namespace

void EventQueue::push(Event event) {
  {
    const std::lock_guard lock(mutex_);
    events_.push_back(std::move(event));
  }
  wake_.notify_one();
}

std::optional<Event> EventQueue::pop(std::chrono::milliseconds timeout) {
  std::unique_lock lock(mutex_);
  if (!wake_.wait_for(lock, timeout, [this] { return !events_.empty(); })) return std::nullopt;
  std::optional<Event> event = std::move(events_.front());
  events_.pop_front();
  return event;
}

Signals::Signals(EventQueue& queue) {
  const sigset_t set = watched_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  thread_ = std::thread([&queue, set] {
    int signal = 0;
    while (sigwait(&set, &signal) == 0 && signal != kEnd) {
      queue.push({.kind = signal == SIGWINCH ? Event::Kind::kResized : Event::Kind::kInterrupted, .watch = {}, .message = {}});
    }
  });
}

Signals::~Signals() {
  pthread_kill(thread_.native_handle(), kEnd);
  thread_.join();
}

std::vector<std::string> json_lines(const v1::WatchResponse& event) {
  switch (event.event_case()) {
    case v1::WatchResponse::kSnapshot:
      return {json_line("snapshot", event.snapshot())};
    case v1::WatchResponse::kRep:
      return {json_line("rep", event.rep())};
    case v1::WatchResponse::kSet:
      return {json_line("set", event.set())};
    case v1::WatchResponse::kProposal:
      return {json_line("proposal", event.proposal())};
    case v1::WatchResponse::kFault:
      return {json_line("fault", event.fault())};
    case v1::WatchResponse::kCue:
      return {json_line("cue", event.cue())};
    case v1::WatchResponse::kSamples: {
      std::vector<std::string> lines;
      for (const v1::Sample& sample : event.samples().samples()) lines.push_back(json_line("sample", sample));
      return lines;
    }
    default:
      return {};
  }
}

}  // namespace sheave::cli
