#pragma once
// A drawing as SVG text: shapes in classes, whose colours a style sheet gives for a light and a dark surrounding.

#include <string>
#include <string_view>
#include <vector>

namespace sheave::cli {

struct Point {
  double x = 0, y = 0;
};

/// Maps values to places, both ends given; a value outside is outside.
struct Scale {
  double from = 0, to = 1;        ///< Values.
  double at_from = 0, at_to = 1;  ///< Their places [px].
  double operator()(double value) const { return at_from + (value - from) / (to - from) * (at_to - at_from); }
};

/// Round values (1, 2 or 5 times a power of ten apart) from `from` to `to`, at most `most`. @pre from < to, most >= 2
std::vector<double> round_ticks(double from, double to, int most);

/// Classes: "ink", "dim", "grid" and "a" to "e" (series). Lines are stroked, shapes filled, text filled, with the class's colour.
class Svg {
 public:
  enum class Anchor { kStart, kMiddle, kEnd };

  Svg(double width, double height);

  void text(Point at, std::string_view classes, std::string_view text, Anchor anchor = Anchor::kStart);
  /// Two points or more. @param width stroke [px].
  void line(const std::vector<Point>& points, std::string_view classes, double width = 1, bool dashed = false);
  void area(const std::vector<Point>& outline, std::string_view classes);
  void rect(Point corner, double width, double height, std::string_view classes);

  /// The whole file.
  std::string finish() const;

 private:
  double width_, height_;
  std::string body_;
};

}  // namespace sheave::cli
