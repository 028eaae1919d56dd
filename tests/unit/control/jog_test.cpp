// A technician's calls on their way through the tick, on the simulator's drives and cables. Which of them move anything: safety's jog_test.

#include "controller/safety/jog.hpp"

#include <gtest/gtest.h>

#include "tests/unit/control/virtual_machine.hpp"

namespace sheave::test {
namespace {

using control::CommandKind;
using control::EventKind;
using safety::JogMotion;
using safety::MachineState;

class JogTickTest : public testing::Test {
 protected:
  JogTickTest() : machine_({.absent = true}, 2) {
    machine_.wake();
    machine_.send(CommandKind::kSession, 0.0);
    machine_.run(1.0);
    machine_.events.clear();
  }

  void call(std::uint64_t press, JogMotion motion = JogMotion::kWindIn, std::uint32_t cable = 0) {
    control::Command command;
    command.kind = CommandKind::kJog;
    command.jog = {press, cable, motion, machine_.port.main_heartbeat_ns.load() + safety::kJogAlive_ns};
    machine_.send(command);
  }
  void press_for(double duration_s, std::uint64_t press, std::uint32_t cable = 0) {
    for (double left_s = duration_s; left_s > 0.0; left_s -= 0.1) {
      call(press, JogMotion::kWindIn, cable);
      machine_.run(0.1);
    }
  }

  VirtualMachine machine_;
};

TEST_F(JogTickTest, ThePressedCableIsWoundInAndTheOtherStaysAtTakeUp) {
  press_for(1.0, 7, 1);
  EXPECT_EQ(machine_.state(), MachineState::kService);
  EXPECT_NEAR(machine_.axis(0).commanded_n, safety::kTakeUp_n, 1e-3);
  EXPECT_NEAR(machine_.axis(1).commanded_n, safety::kWindIn_n, 1e-3);
  EXPECT_EQ(machine_.heap_calls + machine_.lock_calls, 0u);
}

TEST_F(JogTickTest, EventsNameThePressThatBeganAndEnded) {
  press_for(0.5, 7);
  ASSERT_NE(machine_.last(EventKind::kState), nullptr);
  EXPECT_EQ(machine_.last(EventKind::kState)->state, MachineState::kService);
  EXPECT_EQ(machine_.last(EventKind::kState)->plan_id, 7u);
  call(7, JogMotion::kNone);
  machine_.tick();
  EXPECT_EQ(machine_.last(EventKind::kState)->state, MachineState::kUnload);
  EXPECT_EQ(machine_.last(EventKind::kState)->plan_id, 7u);
  machine_.run(1.0);
  EXPECT_EQ(machine_.last(EventKind::kState)->plan_id, 0u);
}

TEST_F(JogTickTest, ACallThatBeginsNothingIsToldOf) {
  machine_.send(CommandKind::kSession, 1.0);
  call(7);
  machine_.tick();
  const control::Event* refused = machine_.last(EventKind::kRefused);
  ASSERT_NE(refused, nullptr);
  EXPECT_EQ(refused->command, CommandKind::kJog);
  EXPECT_EQ(refused->plan_id, 7u);
}

TEST_F(JogTickTest, NoCallOfTheSameTickTakesBackARelease) {
  press_for(0.5, 7);
  call(7, JogMotion::kNone);
  call(7);
  machine_.tick();
  EXPECT_EQ(machine_.state(), MachineState::kUnload);
  call(8, JogMotion::kNone);
  call(8);
  machine_.run(1.0);
  EXPECT_EQ(machine_.state(), MachineState::kIdle);
}

TEST_F(JogTickTest, TheMainThreadsSilenceEndsIt) {
  press_for(0.5, 7);
  machine_.main_alive = false;
  EXPECT_LE(machine_.run_until(MachineState::kUnload, 1.0), 0.4);
  machine_.run(0.3);
  EXPECT_LE(machine_.axis(0).commanded_n, safety::kTakeUp_n + 1e-3);
}

}  // namespace
}  // namespace sheave::test
