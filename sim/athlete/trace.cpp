#include "sim/athlete/trace.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <string_view>

#include "sim/key_value.hpp"

namespace sheave::sim {

namespace {

/// The next comma-separated field; `line` loses it.
std::string_view take_field(std::string_view& line) {
  const std::string_view field = line.substr(0, line.find(','));
  line.remove_prefix(std::min(line.size(), field.size() + 1));
  return field;
}

}  // namespace

std::optional<Trace> Trace::load(const std::string& path, bool flip, std::string& error) {
  std::ifstream file(path);
  if (!file) {
    error = fmt::format("trace: cannot read {}. Does the file exist?", path);
    return std::nullopt;
  }
  std::string line;
  std::getline(file, line);
  if (!line.starts_with("t_s,position_m")) {
    error = fmt::format("trace: {} does not begin with \"t_s,position_m\"", path);
    return std::nullopt;
  }
  std::vector<Point> points;
  for (int number = 2; std::getline(file, line); ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    std::string_view rest = line;
    Point point{};
    if (!parse_number(take_field(rest), -1e9, 1e9, point.time_s) || !parse_number(take_field(rest), -10.0, 10.0, point.position_m)) {
      error = fmt::format("trace: {} line {}: expected seconds and metres, found \"{}\"", path, number, line);
      return std::nullopt;
    }
    // Recordings repeat a time stamp now and then; the first sample of it stands.
    if (points.empty() || point.time_s > points.back().time_s) points.push_back(point);
  }
  if (points.size() < 2) {
    error = fmt::format("trace: {} has fewer than two samples", path);
    return std::nullopt;
  }
  return Trace(std::move(points), flip);
}

Trace::Trace(std::vector<Point> points, bool flip) : points_(std::move(points)) {
  const auto [low, high] =
      std::minmax_element(points_.begin(), points_.end(), [](const Point& a, const Point& b) { return a.position_m < b.position_m; });
  const double low_m = low->position_m;
  const double high_m = high->position_m;
  const double start_s = points_.front().time_s;
  rom_m_ = high_m - low_m;
  for (Point& point : points_) {
    point.position_m = flip ? high_m - point.position_m : point.position_m - low_m;
    point.time_s -= start_s;
  }
}

// Tangent at a sample, from its neighbours.
double Trace::slope(std::size_t i) const noexcept {
  const Point& before = points_[i == 0 ? 0 : i - 1];
  const Point& after = points_[std::min(i + 1, points_.size() - 1)];
  return (after.position_m - before.position_m) / (after.time_s - before.time_s);
}

// Cubic Hermite through the samples (Catmull-Rom): a polyline would make the hand jerk at 45 Hz.
Trace::Reference Trace::at(double time_s) noexcept {
  if (time_s >= duration_s()) return {points_.back().position_m, 0.0, true};
  while (index_ + 2 < points_.size() && points_[index_ + 1].time_s <= time_s) ++index_;
  const Point& a = points_[index_];
  const Point& b = points_[index_ + 1];
  const double h = b.time_s - a.time_s;
  const double u = std::max(0.0, (time_s - a.time_s) / h);
  const double ma = slope(index_) * h;
  const double mb = slope(index_ + 1) * h;
  const double rise = b.position_m - a.position_m;
  const double c2 = 3.0 * rise - 2.0 * ma - mb;
  const double c3 = -2.0 * rise + ma + mb;
  return {a.position_m + u * (ma + u * (c2 + u * c3)), (ma + u * (2.0 * c2 + 3.0 * u * c3)) / h, false};
}

}  // namespace sheave::sim
