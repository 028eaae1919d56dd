#include "controller/app/cli/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

namespace sheave::cli {
namespace {

using ::testing::HasSubstr;

struct Parsed {
  Options options;
  std::optional<int> exit_code;
  std::string out, err;
};

Parsed parsed(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "sheave");
  Parsed result;
  std::ostringstream out, err;
  result.exit_code = parse(static_cast<int>(arguments.size()), arguments.data(), result.options, out, err);
  result.out = out.str();
  result.err = err.str();
  return result;
}

TEST(Options, StartTakesAllItsOptionsAndTheCommonOnesOnEitherSide) {
  const Parsed p = parsed({"--address", "10.0.0.2:7400", "start", "face-pull", "--load-kg", "12.5", "--rest", "3", "--sets", "2",
                           "--member", "ann", "--follow", "--json"});
  ASSERT_FALSE(p.exit_code) << p.err;
  EXPECT_EQ(p.options.command, "start");
  EXPECT_EQ(p.options.address, "10.0.0.2:7400");
  EXPECT_TRUE(p.options.json);
  EXPECT_EQ(p.options.start.program, "face-pull");
  EXPECT_EQ(p.options.start.load_kg, 12.5);
  EXPECT_EQ(p.options.start.rest_s, 3);
  EXPECT_EQ(p.options.start.sets, 2);
  EXPECT_EQ(p.options.start.member, "ann");
  EXPECT_TRUE(p.options.start.follow);
  EXPECT_FALSE(p.options.start.once);
}

TEST(Options, WhatIsNotGivenIsNotSet) {
  const Parsed p = parsed({"start", "cable-row"});
  ASSERT_FALSE(p.exit_code);
  EXPECT_FALSE(p.options.start.load_kg);
  EXPECT_FALSE(p.options.start.rest_s);
  EXPECT_FALSE(p.options.json);
}

TEST(Options, LoadIsOneNumberInKilograms) {
  const Parsed p = parsed({"load", "22.5"});
  ASSERT_FALSE(p.exit_code) << p.err;
  EXPECT_EQ(p.options.load_kg, 22.5);
}

TEST(Options, UsageTakesDaysAndNothingElse) {
  const Parsed p = parsed({"usage", "--since", "2026-11-01", "--until", "2026-11-21", "--csv"});
  ASSERT_FALSE(p.exit_code) << p.err;
  EXPECT_EQ(p.options.usage.since, "2026-11-01");
  EXPECT_EQ(p.options.usage.until, "2026-11-21");
  EXPECT_TRUE(p.options.usage.csv);
  for (const char* wrong : {"yesterday", "2026-11-31", "2026-11-21x", ""}) {
    const Parsed refused = parsed({"usage", "--since", wrong});
    EXPECT_EQ(refused.exit_code, kExitUsage) << wrong;
    EXPECT_THAT(refused.err, HasSubstr("write it as 2026-11-21"));
  }
}

TEST(Options, ReplayTakesAFlipAndASmallestRange) {
  const Parsed p = parsed({"replay", "--csv", "a.csv", "--flip", "--min-rom", "0.15", "--exercise", "cable-row"});
  ASSERT_FALSE(p.exit_code) << p.err;
  EXPECT_TRUE(p.options.replay.flip);
  EXPECT_EQ(p.options.replay.min_rom_m, 0.15);
  EXPECT_EQ(p.options.replay.exercise, "cable-row");
}

TEST(Options, TheAddressComesFromTheEnvironmentAndTheCommandLineWins) {
  ::setenv("SHEAVE_ADDRESS", "gym:1", 1);
  EXPECT_EQ(parsed({"status"}).options.address, "gym:1");
  EXPECT_EQ(parsed({"status", "--address", "gym:2"}).options.address, "gym:2");
  ::unsetenv("SHEAVE_ADDRESS");
  EXPECT_EQ(parsed({"status"}).options.address, "127.0.0.1:7400");
}

TEST(Options, HelpIsNoError) {
  const Parsed p = parsed({"--help"});
  EXPECT_EQ(p.exit_code, kExitOk);
  for (const char* command : {"programs", "plugins", "exercises", "profiles", "progressions", "status", "start", "load", "tune", "finish",
                              "stop", "ready", "lower", "watch", "sets", "usage", "self-test", "reset", "replay"}) {
    EXPECT_THAT(p.out, HasSubstr(command));
  }
}

class WrongUse : public ::testing::TestWithParam<std::vector<const char*>> {};

TEST_P(WrongUse, EndsWithTwoAndSaysWhy) {
  const Parsed p = parsed(GetParam());
  EXPECT_EQ(p.exit_code, kExitUsage);
  EXPECT_NE(p.err, "");
}

INSTANTIATE_TEST_SUITE_P(Options, WrongUse,
                         ::testing::Values(std::vector<const char*>{}, std::vector<const char*>{"dance"}, std::vector<const char*>{"start"},
                                           std::vector<const char*>{"start", "p", "--load-kg", "heavy"},
                                           std::vector<const char*>{"start", "p", "--load-kg", "-1"},
                                           std::vector<const char*>{"start", "p", "--sets", "0"},
                                           std::vector<const char*>{"watch", "--rate", "0"}, std::vector<const char*>{"replay"},
                                           std::vector<const char*>{"load"}, std::vector<const char*>{"load", "heavy"},
                                           std::vector<const char*>{"status", "--unknown"}));

}  // namespace
}  // namespace sheave::cli
