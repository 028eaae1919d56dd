#include "controller/plugin_host/registry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "plugins/abi/sheave/ext/load_profile.h"
#include "tests/support/paths.hpp"

namespace sheave::plugin_host {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::int64_t kPeriod_ns = 1'000'000;
constexpr ActivationContext kContext{1, kPeriod_ns, 1000.0, 500.0, 2.5};

std::string built(const std::string& rule) { return SHEAVE_BINARY_DIR "/tests/bad_plugins/" + rule; }

/// A folder of its own, gone with the test.
class Folder {
 public:
  Folder() {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    path_ = fs::temp_directory_path() / ("sheave-registry-" + std::string(test->name()) + "-" + std::to_string(::getpid()));
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  void write(const std::string& name, const std::string& text) const { std::ofstream(path_ / name) << text; }
  void copy(const std::string& rule, const std::string& name) const { fs::copy_file(built(rule) + "/bad_plugin.so", path_ / name); }
  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

TEST(Registry, FindsAPluginBelowAFolderWithAllThatItSaysOfItself) {
  Registry registry;
  registry.scan({built("none")});
  ASSERT_THAT(registry.refused(), IsEmpty());
  const PluginInfo* info = registry.find("bad-plugin");
  ASSERT_NE(info, nullptr);
  EXPECT_EQ(info->kind, SHEAVE_EXT_LOAD_PROFILE);
  EXPECT_EQ(info->max_tick_us, 50u);
  ASSERT_THAT(info->params, SizeIs(1));
  EXPECT_EQ(info->params[0].name, "share");
  EXPECT_TRUE(info->params[0].live);
}

struct RefusedCase {
  const char* rule;
  const char* says;
};
class RegistryRefuses : public ::testing::TestWithParam<RefusedCase> {};

TEST_P(RegistryRefuses, ByNameWithTheRemedyAndGoesOn) {
  Registry registry;
  registry.scan({built(GetParam().rule), SHEAVE_PLUGIN_DIR});
  ASSERT_THAT(registry.refused(), SizeIs(1));
  EXPECT_THAT(registry.refused()[0].message, AllOf(HasSubstr("bad_plugin.so"), HasSubstr(GetParam().says)));
  EXPECT_NE(registry.find("constant"), nullptr);
}

INSTANTIATE_TEST_SUITE_P(Rules, RegistryRefuses,
                         ::testing::Values(RefusedCase{"abi", "get a version of it for ABI 1"},
                                           RefusedCase{"no_entry", "is no Sheave plugin"}, RefusedCase{"id", "not kebab-case"},
                                           RefusedCase{"default", "default outside its range"},
                                           RefusedCase{"no_tick_time", "no maximum tick time"}),
                         [](const auto& param) { return std::string(param.param.rule); });

TEST(Registry, AFileThatIsNoSharedObjectIsRefused) {
  const Folder folder;
  folder.write("text.so", "not a shared object");
  folder.write("empty.so", "");
  Registry registry;
  registry.scan({folder.path()});
  ASSERT_THAT(registry.refused(), SizeIs(2));
  EXPECT_THAT(registry.refused()[1].message, AllOf(HasSubstr("text.so"), HasSubstr("cannot be loaded")));
}

TEST(Registry, TheSameIdTwiceKeepsTheFirstAndNamesBoth) {
  const Folder folder;
  folder.copy("none", "a.so");
  folder.copy("none", "b.so");
  Registry registry;
  registry.scan({folder.path()});
  EXPECT_THAT(registry.plugins(), SizeIs(1));
  ASSERT_THAT(registry.refused(), SizeIs(1));
  EXPECT_THAT(registry.refused()[0].message, AllOf(HasSubstr("b.so"), HasSubstr("a.so"), HasSubstr("\"bad-plugin\"")));
}

TEST(Registry, OverlappingFoldersLoadAFileOnce) {
  Registry registry;
  registry.scan({built("none"), built("none")});
  EXPECT_THAT(registry.plugins(), SizeIs(1));
  EXPECT_THAT(registry.refused(), IsEmpty());
}

TEST(Registry, AFolderThatIsNotThereIsNamed) {
  Registry registry;
  registry.scan({"/nonexistent/plugins"});
  ASSERT_THAT(registry.refused(), SizeIs(1));
  EXPECT_THAT(registry.refused()[0].message, HasSubstr("/nonexistent/plugins"));
}

TEST(Registry, AMissingPluginIsNamedWithTheFoldersThatWereSearched) {
  Registry registry;
  registry.scan({built("none"), SHEAVE_PLUGIN_DIR});
  const Status status = registry.check("face-push", SHEAVE_EXT_LOAD_PROFILE, {}, kPeriod_ns);
  EXPECT_EQ(status.reason, "PLUGIN_UNKNOWN");
  EXPECT_THAT(status.message, AllOf(HasSubstr("\"face-push\" is not installed"), HasSubstr(built("none")), HasSubstr(SHEAVE_PLUGIN_DIR)));
}

class RegistryChecks : public ::testing::Test {
 protected:
  RegistryChecks() { registry_.scan({built("none")}); }
  Status check(const ParamValues& values) { return registry_.check("bad-plugin", SHEAVE_EXT_LOAD_PROFILE, values, kPeriod_ns); }
  Registry registry_;
};

TEST_F(RegistryChecks, TheKind) { EXPECT_EQ(registry_.check("bad-plugin", SHEAVE_EXT_PROGRESSION, {}, kPeriod_ns).reason, "PLUGIN_KIND"); }

TEST_F(RegistryChecks, AnUnknownParameterAndNamesTheKnown) {
  const Status status = check({{"shaer", 0.5}});
  EXPECT_EQ(status.reason, "PARAM_UNKNOWN");
  EXPECT_THAT(status.message, AllOf(HasSubstr("\"shaer\""), HasSubstr("it has: share")));
}

TEST_F(RegistryChecks, TheRange) {
  EXPECT_TRUE(check({{"share", 0.1}}).ok());
  EXPECT_TRUE(check({{"share", 1.0}}).ok());
  for (const double bad : {0.09, 1.01, std::nan("")}) EXPECT_EQ(check({{"share", bad}}).reason, "PARAM_RANGE");
  EXPECT_THAT(check({{"share", 2}}).message, HasSubstr("from 0.1 to 1"));
}

TEST(Registry, AnInstanceOutlivesTheRegistry) {
  auto registry = std::make_unique<Registry>();
  registry->scan({built("none")});
  auto made = registry->create("bad-plugin", SHEAVE_EXT_LOAD_PROFILE, {{"share", 0.25}}, kContext);
  ASSERT_TRUE(made.ok()) << made.status().message;
  registry.reset();
  EXPECT_STREQ((*made)->id(), "bad-plugin");
}

TEST(Registry, TwoHostsInOneProcessDoNotTakeEachOthersPluginsAway) {
  Registry first;
  first.scan({SHEAVE_PLUGIN_DIR});
  {
    Registry second;
    second.scan({SHEAVE_PLUGIN_DIR});
  }
  EXPECT_TRUE(first.create("constant", SHEAVE_EXT_LOAD_PROFILE, {}, kContext).ok());
}

TEST(Registry, APluginThatDoesNotInitializeFailsByName) {
  Registry registry;
  registry.scan({built("init_fails")});
  const auto made = registry.create("bad-plugin", SHEAVE_EXT_LOAD_PROFILE, {}, kContext);
  EXPECT_EQ(made.status().reason, "PLUGIN_FAILED");
  EXPECT_THAT(made.status().message, HasSubstr("\"bad-plugin\""));
}

}  // namespace
}  // namespace sheave::plugin_host
