#include "controller/app/cli/svg.hpp"

#include <fmt/format.h>

#include <cmath>

namespace sheave::cli {
namespace {

// One place for all colours. Where several series lie on each other the earlier ones are drawn wider and show at the edges.
constexpr std::string_view kStyle = R"(<style>
text { font-family: system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; font-size: 12px; stroke: none !important }
.title { font-size: 20px; font-weight: 600 } .head { font-size: 14px; font-weight: 600 }
.line { stroke-linejoin: round } .shape { stroke: none } .dashed { stroke-dasharray: 5 5 }
.soft { opacity: 0.2 } .soft2 { opacity: 0.75 }
.paper { fill: #ffffff } .ink { fill: #1c2128; stroke: #1c2128 } .dim { fill: #59636e; stroke: #59636e } .grid { fill: #d9dee4; stroke: #d9dee4 }
.a { fill: #2f6fde; stroke: #2f6fde } .b { fill: #d9822b; stroke: #d9822b } .c { fill: #8250df; stroke: #8250df }
.d { fill: #0f8a8a; stroke: #0f8a8a } .e { fill: #bf3989; stroke: #bf3989 }
.line { fill: none }
@media (prefers-color-scheme: dark) {
.paper { fill: #0d1117 } .ink { fill: #e6edf3; stroke: #e6edf3 } .dim { fill: #9198a1; stroke: #9198a1 } .grid { fill: #30363d; stroke: #30363d }
.a { fill: #6ea8fe; stroke: #6ea8fe } .b { fill: #f0a95c; stroke: #f0a95c } .c { fill: #b794f6; stroke: #b794f6 }
.d { fill: #4fd1c5; stroke: #4fd1c5 } .e { fill: #f47fc0; stroke: #f47fc0 }
.line { fill: none }
}
</style>)";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string path_of(const std::vector<Point>& points) {
  std::string path;
  for (const Point& p : points) path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : " L", p.x, p.y);
  return path;
}

}  // namespace

std::vector<double> round_ticks(double from, double to, int most) {
  const double least_step = (to - from) / (most - 1);
  double step = std::pow(10.0, std::floor(std::log10(least_step)));
  for (const double factor : {2.0, 2.5, 2.0}) {  // 1, 2, 5, 10
    if (step >= least_step) break;
    step *= factor;
  }
  constexpr double kSlack = 1e-9;
  std::vector<double> ticks;
  for (double i = std::ceil(from / step - kSlack) + 0.0; i * step <= to + kSlack * step; ++i) ticks.push_back(i * step);
  return ticks;
}

Svg::Svg(double width, double height) : width_(width), height_(height) {}

void Svg::text(Point at, std::string_view classes, std::string_view text, Anchor anchor) {
  constexpr const char* kAnchors[] = {"start", "middle", "end"};
  body_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"{}\" text-anchor=\"{}\">{}</text>\n", at.x, at.y, classes,
                       kAnchors[static_cast<int>(anchor)], escaped(text));
}

void Svg::line(const std::vector<Point>& points, std::string_view classes, double width, bool dashed) {
  body_ +=
      fmt::format("<path d=\"{}\" class=\"{} line{}\" stroke-width=\"{:g}\"/>\n", path_of(points), classes, dashed ? " dashed" : "", width);
}

void Svg::area(const std::vector<Point>& outline, std::string_view classes) {
  body_ += fmt::format("<path d=\"{} Z\" class=\"{} shape\"/>\n", path_of(outline), classes);
}

void Svg::rect(Point corner, double width, double height, std::string_view classes) {
  body_ += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" class=\"{} shape\"/>\n", corner.x, corner.y,
                       width, height, classes);
}

std::string Svg::finish() const {
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:g} {1:g}\" width=\"{0:g}\" height=\"{1:g}\">\n{2}\n"
      "<rect width=\"100%\" height=\"100%\" rx=\"10\" class=\"paper\"/>\n{3}</svg>\n",
      width_, height_, kStyle, body_);
}

}  // namespace sheave::cli
