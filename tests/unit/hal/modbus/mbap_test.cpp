#include "hal/modbus/mbap.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace sheave::hal::modbus {
namespace {

using Bytes = std::vector<std::uint8_t>;
using Result = FrameReader::Result;

void feed(FrameReader& reader, const Bytes& bytes) {
  const auto space = reader.space();
  ASSERT_GE(space.size(), bytes.size());
  std::copy(bytes.begin(), bytes.end(), space.begin());
  reader.received(bytes.size());
}

const Bytes kFrame{0x12, 0x34, 0, 0, 0, 5, 1, 0x03, 2, 0xAB, 0xCD};

TEST(Mbap, PutsTheHeaderBeforeThePdu) {
  std::array<std::uint8_t, 32> out{};
  const Bytes pdu{0x03, 2, 0xAB, 0xCD};
  ASSERT_EQ(put_frame(out.data(), 0x1234, 1, pdu), kFrame.size());
  EXPECT_TRUE(std::equal(kFrame.begin(), kFrame.end(), out.begin()));
}

TEST(Mbap, ReassemblesAFrameFromSingleBytes) {
  FrameReader reader;
  Frame frame;
  for (std::size_t i = 0; i + 1 < kFrame.size(); ++i) {
    feed(reader, {kFrame[i]});
    ASSERT_EQ(reader.next(frame), Result::kIncomplete);
  }
  feed(reader, {kFrame.back()});
  ASSERT_EQ(reader.next(frame), Result::kFrame);
  EXPECT_EQ(frame.id, 0x1234);
  EXPECT_EQ(frame.unit, 1);
  EXPECT_EQ(Bytes(frame.pdu.begin(), frame.pdu.end()), (Bytes{0x03, 2, 0xAB, 0xCD}));
  EXPECT_EQ(reader.next(frame), Result::kIncomplete);
}

TEST(Mbap, TakesSeveralFramesAndTheBeginningOfTheNext) {
  FrameReader reader;
  Frame frame;
  Bytes many;
  for (int i = 0; i < 3; ++i) many.insert(many.end(), kFrame.begin(), kFrame.end());
  many.insert(many.end(), kFrame.begin(), kFrame.begin() + 4);
  feed(reader, many);
  for (int i = 0; i < 3; ++i) ASSERT_EQ(reader.next(frame), Result::kFrame);
  ASSERT_EQ(reader.next(frame), Result::kIncomplete);
  feed(reader, Bytes(kFrame.begin() + 4, kFrame.end()));
  ASSERT_EQ(reader.next(frame), Result::kFrame);
  EXPECT_EQ(frame.pdu[3], 0xCD);
}

TEST(Mbap, KnowsWhatIsNoHeader) {
  for (const Bytes& wrong : {Bytes{0x12, 0x34, 0, 1, 0, 5, 1}, Bytes{0x12, 0x34, 0, 0, 0, 2, 1}, Bytes{0x12, 0x34, 0, 0, 0, 255, 1},
                             Bytes{'H', 'T', 'T', 'P', '/', '1', '.'}}) {
    FrameReader reader;
    Frame frame;
    feed(reader, wrong);
    EXPECT_EQ(reader.next(frame), Result::kGarbage);
    reader.discard();
    feed(reader, kFrame);
    EXPECT_EQ(reader.next(frame), Result::kFrame);
  }
}

}  // namespace
}  // namespace sheave::hal::modbus
