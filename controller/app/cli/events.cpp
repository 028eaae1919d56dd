#include "controller/app/cli/events.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

#include "controller/app/cli/json.hpp"

namespace sheave::cli {
namespace {

constexpr std::array kWatched = {SIGINT, SIGTERM, SIGWINCH};
constexpr unsigned char kEnd = 0;  // no signal's number

// A signal handler may do little more than write to a pipe.
volatile std::sig_atomic_t g_write_end = -1;

void tell(unsigned char what) { (void)!::write(static_cast<int>(g_write_end), &what, 1); }

extern "C" void on_signal(int signal) {
  const int kept = errno;
  tell(static_cast<unsigned char>(signal));
  errno = kept;
}

}  // namespace

void EventQueue::push(Event event) {
  {
    const std::lock_guard lock(mutex_);
    event.kind == Event::Kind::kInterrupted ? events_.push_front(std::move(event)) : events_.push_back(std::move(event));
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

void EventQueue::forget_watched() {
  const std::lock_guard lock(mutex_);
  std::erase_if(events_, [](const Event& event) { return event.kind == Event::Kind::kWatch; });
}

Signals::Signals(EventQueue& queue) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  read_end_ = ends[0];
  g_write_end = ends[1];
  thread_ = std::thread([&queue, from = read_end_] {
    unsigned char signal = kEnd;
    while (true) {
      const ssize_t got = ::read(from, &signal, 1);
      if (got < 0 && errno == EINTR) continue;
      if (got != 1 || signal == kEnd) return;
      queue.push({.kind = signal == SIGWINCH ? Event::Kind::kResized : Event::Kind::kInterrupted, .watch = {}, .message = {}});
    }
  });
  for (const int signal : kWatched) std::signal(signal, on_signal);
}

Signals::~Signals() {
  for (const int signal : kWatched) std::signal(signal, SIG_DFL);
  tell(kEnd);
  thread_.join();
  ::close(read_end_);
  ::close(static_cast<int>(g_write_end));
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
