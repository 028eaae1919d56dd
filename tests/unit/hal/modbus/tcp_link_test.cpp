#include "hal/modbus/tcp_link.hpp"

#include <gmock/gmock.h>
#include <poll.h>

#include "hal/modbus/clock.hpp"
#include "tests/support/fake_drive.hpp"

namespace sheave::hal::modbus {
namespace {

using test::Bytes;
using test::FakeDrive;
using Turn = FakeDrive::Turn;

constexpr std::int64_t kLong = 5 * kNsPerS;     // for what comes: ends as soon as it is there
constexpr std::int64_t kShort = 10 * kNsPerMs;  // for what does not come

class TcpLinkTest : public testing::Test {
 protected:
  void SetUp() override {
    drive_.set(0x0300, 0x4B44);
    ASSERT_EQ(link_.connect(monotonic_now_ns() + kLong), "");
  }

  /// One period: a read of one register. Returns its outcome when it is answered or the time is over.
  Outcome period(std::int64_t time_ns) {
    const std::int64_t deadline = monotonic_now_ns() + time_ns;
    link_.begin(monotonic_now_ns());
    transaction_.request = read_request({0x0300, 1});
    link_.start(transaction_);
    link_.flush(monotonic_now_ns());
    while (link_.pump(monotonic_now_ns()) && monotonic_now_ns() < deadline) {
      pollfd waiting{link_.descriptor(), POLLIN, 0};
      const timespec left = time_left(deadline, monotonic_now_ns());
      ::ppoll(&waiting, 1, &left, nullptr);
    }
    return transaction_.outcome;
  }

  /// Lets `spoil` change the next answer only.
  void spoil_once(FakeDrive::Hook spoil) {
    drive_.set_hook([this, spoil](Turn& turn) {
      if (!spoiled_) spoil(turn);
      spoiled_ = true;
    });
  }

  void expect_back_in_step() {
    EXPECT_EQ(period(kLong), Outcome::kDone);
    EXPECT_EQ(transaction_.read()[0], 0x4B);
    EXPECT_EQ(link_.tally().reconnects, 0U);
    EXPECT_EQ(drive_.connections(), 1);
  }

