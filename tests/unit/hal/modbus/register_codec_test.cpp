#include "hal/modbus/register_codec.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace sheave::hal::modbus {
namespace {

using Block = std::array<std::uint8_t, 8>;
constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(RegisterCodec, RoundTripsTheEndsOfEveryTypeInBothWordOrders) {
  for (const auto type : {RegisterType::kU16, RegisterType::kI16, RegisterType::kU32, RegisterType::kI32}) {
    for (const auto order : {WordOrder::kHighFirst, WordOrder::kLowFirst}) {
      for (const std::int64_t counts : {lowest(type), std::int64_t{0}, std::int64_t{1}, std::int64_t{0x1234}, highest(type)}) {
        Block block{};
        const RegisterField field{1, type, 1.0, true};
        store_counts(block.data(), field, order, counts);
        EXPECT_EQ(load_counts(block.data(), field, order), counts);
      }
    }
  }
}

TEST(RegisterCodec, PutsTheHighWordWhereTheOrderSays) {
  Block block{};
  const RegisterField field{1, RegisterType::kI32, 1.0, true};
  store_counts(block.data(), field, WordOrder::kHighFirst, 0x01020304);
  EXPECT_EQ(block, (Block{0, 0, 1, 2, 3, 4, 0, 0}));
  store_counts(block.data(), field, WordOrder::kLowFirst, 0x01020304);
  EXPECT_EQ(block, (Block{0, 0, 3, 4, 1, 2, 0, 0}));
}

TEST(RegisterCodec, ReadsNegativeWordsRight) {
  const Block block{0xFF, 0xFF, 0xFF, 0xFE, 0x80, 0x00, 0, 0};
  EXPECT_EQ(load_counts(block.data(), {0, RegisterType::kI32, 1.0, true}, WordOrder::kHighFirst), -2);
  EXPECT_EQ(load_counts(block.data(), {2, RegisterType::kI16, 1.0, true}, WordOrder::kHighFirst), -32768);
  EXPECT_EQ(load_counts(block.data(), {2, RegisterType::kU16, 1.0, true}, WordOrder::kHighFirst), 32768);
}

TEST(RegisterCodec, ScalesAndTurnsTheSign) {
  const Block block{0x01, 0xF4, 0, 0, 0, 0, 0, 0};
  EXPECT_DOUBLE_EQ(load_value(block.data(), {0, RegisterType::kI16, -0.001, true}, WordOrder::kHighFirst), -0.5);
  EXPECT_TRUE(std::isnan(load_value(block.data(), {}, WordOrder::kHighFirst))) << "unknown is never 0";
}

std::int64_t commanded(const CommandField& command, double value, bool good = true) {
  Block block{};
  EXPECT_EQ(store_command(block.data(), command, WordOrder::kHighFirst, value), good) << value;
  return load_counts(block.data(), command.field, WordOrder::kHighFirst);
}

TEST(RegisterCodec, CutsACommandTowardLessForce) {
  CommandField force{{0, RegisterType::kI32, 0.001, true}, 1000.0, 0.0, false, 0};
  EXPECT_EQ(commanded(force, 588.4), 588400);
  EXPECT_EQ(commanded(force, 5000.0), 1'000'000);
  EXPECT_EQ(commanded(force, -3.0), 0);
  EXPECT_EQ(commanded(force, 1e300), 1'000'000);
  force.maximum = kInf;
  EXPECT_EQ(commanded(force, 1e300), highest(RegisterType::kI32));
  EXPECT_EQ(commanded({{0, RegisterType::kU16, 1.0, true}, 983.6, 0.0, false, 0}, 2000.0), 983) << "rounding does not pass the maximum";
  const CommandField turned{{0, RegisterType::kI16, -0.01, true}, 1000.0, 0.0, false, 0};
  EXPECT_EQ(commanded(turned, 1000.0), -32768);
}

TEST(RegisterCodec, NeverSendsWhatIsNoNumber) {
  const CommandField force{{0, RegisterType::kI32, 0.001, true}, 1000.0, 0.0, false, 0};
  EXPECT_EQ(commanded(force, kNan, false), 0);
  EXPECT_EQ(commanded(force, kInf, false), 0);
  EXPECT_EQ(commanded(force, -kInf, false), 0);
  const CommandField slow{{0, RegisterType::kU16, 0.001, true}, kInf, 0.2, false, 0};
  EXPECT_EQ(commanded(slow, kNan, false), 200);
}

TEST(RegisterCodec, OnlyInfinityMeansNoLimit) {
  const CommandField limit{{0, RegisterType::kU16, 0.001, true}, kInf, 1.0, true, 65535};
  EXPECT_EQ(commanded(limit, kInf), 65535);
  EXPECT_EQ(commanded(limit, 65.535), 65534);
  EXPECT_EQ(commanded(limit, 1e9), 65534);
  EXPECT_EQ(commanded(limit, 1.5), 1500);
  EXPECT_EQ(commanded(limit, kNan, false), 1000);
}

}  // namespace
}  // namespace sheave::hal::modbus
