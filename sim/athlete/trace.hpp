#pragma once
// Recorded human movement that drives the handle.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace sheave::sim {

/// A recording, interpolated. Positions are extension above the start of the movement: never negative, lowest point 0.
class Trace {
 public:
  struct Point {
    double time_s;
    double position_m;
  };
  struct Reference {
    double position_m = 0.0;
    double velocity_mps = 0.0;
    bool finished = false;
  };

  /// Reads CSV with the header `t_s,position_m[,...]`. `flip` feeds max - position, for movements that start high.
  /// @return nothing, with `error` naming file, line and remedy.
  static std::optional<Trace> load(const std::string& path, bool flip, std::string& error);

  /// @pre at least two points, times increasing.
  explicit Trace(std::vector<Point> points, bool flip);

  /// @param time_s since the recording's start; may only grow from call to call until rewind().
  Reference at(double time_s) noexcept;
  void rewind() noexcept { index_ = 0; }

  double first_m() const noexcept { return points_.front().position_m; }
  double rom_m() const noexcept { return rom_m_; }
  double duration_s() const noexcept { return points_.back().time_s; }

 private:
  double slope(std::size_t i) const noexcept;

  std::vector<Point> points_;
  double rom_m_ = 0.0;
  std::size_t index_ = 0;
};

}  // namespace sheave::sim
