#pragma once
// Strength by one reading or by several: a mean, each weighed by how sure it is.

#include <cmath>

namespace sheave::progressions {

class Belief {
 public:
  /// @param error_share standard error of the reading, relative; > 0.
  void add(double one_rm_kg, double error_share) {
    const double weight = 1.0 / (error_share * error_share);
    weights_ += weight, sum_kg_ += weight * one_rm_kg;
  }
  bool known() const { return weights_ > 0.0; }
  /// @pre known()
  double one_rm_kg() const { return sum_kg_ / weights_; }
  /// Relative. @pre known()
  double error_share() const { return 1.0 / std::sqrt(weights_); }
  /// Less by its own standard error. @pre known()
  double careful_kg() const { return one_rm_kg() * (1.0 - 1.0 / std::sqrt(weights_)); }

 private:
  double weights_ = 0.0, sum_kg_ = 0.0;
};

}  // namespace sheave::progressions
