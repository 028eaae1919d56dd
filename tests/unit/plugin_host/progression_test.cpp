#include "controller/plugin_host/progression.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "controller/plugin_host/registry.hpp"
#include "tests/support/linked_plugin.hpp"

namespace sheave::plugin_host {
namespace {

using ::testing::HasSubstr;

class Scripted final : public sdk::Progression {
 public:
  static constexpr sdk::About kAbout{.id = "scripted", .name = "s", .vendor = "v", .version = "1", .description = "d"};
  static inline std::function<bool(const sheave_progression_in_t&, sdk::Decision&, double)> script;
  bool decide(const sheave_progression_in_t& in, sdk::Decision& out) const override { return script(in, out, gain_); }

 private:
  sdk::Param<double> gain_{*this, {.id = 3, .name = "gain", .unit = "1", .help = "Gain.", .min = 0, .max = 9, .initial = 2}};
};

Result<sheave_progression_out_t> decide(std::function<bool(const sheave_progression_in_t&, sdk::Decision&, double)> script,
                                        const ParamValues& values = {}) {
  Scripted::script = std::move(script);
  PluginInfo info;
  info.id = "scripted";
  const plugin_host::Progression progression(test::activated<Scripted>(values), info, values);
  sheave_progression_in_t in{};
  in.start_load_kg = 10.0;
  return progression.decide(in);
}

struct BadCase {
  const char* name;
  const char* says;
  std::function<bool(sdk::Decision&)> script;
};
class ProgressionRefuses : public ::testing::TestWithParam<BadCase> {};

TEST_P(ProgressionRefuses, AndSaysThatTheLoadStays) {
  const auto out = decide([](const auto&, sdk::Decision& d, double) { return GetParam().script(d); });
  ASSERT_FALSE(out.ok());
  EXPECT_EQ(out.status().reason, "PROGRESSION_FAILED");
  EXPECT_THAT(out.status().message, HasSubstr(GetParam().says));
  EXPECT_THAT(out.status().message, HasSubstr("the load stays"));
}

INSTANTIATE_TEST_SUITE_P(
    Answers, ProgressionRefuses,
    ::testing::Values(BadCase{"None", "no decision", [](sdk::Decision&) { return false; }},
                      BadCase{"Throws", "no decision", [](sdk::Decision&) -> bool { throw 1; }},
                      BadCase{"Undecided", "unknown decision", [](sdk::Decision&) { return true; }},
                      BadCase{"NoReason", "no reason", [](sdk::Decision& d) { return d.load(10, ""), true; }},
                      BadCase{"SpokenReason", "no reason", [](sdk::Decision& d) { return d.load(10, "too heavy"), true; }},
                      BadCase{"LoadNaN", "no number", [](sdk::Decision& d) { return d.load(std::nan(""), "X"), true; }},
                      BadCase{"LoadNegative", "no number", [](sdk::Decision& d) { return d.load(-1, "X"), true; }},
                      BadCase{"ConfidenceNaN", "confidence",
                              [](sdk::Decision& d) { return d.load(1, "X").confidence(std::nan("")), true; }},
                      BadCase{"EvidenceNaN", "evidence", [](sdk::Decision& d) { return d.load(1, "X").evidence("a", HUGE_VAL), true; }}),
    [](const auto& param) { return std::string(param.param.name); });

}  // namespace
}  // namespace sheave::plugin_host
