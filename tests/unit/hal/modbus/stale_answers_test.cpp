// Late, lost, spoilt and swapped answers on both kinds of link: what the control is given is of this period or is not called fresh.

#include <gmock/gmock.h>

#include "hal/modbus/clock.hpp"
#include "tests/support/fake_drive.hpp"
#include "tests/support/fake_serial_line.hpp"
#include "tests/unit/hal/modbus/open_stack.hpp"

namespace sheave::hal {
namespace {

using modbus::kNsPerMs;
using modbus::monotonic_now_ns;
using test::Bytes;
using test::FakeDrive;

enum class Fault { kLate, kLost, kSpoilt, kSwapped };

struct Case {
  const char* kind;
  Fault fault;
};

class StaleAnswers : public testing::TestWithParam<Case> {
 protected:
  /// What is done to every seventh answer of the cycle; `unit` is where its unit stands.
  void spoil(Bytes& reply, std::size_t unit) {
    if (!held_.empty()) {  // late: with the next one, before it
      reply.insert(reply.begin(), held_.begin(), held_.end());
      held_.clear();
      return;
    }
    if (++answers_ % 7 != 0) return;
    switch (GetParam().fault) {
      case Fault::kLate:
        held_.swap(reply);
        break;
      case Fault::kLost:
        reply.clear();
        break;
      case Fault::kSpoilt:
        for (std::uint8_t& byte : reply) byte = static_cast<std::uint8_t>(byte * 31 + 7);
        break;
      case Fault::kSwapped:
        reply[unit] = 2;
        if (unit == 0) reply = test::rtu_frame(Bytes(reply.begin(), reply.end() - 2));
        break;
    }
  }

  FakeDrive drive_, other_;
  test::FakeSerialLine line_{{&drive_, &other_}};
  Bytes held_;
  int answers_ = 0;
};

TEST_P(StaleAnswers, NoneIsUsed) {
  const bool serial = std::string(GetParam().kind) == "rtu";
  const auto stack = test::open_stack(serial ? test::line_config(line_.path()) : test::tcp_config({drive_.endpoint()}));
  ASSERT_TRUE(stack);

  // The drive is as far out as the request's number says: the echo in millimetres.
  drive_.set_hook([&](FakeDrive::Turn& turn) {
    if (!turn.is_cycle()) return;
    const std::uint32_t um = turn.word(17) * 1000U;
    for (std::size_t i = 0; i < 4; ++i) turn.reply[17 + i] = static_cast<std::uint8_t>(um >> (24 - 8 * i));
    if (!serial) spoil(turn.reply, 6);
  });
  if (serial) {
    line_.set_hook([&](const Bytes& request, Bytes& reply) {
      if (request[1] == 0x17) spoil(reply, 0);
    });
  }
  AxisCommand command;
  AxisState state;
  int fresh = 0;
  constexpr int kExchanges = 210;
  for (int i = 1; i <= kExchanges; ++i) {
    stack->exchange({&command, 1}, {&state, 1}, monotonic_now_ns() + 5 * kNsPerMs);
    if (!state.fresh) continue;
    ++fresh;
    ASSERT_NEAR(state.extension_m, 0.001 * i, 1e-9) << "a stale value";
  }
  // Two threads and a busy machine may lose some more; the faults alone leave 6 of 7.
  EXPECT_GT(fresh, kExchanges / 2);
  EXPECT_LT(fresh, kExchanges);
  EXPECT_EQ(stack->counters().reconnects, 0U);
  EXPECT_TRUE(stack->verified());
  drive_.set_hook({});
  line_.set_hook({});
}

std::string name_of(const testing::TestParamInfo<Case>& param) {
  static const char* const kNames[] = {"Late", "Lost", "Spoilt", "Swapped"};
  return std::string(param.param.kind) + kNames[static_cast<std::size_t>(param.param.fault)];
}

INSTANTIATE_TEST_SUITE_P(Faults, StaleAnswers,
                         testing::Values(Case{"tcp", Fault::kLate}, Case{"tcp", Fault::kLost}, Case{"tcp", Fault::kSpoilt},
                                         Case{"tcp", Fault::kSwapped}, Case{"rtu", Fault::kLate}, Case{"rtu", Fault::kLost},
                                         Case{"rtu", Fault::kSpoilt}, Case{"rtu", Fault::kSwapped}),
                         name_of);

TEST(RtuStack, TwoDrivesOnOneLine) {
  FakeDrive left, right;
  test::FakeSerialLine line({&left, &right});
  right.set(0x0303, 4712);
  const auto stack = test::open_stack(test::line_config(line.path(), 2));
  ASSERT_TRUE(stack);
  EXPECT_EQ(stack->info().serials, (std::vector<std::string>{"4711", "4712"}));
  EXPECT_GT(stack->info().period_ns, 2 * kNsPerMs);
  std::array<AxisCommand, 2> commands{};
  std::array<AxisState, 2> states{};
  left.set(0x0105, 1000);
  right.set(0x0105, 2000);
  stack->set_panel({Lamp::kReady, Beep::kNone, 0});
  // A busy machine may make the first of them look silent now and then; the second is asked all the same.
  const auto shown = [](const FakeDrive& drive) { return drive.get(0x0400) == static_cast<int>(Lamp::kReady); };
  int fresh = 0;
  for (int i = 0; i < 2000 && (fresh < 50 || !shown(left) || !shown(right)); ++i) {
    stack->exchange(commands, states, monotonic_now_ns() + 500 * kNsPerMs);
    if (!states[0].fresh || !states[1].fresh) continue;
    ++fresh;
    ASSERT_NEAR(states[0].extension_m, 0.001, 1e-9);
    ASSERT_NEAR(states[1].extension_m, 0.002, 1e-9);
  }
  EXPECT_GE(fresh, 50);
  EXPECT_TRUE(shown(left) && shown(right)) << "room beside the cycle goes round";
}

TEST(RtuStack, ACommandThatIsNotOursIsNoticed) {
  FakeDrive drive;
  test::FakeSerialLine line({&drive});
  const auto stack = test::open_stack(test::line_config(line.path()));
  ASSERT_TRUE(stack);
  AxisCommand command;
  AxisState state;
  const auto run = [&](int exchanges) {
    for (int i = 0; i < exchanges && !state.foreign_command; ++i)
      stack->exchange({&command, 1}, {&state, 1}, monotonic_now_ns() + 500 * kNsPerMs);
  };
  run(200);
  EXPECT_FALSE(state.foreign_command);
  // Each of our writes is followed by another's, of the set-point alone.
  line.set_hook([&](const Bytes& request, Bytes&) {
    if (request[1] == 0x17) drive.set(0x0003, 4);
  });
  run(2000);
  EXPECT_TRUE(state.foreign_command);
  line.set_hook({});
}

TEST(RtuStack, SaysWhatIsWrongWithALine) {
  ModbusConfig config = test::line_config("/dev/ttyS0");
  config.baud = 250'000;
  EXPECT_THAT(make_modbus_stack(config).error.message, testing::HasSubstr("unsupported baud 250000"));
  config.baud = 115200;
  config.units = {300};
  EXPECT_THAT(make_modbus_stack(config).error.message, testing::HasSubstr("300 is no unit"));
  config.cables = 2;
  config.units = {3, 3};
  EXPECT_THAT(make_modbus_stack(config).error.message, testing::HasSubstr("two cables on one line"));
  config.units.clear();
  config.parity = 'X';
  EXPECT_THAT(make_modbus_stack(config).error.message, testing::HasSubstr("link.parity"));
}

}  // namespace
}  // namespace sheave::hal
