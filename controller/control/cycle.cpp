#include "controller/control/cycle.hpp"

#include <algorithm>

#include "controller/rt/thread_roles.hpp"

namespace sheave::control {

ControlCycle::ControlCycle(const Machine& machine, hal::CableStack& stack, Port& port, rt::Clock& clock, rt::EventFd* events_waiting)
    : stack_(stack),
      port_(port),
      clock_(clock),
      events_waiting_(events_waiting),
      timer_(clock),
      tick_(machine, stack.info(), timer_),
      axis_count_(std::min(stack.info().axis_count, kMaxAxes)),
      stops_seen_(port.stop_requests.load(std::memory_order_acquire)),
      lowers_seen_(port.lower_requests.load(std::memory_order_acquire)) {}

/// Valid until the next call.
std::span<const Command> ControlCycle::drain() noexcept {
  std::size_t count = 0;
  while (count < commands_.size() && port_.commands.pop(commands_[count])) ++count;
  return std::span(commands_).first(count);
}

bool ControlCycle::rose(std::atomic<std::uint32_t>& requests, std::uint32_t& seen) const noexcept {
  const std::uint32_t now = requests.load(std::memory_order_acquire);
  const bool rose = now != seen;
  seen = now;
  return rose;
}

void ControlCycle::run(const TickTime& time, std::int64_t deadline_ns, const Conditions& conditions) noexcept {
  SHEAVE_ON_THREAD(kControl);
  if (ticks_ == 0) first_ns_ = time.now_ns;
  const std::span<const Command> commands = drain();

  const std::span states = std::span(states_).first(axis_count_);
  stack_.exchange(std::span(out_.commands).first(axis_count_), states, deadline_ns);

  TickInput in;
  in.time = time;
  in.axes = states;
  in.panel = stack_.panel();
  in.commands = commands;
  // Read after the exchange: a Stop that came while it ran is still in this tick.
  in.stop = rose(port_.stop_requests, stops_seen_);
  in.lower = rose(port_.lower_requests, lowers_seen_);
  const std::int64_t heartbeat_ns = port_.main_heartbeat_ns.load(std::memory_order_relaxed);
  in.main_age_ns = std::max<std::int64_t>(0, time.now_ns - std::max(heartbeat_ns, first_ns_));
  in.verified = stack_.verified();
  in.realtime = conditions.realtime;
  in.shutdown = conditions.shutdown;

  const std::int64_t before_ns = clock_.now_ns();
  tick_.step(in, out_);
  const std::int64_t after_ns = clock_.now_ns();
  stack_.set_panel(out_.panel);
  publish();

  ++ticks_;
  tick_ns_.add(static_cast<double>(after_ns - before_ns));
  cycle_ns_.add(static_cast<double>(after_ns - time.now_ns));
}

void ControlCycle::publish() noexcept {
  float most_n = -1.0F;
  for (std::size_t i = 0; i < axis_count_; ++i) {
    if (out_.frame.axes[i].fresh) most_n = std::max(most_n, out_.frame.axes[i].tension_n);
  }
  port_.measured_tension_n.store(most_n, std::memory_order_relaxed);
  port_.state.store(static_cast<std::uint8_t>(out_.frame.state), std::memory_order_release);

  if (!port_.frames.push(out_.frame)) ++frames_lost_;
  for (const Event& event : out_.events.all()) {
    if (!port_.events.push(event)) ++events_lost_;
  }
  if (!out_.events.all().empty() && events_waiting_ != nullptr) events_waiting_->signal();
}

LoopStats ControlCycle::stats() const noexcept {
  const hal::LinkCounters link = stack_.counters();
  LoopStats stats;
  stats.ticks = ticks_;
  stats.exchanges = link.exchanges;
  stats.missed = link.missed;
  stats.stale_dropped = link.stale_dropped;
  stats.protocol_errors = link.protocol_errors;
  stats.reconnects = link.reconnects;
  stats.frames_lost = frames_lost_;
  stats.events_lost = events_lost_ + out_.events.lost();
  if (ticks_ == 0) return stats;
  stats.tick_max_ns = static_cast<std::int64_t>(tick_ns_.max());
  stats.tick_mean_ns = tick_ns_.mean();
  stats.cycle_max_ns = static_cast<std::int64_t>(cycle_ns_.max());
  stats.cycle_mean_ns = cycle_ns_.mean();
  return stats;
}

}  // namespace sheave::control
