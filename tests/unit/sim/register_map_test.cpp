#include "sim/stack/register_map.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "sim/stack/modbus_pdu.hpp"
#include "tests/unit/sim/support.hpp"

namespace sheave::sim {
namespace {

using Words = std::vector<std::uint16_t>;
using Bytes = std::vector<std::uint8_t>;

class Registers : public ::testing::Test {
 protected:
  Registers() {
    for (int i = 0; i < 60; ++i) rig_.step(panel_);
  }
  Exception read(std::uint16_t address, std::size_t count) {
    values_.assign(count, 0xDEAD);
    return map_.read(address, values_);
  }
  Exception write(std::uint16_t address, const Words& values) { return map_.write(address, values); }
  Bytes answer(const Bytes& request) {
    Bytes reply(kMaxPdu);
    reply.resize(answer_pdu(map_, request, reply));
    return reply;
  }

  StillHand hand_;
  Panel panel_;
  Rig rig_{DriveRating{}, CableParams{}, hand_, 0xFFFF0000U};
  RegisterMap map_{rig_, panel_};
  Words values_;
};

TEST_F(Registers, IdentityIsTheReferenceStack) {
  ASSERT_EQ(read(0x0300, 11), Exception::kNone);
  EXPECT_EQ(values_, (Words{0x4B44, 1, 0, 1001, 750000 >> 16, 750000 & 0xFFFF, 1000000 >> 16, 1000000 & 0xFFFF, 3000, 2500000 >> 16,
                            2500000 & 0xFFFF}));
}

TEST_F(Registers, OutsideTheBlocksIsAnException) {
  EXPECT_EQ(read(0x0009, 1), Exception::kAddress);
  EXPECT_EQ(read(0x0008, 2), Exception::kAddress) << "across a block's end";
  EXPECT_EQ(read(0x0100, 19), Exception::kAddress);
  EXPECT_EQ(read(0xFFFF, 1), Exception::kAddress);
  EXPECT_EQ(write(0x0100, {1}), Exception::kAddress) << "read only";
  EXPECT_EQ(write(0x0300, {1}), Exception::kAddress);
  EXPECT_EQ(write(0x0410, {1}), Exception::kAddress);
  EXPECT_EQ(write(0x0008, {1, 2}), Exception::kAddress);
}

TEST_F(Registers, ARefusedWriteBlockChangesNothing) {
  ASSERT_EQ(write(0, {7, 0x06, 10, 0, 50000, 1000, 65535, 500, 400}), Exception::kNone);
  EXPECT_EQ(write(0, {8, 0x07, 10, 0, 60000, 1000, 65535, 500, 1001}), Exception::kValue);
  ASSERT_EQ(read(0, 9), Exception::kNone);
  EXPECT_EQ(values_, (Words{7, 0x06, 10, 0, 50000, 1000, 65535, 500, 400}));
  ASSERT_EQ(read(0x0100, 1), Exception::kNone);
  EXPECT_EQ(values_[0], 7) << "the echo is of the last accepted block";
}

TEST_F(Registers, HighWordFirstAndSigned) {
  ASSERT_EQ(write(0, {1, 0x06, 10, 0x0001, 0x86A0, 0, 0, 0, 0}), Exception::kNone);
  EXPECT_EQ(rig_.drive().command().target, 100000);
  EXPECT_EQ(write(0, {2, 0x06, 10, 0xFFFF, 0xFFFF, 0, 0, 0, 0}), Exception::kValue) << "-1 mN";
  EXPECT_EQ(write(0, {2, 0x06, 3, 0xFFFF, 0xFFFF, 0, 0, 0, 0}), Exception::kNone) << "-1 um/s";
  EXPECT_EQ(rig_.drive().command().target, -1);
}

TEST_F(Registers, SampleTimeWraps) {
  std::uint32_t before = 0;
  bool wrapped = false;
  for (int i = 0; i < 100; ++i) {
    rig_.step(panel_);
    ASSERT_EQ(read(0x010A, 2), Exception::kNone);
    const std::uint32_t now = (static_cast<std::uint32_t>(values_[0]) << 16U) | values_[1];
    if (i > 0) {
      EXPECT_EQ(now - before, 1000U);
    }
    wrapped = wrapped || now < before;
    before = now;
  }
  EXPECT_TRUE(wrapped);
}

TEST_F(Registers, ConfigurationIsWritableOnlyWhileOffAndInRange) {
  EXPECT_EQ(write(0x0200, {0}), Exception::kValue) << "a watchdog of 0";
  EXPECT_EQ(write(0x0200, {19}), Exception::kValue);
  EXPECT_EQ(write(0x0201, {4}), Exception::kValue);
  EXPECT_EQ(write(0x0200, {150, 2, 200, 10, 120}), Exception::kNone);
  EXPECT_EQ(write(0x0209, {2}), Exception::kValue);
  EXPECT_EQ(write(0x0209, {1}), Exception::kNone);
  ASSERT_EQ(read(0x0200, 5), Exception::kNone);
  EXPECT_EQ(values_, (Words{150, 2, 200, 10, 120}));
  std::uint16_t seq = 0;
  run_at(rig_.drive(), seq, 20.0, 10, [this] { rig_.step(panel_); });
  ASSERT_EQ(rig_.drive().state(), hal::DriveState::kOperationEnabled);
  EXPECT_EQ(write(0x0200, {100}), Exception::kBusy);
  EXPECT_EQ(write(0x0209, {1}), Exception::kBusy);
}

TEST_F(Registers, PanelCarriesLampAndBeep) {
  EXPECT_EQ(write(0x0400, {5, 0x0304}), Exception::kNone);
  EXPECT_EQ(panel_.lamp, hal::Lamp::kActive);
  EXPECT_EQ(panel_.beep, hal::Beep::kEnd);
  EXPECT_EQ(panel_.beep_seq, 3);
  EXPECT_EQ(write(0x0400, {8, 0x0404}), Exception::kNone);
  EXPECT_EQ(write(0x0400, {9}), Exception::kValue);
  panel_.handle_button = true;
  ASSERT_EQ(read(0x0410, 1), Exception::kNone);
  EXPECT_EQ(values_[0], 0x8001);
}

TEST_F(Registers, WatchdogSwitchedOffByAFaultIsSeenOnlyInTheReadBack) {
  rig_.drive().disable_watchdog();
  EXPECT_EQ(write(0x0200, {100}), Exception::kNone);
  ASSERT_EQ(read(0x0200, 1), Exception::kNone);
  EXPECT_EQ(values_[0], 0);
}

TEST_F(Registers, ReadWriteWritesFirstAndEchoesItsOwnSequence) {
  const Bytes reply = answer({23, 0x01, 0x00, 0, 1, 0, 0, 0, 2, 4, 0x12, 0x34, 0, 6});
  EXPECT_EQ(reply, (Bytes{23, 2, 0x12, 0x34}));
}

TEST_F(Registers, ReadWriteIsAllOrNothing) {
  EXPECT_EQ(answer({23, 0x01, 0x12, 0, 1, 0, 0, 0, 1, 2, 0x12, 0x34}), (Bytes{0x97, 2})) << "read outside";
  EXPECT_EQ(rig_.drive().command().seq, 0);
  EXPECT_EQ(answer({23, 0x01, 0x00, 0, 1, 0, 2, 0, 1, 2, 0, 9}), (Bytes{0x97, 3})) << "no such mode";
}

TEST_F(Registers, MalformedRequestsAreRefused) {
  EXPECT_EQ(answer({}), (Bytes{0x80, 1}));
  EXPECT_EQ(answer({1, 0, 0, 0, 1}), (Bytes{0x81, 1})) << "no coils here";
  EXPECT_EQ(answer({3, 1, 0, 0}), (Bytes{0x83, 3}));
  EXPECT_EQ(answer({3, 1, 0, 0, 126}), (Bytes{0x83, 3}));
  EXPECT_EQ(answer({3, 1, 0, 0, 0}), (Bytes{0x83, 3}));
  EXPECT_EQ(answer({16, 0, 0, 0, 2, 4, 0, 0, 0}), (Bytes{0x90, 3})) << "shorter than it says";
  EXPECT_EQ(answer({16, 0, 0, 0, 2, 3, 0, 0, 0, 0}), (Bytes{0x90, 3}));
  EXPECT_EQ(answer({6, 0}), (Bytes{0x86, 3}));
  EXPECT_EQ(answer({43, 13, 1, 0}), (Bytes{0xAB, 1}));
}

TEST_F(Registers, SaysWhoItIs) {
  const Bytes all = answer({43, 14, 1, 0});
  const Bytes start{43, 14, 1, 0x81, 0, 0, 3, 0, 6, 'S', 'h', 'e', 'a', 'v', 'e', 1, 5, 'K', 'D', 'R', '-', '1', 2, 3, '1', '.', '0'};
  EXPECT_EQ(all, start);
  EXPECT_EQ(answer({43, 14, 4, 1}), (Bytes{43, 14, 4, 0x81, 0, 0, 1, 1, 5, 'K', 'D', 'R', '-', '1'}));
  EXPECT_EQ(answer({43, 14, 4, 9}), (Bytes{0xAB, 2}));
}

}  // namespace
}  // namespace sheave::sim
