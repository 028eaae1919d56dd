#include "hal/modbus/stack.hpp"

#include <gmock/gmock.h>

#include <barrier>

#include "hal/modbus/clock.hpp"
#include "tests/support/alloc_guard.hpp"
#include "tests/support/fake_drive.hpp"
#include "tests/unit/hal/modbus/open_stack.hpp"

namespace sheave::hal {
namespace {

using modbus::kNsPerMs;
using modbus::kNsPerS;
using modbus::monotonic_now_ns;
using test::FakeDrive;
using test::open_stack;
using test::tcp_config;
using testing::AllOf;
using testing::HasSubstr;

std::string refusal(const ModbusConfig& config) {
  ModbusStackOrError made = make_modbus_stack(config);
  EXPECT_EQ(made.stack, nullptr);
  EXPECT_EQ(made.error.kind, OpenError::Kind::kConfig);
  return made.error.message;
}

TEST(ModbusStack, SaysWhatIsWrongWithTheLinkSection) {
  EXPECT_THAT(refusal(tcp_config({"127.0.0.1"})), HasSubstr("HOST:PORT"));
  EXPECT_THAT(refusal(tcp_config({})), HasSubstr("machine.cables"));
  ModbusConfig config = tcp_config({"127.0.0.1:1", "127.0.0.1:2"});
  config.cables = 1;
  EXPECT_THAT(refusal(config), HasSubstr("2 addresses for 1 cables"));
  config = tcp_config({"127.0.0.1:1"});
  config.kind = "can";
  EXPECT_THAT(refusal(config), HasSubstr("link.kind"));
  config.kind = "tcp";
  config.pulley_ratio = 0;
  EXPECT_THAT(refusal(config), HasSubstr("pulley_ratio"));
  config.pulley_ratio = 1;
  config.profile_path = "/nowhere.toml";
  EXPECT_THAT(refusal(config), HasSubstr("/nowhere.toml"));
}

TEST(ModbusStack, SaysThatNobodyListens) {
  FakeDrive drive;
  drive.go_away();
  const ModbusStackOrError made = make_modbus_stack(tcp_config({drive.endpoint()}));
  const OpenError error = made.stack->open(2000);
  EXPECT_EQ(error.kind, OpenError::Kind::kConnect);
  EXPECT_THAT(error.message, AllOf(HasSubstr(drive.endpoint()), HasSubstr("connection refused")));
  EXPECT_FALSE(made.stack->verified());
}

TEST(ModbusStack, TellsWhatTheWeakerOfTwoDrivesCan) {
  FakeDrive left;
  FakeDrive right;
  right.set(0x0307, 0x0000);  // 983 N peak
  ModbusConfig config = tcp_config({left.endpoint(), right.endpoint()});
  config.pulley_ratio = 2.0;
  const auto stack = open_stack(config);
  ASSERT_TRUE(stack);
  const StackInfo& info = stack->info();
  EXPECT_EQ(info.axis_count, 2U);
  EXPECT_NEAR(info.peak_force_n, 983.040 / 2, 1e-9);
  EXPECT_NEAR(info.travel_m, 5.0, 1e-9);
  EXPECT_EQ(info.period_ns, 1'000'000);
  EXPECT_EQ(info.watchdog_ms, 100U);
  EXPECT_TRUE(info.verified && info.drive_velocity_limit);
  EXPECT_EQ(info.serials.size(), 2U);
}

/// Both drives wait for each other before they answer: only who asks both first is ever answered.
TEST(ModbusStack, AsksAllBeforeItListensToAny) {
  FakeDrive left;
  FakeDrive right;
  const auto stack = open_stack(tcp_config({left.endpoint(), right.endpoint()}));
  ASSERT_TRUE(stack);
  std::barrier both(2);
  const auto meet = [&](FakeDrive::Turn& turn) {
    if (turn.is_cycle()) both.arrive_and_wait();
  };
  left.set_hook(meet);
  right.set_hook(meet);
  std::array<AxisCommand, 2> commands{};
  std::array<AxisState, 2> states{};
  for (int i = 0; i < 100; ++i) {
    stack->exchange(commands, states, monotonic_now_ns() + 5 * kNsPerS);
    ASSERT_TRUE(states[0].fresh && states[1].fresh) << i;
  }
  EXPECT_EQ(stack->counters().exchanges, 200U);
  EXPECT_EQ(stack->counters().missed, 0U);
  EXPECT_EQ(stack->counters().protocol_errors, 0U);
}

TEST(ModbusStack, ASilentDriveCostsTheOtherOneNothing) {
  FakeDrive left;
  FakeDrive right;
  const auto stack = open_stack(tcp_config({left.endpoint(), right.endpoint()}));
  ASSERT_TRUE(stack);
  left.set_hook([](FakeDrive::Turn& turn) { turn.reply.clear(); });
  std::array<AxisCommand, 2> commands{};
  std::array<AxisState, 2> states{};
  for (std::uint32_t i = 1; i <= 3; ++i) {
    stack->exchange(commands, states, monotonic_now_ns() + 50 * kNsPerMs);
    EXPECT_FALSE(states[0].fresh);
    EXPECT_EQ(states[0].missed, i);
    EXPECT_TRUE(states[1].fresh);
  }
  EXPECT_EQ(stack->counters().missed, 3U);
}

TEST(ModbusStack, TheCycleAllocatesNothingNotEvenWhileReconnecting) {
  FakeDrive drive;
  const auto stack = open_stack(tcp_config({drive.endpoint()}));
  ASSERT_TRUE(stack);
  AxisCommand command;
  command.target = DriveTarget::kForce;
  AxisState state;
  const auto cycle = [&] { stack->exchange({&command, 1}, {&state, 1}, monotonic_now_ns() + 100 * kNsPerMs); };
  const test::NoHeapScope scope;
  for (std::uint8_t i = 0; i < 100; ++i) {
    stack->set_panel({Lamp::kRest, Beep::kTick, i});
    cycle();
  }
  drive.go_away();
  for (int i = 0; i < 5; ++i) cycle();
  drive.come_back();
  const std::int64_t give_up = monotonic_now_ns() + 5 * kNsPerS;
  while (!(state.fresh && stack->verified()) && monotonic_now_ns() < give_up) cycle();
  EXPECT_EQ(scope.heap_calls(), 0U);
  EXPECT_TRUE(stack->verified());
  EXPECT_EQ(stack->counters().reconnects, 1U);
}

TEST(ModbusStack, StopsADriveThatIsOnWhenItCloses) {
  FakeDrive drive;
  const auto stack = open_stack(tcp_config({drive.endpoint()}));
  ASSERT_TRUE(stack);
  AxisCommand command;
  command.target = DriveTarget::kForce;
  AxisState state;
  for (int i = 0; i < 20 && state.drive != DriveState::kOperationEnabled; ++i)
    stack->exchange({&command, 1}, {&state, 1}, monotonic_now_ns() + 5 * kNsPerS);
  ASSERT_EQ(state.drive, DriveState::kOperationEnabled);
  stack->close();
  EXPECT_EQ(drive.get(0x0001), 0x0002) << "quick stop was the last word";
  EXPECT_FALSE(stack->verified());
  EXPECT_FALSE(stack->info().verified);

  drive.set(0x0101, 0x0240);
  EXPECT_FALSE(stack->open(5000)) << "and it can be opened again";
  EXPECT_TRUE(stack->verified());
}

}  // namespace
}  // namespace sheave::hal
