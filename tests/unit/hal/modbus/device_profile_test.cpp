#include "hal/modbus/device_profile.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <sstream>

#include "tests/support/paths.hpp"

namespace sheave::hal::modbus {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const char* const kReference = SHEAVE_SOURCE_DIR "/hal/profiles/kdr-1.toml";

/// The reference profile with one passage replaced, as a person would misedit it; what load_profile says to it.
std::string complaint(const std::string& passage, const std::string& replacement) {
  std::ostringstream whole;
  whole << std::ifstream(kReference).rdbuf();
  std::string text = whole.str();
  const std::size_t at = text.find(passage);
  EXPECT_NE(at, std::string::npos) << passage;
  text.replace(at, passage.size(), replacement);
  const std::string path = testing::TempDir() + "profile-" + std::to_string(::getpid()) + ".toml";
  std::ofstream(path) << text;
  std::string error;
  EXPECT_FALSE(load_profile(path, error));
  EXPECT_THAT(error, HasSubstr(path));
  std::remove(path.c_str());
  return error;
}

TEST(DeviceProfile, ReadsTheReferenceStack) {
  std::string error;
  const auto profile = load_profile(kReference, error);
  ASSERT_TRUE(profile) << error;
  EXPECT_EQ(profile->model, "KDR-1");
  EXPECT_EQ(profile->period_ns, 1'000'000);
  EXPECT_TRUE(profile->read_write);
  EXPECT_EQ(profile->write.block.count, 9);
  EXPECT_EQ(profile->read.block.count, 18);
  EXPECT_EQ(profile->watchdog_ms, 100U);
  EXPECT_TRUE(profile->drive_limits_velocity);
  EXPECT_EQ(profile->status.sto, 0x4000);
  EXPECT_EQ(profile->panel.fitted, 0x8000);
}

TEST(DeviceProfile, SaysThatTheFileIsMissing) {
  std::string error;
  EXPECT_FALSE(load_profile("/nowhere/drive.toml", error));
  EXPECT_THAT(error, AllOf(HasSubstr("/nowhere/drive.toml"), HasSubstr("exists")));
}

TEST(DeviceProfile, NamesTheFieldAndTheRemedy) {
  EXPECT_THAT(complaint("[transport]", "[transport"), HasSubstr("line"));
  EXPECT_THAT(complaint("unit = 1", "unit = 300"), AllOf(HasSubstr("transport.unit"), HasSubstr("0 to 255")));
  EXPECT_THAT(complaint("word_order = \"high-first\"", "word_order = \"big\""), AllOf(HasSubstr("word_order"), HasSubstr("\"low-first\"")));
  EXPECT_THAT(complaint("velocity = { at = 6", "velocity = { at = 17"), AllOf(HasSubstr("read.velocity"), HasSubstr("beyond the block")));
  EXPECT_THAT(complaint("statusword = { at = 1 }", ""), HasSubstr("read.statusword"));
  EXPECT_THAT(complaint("type = \"u32\" }", "type = \"f32\" }"), AllOf(HasSubstr("identity.serial.type"), HasSubstr("u16")));
  EXPECT_THAT(complaint("functions = [3, 16, 23]", "functions = [3, 23]"), HasSubstr("caps.functions"));
  EXPECT_THAT(complaint("kind = \"cia402\"", "kind = \"enable_reg\""), HasSubstr("status.kind"));
  EXPECT_THAT(complaint("scale = 10.0,", "scale = 0,"), HasSubstr("write.slope.scale"));
}

TEST(DeviceProfile, AMisspeltFieldIsNoSilentDefault) {
  EXPECT_THAT(complaint("slack = 13", "slak = 13"), AllOf(HasSubstr("status.slak"), HasSubstr("Misspelt")));
  EXPECT_THAT(complaint("tension = { at = 3, type = \"i32\", scale", "tension = { at = 3, type = \"i32\", skale"),
              HasSubstr("write.tension.skale"));
}

TEST(DeviceProfile, AWatchdogIsNotOptional) {
  EXPECT_THAT(complaint("value = 100\n", "value = 0\n"), HasSubstr("watchdog.setting"));
  EXPECT_THAT(complaint("setting = \"watchdog_ms\"", "setting = \"nothing\""), HasSubstr("holds its load when we die"));
}

TEST(DeviceProfile, ASignNeedsATypeThatHasOne) {
  EXPECT_THAT(complaint("force_limit = { at = 8,", "force_limit = { at = 8, scale = -1.0,"), HasSubstr("write.force_limit.scale"));
}

}  // namespace
}  // namespace sheave::hal::modbus
