// The validator passes what is shipped, and catches each broken rule by its name.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "plugins/validator/heap_watch.hpp"
#include "plugins/validator/runner.hpp"
#include "tests/support/paths.hpp"

namespace sheave::validator {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAreArray;

std::vector<Report> check_file(const std::string& file, Options options = {}) {
  options.file = file;
  return check(options, [](const Report&) {});
}

std::string bad(const std::string& broken_rule) { return SHEAVE_BINARY_DIR "/tests/bad_plugins/" + broken_rule + "/bad_plugin.so"; }

std::set<std::string> broken(const std::vector<Report>& reports) {
  std::set<std::string> rules;
  for (const Report& report : reports) {
    if (!report.ok()) rules.insert(report.rule + (report.outcome.message.empty() ? "" : ": " + report.outcome.message));
  }
  return rules;
}

std::set<std::string> broken_rules(const std::vector<Report>& reports) {
  std::set<std::string> rules;
  for (const Report& report : reports) {
    if (!report.ok()) rules.insert(report.rule);
  }
  return rules;
}

const Report& find(const std::vector<Report>& reports, const std::string& rule) { return *std::ranges::find(reports, rule, &Report::rule); }

TEST(Validator, PassesEveryShippedPlugin) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(SHEAVE_PLUGIN_DIR)) {
    if (entry.path().extension() != ".so") continue;
    ++files;
    const auto reports = check_file(entry.path());
    EXPECT_THAT(broken(reports), IsEmpty()) << entry.path();
    EXPECT_GE(reports.size(), 18u);
  }
  EXPECT_GE(files, 3);
}

TEST(Validator, PassesAPluginInPlainC) { EXPECT_THAT(broken(check_file(bad("none"))), IsEmpty()); }

struct BadPlugin {
  const char* name;
  std::vector<std::string> breaks;
};
class ValidatorCatches : public ::testing::TestWithParam<BadPlugin> {};

TEST_P(ValidatorCatches, ExactlyTheBrokenRule) {
  const auto reports = check_file(bad(GetParam().name));
  EXPECT_THAT(broken_rules(reports), UnorderedElementsAreArray(GetParam().breaks));
}

INSTANTIATE_TEST_SUITE_P(
    Rules, ValidatorCatches,
    ::testing::Values(BadPlugin{"abi", {"abi-version", "host-accepts"}},
                      BadPlugin{"no_entry", {"loads", "entry-is-the-only-export", "host-accepts"}},
                      BadPlugin{"extra_symbol", {"entry-is-the-only-export"}}, BadPlugin{"any_factory", {"unknown-factory-is-null"}},
                      BadPlugin{"any_extension", {"unknown-extension-is-null"}}, BadPlugin{"loose_id", {"unknown-id-is-null"}},
                      BadPlugin{"id", {"host-accepts"}}, BadPlugin{"default", {"host-accepts"}},
                      BadPlugin{"no_tick_time", {"host-accepts"}}, BadPlugin{"activates_once", {"life-repeats"}},
                      BadPlugin{"remembers", {"restart-forgets", "keeps-its-bound"}}, BadPlugin{"not_finite", {"bears-anything"}},
                      BadPlugin{"at_bound", {"bears-its-parameters", "keeps-its-bound"}}, BadPlugin{"over_bound", {"keeps-its-bound"}},
                      BadPlugin{"slow", {}}),
    [](const auto& param) { return std::string(param.param.name); });

TEST(Validator, CatchesAnAllocationInTheTick) {
  if (!heap_watch_works()) return;  // the rule says itself that a sanitized build cannot see it
  EXPECT_THAT(broken_rules(check_file(bad("allocates"))), UnorderedElementsAreArray({"leaves-the-heap-alone"}));
}

TEST(Validator, TellsASlowTickAndDoesNotFailIt) {
  EXPECT_EQ(find(check_file(bad("slow")), "keeps-its-time").outcome.verdict, Verdict::kWarning);
}

TEST(Validator, SurvivesACrash) {
  const auto reports = check_file(bad("crashes"));
  EXPECT_EQ(find(reports, "works-through-a-set").outcome.verdict, Verdict::kCrashed);
  EXPECT_EQ(find(reports, "life-repeats").outcome.verdict, Verdict::kPassed);
  EXPECT_EQ(reports.size(), 18u);
}

TEST(Validator, EndsAnEndlessLoop) {
  const auto reports = check_file(bad("loops"), {.only_rule = "works-through-a-set", .timeout_s = 0.2});
  ASSERT_EQ(reports.size(), 1u);
  EXPECT_EQ(reports[0].outcome.verdict, Verdict::kTimedOut);
}

TEST(Validator, ReplaysARuleByItsSeed) {
  const auto once = check_file(bad("not_finite"), {.only_rule = "bears-anything", .seed = 77});
  const auto again = check_file(bad("not_finite"), {.only_rule = "bears-anything", .seed = 77});
  const auto other = check_file(bad("not_finite"), {.only_rule = "bears-anything", .seed = 78});
  EXPECT_EQ(once.at(0).outcome.message, again.at(0).outcome.message);
  EXPECT_NE(once.at(0).outcome.message, other.at(0).outcome.message);
}

TEST(Validator, EveryRuleHasItsOwnNameAndASentence) {
  std::set<std::string> names;
  for (const auto rules : {file_rules(), life_rules(), work_rules()}) {
    for (const Rule& rule : rules) {
      EXPECT_TRUE(names.insert(rule.name).second) << rule.name;
      EXPECT_EQ(std::string(rule.sentence).back(), '.') << rule.name;
    }
  }
}

TEST(Validator, AFileThatIsNoPluginBreaksOnlyFileRules) {
  const auto reports = check_file(SHEAVE_SOURCE_DIR "/LICENSE");
  EXPECT_THAT(broken_rules(reports), UnorderedElementsAreArray({"loads", "entry-is-the-only-export", "host-accepts"}));
}

}  // namespace
}  // namespace sheave::validator
