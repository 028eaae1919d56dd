#pragma once
// The loads this machine can set: whole multiples of its increment between take-up
// (less cannot be set, the cable is kept taut with it) and its limit. Kilograms total at the handle.

#include "controller/core/machine.hpp"
#include "controller/core/status.hpp"

namespace sheave::session {

class LoadGrid {
 public:
  /// @param peak_force_n per cable, as the drive said.
  LoadGrid(const Machine& machine, double peak_force_n);

  double min_kg() const noexcept { return min_kg_; }
  double max_kg() const noexcept { return max_kg_; }
  double increment_kg() const noexcept { return increment_kg_; }

  /// What a person or an app asked for, exactly on the grid, or LOAD_ABOVE_LIMIT or LOAD_NOT_A_STEP with the nearest steps.
  Result<double> check(double total_kg) const;
  /// The heaviest load on the grid that is not above `total_kg`; never outside the limits. @pre finite
  double at_most(double total_kg) const noexcept;
  double per_cable_n(double total_kg) const noexcept { return newton_from_kg(total_kg) / static_cast<double>(cables_); }
  double per_cable_kg(double total_kg) const noexcept { return total_kg / static_cast<double>(cables_); }

 private:
  std::size_t cables_;
  double increment_kg_, min_kg_, max_kg_;
};

}  // namespace sheave::session
