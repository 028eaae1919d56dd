#pragma once
// One control period: drain what main asked, exchange with the drives, tick, publish. In real time or virtual time alike.

#include <array>
#include <cstdint>
#include <span>

#include "controller/control/port.hpp"
#include "controller/control/tick.hpp"
#include "controller/rt/clock.hpp"
#include "controller/rt/event_fd.hpp"
#include "controller/rt/statistics.hpp"
#include "hal/cable_stack.hpp"

namespace sheave::control {

/// Everything that it names outlives it. Owns no thread and no plugin. [control]
class ControlCycle {
 public:
  /// @pre the stack is open. @param clock reads durations only; what time it is, run() is told. @param events_waiting may be null.
  ControlCycle(const Machine& machine, hal::CableStack& stack, Port& port, rt::Clock& clock, rt::EventFd* events_waiting);

  struct Conditions {
    bool realtime = false;
    bool shutdown = false;
  };

  /// @param time of this period. @param deadline_ns of the exchange, absolute.
  void run(const TickTime& time, std::int64_t deadline_ns, const Conditions& conditions) noexcept;

  safety::MachineState state() const noexcept { return tick_.state(); }
  /// Counts of the cycle and its link; lateness, overruns and period are the thread's to add.
  LoopStats stats() const noexcept;

 private:
  /// Times plugin calls with the loop's own clock.
  class ClockTimer final : public plugin_host::CallTimer {
   public:
    explicit ClockTimer(rt::Clock& clock) noexcept : clock_(clock) {}
    std::int64_t now_ns() noexcept override { return clock_.now_ns(); }

   private:
    rt::Clock& clock_;
  };

  std::span<const Command> drain() noexcept;
  bool rose(std::atomic<std::uint32_t>& requests, std::uint32_t& seen) const noexcept;
  void publish() noexcept;

  hal::CableStack& stack_;
  Port& port_;
  rt::Clock& clock_;
  rt::EventFd* events_waiting_;
  ClockTimer timer_;
  Tick tick_;
  std::size_t axis_count_;
  std::array<Command, kMaxTickCommands> commands_;
  std::array<hal::AxisState, kMaxAxes> states_{};
  TickOutput out_;
  std::uint32_t stops_seen_, lowers_seen_;
  std::int64_t first_ns_ = 0;
  std::uint64_t ticks_ = 0, frames_lost_ = 0, events_lost_ = 0;
  rt::Statistics tick_ns_, cycle_ns_;
};

}  // namespace sheave::control
