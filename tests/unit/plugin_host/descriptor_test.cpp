#include "controller/plugin_host/descriptor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "plugins/abi/sheave/ext/exercise.h"

namespace sheave::plugin_host {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Sample {
  sheave_param_info_t params[2] = {{1, 0, "hold_s", "s", "Hold.", 0, 2, 0.5}, {2, SHEAVE_PARAM_STEPPED, "rule", "1", "Rule.", 0, 1, 0}};
  sheave_descriptor_t desc{sizeof desc, sheave_abi_version(), "a-b", SHEAVE_EXT_EXERCISE, "n", "v", "1", "d", params, 2, 50, 100};
};

struct Case {
  const char* name;
  const char* says;
  std::function<void(Sample&)> spoil;
};

class DescriptorRules : public ::testing::TestWithParam<Case> {};

TEST_P(DescriptorRules, AreKept) {
  Sample sample;
  ASSERT_THAT(find_fault(&sample.desc), IsEmpty());
  GetParam().spoil(sample);
  EXPECT_THAT(find_fault(&sample.desc), HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(Rules, DescriptorRules,
                         ::testing::Values(Case{"ShortStruct", "too short", [](Sample& s) { s.desc.struct_size = 8; }},
                                           Case{"OtherAbi", "another ABI", [](Sample& s) { s.desc.abi.major = 2; }},
                                           Case{"NoId", "kebab-case", [](Sample& s) { s.desc.id = nullptr; }},
                                           Case{"EmptyId", "kebab-case", [](Sample& s) { s.desc.id = ""; }},
                                           Case{"UpperId", "kebab-case", [](Sample& s) { s.desc.id = "Row"; }},
                                           Case{"SnakeId", "kebab-case", [](Sample& s) { s.desc.id = "cable_row"; }},
                                           Case{"DoubledDash", "kebab-case", [](Sample& s) { s.desc.id = "a--b"; }},
                                           Case{"PathId", "kebab-case", [](Sample& s) { s.desc.id = "a/../b"; }},
                                           Case{"NoVendor", "vendor", [](Sample& s) { s.desc.vendor = nullptr; }},
                                           Case{"UnknownKind", "kind", [](Sample& s) { s.desc.kind = "sheave.teapot/1"; }},
                                           Case{"NoKind", "kind", [](Sample& s) { s.desc.kind = nullptr; }},
                                           Case{"NoTickTime", "tick time", [](Sample& s) { s.desc.max_tick_us = 0; }},
                                           Case{"RateNaN", "least rate", [](Sample& s) { s.desc.min_rate_hz = std::nan(""); }},
                                           Case{"NoParams", "parameter table", [](Sample& s) { s.desc.params = nullptr; }},
                                           Case{"WildCount", "parameter table", [](Sample& s) { s.desc.param_count = 1u << 30; }},
                                           Case{"ParamName", "lower_snake_case", [](Sample& s) { s.params[0].name = "holdS"; }},
                                           Case{"ParamUnit", "unit", [](Sample& s) { s.params[0].unit = nullptr; }},
                                           Case{"ParamDefault", "default", [](Sample& s) { s.params[0].default_value = 3; }},
                                           Case{"ParamRange", "no number", [](Sample& s) { s.params[0].max_value = HUGE_VAL; }},
                                           Case{"ParamBroken", "stepped", [](Sample& s) { s.params[1].max_value = 1.5; }},
                                           Case{"ParamFlags", "flags", [](Sample& s) { s.params[1].flags = 1u << 9; }},
                                           Case{"ParamTwice", "twice", [](Sample& s) { s.params[1].id = 1; }}),
                         [](const auto& param) { return std::string(param.param.name); });

}  // namespace
}  // namespace sheave::plugin_host
