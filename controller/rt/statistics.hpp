#pragma once
// Running mean, variance and extremes in constant memory.

#include <cstdint>
#include <limits>

namespace sheave::rt {

/// Welford's method (Technometrics 4, 1962): stable where the naive sum of squares cancels, which nanosecond counts do.
class Statistics {
 public:
  void add(double value) noexcept {
    ++count_;
    const double delta = value - mean_;
    mean_ += delta / static_cast<double>(count_);
    sum_of_squares_ += delta * (value - mean_);
    if (value < min_) min_ = value;
    if (value > max_) max_ = value;
  }

  std::uint64_t count() const noexcept { return count_; }
  double mean() const noexcept { return mean_; }  ///< 0 before the first value.
  /// Of the sample; 0 below two values.
  double variance() const noexcept { return count_ < 2 ? 0.0 : sum_of_squares_ / static_cast<double>(count_ - 1); }
  double min() const noexcept { return min_; }  ///< +infinity before the first value.
  double max() const noexcept { return max_; }  ///< -infinity before the first value.

 private:
  std::uint64_t count_ = 0;
  double mean_ = 0.0;
  double sum_of_squares_ = 0.0;
  double min_ = std::numeric_limits<double>::infinity();
  double max_ = -std::numeric_limits<double>::infinity();
};

}  // namespace sheave::rt
