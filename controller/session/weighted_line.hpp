#pragma once
// A straight line through weighted points.

#include <cmath>

namespace sheave::session {

/// y = at_zero + slope x, by least squares. O(1) per point, no allocation.
class WeightedLine {
 public:
  void add(double x, double y, double weight = 1.0) noexcept {
    ++n_;
    w_ += weight, x_ += weight * x, y_ += weight * y;
    xx_ += weight * x * x, xy_ += weight * x * y, yy_ += weight * y * y;
  }
  /// Points of one group, about the group's own mean: what differs between groups is left out of slope and fit.
  void add_within(const WeightedLine& group) noexcept {
    n_ += group.n_;
    w_ += group.w_;
    xx_ += group.spread_x(), xy_ += group.spread_xy(), yy_ += group.spread_y();
  }

  int count() const noexcept { return n_; }
  double weight() const noexcept { return w_; }
  double mean_x() const noexcept { return x_ / w_; }
  double mean_y() const noexcept { return y_ / w_; }
  double spread_x() const noexcept { return xx_ - x_ * x_ / w_; }
  double spread_y() const noexcept { return yy_ - y_ * y_ / w_; }
  double spread_xy() const noexcept { return xy_ - x_ * y_ / w_; }

  /// NaN where all x are the same.
  double slope() const noexcept { return spread_xy() / spread_x(); }
  double at(double x) const noexcept { return mean_y() + slope() * (x - mean_x()); }
  double r2() const noexcept { return spread_xy() * spread_xy() / (spread_x() * spread_y()); }
  /// Standard deviation of y about the line, `parameters` of it having been fitted; 0 where nothing is left over to tell.
  double error(int parameters) const noexcept {
    if (n_ <= parameters) return 0.0;
    const double left = spread_y() - spread_xy() * spread_xy() / spread_x();
    return left > 0.0 ? std::sqrt(left / w_ * n_ / (n_ - parameters)) : 0.0;
  }

 private:
  int n_ = 0;
  double w_ = 0, x_ = 0, y_ = 0, xx_ = 0, xy_ = 0, yy_ = 0;
};

}  // namespace sheave::session
