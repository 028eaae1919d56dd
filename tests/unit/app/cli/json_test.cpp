#include "controller/app/cli/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/unit/app/cli/messages.hpp"

namespace sheave::cli {
namespace {

TEST(Json, NamesFieldsAsTheProtoPrintsDefaultsAndLeavesOutUnknowns) {
  v1::Rep rep;
  rep.set_rom_m(0.5);
  const std::string line = json_line("rep", rep);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_EQ(line.rfind("{\"type\":\"rep\",", 0), 0U);
  const auto json = nlohmann::json::parse(line);
  EXPECT_EQ(json.at("rom_m"), 0.5);
  EXPECT_EQ(json.at("index"), 0);
  EXPECT_EQ(json.at("assisted"), false);
  EXPECT_EQ(json.at("verdict"), "REP_VERDICT_UNSPECIFIED");
  EXPECT_FALSE(json.contains("rom_share"));
}

TEST(Json, AMessageWithoutFieldsIsStillAnObject) { EXPECT_EQ(json_line("empty", v1::WatchResponse{}), "{\"type\":\"empty\"}"); }

}  // namespace
}  // namespace sheave::cli
