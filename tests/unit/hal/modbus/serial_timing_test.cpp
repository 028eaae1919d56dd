#include "hal/modbus/serial_timing.hpp"

#include <gtest/gtest.h>

#include "hal/modbus/clock.hpp"
#include "hal/modbus/cycle_plan.hpp"
#include "tests/support/paths.hpp"

namespace sheave::hal::modbus {
namespace {

constexpr std::int64_t kTurnaroundNs = 300'000;

double ms(std::int64_t ns) { return static_cast<double>(ns) / kNsPerMs; }

SerialTiming line(std::uint32_t baud, Parity parity = Parity::kNone, FrameGap gap = FrameGap::kCharacters) {
  return {baud, parity, gap, kTurnaroundNs};
}

TEST(SerialTiming, ParityMakesACharacterElevenBitsLong) {
  EXPECT_EQ(line(100'000).characters_ns(1), 100'000);
  EXPECT_EQ(line(100'000, Parity::kEven).characters_ns(1), 110'000);
}

TEST(SerialTiming, TheGapIsThreeAndAHalfCharactersOrFixedAboveNineteenTwo) {
  EXPECT_NEAR(ms(line(19200).gap_ns()), 1.823, 0.001);
  EXPECT_NEAR(ms(line(115200).gap_ns()), 0.304, 0.001);
  EXPECT_EQ(line(115200, Parity::kNone, FrameGap::kFixed).gap_ns(), 1'750'000);
  EXPECT_NEAR(ms(line(19200, Parity::kNone, FrameGap::kFixed).gap_ns()), 1.823, 0.001);
}

/// The reference's table: 31 bytes of request, 41 of answer.
TEST(SerialTiming, TheCycleOfTheReferenceDrive) {
  EXPECT_NEAR(ms(line(115200).exchange_ns(28, 38)), 7.2, 0.05);
  EXPECT_NEAR(ms(line(115200, Parity::kNone, FrameGap::kFixed).exchange_ns(28, 38)), 10.0, 0.1);
  EXPECT_NEAR(ms(line(115200).exchange_ns(28, 26)), 6.2, 0.1);
  EXPECT_NEAR(ms(line(1'000'000).exchange_ns(28, 38)), 1.1, 0.05);
  EXPECT_NEAR(ms(line(1'000'000, Parity::kNone, FrameGap::kFixed).exchange_ns(28, 38)), 4.5, 0.05);
}

TEST(SerialTiming, APeriodIsWithinFivePercentOfTheWireAndNotShorter) {
  std::string error;
  const auto profile = load_profile(SHEAVE_SOURCE_DIR "/hal/profiles/kdr-1.toml", error);
  ASSERT_TRUE(profile) << error;
  for (const std::uint32_t baud : {115200U, 230400U, 1'000'000U}) {
    for (const std::size_t units : {1U, 2U}) {
      const std::int64_t wire_ns = serial_wire_ns(*profile, line(baud, Parity::kEven), units);
      const std::int64_t period_ns = period_for(wire_ns, profile->period_ns);
      EXPECT_GT(period_ns, wire_ns);
      EXPECT_LE(ms(period_ns), 1.05 * ms(wire_ns)) << baud;
      EXPECT_EQ(period_ns % 10'000, 0);
    }
  }
  EXPECT_EQ(period_for(10'000, kNsPerMs), kNsPerMs) << "the drive's own shortest period";
}

/// What the reference drive's short read is for: load profiles ask for 100 Hz.
TEST(SerialTiming, TheShortReadHolds100HertzAt115200) {
  std::string error;
  auto profile = load_profile(SHEAVE_SOURCE_DIR "/hal/profiles/kdr-1.toml", error);
  ASSERT_TRUE(profile) << error;
  const SerialTiming timing = line(115200, Parity::kEven);
  EXPECT_GT(period_for(serial_wire_ns(*profile, timing, 1), 0), 10 * kNsPerMs);
  ASSERT_EQ(shorten_read(*profile, profile->serial.short_read_count), "");
  EXPECT_LE(period_for(serial_wire_ns(*profile, timing, 1), 0), 10 * kNsPerMs);
  EXPECT_EQ(profile->apart.size(), 3U) << "temperatures and voltage come beside the cycle";
  EXPECT_EQ(shorten_read(*profile, 5), "extension lies beyond transport.serial.short_read_count = 5.") << "needed every period";
}

}  // namespace
}  // namespace sheave::hal::modbus
