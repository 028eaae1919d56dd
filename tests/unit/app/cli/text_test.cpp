#include "controller/app/cli/text.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace sheave::cli {
namespace {

TEST(Text, ColumnsCountCharactersNotBytesOrEscapes) {
  EXPECT_EQ(columns_of("abc"), 3);
  EXPECT_EQ(columns_of("▲ 1"), 3);
  EXPECT_EQ(columns_of(paint({.colour = true}, Ink::kAccent, "▲ 1")), 3);
}

TEST(Text, CutKeepsEscapesSoThatNoColourRunsOn) {
  EXPECT_EQ(cut("abcdef", 3), "abc");
  EXPECT_EQ(cut("\x1b[94mabc\x1b[0mdef", 2), "\x1b[94mab\x1b[0m");
}

TEST(Text, FieldsFillOnTheRightSide) {
  EXPECT_EQ(left("ab", 4), "ab  ");
  EXPECT_EQ(right("▲", 3), "  ▲");
  EXPECT_EQ(right("abcd", 3), "abcd");
}

TEST(Text, NoEscapesWithoutColour) { EXPECT_EQ(paint({}, Ink::kStop, "x"), "x"); }

TEST(Text, WrapsAtWordsAndIndents) { EXPECT_EQ(wrap("one two three four", 9, 2), "one two\n  three\n  four"); }

TEST(Text, BarIsExactInEighthsAndNeverLeavesItsCells) {
  EXPECT_EQ(bar(0, 4), "░░░░");
  EXPECT_EQ(bar(0.5, 4), "██░░");
  EXPECT_EQ(bar(17.0 / 32, 4), "██▏░");
  EXPECT_EQ(bar(1, 4), "████");
  EXPECT_EQ(bar(1.3, 4), "████");
  EXPECT_EQ(bar(-1, 4), "░░░░");
  EXPECT_EQ(bar(NAN, 4), "░░░░");
}

TEST(Text, LoadsAreExactInKilogramsAndRoundedInPounds) {
  EXPECT_EQ(load({}, 42.25), "42.25 kg");
  EXPECT_EQ(load({}, 40), "40.0 kg");
  EXPECT_EQ(load({.pounds = true}, 45.359237), "100.0 lb");
  EXPECT_EQ(load_step({}, 2.25), "+2.25 kg");
  EXPECT_EQ(load_step({}, -4.5), "-4.5 kg");
}

TEST(Text, UnknownIsADashNeverZero) {
  EXPECT_EQ(quantity(std::nullopt, 2, "m/s"), "-");
  EXPECT_EQ(quantity(NAN, 2, "m/s"), "-");
  EXPECT_EQ(quantity(0.618, 2, "m/s"), "0.62 m/s");
}

TEST(Text, ClockRoundsUpSoThatZeroMeansOver) {
  EXPECT_EQ(clock(65), "1:05");
  EXPECT_EQ(clock(0.2), "0:01");
  EXPECT_EQ(clock(-3), "0:00");
}

TEST(Text, WordsOfACode) {
  EXPECT_EQ(words("SET_END_REASON_LEASE_LOST", "SET_END_REASON_"), "lease lost");
  EXPECT_EQ(words("HOLD"), "hold");
}

TEST(Text, AnIdIsTheLastPartOfAName) {
  EXPECT_EQ(id_of("programs/cable-row"), "cable-row");
  EXPECT_EQ(id_of("cable-row"), "cable-row");
}

TEST(Text, ADayBeginsAtMidnightHere) {
  const auto begin = begin_of_day("2026-12-31"), next = begin_of_day("2026-12-31", 1);
  ASSERT_TRUE(begin && next);
  EXPECT_EQ(local_time(*begin), "2026-12-31 00:00");
  EXPECT_EQ(local_time(*next), "2027-01-01 00:00");
  EXPECT_FALSE(begin_of_day("2026-02-30"));
  EXPECT_FALSE(begin_of_day("31.12.2026"));
}

}  // namespace
}  // namespace sheave::cli
