#include "hal/modbus/drive_axis.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <limits>

#include "hal/modbus/clock.hpp"
#include "tests/support/fake_drive.hpp"
#include "tests/unit/hal/modbus/open_stack.hpp"

namespace sheave::hal {
namespace {

using modbus::kNsPerMs;
using modbus::kNsPerS;
using modbus::monotonic_now_ns;
using test::FakeDrive;

constexpr std::int64_t kLong = 5 * kNsPerS;
constexpr std::uint16_t kTensionLow = 0x0004;  // of 0x0003-4, mN

/// One drive through the whole stack, as the control thread sees it.
class DriveAxisTest : public testing::Test {
 protected:
  void SetUp() override { open(1.0); }
  void TearDown() override { drive_.set_hook({}); }  // it may hold what was the test's; closing the stack still talks

  void open(double pulley_ratio) {
    ModbusConfig config = test::tcp_config({drive_.endpoint()});
    config.pulley_ratio = pulley_ratio;
    stack_ = test::open_stack(config);
    ASSERT_TRUE(stack_);
    command_.target = DriveTarget::kForce;
    command_.force_limit_n = 100;
    command_.retract_limit_mps = 0.5;
    command_.slope_nps = 500;
  }

  void exchange(std::int64_t time_ns = kLong) { stack_->exchange({&command_, 1}, {&state_, 1}, monotonic_now_ns() + time_ns); }

  bool enable() {
    for (int i = 0; i < 20 && state_.drive != DriveState::kOperationEnabled; ++i) exchange();
    return state_.drive == DriveState::kOperationEnabled;
  }

  /// Exchanges until the connection that was cut is there again.
  bool reconnect() {
    const std::int64_t give_up = monotonic_now_ns() + kLong;
    do exchange(10 * kNsPerMs);
    while (!state_.fresh && monotonic_now_ns() < give_up);
    return state_.fresh;
  }

  void cut_connection() {
    drive_.set_hook([cut = false](FakeDrive::Turn& turn) mutable {
      if (cut) return;
      cut = true;
      turn.reply.clear();
      turn.close = true;
    });
    exchange();
    EXPECT_FALSE(state_.fresh);
  }

