#include "hal/modbus/commission.hpp"

#include <gmock/gmock.h>

#include "hal/modbus/clock.hpp"
#include "hal/modbus/tcp_link.hpp"
#include "tests/support/fake_drive.hpp"
#include "tests/support/paths.hpp"

namespace sheave::hal::modbus {
namespace {

using test::FakeDrive;
using testing::AllOf;
using testing::HasSubstr;
using Kind = OpenError::Kind;

class CommissionTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string error;
    auto profile = load_profile(SHEAVE_SOURCE_DIR "/hal/profiles/kdr-1.toml", error);
    ASSERT_TRUE(profile) << error;
    profile_ = *profile;
    ASSERT_EQ(link_.connect(monotonic_now_ns() + 5 * kNsPerS), "");
  }

  OpenError run(std::int64_t time_ns = 5 * kNsPerS) {
    return commission(link_, profile_, profile_.unit, monotonic_now_ns() + time_ns, facts_);
  }

  FakeDrive drive_;
  TcpLink link_{{"127.0.0.1", drive_.port()}, 4};
  DeviceProfile profile_;
  DriveFacts facts_;
};

TEST_F(CommissionTest, WritesTheSafetySettingsAndLearnsTheRatings) {
  const OpenError error = run();
  ASSERT_FALSE(error) << error.message;
  EXPECT_EQ(drive_.get(0x0200), 100);
  EXPECT_EQ(drive_.get(0x0201), 2);
  EXPECT_EQ(drive_.get(0x0202), 200);
  EXPECT_NEAR(facts_.rated_force_n, 500.0, 1e-9);
  EXPECT_NEAR(facts_.peak_force_n, 1000.0, 1e-9);
  EXPECT_NEAR(facts_.max_speed_mps, 2.6, 1e-9);
  EXPECT_NEAR(facts_.travel_m, 2.5, 1e-9);
  EXPECT_EQ(facts_.serial, "4711");
  EXPECT_TRUE(facts_.panel_fitted);
  EXPECT_EQ(facts_.checks.size(), 5U);
}

TEST_F(CommissionTest, OnlyADriveThatSaysSoIsASimulatedOne) {
  ASSERT_FALSE(run());
  EXPECT_FALSE(facts_.simulated);
  drive_.set(0x030B, 1);
  ASSERT_FALSE(run());
  EXPECT_TRUE(facts_.simulated);
  profile_.identity.simulated.present = false;
  ASSERT_FALSE(run());
  EXPECT_FALSE(facts_.simulated) << "by a profile that knows no such register every drive is real";
}

TEST_F(CommissionTest, RefusesADriveThatDidNotTakeTheWatchdog) {
  drive_.set(0x0200, 5000);
  drive_.make_deaf(0x0200);
  const OpenError error = run();
  EXPECT_EQ(error.kind, Kind::kUnverified);
  EXPECT_THAT(error.message, AllOf(HasSubstr(drive_.endpoint()), HasSubstr("watchdog_ms"), HasSubstr("0x0200"), HasSubstr("written as 100"),
                                   HasSubstr("reads back as 5000")));
}

TEST_F(CommissionTest, RefusesADriveThatRefusesASetting) {
  drive_.set_hook([](FakeDrive::Turn& turn) {
    if (turn.function() == 0x10) turn.reply = {turn.reply[0], turn.reply[1], 0, 0, 0, 3, 1, 0x90, 3};
  });
  const OpenError error = run();
  EXPECT_EQ(error.kind, Kind::kUnverified);
  EXPECT_THAT(error.message, AllOf(HasSubstr("watchdog_ms"), HasSubstr("exception 3")));
}

TEST_F(CommissionTest, KnowsAnotherDevice) {
  drive_.set(0x0300, 0x1234);
  const OpenError error = run();
  EXPECT_EQ(error.kind, Kind::kIdentity);
  EXPECT_THAT(error.message, AllOf(HasSubstr("KDR-1"), HasSubstr("0x1234"), HasSubstr("0x4B44")));
}

TEST_F(CommissionTest, KnowsAnotherMapVersion) {
  drive_.set(0x0301, 7);
  EXPECT_THAT(run().message, HasSubstr("map version"));
}

TEST_F(CommissionTest, RatingsThatMakeNoSensePointAtTheWordOrder) {
  profile_.word_order = WordOrder::kLowFirst;
  const OpenError error = run();
  EXPECT_EQ(error.kind, Kind::kIdentity);
  EXPECT_THAT(error.message, HasSubstr("word order"));
}

TEST_F(CommissionTest, KnowsADeviceWithoutTheRegisters) {
  drive_.remove_from(0x0100);
  const OpenError error = run();
  EXPECT_EQ(error.kind, Kind::kProtocol);
  EXPECT_THAT(error.message, AllOf(HasSubstr("exception 2"), HasSubstr("0x0300")));
}

TEST_F(CommissionTest, KnowsWhatIsNoModbus) {
  drive_.set_hook([](FakeDrive::Turn& turn) {
    const std::string page = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";
    turn.reply.assign(page.begin(), page.end());
  });
  const OpenError error = run();
  EXPECT_EQ(error.kind, Kind::kProtocol);
  EXPECT_THAT(error.message, HasSubstr("not Modbus"));
}

TEST_F(CommissionTest, KnowsSomethingThatHangsUp) {
  drive_.set_hook([](FakeDrive::Turn& turn) {
    turn.reply.clear();
    turn.close = true;
  });
  EXPECT_THAT(run().message, HasSubstr("closed the connection"));
}

TEST_F(CommissionTest, KnowsSomethingThatSaysNothing) {
  drive_.set_hook([](FakeDrive::Turn& turn) { turn.reply.clear(); });
  EXPECT_THAT(run(50 * kNsPerMs).message, HasSubstr("did not answer"));
}

TEST_F(CommissionTest, WaitsForTheWatchdogOfADriveThatIsStillOn) {
  drive_.set(0x0101, 0x0237);
  drive_.set_hook([this, asked = 0](FakeDrive::Turn& turn) mutable {
    if (turn.function() == 3 && turn.word(8) == 0x0101 && ++asked == 3) drive_.set(0x0101, 0x0218);
  });
  const OpenError error = run();
  EXPECT_FALSE(error) << error.message;
  EXPECT_EQ(drive_.get(0x0200), 100);
}

TEST_F(CommissionTest, LeavesADriveAloneThatAnotherControllerHolds) {
  drive_.set(0x0101, 0x0237);
  const OpenError error = run(50 * kNsPerMs);
  EXPECT_EQ(error.kind, Kind::kUnverified);
  EXPECT_THAT(error.message, HasSubstr("other controller"));
  EXPECT_EQ(drive_.get(0x0200), 0) << "nothing was written";
}

TEST_F(CommissionTest, ADriveWithoutAPanelIsNoError) {
  drive_.remove_from(0x0400);
  const OpenError error = run();
  EXPECT_FALSE(error) << error.message;
  EXPECT_FALSE(facts_.panel_fitted);
}

}  // namespace
}  // namespace sheave::hal::modbus
