#pragma once
// The shipped control code on the simulator's machine and athlete, in virtual time, with the test as the session.

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "controller/control/cycle.hpp"
#include "sim/scenario/virtual_stack.hpp"
#include "tests/support/alloc_guard.hpp"
#include "tests/support/fake_clock.hpp"

namespace sheave::test {

class VirtualMachine {
 public:
  explicit VirtualMachine(const sim::AthleteSpec& athlete = {}, std::size_t axis_count = 1, std::uint64_t seed = 1)
      : stack_(stack_config(athlete, axis_count, seed)) {
    opened_ = !stack_.open(1'000);
    machine.cable_count = axis_count;
    cycle_.emplace(machine, stack_, port, clock_, nullptr);
  }

  void send(const control::Command& command) { port.commands.push(command); }
  void send(control::CommandKind kind, double value = 0.0) { send({.kind = kind, .value = value, .plan = nullptr}); }

  void tick() {
    clock_.time_ns += kNsPerMs;
    if (main_alive) port.main_heartbeat_ns.store(clock_.time_ns);
    const control::TickTime time{index_, clock_.time_ns, index_ == 0 ? 0 : kNsPerMs, kNsPerMs};
    ++index_;
    {
      const NoHeapScope scope;
      cycle_->run(time, clock_.time_ns + kNsPerMs, {.realtime = true, .shutdown = shutdown});
      heap_calls += scope.heap_calls();
      lock_calls += scope.lock_calls();
    }
    for (control::Event event; port.events.pop(event);) events.push_back(event);
    for (control::Frame frame; port.frames.pop(frame);) last_frame = frame;
    if (on_tick) on_tick();
  }

  void run(double seconds_s) {
    for (std::int64_t left = from_seconds(seconds_s); left > 0; left -= kNsPerMs) tick();
  }
  /// At most `limit_s`; the time it took, negative if never.
  double run_until(const std::function<bool()>& done, double limit_s) {
    for (double passed_s = 0.0; passed_s < limit_s; passed_s += 1e-3) {
      if (done()) return passed_s;
      tick();
    }
    return -1.0;
  }
  double run_until(safety::MachineState state, double limit_s) {
    return run_until([this, state] { return cycle_->state() == state; }, limit_s);
  }

  /// To IDLE with a session open.
  void wake() {
    send(control::CommandKind::kSession, 1.0);
    run(0.02);
    send(control::CommandKind::kReset);
    run(0.05);
  }

  safety::MachineState state() const { return cycle_->state(); }
  sim::VirtualStack& stack() { return stack_; }
  const control::AxisFrame& axis(std::size_t i = 0) const { return last_frame.axes[i]; }
  std::size_t count(control::EventKind kind) const {
    std::size_t n = 0;
    for (const auto& event : events) n += event.kind == kind;
    return n;
  }
  const control::Event* last(control::EventKind kind) const {
    for (auto it = events.rbegin(); it != events.rend(); ++it) {
      if (it->kind == kind) return &*it;
    }
    return nullptr;
  }
  bool opened() const { return opened_; }

  Machine machine;
  control::Port port;
  control::Frame last_frame;
  std::vector<control::Event> events;
  std::function<void()> on_tick;
  bool main_alive = true, shutdown = false;
  std::uint64_t heap_calls = 0, lock_calls = 0;  ///< Of all cycles.

 private:
  static sim::VirtualStackConfig stack_config(const sim::AthleteSpec& athlete, std::size_t axis_count, std::uint64_t seed) {
    sim::VirtualStackConfig config;
    config.axis_count = axis_count;
    config.athlete = athlete;
    config.seed = seed;
    return config;
  }

  FakeClock clock_;
  sim::VirtualStack stack_;
  std::optional<control::ControlCycle> cycle_;
  std::uint64_t index_ = 0;
  bool opened_ = false;
};

}  // namespace sheave::test