  FakeDrive drive_;
  std::unique_ptr<CableStack> stack_;
  AxisCommand command_;
  AxisState state_;
};

TEST_F(DriveAxisTest, SwitchesOnStepByStepAndPulls) {
  command_.tension_n = 20;
  ASSERT_TRUE(enable());
  exchange();
  EXPECT_EQ(drive_.get(kTensionLow), 20000);
  EXPECT_EQ(drive_.get(0x0002), 10) << "force mode";
  EXPECT_EQ(drive_.get(0x0005), 500);
  EXPECT_EQ(drive_.get(0x0006), 65535);
  EXPECT_EQ(drive_.get(0x0007), 50);
  EXPECT_EQ(drive_.get(0x0008), 100);
}

TEST_F(DriveAxisTest, NoSetPointWaitsForTheMomentTheDriveIsOn) {
  command_.tension_n = 60;
  drive_.set_hook([this](FakeDrive::Turn&) {
    if ((drive_.get(0x0101) & 0x6F) != 0x27) {
      EXPECT_EQ(drive_.get(kTensionLow), 0);
    }
  });
  ASSERT_TRUE(enable());
}

TEST_F(DriveAxisTest, OffAndQuickStopCarryNoTension) {
  command_.tension_n = 60;
  ASSERT_TRUE(enable());
  exchange();
  ASSERT_EQ(drive_.get(kTensionLow), 60000);
  command_.target = DriveTarget::kQuickStop;
  exchange();
  EXPECT_EQ(drive_.get(kTensionLow), 0);
  EXPECT_EQ(drive_.get(0x0001), 0x0002);
  command_.target = DriveTarget::kOff;
  exchange();
  EXPECT_EQ(drive_.get(0x0001), 0x0000);
}

TEST_F(DriveAxisTest, ACommandThatIsNoNumberPullsNothing) {
  command_.tension_n = 60;
  ASSERT_TRUE(enable());
  exchange();
  command_.tension_n = std::numeric_limits<double>::quiet_NaN();
  exchange();
  EXPECT_EQ(drive_.get(kTensionLow), 0);
  command_.tension_n = 60;
  command_.force_limit_n = std::numeric_limits<double>::infinity();
  exchange();
  EXPECT_EQ(drive_.get(kTensionLow), 0);
  EXPECT_EQ(drive_.get(0x0008), 50);
}

TEST_F(DriveAxisTest, ThePulleyTurnsDrumIntoHandle) {
  open(2.0);
  drive_.set(0x0104, 0x0007);  // 500000 um
  drive_.set(0x0105, 0xA120);
  drive_.set(0x0109, 40000);  // mN
  command_.tension_n = 20;
  ASSERT_TRUE(enable());
  exchange();
  EXPECT_EQ(drive_.get(kTensionLow), 40000);
  EXPECT_EQ(drive_.get(0x0005), 250);
  EXPECT_NEAR(state_.extension_m, 1.0, 1e-9);
  EXPECT_NEAR(state_.tension_n, 20.0, 1e-9);
}

TEST_F(DriveAxisTest, ExtensionAndTensionAreNeverNegative) {
  for (const std::uint16_t at : {0x0104, 0x0105, 0x0108, 0x0109}) drive_.set(at, 0xFFFF);
  exchange();
  EXPECT_EQ(state_.extension_m, 0.0);
  EXPECT_EQ(state_.tension_n, 0.0);
}

TEST_F(DriveAxisTest, AnAnswerToAnotherWriteIsNotFresh) {
  exchange();
  drive_.set(0x0105, 1000);
  drive_.set_hook([](FakeDrive::Turn& turn) {
    if (turn.is_cycle()) --turn.reply[10];  // the echo's low byte
  });
  exchange();
  EXPECT_FALSE(state_.fresh);
  EXPECT_EQ(state_.missed, 1U);
  EXPECT_EQ(state_.extension_m, 0.0) << "nothing of it is used";
  EXPECT_EQ(stack_->counters().stale_dropped, 1U);
  drive_.set_hook({});
  exchange();
  EXPECT_TRUE(state_.fresh);
  EXPECT_EQ(state_.missed, 0U);
}

TEST_F(DriveAxisTest, AFaultIsResetOncePerRequest) {
  drive_.set(0x0101, 0x0218);
  exchange();
  ASSERT_EQ(state_.drive, DriveState::kFault);
  exchange();
  EXPECT_EQ(drive_.get(0x0001), 0x0000) << "never by itself";
  command_.fault_reset = true;
  exchange();
  EXPECT_EQ(drive_.get(0x0001), 0x0080);
  exchange();
  drive_.set(0x0101, 0x0218);
  exchange();
  exchange();
  EXPECT_EQ(drive_.get(0x0001), 0x0000) << "a fault that comes back stays, though the level is still high";
  command_.fault_reset = false;
  exchange();
  command_.fault_reset = true;
  exchange();
  EXPECT_EQ(drive_.get(0x0001), 0x0080);
}

TEST_F(DriveAxisTest, AfterAReconnectTheDriveIsRecognizedBeforeItIsTrusted) {
  command_.tension_n = 60;
  ASSERT_TRUE(enable());
  exchange();
  cut_connection();
  ASSERT_TRUE(reconnect());
  EXPECT_FALSE(stack_->verified());
  for (int i = 0; i < 10; ++i) exchange();
  EXPECT_TRUE(stack_->verified());
  EXPECT_EQ(stack_->counters().reconnects, 1U);
}

TEST_F(DriveAxisTest, NothingIsRaisedBeforeADriveIsRecognized) {
  command_.tension_n = 60;
  ASSERT_TRUE(enable());
  exchange();
  cut_connection();
  drive_.set_hook([](FakeDrive::Turn& turn) {
    if (turn.function() == 3) turn.reply.clear();  // it never shows its settings
  });
  command_.tension_n = 80;
  ASSERT_TRUE(reconnect());
  exchange(20 * kNsPerMs);
  EXPECT_EQ(drive_.get(kTensionLow), 60000);
  command_.tension_n = 30;
  exchange(20 * kNsPerMs);
  EXPECT_EQ(drive_.get(kTensionLow), 30000) << "less is always possible";
  command_.tension_n = 60;
  exchange(20 * kNsPerMs);
  EXPECT_EQ(drive_.get(kTensionLow), 30000);
  EXPECT_FALSE(stack_->verified());
}

TEST_F(DriveAxisTest, ADriveThatCameBackWithOtherSettingsIsNotSwitchedOn) {
  ASSERT_TRUE(enable());
  cut_connection();
  drive_.set(0x0200, 1000);  // its default after a power cycle
  drive_.set(0x0101, 0x0240);
  ASSERT_TRUE(reconnect());
  for (int i = 0; i < 50; ++i) {
    exchange();
    ASSERT_FALSE(stack_->verified());
    ASSERT_NE(state_.drive, DriveState::kSwitchedOn);
    ASSERT_NE(state_.drive, DriveState::kOperationEnabled);
  }
  drive_.set(0x0200, 100);
  for (int i = 0; i < 50; ++i) exchange();
  EXPECT_FALSE(stack_->verified()) << "stays so until it is opened anew";
}

TEST_F(DriveAxisTest, AnUnseenRestartIsFoundBeforeTheDriveIsSwitchedOn) {
  command_.target = DriveTarget::kOff;
  for (int i = 0; i < 40; ++i) exchange();
  ASSERT_TRUE(stack_->verified());
  drive_.set(0x0201, 1);
  command_.target = DriveTarget::kForce;
  for (int i = 0; i < 20; ++i) {
    exchange();
    ASSERT_NE(state_.drive, DriveState::kSwitchedOn);
  }
  EXPECT_FALSE(stack_->verified());
}

TEST_F(DriveAxisTest, ChangedSettingsAreFoundWhileRunning) {
  ASSERT_TRUE(enable());
  drive_.set(0x0202, 999);
  for (int i = 0; i < 400 && stack_->verified(); ++i) exchange();
  EXPECT_FALSE(stack_->verified());
}

TEST_F(DriveAxisTest, LampAndBeeperAreWrittenWhenTheyChange) {
  std::atomic<int> writes{0};
  drive_.set_hook([&](FakeDrive::Turn& turn) { writes += turn.function() == 0x10 && turn.word(8) == 0x0400; });
  stack_->set_panel({Lamp::kActive, Beep::kRep, 7});
  for (int i = 0; i < 10; ++i) exchange();
  EXPECT_EQ(drive_.get(0x0400), static_cast<int>(Lamp::kActive));
  EXPECT_EQ(drive_.get(0x0401), 7 << 8 | static_cast<int>(Beep::kRep));
  EXPECT_EQ(writes, 1);
  stack_->set_panel({Lamp::kRest, Beep::kRep, 7});
  for (int i = 0; i < 10; ++i) exchange();
  EXPECT_EQ(drive_.get(0x0400), static_cast<int>(Lamp::kRest));
  EXPECT_EQ(writes, 2);
}

TEST_F(DriveAxisTest, ALostLampIsWrittenAgain) {
  exchange();
  exchange();
  drive_.set_hook([lost = false](FakeDrive::Turn& turn) mutable {
    if (turn.function() != 0x10 || lost) return;
    lost = true;
    turn.reply.clear();
  });
  std::atomic<int> writes{0};
  stack_->set_panel({Lamp::kFault, Beep::kAlarm, 1});
  exchange(20 * kNsPerMs);
  EXPECT_TRUE(state_.fresh) << "the cycle's answer was there";
  drive_.set_hook([&](FakeDrive::Turn& turn) { writes += turn.function() == 0x10; });
  for (int i = 0; i < 5; ++i) exchange();
  EXPECT_EQ(writes, 1);
}

TEST_F(DriveAxisTest, ButtonAndPedalAreRead) {
  EXPECT_TRUE(stack_->panel().present);
  drive_.set(0x0410, 0x8001);
  for (int i = 0; i < 200 && !stack_->panel().handle_button; ++i) exchange();
  EXPECT_TRUE(stack_->panel().handle_button);
  EXPECT_FALSE(stack_->panel().pedal);
}

}  // namespace
}  // namespace sheave::hal
