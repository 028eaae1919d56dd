#include "hal/modbus/rtu_link.hpp"

#include <gmock/gmock.h>
#include <poll.h>

#include "hal/modbus/clock.hpp"
#include "tests/support/alloc_guard.hpp"
#include "tests/support/fake_serial_line.hpp"

namespace sheave::hal::modbus {
namespace {

using test::Bytes;

constexpr std::int64_t kLong = 5 * kNsPerS;     // for what comes: ends as soon as it is there
constexpr std::int64_t kShort = 10 * kNsPerMs;  // for what does not come

class RtuLinkTest : public testing::Test {
 protected:
  void SetUp() override {
    first_.set(0x0300, 0x4B44);
    second_.set(0x0300, 0x2222);
    ASSERT_EQ(link_.connect(monotonic_now_ns() + kLong), "");
    transaction_.request = other_.request = read_request({0x0300, 1});
    other_.unit = 2;
  }

  void await(std::int64_t time_ns) {
    const std::int64_t deadline = monotonic_now_ns() + time_ns;
    while (link_.pump(monotonic_now_ns()) && monotonic_now_ns() < deadline) {
      pollfd waiting{link_.descriptor(), POLLIN, 0};
      const timespec left = time_left(std::min(deadline, link_.wake_ns()), monotonic_now_ns());
      ::ppoll(&waiting, 1, &left, nullptr);
    }
  }

  Outcome period(std::int64_t time_ns) {
    link_.begin(monotonic_now_ns());
    link_.start(transaction_);
    link_.flush(monotonic_now_ns());
    await(time_ns);
    return transaction_.outcome;
  }

  void spoil_once(std::function<void(Bytes&)> spoil) {
    line_.set_hook([spoil = std::move(spoil), spoiled = false](const Bytes&, Bytes& reply) mutable {
      if (!spoiled) spoil(reply);
      spoiled = true;
    });
  }

  void expect_back_in_step() {
    EXPECT_EQ(period(kLong), Outcome::kDone);
    EXPECT_EQ(transaction_.read()[0], 0x4B);
    EXPECT_EQ(link_.tally().reconnects, 0U);
  }

