#pragma once
// The control loop: runs the cycle on its own thread, once per period, until it is told to end.

#include <atomic>
#include <cstdint>
#include <memory>

#include "controller/control/cycle.hpp"
#include "controller/core/machine.hpp"
#include "controller/rt/periodic_thread.hpp"

namespace sheave::control {

/// Owns the thread and the cycle; neither stack, port nor plugins. From start() to the end of stop() the stack belongs to [control].
class ControlLoop final : private rt::PeriodicTask {
 public:
  ControlLoop() = default;
  ~ControlLoop() override { stop(); }

  /// @pre the stack is open and not running elsewhere; everything named outlives the loop. False where no thread could be made.
  /// [main]
  bool start(const Machine& machine, hal::CableStack& stack, Port& port, rt::Clock& clock, rt::EventFd& events_waiting);

  /// Takes the load off as a normal unload does, switches the drives off, and ends the thread: about half a second with a load on,
  /// two at most, whatever the drives do. Plans that were on the control thread are given back by events. [main]
  void stop() noexcept;

  bool running() const noexcept { return thread_.running(); }
  bool realtime() const noexcept { return thread_.realtime(); }  ///< SCHED_FIFO was granted. Valid after start().

 private:
  bool run(const rt::Period& period, const rt::PeriodicSchedule& schedule) noexcept override;
  bool is_off(const rt::Period& period) noexcept;

  std::unique_ptr<ControlCycle> cycle_;
  Port* port_ = nullptr;
  std::int64_t period_ns_ = 0;
  rt::PeriodicThread thread_;
  std::atomic<bool> ending_{false};

  // [control]
  std::int64_t ending_since_ns_ = 0;
  std::uint64_t off_periods_ = 0;
  std::uint32_t late_wakes_ = 0;
};

}  // namespace sheave::control
