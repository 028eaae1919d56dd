#include "controller/control/loop.hpp"

#include <gtest/gtest.h>
#include <poll.h>

#include <atomic>
#include <memory>

namespace sheave::control {
namespace {

using safety::MachineState;

/// A drive that does as told at once, and counts.
class ObedientStack final : public hal::CableStack {
 public:
  ObedientStack() {
    info_.axis_count = 1;
    info_.peak_force_n = 1'000.0;
    info_.max_speed_mps = 3.0;
    info_.travel_m = 2.5;
    info_.period_ns = kNsPerMs;
    info_.drive_velocity_limit = info_.verified = true;
  }
  hal::OpenError open(std::uint32_t) override { return {}; }
  void close() noexcept override {}
  const hal::StackInfo& info() const noexcept override { return info_; }
  void exchange(std::span<const hal::AxisCommand> commands, std::span<hal::AxisState> states, std::int64_t) noexcept override {
    ++counters_.exchanges;
    const bool on = commands[0].target == hal::DriveTarget::kForce;
    powered = on;
    states[0].fresh = true;
    states[0].sample_time_us += 1'000;
    states[0].drive = on ? hal::DriveState::kOperationEnabled : hal::DriveState::kSwitchOnDisabled;
    states[0].tension_n = commands[0].tension_n;
  }
  void set_panel(const hal::PanelCommand&) noexcept override {}
  hal::PanelState panel() const noexcept override { return {}; }
  bool verified() const noexcept override { return true; }
  hal::LinkCounters counters() const noexcept override { return counters_; }

  std::atomic<bool> powered{false};

 private:
  hal::StackInfo info_;
  hal::LinkCounters counters_;
};

class LoopTest : public testing::Test {
 protected:
  /// Waits on the eventfd, as the main thread does, until the machine is in a state.
  bool await(MachineState state) {
    for (int wakes = 0; wakes < 100; ++wakes) {
      for (Event event; port_->events.pop(event);) {
        if (event.kind == EventKind::kState && event.state == state) return true;
      }
      pollfd waiting{events_waiting_.fd(), POLLIN, 0};
      if (::poll(&waiting, 1, 10'000) != 1) return false;
      events_waiting_.drain();
    }
    return false;
  }

  Machine machine_;
  ObedientStack stack_;
  std::unique_ptr<Port> port_ = std::make_unique<Port>();
  rt::MonotonicClock clock_;
  rt::EventFd events_waiting_;
};

TEST_F(LoopTest, WakesMainForEventsAndEndsWithTheDriveOff) {
  ControlLoop loop;
  ASSERT_TRUE(loop.start(machine_, stack_, *port_, clock_, events_waiting_));
  ASSERT_TRUE(await(MachineState::kSafeOff));
  port_->commands.push({.kind = CommandKind::kReset, .value = 0.0, .plan = nullptr});
  ASSERT_TRUE(await(MachineState::kIdle));
  loop.stop();
  EXPECT_FALSE(loop.running());
  EXPECT_FALSE(stack_.powered);
  EXPECT_EQ(static_cast<MachineState>(port_->state.load()), MachineState::kSafeOff);
}

TEST_F(LoopTest, PublishesFramesInOrderAndItsStatistics) {
  ControlLoop loop;
  ASSERT_TRUE(loop.start(machine_, stack_, *port_, clock_, events_waiting_));
  ASSERT_TRUE(await(MachineState::kSafeOff));
  loop.stop();
  Frame frame;
  std::uint64_t count = 0, last = 0;
  while (port_->frames.pop(frame)) {
    if (count++ > 0) {
      EXPECT_GT(frame.tick, last);
    }
    last = frame.tick;
  }
  const LoopStats& stats = port_->stats.load();
  EXPECT_EQ(stats.ticks, count);
  EXPECT_EQ(stats.exchanges, count);
  EXPECT_EQ(stats.frames_lost + stats.events_lost, 0U);
}

TEST_F(LoopTest, MayBeStartedAgain) {
  ControlLoop loop;
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(loop.start(machine_, stack_, *port_, clock_, events_waiting_));
    ASSERT_TRUE(await(MachineState::kSafeOff));
    loop.stop();
  }
}

}  // namespace
}  // namespace sheave::control