  FakeDrive drive_;
  TcpLink link_{{"127.0.0.1", drive_.port()}, 4};
  Transaction transaction_;
  std::atomic<bool> spoiled_{false};
};

TEST_F(TcpLinkTest, ReadsARegister) {
  EXPECT_EQ(period(kLong), Outcome::kDone);
  EXPECT_EQ(transaction_.read()[1], 0x44);
  EXPECT_EQ(link_.tally().protocol_errors, 0U);
}

TEST_F(TcpLinkTest, DropsALateAnswerAndIsInStepInTheSamePeriod) {
  Bytes held;
  drive_.set_hook([&, turns = 0](Turn& turn) mutable {
    if (++turns == 1) {
      held.swap(turn.reply);
    } else if (turns == 2) {
      turn.reply.insert(turn.reply.begin(), held.begin(), held.end());
    }
  });
  EXPECT_EQ(period(kShort), Outcome::kPending);
  drive_.set(0x0300, 0x4B45);
  EXPECT_EQ(period(kLong), Outcome::kDone);
  EXPECT_EQ(transaction_.read()[1], 0x45) << "this period's answer, not the one that was late";
  EXPECT_EQ(link_.tally().stale_dropped, 1U);
  EXPECT_EQ(link_.tally().protocol_errors, 0U);
  expect_back_in_step();
}

TEST_F(TcpLinkTest, DropsManyLateAnswersInOnePeriod) {
  Bytes held;
  drive_.set_hook([&, turns = 0](Turn& turn) mutable {
    held.insert(held.end(), turn.reply.begin(), turn.reply.end());
    turn.reply.clear();
    if (++turns == 31) turn.reply.swap(held);
    if (turns > 31) turn.reply.swap(held), held.clear();
  });
  for (int i = 0; i < 30; ++i) EXPECT_EQ(period(kNsPerMs), Outcome::kPending);
  EXPECT_EQ(period(kLong), Outcome::kDone);
  EXPECT_EQ(link_.tally().stale_dropped, 30U);
  expect_back_in_step();
}

TEST_F(TcpLinkTest, TakesAnAnswerTwiceOnlyOnce) {
  spoil_once([](Turn& turn) {
    const Bytes copy = turn.reply;
    turn.reply.insert(turn.reply.end(), copy.begin(), copy.end());
  });
  EXPECT_EQ(period(kLong), Outcome::kDone);
  expect_back_in_step();
  EXPECT_EQ(link_.tally().stale_dropped, 1U);
}

TEST_F(TcpLinkTest, CountsAnAnswerFromAnotherUnit) {
  spoil_once([](Turn& turn) { turn.reply[6] = 9; });
  EXPECT_EQ(period(kLong), Outcome::kMalformed);
  EXPECT_EQ(link_.tally().protocol_errors, 1U);
  expect_back_in_step();
}

TEST_F(TcpLinkTest, CountsAnAnswerToAnotherFunction) {
  spoil_once([](Turn& turn) { turn.reply[7] = 0x04; });
  EXPECT_EQ(period(kLong), Outcome::kMalformed);
  EXPECT_EQ(link_.tally().protocol_errors, 1U);
  expect_back_in_step();
}

TEST_F(TcpLinkTest, CountsAnswersOfAnotherLength) {
  spoil_once([](Turn& turn) {
    turn.reply.pop_back();
    turn.reply[5] -= 1;
  });
  EXPECT_EQ(period(kLong), Outcome::kMalformed);
  spoiled_ = false;
  spoil_once([](Turn& turn) {
    turn.reply.push_back(0);
    turn.reply[5] += 1;
  });
  EXPECT_EQ(period(kLong), Outcome::kMalformed);
  EXPECT_EQ(link_.tally().protocol_errors, 2U);
  expect_back_in_step();
}

TEST_F(TcpLinkTest, CountsAnExceptionAndKeepsItsCode) {
  spoil_once([](Turn& turn) { turn.reply = {turn.reply[0], turn.reply[1], 0, 0, 0, 3, 1, 0x83, 6}; });
  EXPECT_EQ(period(kLong), Outcome::kException);
  EXPECT_EQ(transaction_.exception, 6);
  EXPECT_EQ(link_.tally().protocol_errors, 1U);
  expect_back_in_step();
}

TEST_F(TcpLinkTest, CountsAnAnswerToAQuestionNeverAsked) {
  spoil_once([](Turn& turn) { turn.reply[0] ^= 0x80; });
  EXPECT_EQ(period(kShort), Outcome::kPending);
  EXPECT_EQ(link_.tally().protocol_errors, 1U);
  expect_back_in_step();
}

TEST_F(TcpLinkTest, LeavesGarbageBehindWithThePeriod) {
  spoil_once([](Turn& turn) { turn.reply = {'H', 'T', 'T', 'P', '/', '1', '.', '1', ' ', '4', '0', '0'}; });
  EXPECT_EQ(period(kShort), Outcome::kPending);
  EXPECT_EQ(link_.tally().protocol_errors, 1U);
  expect_back_in_step();
}

TEST_F(TcpLinkTest, PutsAnAnswerTogetherFromPieces) {
  Bytes rest;
  drive_.set_hook([&](Turn& turn) {  // the end of each answer comes with the next one
    const Bytes whole = turn.reply;
    turn.reply = rest;
    turn.reply.insert(turn.reply.end(), whole.begin(), whole.begin() + 5);
    rest.assign(whole.begin() + 5, whole.end());
  });
  EXPECT_EQ(period(kShort), Outcome::kPending);
  EXPECT_EQ(period(kShort), Outcome::kPending);
  EXPECT_EQ(link_.tally().stale_dropped, 1U) << "whole now, but of the period before";
  EXPECT_EQ(link_.tally().protocol_errors, 0U);
  drive_.set_hook([&](Turn& turn) { turn.reply.insert(turn.reply.begin(), rest.begin(), rest.end()), rest.clear(); });
  expect_back_in_step();
}

TEST_F(TcpLinkTest, AsksOneAfterAnotherWhereTheDeviceTakesNoMore) {
  TcpLink one_by_one({"127.0.0.1", drive_.port()}, 1);
  ASSERT_EQ(one_by_one.connect(monotonic_now_ns() + kLong), "");
  std::array<Transaction, 3> all;
  one_by_one.begin(monotonic_now_ns());
  for (Transaction& each : all) {
    each.request = read_request({0x0300, 1});
    one_by_one.start(each);
  }
  one_by_one.flush(monotonic_now_ns());
  while (one_by_one.pump(monotonic_now_ns())) {
    pollfd waiting{one_by_one.descriptor(), POLLIN, 0};
    ASSERT_EQ(::poll(&waiting, 1, 5000), 1);
  }
  for (const Transaction& each : all) EXPECT_EQ(each.outcome, Outcome::kDone);
}

TEST_F(TcpLinkTest, ComesBackAfterTheConnectionBroke) {
  const std::uint32_t before = link_.generation();
  spoil_once([](Turn& turn) {
    turn.reply.clear();
    turn.close = true;
  });
  EXPECT_EQ(period(kLong), Outcome::kUnsent);
  const std::int64_t give_up = monotonic_now_ns() + kLong;
  while (period(kLong) != Outcome::kDone && monotonic_now_ns() < give_up) {
  }
  EXPECT_EQ(transaction_.outcome, Outcome::kDone);
  EXPECT_EQ(link_.tally().reconnects, 1U);
  EXPECT_GT(link_.generation(), before);
}

TEST_F(TcpLinkTest, NeitherWaitsNorDiesWhileNobodyListens) {
  drive_.go_away();
  for (int i = 0; i < 100; ++i) EXPECT_NE(period(kShort), Outcome::kDone);
  drive_.come_back();
  const std::int64_t give_up = monotonic_now_ns() + kLong;
  while (period(kShort) != Outcome::kDone && monotonic_now_ns() < give_up) {
  }
  EXPECT_EQ(transaction_.outcome, Outcome::kDone);
}

TEST_F(TcpLinkTest, APauseOfOursIsNoSilenceOfTheDevice) {
  EXPECT_EQ(period(kLong), Outcome::kDone);
  link_.begin(monotonic_now_ns() + 3600 * kNsPerS);
  expect_back_in_step();
}

TEST_F(TcpLinkTest, ConnectsAnewAfterASecondWithoutAWord) {
  spoil_once([](Turn& turn) { turn.reply.clear(); });
  EXPECT_EQ(period(kShort), Outcome::kPending);
  link_.begin(monotonic_now_ns() + 2 * kNsPerS);  // drops it
  link_.begin(monotonic_now_ns() + 4 * kNsPerS);
  EXPECT_EQ(link_.tally().reconnects, 1U);
}

}  // namespace
}  // namespace sheave::hal::modbus