  test::FakeDrive first_, second_;
  Bytes held_;  // by a hook, so it outlives the line's thread
  test::FakeSerialLine line_{{&first_, &second_}};
  RtuLink link_{line_.path(), {1'000'000, Parity::kNone, FrameGap::kCharacters, 100'000}};
  Transaction transaction_, other_;
};

TEST_F(RtuLinkTest, ReadsARegister) {
  EXPECT_EQ(period(kLong), Outcome::kDone);
  EXPECT_EQ(transaction_.read()[1], 0x44);
  EXPECT_EQ(link_.tally().protocol_errors, 0U);
}

TEST_F(RtuLinkTest, OpensThroughLibmodbus) {
  std::uint16_t value = 0;
  EXPECT_EQ(link_.read(2, 0x0300, {&value, 1}, monotonic_now_ns() + kLong), Link::Answer::kGood);
  EXPECT_EQ(value, 0x2222);
  const std::uint16_t written = 7;
  EXPECT_EQ(link_.write(1, 0x0210, {&written, 1}, monotonic_now_ns() + kLong), Link::Answer::kGood);
  EXPECT_EQ(first_.get(0x0210), 7);
}

/// libmodbus gives the late answer to the next request, and stays one behind for ever.
TEST_F(RtuLinkTest, WhileOpeningALateAnswerIsNotTheNextOnes) {
  spoil_once([&](Bytes& reply) { held_.swap(reply); });
  std::uint16_t value = 0;
  EXPECT_EQ(link_.read(1, 0x0300, {&value, 1}, monotonic_now_ns() + kShort), Link::Answer::kSilent);
  line_.set_hook({});  // it is this thread's from here on
  line_.say(held_);
  EXPECT_EQ(link_.read(1, 0x0301, {&value, 1}, monotonic_now_ns() + kLong), Link::Answer::kGood);
  EXPECT_EQ(value, first_.get(0x0301));
}

TEST_F(RtuLinkTest, ALostAnswerCostsOnePeriod) {
  spoil_once([](Bytes& reply) { reply.clear(); });
  EXPECT_EQ(period(kShort), Outcome::kPending);
  expect_back_in_step();
}

TEST_F(RtuLinkTest, ASpoiltAnswerCostsOnePeriodAndIsCounted) {
  spoil_once([](Bytes& reply) { reply[3] ^= 1; });
  EXPECT_EQ(period(kShort), Outcome::kPending);
  expect_back_in_step();
  EXPECT_EQ(link_.tally().protocol_errors, 1U);
}

TEST_F(RtuLinkTest, NoiseBeforeAnAnswerCostsNothing) {
  spoil_once([](Bytes& reply) { reply.insert(reply.begin(), {0x00, 0x01, 0x03}); });
  EXPECT_EQ(period(kLong), Outcome::kDone);
  EXPECT_EQ(link_.tally().protocol_errors, 1U);
  expect_back_in_step();
}

TEST_F(RtuLinkTest, AnAnswerOfTheOtherUnitIsNotTaken) {
  spoil_once([](Bytes& reply) { reply = test::rtu_frame({2, 3, 2, 0x22, 0x22}); });
  EXPECT_EQ(period(kShort), Outcome::kPending);
  expect_back_in_step();
  EXPECT_EQ(link_.tally().protocol_errors, 1U);
}

TEST_F(RtuLinkTest, AnAnswerToAnEarlierRequestIsKnownByItsEcho) {
  transaction_.echo_at = transaction_.request.read_at;
  line_.set_hook([&, turns = 0](const Bytes&, Bytes& reply) mutable {
    if (++turns == 1) held_.swap(reply);
    if (turns == 2) reply.insert(reply.begin(), held_.begin(), held_.end());
  });
  first_.set(0x0300, 1);
  transaction_.echo = 1;
  EXPECT_EQ(period(kShort), Outcome::kPending);
  first_.set(0x0300, 2);
  transaction_.echo = 2;
  EXPECT_EQ(period(kLong), Outcome::kDone) << "in the same period";
  EXPECT_EQ(transaction_.read()[1], 2);
  EXPECT_EQ(link_.tally().stale_dropped, 1U);
}

/// An adapter that hands a good answer on in two pieces, half a period apart: late, and nothing wrong with it.
TEST_F(RtuLinkTest, ALateAnswerCutInTwoIsNoProtocolError) {
  transaction_.echo_at = transaction_.request.read_at;
  line_.set_hook([&, turns = 0](const Bytes&, Bytes& reply) mutable {
    if (++turns == 1) {
      held_.assign(reply.begin() + 4, reply.end());
      reply.resize(4);
    } else if (turns == 2) {
      reply.insert(reply.begin(), held_.begin(), held_.end());
    }
  });
  first_.set(0x0300, 1);
  transaction_.echo = 1;
  EXPECT_EQ(period(kShort), Outcome::kPending);
  first_.set(0x0300, 2);
  transaction_.echo = 2;
  EXPECT_EQ(period(kLong), Outcome::kDone);
  EXPECT_EQ(transaction_.read()[1], 2);
  EXPECT_EQ(link_.tally().stale_dropped, 1U);
  EXPECT_EQ(link_.tally().protocol_errors, 0U);
}

TEST_F(RtuLinkTest, OpeningAsksAgainWhenTheLineLosesAnAnswer) {
  spoil_once([](Bytes& reply) { reply.clear(); });
  std::uint16_t value = 0;
  EXPECT_EQ(link_.read(1, 0x0300, {&value, 1}, monotonic_now_ns() + kLong), Link::Answer::kGood);
  EXPECT_EQ(value, 0x4B44);
}

TEST_F(RtuLinkTest, OneSilentUnitDoesNotSilenceTheOther) {
  line_.set_hook([](const Bytes& request, Bytes& reply) {
    if (request[0] == 1) reply.clear();
  });
  link_.begin(monotonic_now_ns());
  link_.start(transaction_);
  link_.start(other_);
  link_.flush(monotonic_now_ns());
  await(kLong);
  EXPECT_EQ(transaction_.outcome, Outcome::kAbandoned);
  EXPECT_EQ(other_.outcome, Outcome::kDone);
  EXPECT_EQ(other_.read()[0], 0x22);
}

TEST_F(RtuLinkTest, WhatGoesBesideMayAnswerInTheNextPeriod) {
  line_.set_hook([&](const Bytes& request, Bytes& reply) {
    if (request[0] == 2) held_.swap(reply);
  });
  other_.beside = true;
  link_.begin(monotonic_now_ns());
  link_.start(transaction_);
  EXPECT_TRUE(link_.has_room_beside());
  link_.start(other_);
  EXPECT_FALSE(link_.has_room_beside()) << "one per period";
  link_.flush(monotonic_now_ns());
  await(kLong);
  EXPECT_EQ(transaction_.outcome, Outcome::kDone);
  EXPECT_EQ(other_.outcome, Outcome::kPending) << "nobody waited for it";
}

TEST_F(RtuLinkTest, AfterALossNothingGoesBesideForAWhile) {
  spoil_once([](Bytes& reply) { reply.clear(); });
  period(kShort);
  int periods = 0;
  do {
    EXPECT_EQ(period(kLong), Outcome::kDone);
    ++periods;
  } while (!link_.has_room_beside() && periods < 100);
  EXPECT_GT(periods, 3);
  EXPECT_LT(periods, 20);
}

TEST_F(RtuLinkTest, ThePeriodDoesNotAllocate) {
  ASSERT_EQ(period(kLong), Outcome::kDone);
  const test::NoHeapScope scope;
  for (int i = 0; i < 100; ++i) ASSERT_EQ(period(kLong), Outcome::kDone);
  EXPECT_EQ(scope.heap_calls() + scope.lock_calls(), 0U);
}

TEST(RtuLink, SaysWhyThereIsNoPort) {
  RtuLink link("/dev/no-such-port", {});
  EXPECT_THAT(link.connect(0), testing::HasSubstr("/dev/no-such-port"));
}

}  // namespace
}  // namespace sheave::hal::modbus
