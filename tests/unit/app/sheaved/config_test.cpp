#include "controller/app/sheaved/config.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "tests/support/paths.hpp"

namespace sheave::app {
namespace {

const std::string kLink = "[link]\nkind = \"tcp\"\nendpoints = [\"127.0.0.1:1502\"]\nprofile = \"kdr-1\"\n";

TEST(Config, TheShippedReferenceIsRight) {
  const auto config = load_config(SHEAVE_SOURCE_DIR "/deploy/config/sheaved.toml");
  ASSERT_TRUE(config.ok()) << config.status().message;
  EXPECT_EQ(config->link.profile, "kdr-1");
  EXPECT_EQ(config->machine.period_ns, 1'000'000);
}

TEST(Config, DefaultsAreTheReferenceStack) {
  const auto config = parse_config(kLink, "f");
  ASSERT_TRUE(config.ok()) << config.status().message;
  EXPECT_EQ(config->machine.id, "m1");
  EXPECT_EQ(config->machine.cable_count, 1U);
  EXPECT_EQ(config->listen, "127.0.0.1:7400");
  EXPECT_EQ(config->max_watchers, 64U);
  EXPECT_TRUE(config->plugin_folders.empty());
}

TEST(Config, EveryKeyArrives) {
  const auto config = parse_config(
      "[machine]\nid = \"row-2\"\nname = \"Row 2\"\ncables = 2\nincrement_kg = 0.5\nload_max_kg = 120\npulley_ratio = 0.5\ntravel_m = 3\n"
      "reflected_mass_kg = 6.5\nfriction_n = 12\nretract_limit_mps = 0.8\n"
      "[link]\nkind = \"tcp\"\nendpoints = [\"a:1\", \"b:2\"]\nprofile = \"./mine.toml\"\nstandstill_ms = 60\n[control]\nrate_hz = 500\n"
      "[api]\nlisten = \"[::1]:0\"\nmax_watchers = 1000\n[store]\npath = \"x.db\"\n[plugins]\nfolders = [\"p\"]\n[catalog]\nfolders = "
      "[\"c\", \"d\"]\n",
      "f");
  ASSERT_TRUE(config.ok()) << config.status().message;
  EXPECT_EQ(config->machine.display_name, "Row 2");
  EXPECT_EQ(config->machine.cable_count, 2U);
  EXPECT_DOUBLE_EQ(config->machine.increment_kg, 0.5);
  EXPECT_DOUBLE_EQ(config->machine.load_max_total_kg, 120);
  EXPECT_DOUBLE_EQ(config->machine.pulley_ratio, 0.5);
  EXPECT_DOUBLE_EQ(config->machine.reflected_mass_kg, 6.5);
  EXPECT_DOUBLE_EQ(config->machine.retract_limit_mps, 0.8);
  EXPECT_EQ(config->machine.period_ns, 2'000'000);
  EXPECT_EQ(config->link.endpoints, (std::vector<std::string>{"a:1", "b:2"}));
  EXPECT_EQ(config->link.standstill_ms, 60);
  EXPECT_EQ(config->max_watchers, 1000U);
  EXPECT_EQ(config->store_path, "x.db");
  EXPECT_EQ(config->catalog_folders.size(), 2U);
}

struct BadConfig {
  const char* name;
  std::string toml;
  std::vector<std::string> says;
};

class BadConfigs : public testing::TestWithParam<BadConfig> {};

TEST_P(BadConfigs, AreRefusedByFileLineKeyAndRemedy) {
  const auto config = parse_config(GetParam().toml, "gym.toml");
  ASSERT_FALSE(config.ok());
  for (const auto& part : GetParam().says) EXPECT_THAT(config.status().message, testing::HasSubstr(part));
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadConfigs,
    testing::Values(
        BadConfig{"NotToml", "[machine\n", {"gym.toml:1:", "not TOML"}},
        BadConfig{"NoLink", "[machine]\nid = \"m1\"\n", {"gym.toml: link: is missing", "[link] kind"}},
        BadConfig{"NoEndpoints", "[link]\nkind = \"tcp\"\nprofile = \"kdr-1\"\n", {"link.endpoints: is missing"}},
        BadConfig{"NoProfile", "[link]\nkind = \"tcp\"\nendpoints = [\"a:1\"]\n", {"link.profile: is missing"}},
        BadConfig{"UnknownKind", "[link]\nkind = \"usb\"\nendpoints = [\"a:1\"]\nprofile = \"p\"\n", {"gym.toml:2: link.kind", "tcp"}},
        BadConfig{"UnknownKey", kLink + "speed = 3\n", {"gym.toml:5: link.speed"}},
        BadConfig{"UnknownTable", kLink + "[lnik]\n", {"gym.toml:5: lnik"}},
        BadConfig{"WrongType", kLink + "[machine]\nload_max_kg = \"heavy\"\n", {"gym.toml:6: machine.load_max_kg: must be a number"}},
        BadConfig{"TooMuch", kLink + "[machine]\nload_max_kg = 5000\n", {"gym.toml:6: machine.load_max_kg", "1 to 300"}},
        BadConfig{"NotFinite", kLink + "[machine]\nfriction_n = nan\n", {"machine.friction_n"}},
        BadConfig{"ThreeCables", kLink + "[machine]\ncables = 3\n", {"machine.cables", "1 to 2"}},
        BadConfig{"BadId", kLink + "[machine]\nid = \"Row 2\"\n", {"machine.id", "lower case"}},
        BadConfig{"OneAddressForTwoCables", kLink + "[machine]\ncables = 2\n", {"link.endpoints", "1 entries for 2"}},
        BadConfig{"TooSlow", kLink + "[control]\nrate_hz = 5\n", {"control.rate_hz", "50 to 1000"}},
        BadConfig{
            "OpenToTheWorld", kLink + "[api]\nlisten = \"0.0.0.0:7400\"\n", {"gym.toml:6: api.listen", "other hosts", "127.0.0.1:7400"}},
        BadConfig{"NoPort", kLink + "[api]\nlisten = \"localhost\"\n", {"api.listen", "no address"}},
        BadConfig{"EmptyFolders", kLink + "[plugins]\nfolders = []\n", {"plugins.folders"}},
        BadConfig{"AllAtOnce", "[machine]\ncables = 9\n[api]\nlisten = 3\n", {"machine.cables", "api.listen", "link: is missing"}}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Config, AMissingFileIsNamedWithTheOption) {
  const auto config = load_config("/nonexistent/sheaved.toml");
  ASSERT_FALSE(config.ok());
  EXPECT_EQ(config.status().reason, "CONFIG_UNREADABLE");
  EXPECT_THAT(config.status().message, testing::HasSubstr("/nonexistent/sheaved.toml"));
  EXPECT_THAT(config.status().message, testing::HasSubstr("--config"));
}

TEST(Config, AFolderIsNoConfiguration) { EXPECT_EQ(load_config("/tmp").status().reason, "CONFIG_UNREADABLE"); }

TEST(Config, MaintenanceIsTheUsualOneUnlessTheFileNamesItsOwn) {
  EXPECT_EQ(parse_config(kLink, "f")->maintenance.size(), session::usual_maintenance().size());
  const auto config = parse_config(kLink +
                                       "[[maintenance]]\npart = \"rope\"\nname = \"Rope\"\nsteps = \"Look at it.\"\ncounter = "
                                       "\"powered_h\"\ninterval = 500\n",
                                   "f");
  ASSERT_TRUE(config.ok()) << config.status().message;
  ASSERT_EQ(config->maintenance.size(), 1U);
  EXPECT_EQ(config->maintenance[0].counter, session::Counter::kPoweredH);
  EXPECT_EQ(config->maintenance[0].interval, 500);
  const auto wrong = parse_config(kLink + "[[maintenance]]\npart = \"Rope\"\ncounter = \"miles\"\ninterval = 0\n", "f");
  for (const char* part : {"maintenance[0].part", "maintenance[0].name", "maintenance[0].counter", "maintenance[0].interval"}) {
    EXPECT_THAT(wrong.status().message, testing::HasSubstr(part));
  }
}

TEST(Config, AlertsNameTheirMailServerAndItsPasswordStaysInAFileOfItsOwn) {
  const auto config = parse_config(kLink +
                                       "[alerts]\nsmtp = \"smtp://mail.example.org:587\"\nfrom = \"a@b.org\"\nuser = \"u\"\nstarttls = "
                                       "\"none\"\n",
                                   "f");
  ASSERT_TRUE(config.ok()) << config.status().message;
  EXPECT_EQ(config->mail.host(), "mail.example.org");
  EXPECT_FALSE(config->mail.starttls);
  EXPECT_THAT(parse_config(kLink + "[alerts]\nsmtp = \"mail.example.org\"\nfrom = \"a@b.org\"\n", "f").status().message,
              testing::HasSubstr("smtps://HOST:465"));
}

TEST(Config, WhatGoesToSupportHoldsNoSecret) {
  const std::string clean = without_secrets(
      "[alerts]\nsmtp = \"smtps://mail.example.org\"\nuser = \"kim\"\npassword_file = \"/etc/x\"\n[[web]]\ntoken = \"t0p\"\n");
  EXPECT_THAT(clean, testing::HasSubstr("mail.example.org"));
  for (const char* secret : {"kim", "/etc/x", "t0p"}) EXPECT_THAT(clean, testing::Not(testing::HasSubstr(secret)));
  EXPECT_EQ(without_secrets("this is [ no TOML with password = 1"), "");
}

}  // namespace
}  // namespace sheave::app
