#include "controller/app/cli/svg.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sheave::cli {
namespace {

using ::testing::DoubleNear;
using ::testing::HasSubstr;
using ::testing::Pointwise;

TEST(RoundTicks, AreRoundAndNoMoreThanAskedFor) {
  EXPECT_THAT(round_ticks(0, 648, 7), Pointwise(DoubleNear(1e-9), {0.0, 200.0, 400.0, 600.0}));
  EXPECT_THAT(round_ticks(0, 5.4, 8), Pointwise(DoubleNear(1e-9), {0.0, 1.0, 2.0, 3.0, 4.0, 5.0}));
  EXPECT_THAT(round_ticks(0, 0.3, 4), Pointwise(DoubleNear(1e-9), {0.0, 0.1, 0.2, 0.3}));
  EXPECT_FALSE(std::signbit(round_ticks(0, 10, 5).front()));
}

TEST(Scale, MapsBothWays) {
  const Scale down{0, 10, 300, 100};
  EXPECT_DOUBLE_EQ(down(0), 300);
  EXPECT_DOUBLE_EQ(down(5), 200);
}

TEST(Svg, TextIsEscapedAndLinesAreDrawn) {
  Svg svg(100, 50);
  svg.text({1, 2}, "ink", "a < b & c", Svg::Anchor::kEnd);
  svg.line({{0, 0}, {10, 5}}, "a", 2, true);
  const std::string file = svg.finish();
  EXPECT_THAT(file, HasSubstr("<text x=\"1.0\" y=\"2.0\" class=\"ink\" text-anchor=\"end\">a &lt; b &amp; c</text>"));
  EXPECT_THAT(file, HasSubstr("<path d=\"M0.0 0.0 L10.0 5.0\" class=\"a line dashed\" stroke-width=\"2\"/>"));
  EXPECT_THAT(file, HasSubstr("prefers-color-scheme: dark"));
  EXPECT_THAT(file, HasSubstr("viewBox=\"0 0 100 50\""));
}

}  // namespace
}  // namespace sheave::cli
