#include "hal/modbus/rtu_frame.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace sheave::hal::modbus {
namespace {

using Bytes = std::vector<std::uint8_t>;

TEST(RtuFrame, TheChecksumIsThatOfTheSpecification) {
  // Modbus over Serial Line V1.02, 6.2.2: address 02, function 07 gives 0x1241, sent 41 12.
  const std::uint8_t bytes[] = {0x02, 0x07};
  EXPECT_EQ(crc16(bytes), 0x1241);
  const std::uint8_t whole[] = {0x02, 0x07, 0x41, 0x12};
  EXPECT_EQ(crc16(whole), 0);
}

Bytes frame(std::uint8_t unit, const Bytes& pdu) {
  Bytes out(kRtuOverhead + pdu.size());
  EXPECT_EQ(put_rtu_frame(out.data(), unit, pdu), out.size());
  return out;
}

class RtuReaderTest : public testing::Test {
 protected:
  void SetUp() override { awaited_.request = read_request({0x0300, 1}); }

  /// The PDU that is found once `bytes` are there, in pieces of `step`.
  Bytes feed(const Bytes& bytes, std::size_t step = 1000) {
    for (std::size_t at = 0; at < bytes.size(); at += step) {
      const std::size_t size = std::min(step, bytes.size() - at);
      std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), size, reader_.space().begin());
      reader_.received(size);
      if (const auto pdu = reader_.find(awaited_); !pdu.empty()) return {pdu.begin(), pdu.end()};
    }
    return {};
  }

  RtuReader reader_;
  Transaction awaited_;
  const Bytes good_pdu_{3, 2, 0x4B, 0x44};
  const Bytes good_ = frame(1, good_pdu_);
};

TEST_F(RtuReaderTest, FindsAnAnswerInAnyPieces) {
  for (const std::size_t step : {1, 2, 3, 100}) EXPECT_EQ(feed(good_, step), good_pdu_) << step;
  EXPECT_TRUE(reader_.empty());
  EXPECT_EQ(reader_.take_passed_over(), 0U);
}

TEST_F(RtuReaderTest, FindsAnExceptionToTheRequest) {
  EXPECT_EQ(feed(frame(1, {0x83, 2})), (Bytes{0x83, 2}));
  EXPECT_EQ(feed(frame(1, {0x97, 2})), Bytes{}) << "an exception to another function";
}

TEST_F(RtuReaderTest, PassesOverNoiseAndTheAnswersOfOthers) {
  Bytes line{0x00, 0x01, 0x03, 0x02};  // the noise looks like a beginning
  const Bytes other = frame(2, good_pdu_);
  line.insert(line.end(), other.begin(), other.end());
  line.insert(line.end(), good_.begin(), good_.end());
  EXPECT_EQ(feed(line, 5), good_pdu_);
  EXPECT_EQ(reader_.take_passed_over(), 4 + other.size());
}

TEST_F(RtuReaderTest, NoSingleWrongBitIsTaken) {
  for (std::size_t bit = 0; bit < 8 * good_.size(); ++bit) {
    Bytes spoilt = good_;
    spoilt[bit / 8] = static_cast<std::uint8_t>(spoilt[bit / 8] ^ 1U << bit % 8);
    EXPECT_EQ(feed(spoilt), Bytes{}) << bit;
    reader_.discard();
  }
}

TEST_F(RtuReaderTest, TakesALateAnswerToAnEarlierRequestOutOfTheWay) {
  const AnswerShape late{1, 3, 9};  // of two registers; awaited is one
  Bytes stream = frame(1, {3, 4, 9, 9, 9, 9});
  const Bytes good = frame(1, {3, 2, 0x4B, 0x44});
  stream.insert(stream.end(), good.begin(), good.end());
  const std::span<std::uint8_t> space = reader_.space();
  std::copy(stream.begin(), stream.end(), space.begin());
  reader_.received(stream.size());
  EXPECT_FALSE(reader_.find(awaited_, {&late, 1}).empty());
  EXPECT_EQ(reader_.take_late(), 1U);
  EXPECT_EQ(reader_.take_passed_over(), 0U);
}

/// The answer of 18 registers with five bytes in its midst that are, by themselves, an exception.
Bytes with_an_exception_within(const Bytes& exception) {
  Bytes pdu(2 + 2 * 18);
  pdu[0] = 0x17;
  pdu[1] = 2 * 18;
  std::copy(exception.begin(), exception.end(), pdu.begin() + 13);
  return frame(2, pdu);
}

/// Seen on a line at 1 Mbaud, of a position that fell.
TEST_F(RtuReaderTest, NoExceptionIsFoundWithinAnAnswerThatIsStillComing) {
  const Bytes exception = frame(2, {0x97, 0x13});
  ASSERT_EQ(exception, (Bytes{0x02, 0x97, 0x13, 0xFF, 0xFD})) << "as it was on the line";
  awaited_.unit = 2;
  awaited_.request = read_write_request({0x0100, 18}, {0x0000, 1});
  EXPECT_EQ(feed(with_an_exception_within(exception), 16).size(), 2U + 2 * 18);
  EXPECT_EQ(reader_.take_passed_over(), 0U);
  EXPECT_EQ(feed(exception), (Bytes{0x97, 0x13})) << "by itself it is one";
}

TEST_F(RtuReaderTest, NoExceptionIsFoundWithinALateAnswerThatIsStillComing) {
  const AnswerShape late{2, 0x17, kRtuOverhead + 2 + 2 * 18};
  awaited_.unit = 2;
  const Bytes stream = with_an_exception_within(frame(2, {0x83, 2}));
  std::size_t at = 0;
  for (const std::size_t size : {std::size_t{30}, stream.size() - 30}) {
    std::copy_n(stream.begin() + static_cast<std::ptrdiff_t>(at), size, reader_.space().begin());
    reader_.received(size);
    EXPECT_TRUE(reader_.find(awaited_, {&late, 1}).empty());
    at += size;
  }
  EXPECT_EQ(reader_.take_late(), 1U);
  EXPECT_EQ(reader_.take_passed_over(), 0U);
}

TEST_F(RtuReaderTest, AnAnswerOfAnotherLengthIsNone) { EXPECT_EQ(feed(frame(1, {3, 4, 0x4B, 0x44, 0, 0})), Bytes{}); }

TEST_F(RtuReaderTest, ALineThatBabblesForEverStillHasRoomForTheAnswer) {
  EXPECT_EQ(feed(Bytes(10'000, 0x55), 100), Bytes{});
  EXPECT_EQ(feed(good_, 3), good_pdu_);
}

}  // namespace
}  // namespace sheave::hal::modbus
