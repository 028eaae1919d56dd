#pragma once
// What goes into one tick and what comes out of it. Values only.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "controller/control/port.hpp"
#include "hal/cable_stack.hpp"

namespace sheave::control {

struct TickTime {
  std::uint64_t index = 0;     ///< Gaps are missed ticks.
  std::int64_t now_ns = 0;     ///< Host monotonic, at the start of the tick.
  std::int64_t dt_ns = 0;      ///< Since the last tick; 0 on the first.
  std::int64_t period_ns = 0;  ///< Nominal.
};

/// More commands than that in one tick wait for the next.
inline constexpr std::size_t kMaxTickCommands = 8;

struct TickInput {
  TickTime time;
  std::span<const hal::AxisState> axes;  ///< Answers to the last tick's commands.
  hal::PanelState panel;
  std::span<const Command> commands;  ///< At most kMaxTickCommands.
  bool stop = false, lower = false;   ///< Asked for since the last tick.
  std::int64_t main_age_ns = 0;       ///< Since the main thread's last heartbeat.
  bool verified = false;              ///< CableStack::verified().
  bool realtime = false;              ///< SCHED_FIFO was granted, and the host keeps it.
  bool shutdown = false;              ///< Level: take the load off and switch off.
};

/// Events of one tick, in order. What does not fit is counted; a tick has a handful at most, a fault with both cables a dozen.
class EventList {
 public:
  static constexpr std::size_t kCapacity = 48;

  void clear() noexcept { count_ = 0; }
  void push(const Event& event) noexcept {
    if (count_ < kCapacity) {
      events_[count_++] = event;
    } else {
      ++lost_;
    }
  }
  std::span<const Event> all() const noexcept { return {events_.data(), count_}; }
  std::uint64_t lost() const noexcept { return lost_; }  ///< Since construction.

 private:
  std::array<Event, kCapacity> events_{};
  std::size_t count_ = 0;
  std::uint64_t lost_ = 0;
};

struct TickOutput {
  std::array<hal::AxisCommand, kMaxAxes> commands{};
  hal::PanelCommand panel;
  EventList events;
  Frame frame;
};

}  // namespace sheave::control
